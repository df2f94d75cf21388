"""The check as a conversation: start it, take an answer, ask again, leave. The level is the engine's."""

from __future__ import annotations

from dataclasses import replace

from twitching.catalogue import Catalogue
from twitching.dialogue import result
from twitching.dialogue.session import AGAIN, ASK, Session
from twitching.dialogue.turn import Reply
from twitching.triage.engine import assess
from twitching.triage.model import NO, UNSURE, YES, Level, Question, Sign


def start(session: Session, catalogue: Catalogue) -> Reply:
    """The first question. What was volunteered before counts; a finished check begins afresh."""
    if is_finished(session, catalogue):
        session = without_answers(session, catalogue)
    return go_on(replace(session, path=(), doubts=(), hedged=(), topic=None), catalogue, "opening")


def go_on(session: Session, catalogue: Catalogue, *first: str) -> Reply:
    """The next question, or the result when nothing that is left to ask could raise the level."""
    assessment = assess(catalogue.check, session.answers)
    if assessment.question is None:
        return result.of(session, assessment, catalogue)
    form = AGAIN if session.brief else ASK
    return Reply(session, first, ask=form + assessment.question.id)


def ask_again(session: Session, *first: str) -> Reply:
    """The question that is waiting, in its simpler form."""
    return Reply(session, first, ask=f"{AGAIN}{session.question}")


def answer(session: Session, fact: str | int, catalogue: Catalogue) -> Reply:
    """Take an answer that fits the question that is waiting."""
    question = session.question or ""
    session = replace(session.knowing(question, fact), path=(*session.path, question))
    return go_on(session, catalogue, *(() if session.brief else ("noted",)))


def not_sure(session: Session, catalogue: Catalogue, first: str = "no_problem") -> Reply:
    """Asked again once, simpler; the second time it counts as the careful side."""
    question = session.question or ""
    if question in session.doubts:
        return answer(session, UNSURE, catalogue)
    return ask_again(replace(session, doubts=(*session.doubts, question)), first)


def rather_not(session: Session, catalogue: Catalogue) -> Reply:
    """A hesitant no ("not really") isn't a clear one: asked again once. Then it is a no."""
    question = session.question or ""
    if question in session.hedged:
        return answer(session, NO, catalogue)
    return ask_again(replace(session, hedged=(*session.hedged, question)), "just_to_be_clear")


def tell_sign(sign: Sign, session: Session, catalogue: Catalogue) -> Reply:
    """A sign that isn't a warning sign, told unasked: it is an answer, and may need care today."""
    was_finished = is_finished(session, catalogue)
    question = waiting(session, catalogue)
    if question and sign.id in question.yes_signs:
        session = session.knowing(question.id, YES)
    session = noting(session, sign)
    if sign.level is Level.TODAY and (not sign.answers or not question):
        return result.at(Level.TODAY, f"sign.{sign.id}", sign.advice, session, catalogue)
    if question or was_finished:
        return go_on(session, catalogue, "noted_sign")
    return start(session, catalogue)


def noting(session: Session, sign: Sign) -> Session:
    """The session that knows of the sign; it answers its questions with yes."""
    session = replace(session, signs=tuple(dict.fromkeys((*session.signs, sign.id))))
    for question in sign.answers:
        session = session.knowing(question, YES)
    return session


def leave(session: Session, catalogue: Catalogue) -> Reply:
    """Stopped midway: what is known already, and when to get help. Never self-care."""
    level = assess(catalogue.check, session.answers).level
    known = (f"level.{level.id}.action",) if level else ("check_unfinished",)
    return Reply(session, (*known, "when_in_doubt"))


def about(session: Session, person: str | None, catalogue: Catalogue) -> Session:
    """The session, about this person from now on (None: the one who speaks)."""
    if person == session.person:
        return session
    theirs = session.person is None and not is_finished(session, catalogue)
    session = replace(session, person=person)
    if not theirs:
        return without_answers(session, catalogue)  # what was told before was somebody else's
    return session.knowing("child", YES) if person and catalogue.persons[person] else session


def without_answers(session: Session, catalogue: Catalogue) -> Session:
    """The session without what was told of the person's health; whom it is about stays."""
    session = replace(session, answers={}, signs=(), triggers=(), place=None, path=(), doubts=(), hedged=())
    child = session.person is not None and catalogue.persons[session.person]
    return session.knowing("child", YES) if child else session


def waiting(session: Session, catalogue: Catalogue) -> Question | None:
    """The question that waits for an answer."""
    return catalogue.check.question(session.question) if session.question else None


def is_finished(session: Session, catalogue: Catalogue) -> bool:
    """Have the answers so far led to a result?"""
    return bool(session.answers) and assess(catalogue.check, session.answers).question is None
