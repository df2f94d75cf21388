"""content/screen.yaml, responses/<language>/screen.yaml and responses/screen.json -> what a screen needs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

from jinja2 import DictLoader, TemplateError
from pydantic import BaseModel, ConfigDict, model_validator
from twitching.dialogue.routes import COMMANDS
from twitching.speech import environment, plain

from tools.facts import CONTENT, Facts, Id
from tools.render import local_words
from tools.sources_on_disk import ContentError, name_of, read_as
from tools.words import RESPONSES, LanguageWords

FIELDS = {
    "progress": {"number", "most"},
    "under": {"time"},
    "between": {"least", "most"},
    "over": {"time"},
}
APL_VERSION = "1.4"  # what Amazon's own viewer, which draws our pages in the tests, can read


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Meant(_Strict):
    """What a touch amounts to: an intent, or a topic's own."""

    intent: str | None = None
    topic: Id | None = None
    unasked: Id | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Meant:
        if (self.intent is None) == (self.topic is None):
            raise ValueError("expected either an intent or a topic")
        return self


class ScreenRules(_Strict):
    """content/screen.yaml."""

    shown: list[Id]
    notes: list[str]
    choices: dict[Id, Meant]
    check: list[Id]
    prompts: dict[Id, list[Id]]
    offers: list[Id]


class ScreenWords(_Strict):
    """responses/<language>/screen.yaml."""

    name: str
    progress: str
    choices: dict[Id, str]
    under: str
    between: str
    over: str
    lead_ins: list[str]
    list_or: list[str]
    titles: dict[Id, str]


def screen_files(
    facts: Facts,
    words: Mapping[str, LanguageWords],
    said: frozenset[str],
    content: Path = CONTENT,
    responses: Path = RESPONSES,
) -> dict[str, Any]:
    """What is written into _compiled/screen/, by name. Raises ContentError where anything is wrong.

    `said` is every sentence that can be said.
    """
    rules = read_as(content / "screen.yaml", ScreenRules)
    document = _document(responses / "screen.json")
    wrong = list(_faults(rules, facts, said))
    files: dict[str, Any] = {"rules.json": rules.model_dump(), "document.json": document}
    for language in dict.fromkeys(place.language for place in facts.locales.values()):
        own = read_as(responses / language / "screen.yaml", ScreenWords)
        wrong += [
            f"responses/{language}/screen.yaml: {fault}"
            for fault in _word_faults(own, rules, words[language])
        ]
        for locale, place in facts.locales.items():
            if place.language == language:
                local, _ = local_words(locale, place, words[language])
                files[f"{locale}.json"] = _filled_in(own, local)
    if wrong:
        raise ContentError(wrong)
    return files


def _document(path: Path) -> dict[str, Any]:
    """The pages as APL; where they are wrong as APL, tests/apl says so."""
    try:
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError) as error:
        raise ContentError([f"{name_of(path)}: not readable as JSON: {error}"]) from None
    if document.get("type") != "APL" or document.get("version") != APL_VERSION:
        raise ContentError([f"{name_of(path)}: expected type APL and version {APL_VERSION}"])
    return document


def _faults(rules: ScreenRules, facts: Facts, said: frozenset[str]) -> Iterator[str]:
    """What is wrong with content/screen.yaml."""
    for id_ in (*rules.shown, *(note for note in rules.notes if not note.endswith("."))):
        if id_ not in said:
            yield f"content/screen.yaml: {id_}: nothing of that id is said"
    named = [*rules.check, *rules.offers, *(c for choices in rules.prompts.values() for c in choices)]
    named += [meant.unasked for meant in rules.choices.values() if meant.unasked]
    for choice in dict.fromkeys(named):
        if choice not in rules.choices:
            yield f"content/screen.yaml: {choice}: it can be touched, but what it amounts to isn't said"
    for id_, meant in rules.choices.items():
        if meant.intent is not None and meant.intent not in COMMANDS:
            yield f"content/screen.yaml: choices.{id_}: {meant.intent} is no intent that takes no slots"
        if meant.topic is not None and meant.topic not in facts.topics:
            yield f"content/screen.yaml: choices.{id_}: {meant.topic} is no topic"


def _word_faults(own: ScreenWords, rules: ScreenRules, language: LanguageWords) -> Iterator[str]:
    """What is wrong with one language's words for screens."""
    if missing := rules.choices.keys() ^ own.choices.keys():
        yield f"choices: expected those of content/screen.yaml; differs in {', '.join(sorted(missing))}"
    for name, wanted in FIELDS.items():
        found = {field for _, field, _, _ in Formatter().parse(getattr(own, name)) if field is not None}
        if found != wanted:
            yield f"{name}: expected {', '.join(sorted(wanted))} in braces, found {', '.join(sorted(found))}"
    asked = [text for q in language.check.questions.values() for text in (q.ask, q.again) if text]
    for lead in own.lead_ins:
        if not any(text.startswith(lead) for text in asked):
            yield f"lead_ins: no question begins with {lead!r}"


def _filled_in(own: ScreenWords, local: Mapping[str, Any]) -> dict[str, Any]:
    """The words with the locale's own in place."""
    env = environment(DictLoader({}))

    def fill(value: Any) -> Any:  # noqa: ANN401  texts, in lists and mappings
        if isinstance(value, dict):
            return {key: fill(part) for key, part in value.items()}
        if isinstance(value, list):
            return [fill(part) for part in value]
        if "{{" not in value:
            return value
        try:
            return plain(env.from_string(value).render(local))
        except TemplateError as error:
            raise ContentError([f"screen.yaml: {value!r}: {error.message}"]) from None

    filled: dict[str, Any] = fill(own.model_dump())
    return filled
