"""Turns one language's words into the sentences of one locale, each one checked as it is made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

from jinja2 import DictLoader, TemplateError, meta
from markupsafe import Markup
from twitching.speech import environment, plain

from tools.facts import Facts, Locale, grounds
from tools.sayings import Extent, prompts, sayings, titles
from tools.the_check import changes_that_can_be_told, check_of
from tools.words import LanguageWords, Variants

# What a reply may tell back to a person; a sentence that does so is rendered when it is spoken.
ECHOED_FACTS = {"duration": "3 weeks", "weakness_duration": "6 weeks"}
SPEAKABLE = re.compile(r"(?:[^\W_]|[ ,.?'\-])+")  # letters and digits; Alexa's advice for text: nothing else
TAGS = {"speak", "break", "say-as", "sub", "p", "s", "phoneme"}
SPEAKER = 0  # whom it is about: the one who speaks, another grown-up, or a child
OTHERS = {"other": 1, "child": 2}


@dataclass
class Rendered:
    """One locale's sentences; `faults` says what is wrong with them, a line each.

    `about` holds those that differ where it is about another grown-up or about a child.
    """

    locale: str
    say: dict[str, list[str]] = field(default_factory=dict)
    ask: dict[str, dict[str, Any]] = field(default_factory=dict)
    about: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    told: dict[str, tuple[str, str]] = field(default_factory=dict)  # id -> (its fact, template source)
    units: dict[str, tuple[str, str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


class _Renderer:
    """Renders for one locale and collects what is wrong."""

    def __init__(self, made: Rendered, where: Locale, language: LanguageWords) -> None:
        self.made, self.language = made, where.language
        self.env = environment(DictLoader({}))
        self._sound: set[str] = set()
        local, wrong = local_words(made.locale, where, language)
        for word, fault in wrong.items():
            self.fault(f"words.{word}", fault)
        self.words = [
            {
                **local,
                **{
                    word: Markup(self.env.from_string(forms[who]).render(local))  # noqa: S704  our own text
                    for word, forms in language.local.persons.items()
                },
            }
            for who in (SPEAKER, *OTHERS.values())
        ]

    def text(self, id_: str, source: str, who: int = SPEAKER, facts: Mapping[str, str] | None = None) -> str:
        """The sentence; a fault where it can't be rendered or can't be read aloud."""
        if "{" not in source:  # most sentences: the same for everybody, everywhere
            return self._checked(id_, source.strip())
        try:
            spoken = self.env.from_string(source.strip()).render({**self.words[who], **(facts or {})})
        except TemplateError as error:
            self.fault(id_, str(error.message))
            return ""
        return self._checked(id_, _capital(spoken))

    def _checked(self, id_: str, spoken: str) -> str:
        if spoken not in self._sound:
            found = list(faults_of(spoken))
            for fault in found:
                self.fault(id_, fault)
            if not found:
                self._sound.add(spoken)
        return spoken

    def prompt(self, id_: str, ask: Variants, reprompt: str, who: int) -> dict[str, Any]:
        """A question in all its wordings, and its reprompt."""
        asks = [ask] if isinstance(ask, str) else ask
        return {
            "ask": [self.text(f"{id_}.ask", wording, who) for wording in asks],
            "reprompt": self.text(f"{id_}.reprompt", reprompt, who),
        }

    def fault(self, id_: str, what: str) -> None:
        """Note what is wrong with a sentence."""
        self.made.faults.append(f"responses/{self.language}: {id_}: {what} (in {self.made.locale})")

    def echoed(self, id_: str, source: str) -> str | None:
        """The fact that the sentence tells back, if it does."""
        if "{" not in source:
            return None
        try:
            wanted = meta.find_undeclared_variables(self.env.parse(source)) & set(ECHOED_FACTS)
        except TemplateError as error:
            self.fault(id_, str(error.message))
            return None
        if len(wanted) > 1:
            self.fault(id_, f"tells back more than one fact: {', '.join(sorted(wanted))}")
        return next(iter(wanted), None)

    def without_facts(self, source: str) -> str:
        """A run-time template with the locale's words in place, so that only facts are left."""
        for word, form in self.words[SPEAKER].items():
            source = re.sub(r"\{\{\s*" + word + r"\s*\}\}", str(form), source)
        return source.strip()


def local_words(
    locale: str, where: Locale, language: LanguageWords
) -> tuple[dict[str, Markup], dict[str, str]]:
    """The words that differ by locale, filled in with its numbers; and what is wrong with the others."""
    env = environment(DictLoader({}))
    numbers = {name: number.call for name, number in where.numbers.items()}  # another's is undefined: a fault
    local, wrong = {}, {}
    for word, forms in language.local.words.items():
        form = forms if isinstance(forms, str) else forms.get(locale, forms.get("default"))
        if form is None:
            wrong[word] = "has no form here, and no default"
            continue
        try:
            local[word] = Markup(env.from_string(form).render(numbers))  # noqa: S704  our own text
        except TemplateError as error:
            wrong[word] = str(error.message)
    return local, wrong


def render_all(facts: Facts, words: Mapping[str, LanguageWords]) -> list[Rendered]:
    """Every sentence of every locale. Faults are collected, not raised."""
    months = sorted({(g.reviewed.year, g.reviewed.month) for g in grounds(facts).values()})
    extent = Extent(months, changes_that_can_be_told(check_of(facts)))
    return [_render(locale, where, words[where.language], extent) for locale, where in facts.locales.items()]


def _render(locale: str, where: Locale, language: LanguageWords, extent: Extent) -> Rendered:
    made = Rendered(locale, units=language.local.units)
    made.about = {name: {"say": {}, "ask": {}} for name in OTHERS}
    renderer = _Renderer(made, where, language)
    for id_, wordings in sayings(language, extent):
        if id_ in made.say or id_ in made.told:
            renderer.fault(id_, "this id is used twice")
        sources = [wordings] if isinstance(wordings, str) else wordings
        if fact := renderer.echoed(id_, sources[0]):
            renderer.text(id_, sources[0], facts=ECHOED_FACTS)
            made.told[id_] = (fact, renderer.without_facts(sources[0]))
            continue
        made.say[id_] = [renderer.text(id_, source) for source in sources]
        for name, who in OTHERS.items():
            other = [renderer.text(id_, source, who) for source in sources]
            if other != made.say[id_]:
                made.about[name]["say"][id_] = other
    for id_, ask, reprompt in prompts(language):
        made.ask[id_] = renderer.prompt(id_, ask, reprompt, SPEAKER)
        for name, who in OTHERS.items():
            other_ask = renderer.prompt(id_, ask, reprompt, who)
            if other_ask != made.ask[id_]:
                made.about[name]["ask"][id_] = other_ask
    made.titles = {id_: plain(renderer.text(f"{id_}.title", title)) for id_, title in titles(language)}
    return made


def _capital(spoken: str) -> str:
    """A sentence may begin with a word of the locale or the person: "they should" -> "They should"."""
    return re.sub(r"(^|[.?] )([a-z])", lambda match: match[1] + match[2].upper(), spoken)


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
