"""Changing one's mind: go back a question, or say what was meant."""

from __future__ import annotations

from dataclasses import replace

from twitching.catalogue import Catalogue
from twitching.dialogue import check
from twitching.dialogue.session import ASK, Session
from twitching.dialogue.turn import Reply
from twitching.triage.engine import assess


def go_back(session: Session, catalogue: Catalogue) -> Reply:
    """The last question that was answered, once more; its answer is forgotten."""
    last = session.path[-1] if session.path else None
    if last is None:
        return check.ask_again(session) if session.question else check.start(session, catalogue)
    answers = {q: fact for q, fact in session.answers.items() if q != last}
    session = replace(session, answers=answers, path=session.path[:-1], topic=None)
    return Reply(session, ("back_one",), ask=ASK + last)


def correct(session: Session, fact: str | None, catalogue: Catalogue) -> Reply:
    """Another answer to the last question, and what that does to the result."""
    last = catalogue.check.question(session.path[-1]) if session.path else None
    if fact is None or last is None or last.answer_of(fact) is None:
        return go_back(session, catalogue)
    before = assess(catalogue.check, session.answers)
    session = session.knowing(last.id, fact)
    after = assess(catalogue.check, session.answers)
    if before.question is not None or before.level is None:
        return check.go_on(session, catalogue, "changed")
    if after.question is not None:
        return check.go_on(session, catalogue, "changed", "changes_the_result")
    reply = check.go_on(session, catalogue)
    left_out = (".do", "likely.")  # there is enough to hear
    said = tuple(id_ for id_ in reply.say if not (id_.endswith(left_out) or id_.startswith(left_out)))
    effect = "same_result" if after.level == before.level else "changes_the_result"
    return replace(reply, say=("changed", effect, *said))
