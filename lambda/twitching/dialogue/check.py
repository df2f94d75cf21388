"""The check as a conversation: start, answer, result, leaving it. The level is the engine's alone."""

from __future__ import annotations

from dataclasses import replace

from twitching.catalogue import Catalogue
from twitching.dialogue.session import AGAIN, ASK, OFFER, Session
from twitching.dialogue.turn import Card, Reply
from twitching.triage.engine import answers_of, assess
from twitching.triage.model import UNSURE, YES, Assessment, Level, Question, Rule, Sign


def start(session: Session, catalogue: Catalogue) -> Reply:
    """The first question. What was volunteered before counts; a finished check begins afresh."""
    if is_finished(session, catalogue):
        session = replace(session, answers={}, signs=())
    return go_on(replace(session, doubts=(), topic=None), catalogue, first="opening")


def go_on(session: Session, catalogue: Catalogue, first: str = "noted") -> Reply:
    """The next question, or the result when nothing that is left to ask could raise the level."""
    assessment = assess(catalogue.check, session.answers)
    if assessment.question:
        return Reply(session, (first,), ask=ASK + assessment.question.id)
    return _result(session, assessment, catalogue)


def ask_again(session: Session, *first: str) -> Reply:
    """The question that is waiting, in its simpler form."""
    return Reply(session, first, ask=f"{AGAIN}{session.question}")


def answer(session: Session, fact: str | int, catalogue: Catalogue) -> Reply:
    """Take an answer that fits the question that is waiting."""
    return go_on(session.answering(session.question or "", fact), catalogue)


def not_sure(session: Session, catalogue: Catalogue) -> Reply:
    """Asked again once, simpler; the second time it counts as the careful side."""
    question = session.question or ""
    if question in session.doubts:
        return answer(session, UNSURE, catalogue)
    return ask_again(replace(session, doubts=(*session.doubts, question)), "no_problem")


def warn(sign: Sign, session: Session) -> Reply:
    """A warning sign: the action first, one sentence why, and the conversation is over."""
    say = ("level.emergency.action", f"sign.{sign.id}", *sign.advice, "level.emergency.net")
    card = Card("level.emergency", ("level.emergency.action", *sign.advice, "level.emergency.net"))
    return Reply(session, say, card=card)


def tell_sign(sign: Sign, session: Session, catalogue: Catalogue) -> Reply:
    """A sign that isn't a warning sign, told unasked: it is an answer, and may need care today."""
    was_finished = is_finished(session, catalogue)
    question = waiting(session, catalogue)
    if question and sign.id in question.yes_signs:
        session = session.answering(question.id, YES)
    session = noting(session, sign)
    if sign.level is Level.TODAY and (sign.question is None or not session.question):
        return _told(session, Level.TODAY, f"sign.{sign.id}", sign.advice, catalogue)
    if session.question or was_finished:
        return go_on(session, catalogue, first="noted_sign")
    return start(session, catalogue)


def noting(session: Session, sign: Sign) -> Session:
    """The session that knows of the sign; it answers its question with yes."""
    session = replace(session, signs=tuple(dict.fromkeys((*session.signs, sign.id))))
    return session.answering(sign.question, YES) if sign.question else session


def leave(session: Session, catalogue: Catalogue) -> Reply:
    """Stopped midway: what is known already, and when to get help. Never self-care."""
    level = assess(catalogue.check, session.answers).level
    known = (f"level.{level.id}.action",) if level else ("check_unfinished",)
    return Reply(session, (*known, "when_in_doubt"))


def waiting(session: Session, catalogue: Catalogue) -> Question | None:
    """The question that waits for an answer."""
    return catalogue.check.question(session.question) if session.question else None


def is_finished(session: Session, catalogue: Catalogue) -> bool:
    """Have the answers so far led to a result?"""
    return bool(session.answers) and assess(catalogue.check, session.answers).question is None


def echoed_days(session: Session, catalogue: Catalogue) -> int | None:
    """The duration that the result tells back, if a person gave one."""
    rule = assess(catalogue.check, session.answers).rule
    days = session.answers.get(rule.echo) if rule and rule.echo else None
    return days if isinstance(days, int) else None


def _result(session: Session, assessment: Assessment, catalogue: Catalogue) -> Reply:
    level, rule = assessment.level, assessment.rule
    if level is None or rule is None:  # a gap that soundness.py refuses at build
        return _told(session, Level.TODAY, "level.today.do", (), catalogue)
    sign = _deciding_sign(session, rule, catalogue)
    if sign:
        return _told(session, level, f"sign.{sign.id}", sign.advice or rule.advice, catalogue)
    told = rule.echo is not None and isinstance(session.answers.get(rule.echo), int)
    because = f"because.{rule.id}.told" if told else f"because.{rule.id}"
    return _told(session, level, because, rule.advice, catalogue)


def _deciding_sign(session: Session, rule: Rule, catalogue: Catalogue) -> Sign | None:
    """The sign that a person told, where that alone made the rule come true."""
    if len(rule.when) != 1:
        return None
    (question,) = rule.when
    if answers_of(catalogue.check, session.answers).get(question) != YES:
        return None
    told = (catalogue.check.signs[s] for s in session.signs)
    return next((sign for sign in told if sign.question == question), None)


def _told(
    session: Session, level: Level, because: str, advice: tuple[str, ...], catalogue: Catalogue
) -> Reply:
    """The result: action, reason, what to do, what would change it."""
    does = (f"level.{level.id}.do",) if level is not Level.EMERGENCY else ()
    action, net = f"level.{level.id}.action", f"level.{level.id}.net"
    limits = ("not_a_diagnosis",) if level < Level.TODAY else ()
    say = tuple(dict.fromkeys((action, because, *does, *advice, net, *limits)))
    offer = catalogue.check.offers.get(level)
    ask = None if level is Level.EMERGENCY else OFFER + offer if offer else "offer_repeat"
    card = Card(f"level.{level.id}", (action, *does, *advice, net))
    return Reply(replace(session, topic=None), say, ask=ask, card=card)
