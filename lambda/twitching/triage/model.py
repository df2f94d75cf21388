"""The nouns of the check. Layer 1: knows no files, no speech, no Alexa."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

YES, NO, UNSURE = "yes", "no", "unsure"

# What a person told: an answer's id, or for a duration that was counted the number of days.
Facts = Mapping[str, str | int]


class Level(IntEnum):
    """How urgent it is; a higher number is more urgent (clinical base, section 3.1)."""

    SELF_CARE = 0
    SOON = 1
    TODAY = 2
    EMERGENCY = 3

    @property
    def id(self) -> str:
        """The level's name in data, in session attributes and in `play --json`."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Span:
    """One answer to a duration question: fewer than `under_days` days, or no upper end."""

    id: str
    under_days: int | None = None


@dataclass(frozen=True, slots=True)
class Sudden:
    """An answer of fewer days than this means yes to another question."""

    under_days: int
    question: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the check; `ask_if` names the earlier answers that make it matter.

    One that is `told` is never asked: its answer counts only where a person gives it unasked.
    """

    id: str
    ask_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()
    told: bool = False
    sudden: Sudden | None = None

    @property
    def is_duration(self) -> bool:
        """Is it answered with a number of days, rather than yes or no?"""
        return bool(self.spans)

    @property
    def answers(self) -> tuple[str, ...]:
        """Every answer that the rule table may name."""
        if self.spans:
            return (*(span.id for span in self.spans), UNSURE)
        return (YES, NO) if self.told else (YES, NO, UNSURE)

    def answer_of(self, fact: object) -> str | None:
        """The answer that a fact amounts to, or None where it is no answer to this question."""
        if isinstance(fact, str):
            return fact if fact in self.answers else None
        if not self.spans:
            return None
        if isinstance(fact, bool) or not isinstance(fact, int) or fact < 0:
            return None
        return next(s.id for s in self.spans if s.under_days is None or fact < s.under_days)


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the rule table: when all these answers are given, at least this level."""

    id: str
    level: Level
    when: Mapping[str, tuple[str, ...]]
    advice: tuple[str, ...] = ()

    def holds(self, answers: Mapping[str, str]) -> bool:
        """Are all its conditions met?"""
        return all(answers.get(question) in allowed for question, allowed in self.when.items())

    def may_hold(self, answers: Mapping[str, str]) -> bool:
        """Is none of its conditions broken by what is known so far?"""
        return all(
            question not in answers or answers[question] in allowed for question, allowed in self.when.items()
        )


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that a person may tell unasked.

    `level` is set on signs that call for an action on any turn: emergency (a warning sign) or
    today. `answers` are the questions that the sign answers with yes; the first is its own.
    `in_a_child` is the sign that it amounts to where it is told of a child.
    """

    id: str
    answers: tuple[str, ...] = ()
    level: Level | None = None
    advice: tuple[str, ...] = ()
    in_a_child: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """The whole check: questions in the order in which they are asked, and the rule table."""

    questions: tuple[Question, ...]
    rules: tuple[Rule, ...]
    signs: Mapping[str, Sign]
    offers: Mapping[Level, str] = field(default_factory=dict)  # what to offer to tell after a result

    def question(self, question_id: str) -> Question | None:
        """The question of that id, or None."""
        return next((q for q in self.questions if q.id == question_id), None)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the facts amount to so far.

    `level` and `rule` are the most urgent that hold already (None: nothing yet).
    `question` is what must still be asked; None means that `level` is final.
    """

    level: Level | None
    rule: Rule | None
    question: Question | None
