"""The shape of content/: what is stated, in which order, and what it rests on. No words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from tools.sources_on_disk import ROOT, read_as

CONTENT = ROOT / "content"
Id = str
EMERGENCY_NUMBER = "emergency_number"
LevelName = Literal["emergency", "today", "soon", "self_care"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Strict):
    """One reference. Grade: O official, M mirror of one, P peer-reviewed, S secondary and weak."""

    title: str
    publisher: str
    url: str | None
    grade: Literal["O", "M", "P", "S"]
    read: date
    read_at: str | list[str] | None = None


class Sourced(_Strict):
    """Anything medical that is spoken."""

    sources: list[str] = Field(min_length=1)


class Statement(Sourced):
    """One spoken sentence about twitching."""

    id: Id
    article: list[int] = []
    stance: Literal["agree", "hedged", "corrected", "added"]
    note: str | None = None
    keep: bool = False  # told even to somebody who wants it short


class Topic(_Strict):
    """A thing that the skill can explain, a breath at a time."""

    near: list[Id] = Field(min_length=1)
    offers_check: bool = False
    tells: Id | None = None
    again: Id | None = None
    breaths: list[list[Statement]] = Field(min_length=1)


class Reviewed(_Strict):
    """A file of medical content: when it was last held against its sources, and who signed it."""

    reviewed: date
    signed_off: str | None


class TopicFile(Reviewed):
    """content/topics/*.yaml."""

    topics: dict[Id, Topic]


class SpanFacts(_Strict):
    """One answer to a duration question."""

    id: Id
    under_days: int | None = None


class SuddenFacts(_Strict):
    """An answer of fewer days than this means yes to another question."""

    under_days: int
    question: Id


class QuestionFacts(Sourced):
    """One question of the check."""

    id: Id
    ask_if: dict[Id, list[str]] = {}
    spans: list[SpanFacts] = []
    told: bool = False
    sudden: SuddenFacts | None = None


class RuleFacts(Sourced):
    """One row of the rule table."""

    id: Id
    level: LevelName
    when: dict[Id, list[str]] = Field(min_length=1)
    advice: list[Id] = []


class LevelFacts(Sourced):
    """A level: what its sentences rest on, and the topic that is offered after it."""

    offer: Id | None = None


class CheckFile(Reviewed):
    """content/check.yaml."""

    levels: dict[LevelName, LevelFacts]
    questions: list[QuestionFacts]
    rules: list[RuleFacts]
    statements: dict[Id, Sourced]
    likely: dict[Id, Sourced]


class SignFacts(Sourced):
    """Something that a person may tell unasked."""

    level: Literal["emergency", "today"] | None = None
    answers: list[Id] = []
    in_a_child: Id | None = None
    advice: list[Id] = []


class SignFile(Reviewed):
    """content/signs.yaml."""

    signs: dict[Id, SignFacts]


class Number(Sourced):
    """A number to call, as it is written; never without a source."""

    call: str


class Locale(_Strict):
    """Where the skill speaks, and what to call there, by the name under which it is spoken."""

    language: str
    numbers: dict[Id, Number]

    @property
    def emergency_number(self) -> str | None:
        """What to call in an emergency."""
        number = self.numbers.get(EMERGENCY_NUMBER)
        return number.call if number else None

    @property
    def sources(self) -> list[str]:
        """What the numbers rest on, each source once."""
        return list(dict.fromkeys(key for number in self.numbers.values() for key in number.sources))


class LocaleFile(_Strict):
    """content/locales.yaml."""

    locales: dict[str, Locale]


class Person(_Strict):
    """Whom it may be about."""

    child: bool


class Facts(_Strict):
    """All of content/."""

    check: CheckFile
    signs: SignFile
    topic_files: dict[str, TopicFile]
    sources: dict[str, Source]
    locales: dict[str, Locale]
    spans: dict[Id, tuple[int, int] | None]
    persons: dict[Id, Person]

    @property
    def topics(self) -> dict[Id, Topic]:
        """Every topic, by id."""
        return {id_: t for file in self.topic_files.values() for id_, t in file.topics.items()}


@dataclass(frozen=True)
class Grounds:
    """What a sentence rests on: its sources, the best first, and when it was held against them."""

    sources: list[str]
    reviewed: date


def grounds(facts: Facts) -> dict[str, Grounds]:
    """The grounds of every medical sentence and question, by the id under which it is said."""
    check, signs = facts.check, facts.signs
    cited: list[tuple[str, Sourced, date]] = [
        (s.id, s, file.reviewed)
        for file in facts.topic_files.values()
        for topic in file.topics.values()
        for breath in topic.breaths
        for s in breath
    ]
    cited += [(id_, s, check.reviewed) for id_, s in check.statements.items()]
    cited += [
        (f"level.{id_}.{part}", level, check.reviewed)
        for id_, level in check.levels.items()
        for part in ("action", "do", "net")
    ]
    cited += [(f"because.{r.id}{told}", r, check.reviewed) for r in check.rules for told in ("", ".told")]
    cited += [(f"{way}.{q.id}", q, check.reviewed) for q in check.questions for way in ("ask", "again")]
    cited += [(f"why.{q.id}", q, check.reviewed) for q in check.questions]
    cited += [(f"why.rule.{r.id}", r, check.reviewed) for r in check.rules]
    cited += [
        (f"{way}.{q.id}.{answer}{end}", q, check.reviewed)
        for q in check.questions
        for answer in (*(s.id for s in q.spans), "yes", "no", "unsure", "told")
        for way, ends in (("doctor", [""]), ("if", [".more", *(f".{level}" for level in check.levels)]))
        for end in ends
    ]
    cited += [(f"doctor.sign.{id_}", s, signs.reviewed) for id_, s in signs.signs.items()]
    cited += [(f"likely.{id_}", s, check.reviewed) for id_, s in check.likely.items()]
    cited += [(f"sign.{id_}", s, signs.reviewed) for id_, s in signs.signs.items()]
    best_first = "OMPS"
    return {
        id_: Grounds(sorted(s.sources, key=lambda key: best_first.index(facts.sources[key].grade)), reviewed)
        for id_, s, reviewed in cited
    }


def read_facts(content: Path = CONTENT) -> Facts:
    """Read all of content/. Raises ContentError."""
    return Facts(
        check=read_as(content / "check.yaml", CheckFile),
        signs=read_as(content / "signs.yaml", SignFile),
        topic_files={
            path.stem: read_as(path, TopicFile) for path in sorted((content / "topics").glob("*.yaml"))
        },
        sources=read_as(content / "sources.yaml", dict[str, Source]),
        locales=read_as(content / "locales.yaml", LocaleFile).locales,
        spans=read_as(content / "spans.yaml", dict[Id, tuple[int, int] | None]),
        persons=read_as(content / "persons.yaml", dict[Id, Person]),
    )
