"""How many questions may still come? Pure."""

from __future__ import annotations

from twitching.triage.engine import assess
from twitching.triage.model import Check, Facts
from twitching.triage.whatif import facts_for


def most_questions(check: Check, facts: Facts) -> int:
    """The most questions that may still be asked, whatever is answered; 0 where the level is final."""
    question = assess(check, facts).question
    if question is None:
        return 0
    options = facts_for(question).values()
    return 1 + max(most_questions(check, {**facts, question.id: fact}) for fact in options)
