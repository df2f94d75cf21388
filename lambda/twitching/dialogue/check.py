"""The check as a conversation: start it, take an answer, ask again, leave. The level is the engine's."""

from __future__ import annotations

from dataclasses import replace

from twitching.catalogue import Catalogue
from twitching.dialogue import result
from twitching.dialogue.session import AGAIN, ASK, Session
from twitching.dialogue.turn import Reply
from twitching.triage.engine import answers_of, applies, assess
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
    return Reply(session, first, ask=session.again)


def answer(session: Session, fact: str | int, catalogue: Catalogue, days: int | None = None) -> Reply:
    """Take an answer that fits the question that is waiting. `days` is the most that a time can mean."""
    question = session.question or ""
    session = replace(session.knowing(question, fact), path=(*session.path, question))
    sudden = _sudden(question, days, catalogue)
    if sudden:
        session = session.knowing(sudden, YES)
    return go_on(session, catalogue, *(() if session.brief else ("noted",)))


def _sudden(question_id: str, days: int | None, catalogue: Catalogue) -> str | None:
    """The question that so short a time answers with yes: weak since this morning is sudden."""
    question = catalogue.check.question(question_id)
    sudden = question.sudden if question else None
    return sudden.question if sudden and days is not None and days < sudden.under_days else None


def not_sure(session: Session, catalogue: Catalogue, first: str = "no_problem") -> Reply:
    """Asked again once, simpler; the second time it counts as the careful side."""
    question = session.question or ""
    if question in session.doubts:
        return answer(session, UNSURE, catalogue)
    return ask_again(replace(session, doubts=(*session.doubts, question)), first)


def rather_not(session: Session, catalogue: Catalogue) -> Reply:
    """A hesitant no ("not really") is asked again once. Then it is a no, but not one for self-care."""
    question = session.question or ""
    if question in session.hedged:
        return answer(session.knowing("hesitated", YES), NO, catalogue)
    return ask_again(replace(session, hedged=(*session.hedged, question)), "just_to_be_clear")


def tell_sign(sign: Sign, session: Session, catalogue: Catalogue) -> Reply:
    """A sign that isn't a warning sign, told unasked: it is an answer, and may need care today."""
    was_finished = is_finished(session, catalogue)
    question = session.question
    session = noting(session, sign)
    if sign.level is Level.TODAY and not question:
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
    """Stopped midway: what is known already, or when to get help. Never self-care."""
    known = assess(catalogue.check, with_doubts(session, catalogue).answers)
    if known.rule is None:
        return Reply(session, ("check_unfinished", "when_in_doubt"))
    return Reply(session, result.of(session, known, catalogue).say)


def with_doubts(session: Session, catalogue: Catalogue) -> Session:
    """What an answer has opened and nobody has closed counts as not sure: since when it is weak."""
    told = {q.id for q in catalogue.check.questions if q.told}
    for question in catalogue.check.questions:
        opened = question.ask_if and not told & set(question.ask_if)
        answers = answers_of(catalogue.check, session.answers)
        if opened and question.id not in answers and applies(question, answers):
            session = session.knowing(question.id, UNSURE)
    return session


def about(session: Session, person: str | None, catalogue: Catalogue) -> Session:
    """The session, about this person from now on (None: the one who speaks)."""
    if person == session.person:
        return session
    theirs = session.person is None and not session.path
    session = replace(session, person=person)
    if not theirs:
        return without_answers(session, catalogue)  # what was told before was somebody else's
    return session.knowing("child", YES) if person and catalogue.persons[person] else session


def without_answers(session: Session, catalogue: Catalogue) -> Session:
    """The session without what was told of the person's health; whom it is about stays."""
    session = replace(
        session, answers={}, signs=(), triggers=(), place=None, path=(), doubts=(), hedged=(), highest=0
    )
    child = session.person is not None and catalogue.persons[session.person]
    return session.knowing("child", YES) if child else session


def vague_time(question_id: str, earliest: int, latest: int, session: Session, catalogue: Catalogue) -> str:
    """The answer that a vague length of time amounts to: of the two ends, the more urgent."""
    question = catalogue.check.question(question_id)
    assert question is not None
    ends = [question.answer_of(days) or UNSURE for days in (earliest, latest)]

    def urgency(answer_: str) -> int:
        level = assess(catalogue.check, session.knowing(question_id, answer_).answers).level
        return -1 if level is None else level

    return max(ends, key=urgency)


def waiting(session: Session, catalogue: Catalogue) -> Question | None:
    """The question that waits for an answer."""
    return catalogue.check.question(session.question) if session.question else None


def is_finished(session: Session, catalogue: Catalogue) -> bool:
    """Have the answers so far led to a result?"""
    return bool(session.answers) and assess(catalogue.check, session.answers).question is None
