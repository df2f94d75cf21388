"""Is a check sound? Run when the content is compiled, so that an unsound table never ships.

Each fault is one sentence that names the question or rule. The rules that it proves are those
of the clinical base, section 3.4, "Why the order is safe".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from twitching.triage.engine import assess, deciding_rule
from twitching.triage.model import NO, UNSURE, YES, Check, Level, Sign
from twitching.triage.whatif import facts_for

MOST_QUESTIONS = 7
EMERGENCY_BY_QUESTION = 2


@dataclass(frozen=True, slots=True)
class Path:
    """One way through the check: the answers in the order asked, and where they end."""

    answers: tuple[tuple[str, str], ...]
    level: Level
    rule: str | None


def faults(check: Check) -> list[str]:
    """Everything that is wrong with the check; empty when it may ship."""
    found = list(_dangling(check))
    if found:
        return found
    ways = [way for told in volunteered(check) for way in paths(check, told)]
    return [*_path_faults(check, ways), *_table_faults(check)]


def volunteered(check: Check) -> Iterator[dict[str, str | int]]:
    """Where a check may start: nothing told, or yes to one of the questions that are never asked."""
    yield {}
    for question in check.questions:
        if question.told:
            yield {question.id: YES}


def paths(check: Check, facts: dict[str, str | int] | None = None) -> Iterator[Path]:
    """Every way through the check, each question answered in each of its ways."""
    facts = facts or {}
    outcome = assess(check, facts)
    if outcome.question is None:
        assert outcome.level is not None
        asked = {q.id for q in check.questions if not q.told}
        answered = tuple((q, _as_answer(check, q, fact)) for q, fact in facts.items() if q in asked)
        yield Path(answered, outcome.level, outcome.rule.id if outcome.rule else None)
        return
    for fact in facts_for(outcome.question).values():
        yield from paths(check, {**facts, outcome.question.id: fact})


def _as_answer(check: Check, question_id: str, fact: str | int) -> str:
    question = check.question(question_id)
    return (question.answer_of(fact) if question else None) or ""


def _dangling(check: Check) -> Iterator[str]:
    known = {q.id: q.answers for q in check.questions}
    conditions = [(f"rule {r.id}", r.when) for r in check.rules]
    conditions += [(f"question {q.id}", q.ask_if) for q in check.questions]
    for owner, when in conditions:
        for id_, allowed in when.items():
            if id_ not in known:
                yield f"{owner} names the question {id_!r}, which does not exist"
                continue
            for answer in set(allowed) - set(known[id_]):
                yield f"{owner}: {answer!r} is no answer to {id_!r} ({', '.join(known[id_])})"
    yield from _order(check)
    yield from _signs(check)


def _order(check: Check) -> Iterator[str]:
    seen: set[str] = set()
    for asked in check.questions:
        yield from (
            f"question {asked.id} is opened by {opener!r}, which comes after it"
            for opener in set(asked.ask_if) - seen
        )
        seen.add(asked.id)
        if asked.spans and asked.spans[-1].under_days is not None:
            yield f"question {asked.id}: its last span must be open, so that every length of time fits"


def _signs(check: Check) -> Iterator[str]:
    known = {q.id for q in check.questions}
    for sign in check.signs.values():
        for unknown in set(sign.answers) - known:
            yield f"sign {sign.id} names the question {unknown!r}, which does not exist"
        if sign.level is Level.TODAY and not _reaches(check, sign):
            yield f"sign {sign.id} is for today, but its answers alone don't lead there"
        if not sign.answers and sign.level is None:
            yield f"sign {sign.id} has neither a question nor a level: telling it would do nothing"


def _reaches(check: Check, sign: Sign) -> bool:
    """Do the sign's answers lead to its level, so that no later result can be lower?"""
    rule = deciding_rule(check, dict.fromkeys(sign.answers, YES))
    return rule is not None and sign.level is not None and rule.level >= sign.level


def _path_faults(check: Check, ways: list[Path]) -> Iterator[str]:
    for way in ways:
        told = ", ".join(f"{q}={a}" for q, a in way.answers)
        if way.rule is None:
            yield f"no rule covers: {told}"
        if len(way.answers) > MOST_QUESTIONS:
            yield f"more than {MOST_QUESTIONS} questions: {told}"
        if way.level is Level.EMERGENCY and len(way.answers) > EMERGENCY_BY_QUESTION:
            yield f"an emergency comes out only after question {EMERGENCY_BY_QUESTION}: {told}"
        if way.level is Level.SELF_CARE and {YES, UNSURE} & {a for _, a in way.answers}:
            yield f"self-care without a clear no to everything: {told}"
    yield from _unused(check, ways)


def _unused(check: Check, ways: list[Path]) -> Iterator[str]:
    calm = sum(way.level is Level.SELF_CARE for way in ways)
    if calm != 1:
        yield f"self-care must be reached in exactly one way, not {calm}"
    asked = {q for way in ways for q, _ in way.answers}
    for question in check.questions:
        if question.id not in asked and not question.told:
            yield f"question {question.id} is never asked"
    decided = {way.rule for way in ways}
    for rule in check.rules:
        if rule.id not in decided:
            yield f"rule {rule.id} never decides anything"


def _table_faults(check: Check) -> Iterator[str]:
    """In the whole answer space: not sure is as urgent as the worst answer, yes as urgent as no."""
    ids = [q.id for q in check.questions]
    levels = {}
    for combination in product(*(q.answers for q in check.questions)):
        rule = deciding_rule(check, dict(zip(ids, combination, strict=True)))
        levels[combination] = rule.level if rule else None
    for combination, level in levels.items():
        for i, question in enumerate(check.questions):
            if combination[i] != UNSURE:
                continue
            for answer in question.answers:
                other = levels[(*combination[:i], answer, *combination[i + 1 :])]
                if other is not None and (level is None or level < other):
                    told = ", ".join(f"{q}={a}" for q, a in zip(ids, combination, strict=True))
                    yield f"not sure is less urgent than {answer!r} to {question.id}: {told}"
            if not question.is_duration:  # one that is only told can't be in doubt
                told_no = levels[(*combination[:i], NO, *combination[i + 1 :])]
                told_yes = levels[(*combination[:i], YES, *combination[i + 1 :])]
                if told_no is not None and (told_yes is None or told_yes < told_no):
                    yield f"yes is less urgent than no to {question.id}"
