"""The verbs of the check: what do the facts amount to, what must still be asked? Pure and total."""

from __future__ import annotations

from collections.abc import Mapping

from twitching.triage.model import Assessment, Check, Facts, Level, Question, Rule


def assess(check: Check, facts: Facts) -> Assessment:
    """Weigh the facts. The most urgent rule wins; facts that the check doesn't know are ignored.

    A question is asked only while some rule that is more urgent than what holds already could
    still come true through it. So an emergency ends the check at once, and an answer that was
    volunteered is never asked for again.
    """
    answers = answers_of(check, facts)
    rule = deciding_rule(check, answers)
    question = _next_question(check, answers, rule)
    level = rule.level if rule else None
    if question is None and rule is None:
        # A gap in the table: soundness.py refuses it at build, so this is a fault, not a case.
        level = Level.TODAY
    return Assessment(level=level, rule=rule, question=question)


def answers_of(check: Check, facts: Facts) -> dict[str, str]:
    """The facts as answers of the rule table; unknown questions and impossible answers drop out."""
    answers = {}
    for question in check.questions:
        answer = question.answer_of(facts.get(question.id))
        if answer is not None:
            answers[question.id] = answer
    return answers


def deciding_rule(check: Check, answers: Mapping[str, str]) -> Rule | None:
    """The most urgent rule that holds; of equals, the first in the table."""
    held = [rule for rule in check.rules if rule.holds(answers)]
    return max(held, key=lambda rule: rule.level, default=None)


def _next_question(check: Check, answers: Mapping[str, str], rule: Rule | None) -> Question | None:
    floor = rule.level if rule else None
    wanted = {
        question
        for r in check.rules
        if (floor is None or r.level > floor) and r.may_hold(answers)
        for question in r.when
    }
    for question in check.questions:
        if question.told or question.id in answers or not applies(question, answers):
            continue
        if wanted & _leads_to(check, question):
            return question
    return None


def applies(question: Question, answers: Mapping[str, str]) -> bool:
    """Do the answers before it make the question matter?"""
    return all(answers.get(q) in allowed for q, allowed in question.ask_if.items())


def _leads_to(check: Check, question: Question) -> set[str]:
    """The question itself, and those that only its answer opens."""
    reached = {question.id}
    for other in check.questions:  # a question stands after those that open it
        if reached & set(other.ask_if):
            reached.add(other.id)
    return reached
