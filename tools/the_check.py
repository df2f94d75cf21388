"""The check that content/ describes, as the engine takes it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

from twitching.catalogue import check_from
from twitching.triage.engine import assess
from twitching.triage.model import Check, Level
from twitching.triage.soundness import volunteered
from twitching.triage.whatif import facts_for, smallest_changes

from tools.facts import Facts


def check_of(facts: Facts) -> Check:
    """The check as the skill will read it, before anything is written."""
    return check_from(written_down(facts))


def written_down(facts: Facts) -> dict[str, Any]:
    """The check as the build writes it down, for catalogue.check_from to read back."""
    return {
        "questions": [q.model_dump(exclude={"sources"}) for q in facts.check.questions],
        "rules": [r.model_dump(include={"id", "level", "when", "advice"}) for r in facts.check.rules],
        "signs": {id_: s.model_dump(exclude={"sources"}) for id_, s in facts.signs.signs.items()},
        "offers": {id_: level.offer for id_, level in facts.check.levels.items() if level.offer},
    }


def changes_that_can_be_told(check: Check) -> set[str]:
    """Every change that "what would change that" may name: question, answer, and the level then."""
    told = set()
    for facts in _finished(check):
        raises, lower = smallest_changes(check, facts)
        for change in [*raises, *([lower] if lower else [])]:
            level = change.level.id if change.level is not None else "more"
            told.add(f"{change.question}.{change.answer}.{level}")
    return told


def _finished(check: Check) -> Iterator[dict[str, str | int]]:
    """All facts that lead to a result that is talked about: in order, after up to two were volunteered."""
    first = [{q.id: fact} for q in check.questions if not q.told for fact in facts_for(q).values()]
    starts = [{}, *first, *({**a, **b} for a, b in combinations(first, 2))]
    waiting = [{**told, **start} for told, start in product(volunteered(check), starts)]
    seen: set[frozenset[tuple[str, str | int]]] = set()
    while waiting:
        facts = waiting.pop()
        if (key := frozenset(facts.items())) in seen:
            continue
        seen.add(key)
        assessment = assess(check, facts)
        if assessment.level is Level.EMERGENCY:
            continue  # the conversation is over
        if assessment.question is None:
            yield facts
        else:
            options = facts_for(assessment.question).values()
            waiting += [{**facts, assessment.question.id: fact} for fact in options]
