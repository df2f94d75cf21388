"""What is said is also read, on cards and in the store: each English in its own spelling, and without slips."""

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from twitching.catalogue import load_catalogue, load_words
from twitching.speech import plain

from tools.sources_on_disk import read_yaml

OURS = read_yaml(Path(__file__).parent / "spelling.yaml")
LOCALES = load_catalogue().locales
IZE = re.compile(r"[iy]z(e|ed|er|ers|es|ing|able|ation|ations|ational)$")


@cache
def codespell(dictionary):
    """One of codespell's dictionaries: what to correct, and into what."""
    text = (files("codespell_lib") / "data" / dictionary).read_text(encoding="utf-8")
    lines = (line.partition("->") for line in text.splitlines())
    return {wrong.lower(): right.split(",")[0].lower() for wrong, _, right in lines}


@cache
def foreign_to(locale):
    """Spelling that isn't this English's, and what is."""
    american = codespell("dictionary_en-GB_to_en-US.txt") | OURS["words"]  # from British
    if locale in OURS["american"]:
        return american
    british = {us: gb for gb, us in american.items() if us not in OURS["british_too"]}
    if locale not in OURS["canadian"]:
        return british
    as_in_america = {us for us in british if IZE.search(us) or us in OURS["american_in_canada"]}
    return {us: gb for us, gb in british.items() if us not in as_in_america} | {
        gb: us for us, gb in british.items() if us in as_in_america
    }


def words_of(text):
    """The words but for names, which keep their own spelling: "the Packard Center"."""
    begins_small = re.sub(r"(^|[.?!:] )([A-Z])(?=[a-z])", lambda match: match[1] + match[2].lower(), text)
    return set(re.findall(r"(?<![\w'])[a-z]+(?![\w'])", begins_small))


def misspelt(text, locale):
    """Words in the spelling of another English, and slips of the pen."""
    foreign, slips = foreign_to(locale), codespell("dictionary.txt")
    return sorted(word for word in words_of(text) if word in foreign or word in slips)


def texts(locale):
    words = load_words(locale)
    for voice in filter(None, (words, words.other, words.child)):
        yield from (plain(wording) for wordings in voice.say.values() for wording in wordings)
        for prompt in voice.ask.values():
            yield from (plain(text) for text in (*prompt.ask, prompt.reprompt))
    yield from words.titles.values()


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_read_on_a_card_is_spelt_as_there(locale):
    assert [(text, wrong) for text in texts(locale) if (wrong := misspelt(text, locale))] == []


@pytest.mark.parametrize("locale", [locale for locale in LOCALES if locale != "en"])
def test_what_the_store_shows_is_spelt_as_there(locale, package):
    shown = package.listings[locale]
    text = " ".join([shown["name"], shown["summary"], shown["description"], *shown["keywords"]])
    assert misspelt(text, locale) == []


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("Cola coloured.", {"en-US"}),
        ("Cola colored.", {"en-CA", "en-GB", "en-AU", "en-IN", "en"}),
        ("Colored like cola.", {"en-CA", "en-GB", "en-AU", "en-IN", "en"}),
        ("It's a centre for nerves.", {"en-US"}),
        ("It's a center for nerves.", {"en-CA", "en-GB", "en-AU", "en-IN", "en"}),
        ("There's diarrhoea.", {"en-US", "en-CA"}),
        ("There's diarrhea.", {"en-GB", "en-AU", "en-IN", "en"}),
        ("They specialise in nerves, we realise.", {"en-US", "en-CA"}),
        ("They specialize in nerves, we realize.", {"en-GB", "en-AU", "en-IN", "en"}),
        ("Ask the Packard Center.", set()),
        ("A practice that's well focused.", set()),
        ("Most twitches go away with rest and sleep.", set()),
        ("It is definately harmless.", set(LOCALES)),
    ],
)
def test_a_word_in_the_wrong_spelling_is_found(text, foreign):
    assert {locale for locale in LOCALES if misspelt(text, locale)} == foreign
