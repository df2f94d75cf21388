"""All content, as the build compiled it. Layer 2: reads files once, decides nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from twitching.triage.model import Check, Level, Question, Rule, Sign, Span, Sudden

COMPILED = Path(__file__).parent / "_compiled"
ANY_LOCALE = "en"  # names no number: spoken where the request's own locale isn't ours


class NotCompiledError(Exception):
    """The content hasn't been compiled; `make content` does it."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A thing that the skill can explain: statement ids, a breath at a time."""

    id: str
    breaths: tuple[tuple[str, ...], ...]
    near: tuple[str, ...]
    offers_check: bool = False  # the check is offered after the first breath
    again: str | None = None  # what is told instead the next time
    tells: str | None = None  # the sign that naming this place amounts to


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What can be said and asked, free of language."""

    check: Check
    topics: Mapping[str, Topic]
    spans: Mapping[str, tuple[int, int] | None]  # vague times, in days: "a few days" -> 2 to 6
    locales: tuple[str, ...]
    sentences: frozenset[str]  # every id that can be said
    prompts: frozenset[str]  # every id that can be asked
    persons: Mapping[str, bool]  # whom it may be about: is it a child?
    guided: bool = True  # False: the warning signs are told, and nothing is asked about the person


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question that ends a reply, in one or more wordings, and its reprompt. SSML."""

    ask: tuple[str, ...]
    reprompt: str


@dataclass(frozen=True, slots=True)
class Words:
    """Every sentence of one locale, as SSML without its <speak>.

    `say` holds a sentence's wordings. `other` and `child` are the same words where it is about
    another grown-up, or about a child. `told` names the sentences that echo a fact, and which: they
    are templates, rendered when they are spoken. `units` gives one and many of day, week, month.
    """

    locale: str
    say: Mapping[str, tuple[str, ...]]
    ask: Mapping[str, Prompt]
    titles: Mapping[str, str]
    told: Mapping[str, str]
    units: Mapping[str, tuple[str, str]]
    other: Words | None = None
    child: Words | None = None


@cache
def load_catalogue() -> Catalogue:
    """The catalogue. Raises NotCompiledError where the build hasn't run."""
    data = read_compiled("catalogue.json")
    return Catalogue(
        check=check_from(data["check"]),
        topics={
            id_: Topic(
                id_,
                tuple(tuple(b) for b in t["breaths"]),
                tuple(t["near"]),
                t["offers_check"],
                t["again"],
                t["tells"],
            )
            for id_, t in data["topics"].items()
        },
        spans={id_: tuple(days) if days else None for id_, days in data["spans"].items()},
        locales=tuple(data["locales"]),
        sentences=frozenset(data["sentences"]),
        prompts=frozenset(data["prompts"]),
        persons=data["persons"],
    )


def check_from(data: Mapping[str, Any]) -> Check:
    """The engine's nouns, from the check as the build writes it down."""
    return Check(
        questions=tuple(_question(q) for q in data["questions"]),
        rules=tuple(
            Rule(r["id"], _level(r["level"]), _conditions(r["when"]), tuple(r["advice"]))
            for r in data["rules"]
        ),
        signs={
            id_: Sign(
                id_,
                tuple(s["answers"]),
                s["level"] and _level(s["level"]),
                tuple(s["advice"]),
                s["in_a_child"],
            )
            for id_, s in data["signs"].items()
        },
        offers={_level(level): topic for level, topic in data["offers"].items()},
    )


def _question(data: dict[str, Any]) -> Question:
    return Question(
        id=data["id"],
        ask_if=_conditions(data["ask_if"]),
        spans=tuple(Span(**span) for span in data["spans"]),
        told=data["told"],
        sudden=Sudden(**data["sudden"]) if data["sudden"] else None,
    )


def _level(name: str) -> Level:
    return Level[name.upper()]


@cache
def load_grounds() -> Mapping[str, tuple[tuple[str, ...], str]]:
    """By sentence or question: its sources, the best first, and the month in which it was reviewed."""
    return {id_: (tuple(sources), month) for id_, (sources, month) in read_compiled("grounds.json").items()}


@cache
def load_words(locale: str) -> Words:
    """The locale's words; for a locale that isn't ours, those that name no number."""
    if locale not in load_catalogue().locales:
        locale = ANY_LOCALE
    data = read_compiled(f"words/{locale}.json")
    say, ask = _sentences(data["say"]), _prompts(data["ask"])
    words = Words(
        locale=locale,
        say=say,
        ask=ask,
        titles=data["titles"],
        told=data["told"],
        units={unit: (one, many) for unit, (one, many) in data["units"].items()},
    )
    other, child = (
        replace(words, say=say | _sentences(about["say"]), ask=ask | _prompts(about["ask"]))
        for about in (data["about"]["other"], data["about"]["child"])
    )
    return replace(words, other=other, child=child)


def _sentences(data: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {id_: tuple(wordings) for id_, wordings in data.items()}


def _prompts(data: dict[str, Any]) -> dict[str, Prompt]:
    return {id_: Prompt(tuple(p["ask"]), p["reprompt"]) for id_, p in data.items()}


def _conditions(data: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {question: tuple(answers) for question, answers in data.items()}


def read_compiled(name: str) -> Any:  # noqa: ANN401  the build has checked the shape
    """What one compiled file holds. Raises NotCompiledError where the build hasn't run."""
    try:
        return json.loads((COMPILED / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        message = f"{name} is missing: the content isn't compiled. Run `make content`."
        raise NotCompiledError(message) from None
