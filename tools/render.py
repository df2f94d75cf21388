"""Turns one language's words into the sentences of one locale, each one checked as it is made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

from jinja2 import DictLoader, TemplateError, meta
from twitching.speech import environment, plain

from tools.facts import Locale
from tools.words import LanguageWords, Prompt, Variants

# What a reply may tell back to a person; a sentence that does so is rendered when it is spoken.
ECHOED_FACTS = {"duration": "3 weeks"}
SPEAKABLE = re.compile(r"[A-Za-z0-9 ,.?'\-]+")  # Alexa's advice for text: nothing else
TAGS = {"speak", "break", "say-as", "sub", "p", "s", "phoneme"}


@dataclass
class Rendered:
    """One locale's sentences; `faults` says what is wrong with them, a line each."""

    locale: str
    say: dict[str, list[str]] = field(default_factory=dict)
    ask: dict[str, dict[str, Any]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)  # id -> template source
    units: dict[str, tuple[str, str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def render(
    locale: str, where: Locale, language: LanguageWords, months: Sequence[tuple[int, int]]
) -> Rendered:
    """Every sentence of one locale. `months` are those of the reviews. Faults are collected, not raised."""
    made = Rendered(locale, units=language.local.units)
    local = _local_words(made, where, language)
    env = environment(DictLoader({}))

    def text(id_: str, source: str) -> str:
        try:
            spoken = env.from_string(source.strip()).render(local)
        except TemplateError as error:
            made.faults.append(f"{where.language}: {id_}: {error.message} (in {locale})")
            return ""
        made.faults += [f"{where.language}: {id_}: {fault} (in {locale})" for fault in faults_of(spoken)]
        return spoken

    for id_, wordings in _sayings(language):
        if id_ in made.say or id_ in made.told:
            made.faults.append(f"{where.language}: {id_}: this id is used twice")
        sources = [wordings] if isinstance(wordings, str) else wordings
        wanted = set().union(*(meta.find_undeclared_variables(env.parse(s)) for s in sources))
        if wanted & set(ECHOED_FACTS):
            text(id_, env.from_string(sources[0]).render({**local, **ECHOED_FACTS}))
            made.told[id_] = _with_words_filled_in(sources[0].strip(), local)
        else:
            made.say[id_] = [text(id_, source) for source in sources]
    for id_, source in _grounds(language, months):
        made.say[id_] = [text(id_, source)]
    for id_, prompt, ask in _prompts(language):
        asks = [ask] if isinstance(ask, str) else ask
        made.ask[id_] = {
            "ask": [text(f"{id_}.ask", a) for a in asks],
            "reprompt": text(f"{id_}.reprompt", prompt.reprompt),
        }
    for id_, title in _titles(language):
        made.titles[id_] = plain(text(f"{id_}.title", title))
    return made


def faults_of(ssml: str) -> Iterator[str]:
    """What is wrong with a sentence as SSML or as something to be read aloud."""
    try:
        root = ET.fromstring(f"<speak>{ssml}</speak>")  # noqa: S314  our own build's text
    except ET.ParseError as error:
        yield f"not well-formed SSML: {error}"
        return
    for tag in {element.tag for element in root.iter()} - TAGS:
        yield f"the tag <{tag}> isn't used here; allowed are {', '.join(sorted(TAGS))}"
    if unspeakable := sorted(set(SPEAKABLE.sub("", plain(ssml)))):
        yield f"can't be read aloud well: {' '.join(unspeakable)!r}"
    if not plain(ssml).strip():
        yield "empty"


def _local_words(made: Rendered, where: Locale, language: LanguageWords) -> dict[str, Any]:
    """The words that differ by locale, filled in with its numbers."""
    numbers = {
        name: value
        for name, value in (("emergency_number", where.emergency_number), ("poison_line", where.poison_line))
        if value is not None  # a number that the locale lacks stays undefined, and so a fault
    }
    env = environment(DictLoader({}))
    local: dict[str, Any] = {}
    for word, forms in language.local.words.items():
        source = forms if isinstance(forms, str) else forms.get(made.locale, forms.get("default", ""))
        try:
            local[word] = _markup(env.from_string(source).render(numbers))
        except TemplateError as error:
            made.faults.append(f"{where.language}: words.{word}: {error.message} (in {made.locale})")
    return local


def _markup(ssml: str) -> Any:  # noqa: ANN401  markupsafe.Markup, which jinja2 re-exports no type for
    from markupsafe import Markup  # noqa: PLC0415  only here

    return Markup(ssml)  # noqa: S704  our own build's text


def _with_words_filled_in(source: str, local: dict[str, Any]) -> str:
    """A run-time template with the locale's words already in place, so that only facts are left."""
    for word, form in local.items():
        source = re.sub(r"\{\{\s*" + word + r"\s*\}\}", str(form), source)
    return source


def _sayings(language: LanguageWords) -> Iterator[tuple[str, Variants]]:
    for topic in language.topics.values():
        yield from topic.say.items()
    yield from language.check.statements.items()
    yield from language.conversation.say.items()
    for level, words in language.check.levels.items():
        for part in ("action", "do", "net"):
            if sentence := getattr(words, part):
                yield f"level.{level}.{part}", sentence
    for rule, because in language.check.rules.items():
        yield f"because.{rule}", because.because
        if because.because_told:
            yield f"because.{rule}.told", because.because_told
    for sign, why in language.signs.items():
        yield f"sign.{sign}", why.because


def _grounds(language: LanguageWords, months: Sequence[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """A sentence for each source, in first and in second place, and for each month of a review."""
    form, env = language.conversation.grounds, environment(DictLoader({}))
    for key, name in language.sources.items():
        yield f"source.{key}", env.from_string(form.first).render(source=name)
        yield f"source.{key}.also", env.from_string(form.also).render(source=name)
    for year, month in months:
        named = f"{language.local.months[month - 1]} {year}"
        yield f"checked.{year}-{month}", env.from_string(form.checked).render(month=named)


def _prompts(language: LanguageWords) -> Iterator[tuple[str, Prompt, Variants]]:
    for id_, prompt in language.conversation.ask.items():
        yield id_, prompt, prompt.ask
    for topic, words in language.topics.items():
        yield f"offer.{topic}", words.offer, words.offer.ask
    for id_, question in language.check.questions.items():
        yield f"ask.{id_}", question, question.ask
        yield f"again.{id_}", question, question.again


def _titles(language: LanguageWords) -> Iterator[tuple[str, str]]:
    for topic, words in language.topics.items():
        yield topic, words.title
    for level, about in language.check.levels.items():
        yield f"level.{level}", about.title
