"""What would change the result: the smallest changes of one answer. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from twitching.triage.engine import answers_of, applies, assess
from twitching.triage.model import NO, UNSURE, Check, Facts, Level, Question

MOST_RAISES = 2


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that were different, and the level then; None where more would have to be asked."""

    question: str
    answer: str
    level: Level | None


def smallest_changes(check: Check, facts: Facts) -> tuple[list[Change], Change | None]:
    """Those that raise the level by the least, and one that lowers it, if a single answer can.

    The facts have led to a result already.
    """
    level = assess(check, facts).level
    assert level is not None
    changes = list(_changes(check, facts, level))
    raises = [c for c in changes if c.level is not None and c.level > level]
    least = min((c.level for c in raises if c.level is not None), default=None)
    lowers = [c for c in changes if c.level is not None and c.level < level]
    open_ends = [c for c in changes if c.level is None]
    return [c for c in raises if c.level == least][:MOST_RAISES], next(iter(lowers + open_ends), None)


def _changes(check: Check, facts: Facts, level: Level) -> Iterator[Change]:
    answers = answers_of(check, facts)
    for question in check.questions:
        if question.told or not applies(question, answers):
            continue
        for answer, fact in facts_for(question).items():
            if answer in (UNSURE, answers.get(question.id)):
                continue
            then = assess(check, {**facts, question.id: fact})
            if then.level is not None and (then.question is None or then.level > level):
                yield Change(question.id, answer, then.level)
            elif _could_be_lower(check, {**facts, question.id: fact}, level):
                yield Change(question.id, answer, None)


def _could_be_lower(check: Check, facts: Facts, level: Level) -> bool:
    """Would clear noes to all that is left to ask lead to a lower level?"""
    told = dict(facts)
    while (question := assess(check, told).question) is not None:
        calm = [facts_for(question)[a] for a in question.answers if a != UNSURE]
        told[question.id] = NO if not question.is_duration else calm[0]
    ended = assess(check, told).level
    return ended is not None and ended < level


def facts_for(question: Question) -> dict[str, str | int]:
    """One fact for each answer: the answer itself, or for a span its last day."""
    if not question.spans:
        return {answer: answer for answer in question.answers}
    longest = max(s.under_days or 0 for s in question.spans)
    days = {s.id: (s.under_days - 1 if s.under_days else longest) for s in question.spans}
    return {**days, UNSURE: UNSURE}
