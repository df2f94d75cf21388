"""Each locale names its own numbers, as people there say them, and calls things by its own words."""

import re

import pytest
from twitching.catalogue import load_words
from twitching.speech import plain

from simulator.device import Device
from tools.facts import read_facts
from tools.words import read_words

FACTS = read_facts()
PLACES = {id_: place for id_, place in FACTS.locales.items() if id_ != "en"}


def everything(locale):
    return [wording for wordings in load_words(locale).say.values() for wording in wordings]


@pytest.mark.parametrize("locale", PLACES)
def test_every_number_of_a_locale_is_spoken_there(locale):
    said = plain(" ".join(everything(locale)))
    assert [n.call for n in PLACES[locale].numbers.values() if n.call not in said] == []


@pytest.mark.parametrize("locale", [*PLACES, "en"])
def test_no_number_to_call_is_spoken_but_those_of_the_locale(locale):
    """What is marked as a number for the voice is one; each such number has a source (tools/facts.py)."""
    marked = re.findall(r"<(say-as|sub)\b[^>]*>(.*?)</\1>", " ".join(everything(locale)))
    assert {number for _, number in marked} == {n.call for n in FACTS.locales[locale].numbers.values()}


@pytest.mark.parametrize(
    ("locale", "id_", "spoken", "read"),
    [
        ("en-AU", "level.emergency.action", 'alias="triple zero"', "Call 000 now."),
        ("en-AU", "poison_help", 'alias="thirteen, eleven, twenty six"', "Centre on 13 11 26."),
        ("en-AU", "level.today.do", 'alias="eighteen hundred Medicare"', "or 1800 Medicare now"),
        ("en-GB", "level.emergency.action", '"digits">999<', "Call 999 now."),
        ("en-GB", "level.today.do", '"digits">111<', "Call your GP or 111 now"),
        ("en-CA", "poison_help", '"telephone">1-844-764-7669<', "that's 1-844-764-7669."),
        ("en-US", "poison_help", '"telephone">1-800-222-1222<', "at 1-800-222-1222."),
        ("en-IN", "nurse_line_can_talk_now", '"digits">14416<', "helpline on 14416 and"),
    ],
)
def test_a_number_is_said_as_people_there_say_it(locale, id_, spoken, read):
    (sentence,) = load_words(locale).say[id_]
    assert spoken in sentence
    assert read in plain(sentence)


@pytest.mark.parametrize("locale", PLACES)
def test_a_weak_source_is_never_alone_under_a_number_for_something_urgent(locale):
    urgent = {name: n for name, n in PLACES[locale].numbers.items() if name != "talk_number"}
    weak = [name for name, n in urgent.items() if {FACTS.sources[key].grade for key in n.sources} == {"S"}]
    assert weak == []


WORDS = [
    ("en-US", ["doctor", "pee", "muscle relaxers", "throwing up", "colored", "hit to the head"]),
    ("en-CA", ["doctor", "pee", "muscle relaxants", "throwing up", "coloured", "hit to the head"]),
    ("en-GB", ["gp", "wee", "muscle relaxants", "being sick", "coloured", "knock to the head"]),
    ("en-AU", ["gp", "wee", "muscle relaxants", "throwing up", "coloured", "knock to the head"]),
    ("en-IN", ["doctor", "urine", "muscle relaxants", "vomiting", "loose motions", "coloured"]),
]


@pytest.mark.parametrize(("locale", "words"), WORDS, ids=[locale for locale, _ in WORDS])
def test_the_check_speaks_the_locales_words(locale, words):
    device = Device(locale)
    heard = " ".join(device.say(text).speech for text in ("when should i see a doctor", "yes", "no", "no"))
    assert [word for word in words if word not in heard.lower()] == []


def test_every_word_that_differs_is_used():
    """A word that nothing says would be translated for nothing."""
    english = read_words("en")
    said = english.model_dump_json(exclude={"local": {"words"}})
    unused = [word for word in english.local.words if not re.search(rf"{{{{ *{word} *}}}}", said)]
    assert unused == []
