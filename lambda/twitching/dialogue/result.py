"""The result in sentences: the action, why, what to do, what would change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from twitching.catalogue import Catalogue
from twitching.dialogue.session import OFFER, Session
from twitching.dialogue.turn import Card, Reply
from twitching.triage.engine import answers_of
from twitching.triage.model import YES, Assessment, Level, Rule, Sign

MOST_TRIGGERS = {Level.SELF_CARE: 2, Level.SOON: 1}  # everyday causes that a result mentions


def of(session: Session, assessment: Assessment, catalogue: Catalogue) -> Reply:
    """The result that a finished check amounts to."""
    level, rule = assessment.level, assessment.rule
    if level is None or rule is None:  # a gap that soundness.py refuses at build
        return at(Level.TODAY, "level.today.do", (), session, catalogue)
    sign = _deciding_sign(session, rule, catalogue)
    advice = sign.advice or rule.advice if sign else rule.advice
    return at(level, because(session, rule, catalogue), advice, session, catalogue)


def warn(sign: Sign, session: Session) -> Reply:
    """A warning sign: the action first, one sentence why, and the conversation is over."""
    say = ("level.emergency.action", f"sign.{sign.id}", *sign.advice, "level.emergency.net")
    card = Card("level.emergency", ("level.emergency.action", "level.emergency.net"))
    return Reply(session, say, card=card)


def at(level: Level, reason: str, advice: tuple[str, ...], session: Session, catalogue: Catalogue) -> Reply:
    """A result at this level, for this reason."""
    action, net = f"level.{level.id}.action", f"level.{level.id}.net"
    most = 0 if len(advice) > 1 else MOST_TRIGGERS.get(level, 0)  # not more than one can take in
    likely = _likely(session, catalogue)[:most]
    has_tips = likely and level is Level.SELF_CARE  # they stand for the general ones
    does = () if level is Level.EMERGENCY or has_tips else (f"level.{level.id}.do",)
    limits = ("not_a_diagnosis",) if level is Level.SELF_CARE else ()
    careful = ("more_careful",) if level < session.highest else ()
    say = tuple(dict.fromkeys((action, reason, *advice, *does, *likely, net, *limits, *careful)))
    offer = catalogue.check.offers.get(level)
    ask = None if level is Level.EMERGENCY else OFFER + offer if offer else "offer_repeat"
    card = Card(f"level.{level.id}", (action, *does, net))
    session = replace(session, topic=None, highest=max(level, session.highest))
    return Reply(session, say, ask=ask, card=card)


def level_told(said: Iterable[str]) -> Level | None:
    """The level that these sentences tell: its action is among them."""
    ids = set(said)
    return next((level for level in Level if f"level.{level.id}.action" in ids), None)


def because(session: Session, rule: Rule, catalogue: Catalogue) -> str:
    """The sentence that gives the reason: the sign that was told, or the rule's own."""
    sign = _deciding_sign(session, rule, catalogue)
    if sign and f"sign.{sign.id}" in catalogue.sentences:
        return f"sign.{sign.id}"
    told = f"because.{rule.id}.told"  # falls back to the plain one where no length of time was given
    return told if told in catalogue.sentences else f"because.{rule.id}"


def _deciding_sign(session: Session, rule: Rule, catalogue: Catalogue) -> Sign | None:
    """The sign that a person told, where that alone made the rule come true."""
    if len(rule.when) != 1:
        return None
    (question,) = rule.when
    if answers_of(catalogue.check, session.answers).get(question) != YES:
        return None
    told = (catalogue.check.signs[s] for s in session.signs)
    return next((sign for sign in told if sign.answers[:1] == (question,)), None)


def _likely(session: Session, catalogue: Catalogue) -> tuple[str, ...]:
    """The everyday causes that the person mentioned, always as "may"."""
    mentioned = (*session.triggers, session.place)
    return tuple(f"likely.{id_}" for id_ in mentioned if f"likely.{id_}" in catalogue.sentences)
