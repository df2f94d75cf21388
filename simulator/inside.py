"""What a person with an Echo doesn't see: the answers so far, the rules they meet, what is asked next."""

from __future__ import annotations

from dataclasses import dataclass

from twitching.catalogue import load_catalogue
from twitching.dialogue.session import read_session
from twitching.triage.engine import answers_of, assess
from twitching.triage.model import Rule

REASONS = ("because.", "sign.")


@dataclass(frozen=True)
class Step:
    """An answer that the rule table counts; `fact` is what was told, such as a number of days."""

    question: str
    answer: str
    fact: str | int


@dataclass(frozen=True)
class Held:
    """A rule whose conditions are all met."""

    id: str
    level: str
    decides: bool


@dataclass(frozen=True)
class Inside:
    """The rule trace.

    `reason` is the sentence that gave the reason of a result. It outlives the answers, which are forgotten
    when the conversation closes. `answers` are what the table takes for an answer to the question that waits.
    """

    reason: str | None
    steps: list[Step]
    rules: list[Held]
    asks: str | None
    answers: list[str]

    @property
    def rule(self) -> str | None:
        """The rule that decides, as things stand."""
        return next((rule.id for rule in self.rules if rule.decides), None)


def inside(attributes: object) -> Inside:
    """The trace of a conversation with these session attributes."""
    catalogue = load_catalogue()
    check = catalogue.check
    session = read_session(attributes, catalogue)
    assessment = assess(check, session.answers)
    given = answers_of(check, session.answers)
    question = assessment.question if session.question else None
    return Inside(
        reason=next((id_ for id_ in session.said if id_.startswith(REASONS)), None),
        steps=[Step(id_, answer, session.answers[id_]) for id_, answer in given.items()],
        rules=[
            _held(rule, assessment.rule)
            for rule in sorted(check.rules, key=lambda rule: -rule.level)
            if rule.when and rule.holds(given)
        ],
        asks=question.id if question else None,
        answers=list(question.answers) if question else [],
    )


def _held(rule: Rule, decides: Rule | None) -> Held:
    return Held(rule.id, rule.level.id, rule is decides)
