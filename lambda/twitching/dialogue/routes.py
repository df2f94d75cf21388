"""Which intent goes where. The table is held against the interaction model by a test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from twitching.catalogue import Catalogue
from twitching.dialogue import check, commands, grounds, topics
from twitching.dialogue.session import Session
from twitching.dialogue.turn import LAUNCH, Reply, Turn
from twitching.triage.model import NO, YES, Level, Sign

DENIALS = frozenset({"DenySignIntent"})  # they name a sign to say that it isn't there
ABOUT, INTENT = "About", "Intent"


def respond(turn: Turn, catalogue: Catalogue) -> Reply:
    """The reply to one turn. A warning sign wins over everything else, whatever the intent."""
    sign = _sign(turn, catalogue)
    session = turn.session
    if sign and sign.level is Level.EMERGENCY and turn.intent not in DENIALS:
        reply = check.warn(sign, session)
    else:
        reply = _route(turn, session, catalogue)
    return replace(
        reply,
        session=_after(reply, turn.session),
        days=check.echoed_days(reply.session, catalogue),
    )


def _after(reply: Reply, before: Session) -> Session:
    """What the next turn needs to know; nothing of the person once the conversation is over."""
    session = reply.session if reply.ask else Session(misses=reply.session.misses)
    understood = reply.session.misses == before.misses
    return replace(
        session,
        said=reply.say,
        asked=reply.ask,
        turn=before.turn + 1,
        misses=0 if understood else session.misses,
    )


def _route(turn: Turn, session: Session, catalogue: Catalogue) -> Reply:
    command = COMMANDS.get(turn.intent)
    if command:
        return command(session, catalogue)
    telling = TELLINGS.get(turn.intent)
    if telling:
        return telling(turn, session, catalogue)
    topic = topic_of_intent(turn.intent, catalogue)
    if topic:
        return topics.asked_for(session, topic, catalogue)
    return commands.not_understood(session, catalogue)


def _yes(session: Session, catalogue: Catalogue) -> Reply:
    return _answer(session, YES, catalogue) if session.question else commands.yes(session, catalogue)


def _no(session: Session, catalogue: Catalogue) -> Reply:
    return _answer(session, NO, catalogue) if session.question else commands.no(session, catalogue)


def _answer(session: Session, fact: str, catalogue: Catalogue) -> Reply:
    """Yes and no answer most questions, but not "how long"."""
    question = check.waiting(session, catalogue)
    if question is None or question.answer_of(fact) is None:
        return commands.not_understood(session, catalogue)
    return check.answer(session, fact, catalogue)


def _not_sure(session: Session, catalogue: Catalogue) -> Reply:
    if session.question:
        return check.not_sure(session, catalogue)
    return Reply(session, ("what_i_can",), ask="offer_check")


def _topic(turn: Turn, session: Session, catalogue: Catalogue) -> Reply:
    """A topic named in a slot."""
    topic = next((h.id for h in turn.slots.values() if h.id in catalogue.topics), None)
    if topic is None:
        return commands.not_understood(session, catalogue)
    return topics.asked_for(session, topic, catalogue)


def _twitch(turn: Turn, session: Session, catalogue: Catalogue) -> Reply:
    """Somebody tells of a twitch: where, for how long. What was told isn't asked again."""
    days = next((h.days for h in turn.slots.values() if h.days is not None), None)
    place = next((h.id for h in turn.slots.values() if h.id in catalogue.topics), None)
    tells = catalogue.topics[place].tells if place else None
    if tells:
        session = check.noting(session, catalogue.check.signs[tells])
    if days is not None and session.question is None:
        session = session.answering("duration", days)
    elif days is not None:
        return _duration(turn, session, catalogue)
    return topics.tell(session, place or topics.OVERVIEW, catalogue)


def _duration(turn: Turn, session: Session, catalogue: Catalogue) -> Reply:
    """A length of time: the answer if one is asked for, otherwise how long the twitch has been there."""
    heard = next(iter(turn.slots.values()), None)
    question = check.waiting(session, catalogue)
    days = next((h.days for h in turn.slots.values() if h.days is not None), None)
    if days is None:
        unclear = heard is not None and question is not None and question.is_duration
        return _not_sure(session, catalogue) if unclear else commands.not_understood(session, catalogue)
    if question and question.is_duration:
        return check.answer(session, days, catalogue)
    session = session.answering("duration", days)
    if question:
        return check.go_on(session, catalogue, first="noted_sign")
    return Reply(session, ("noted_sign",), ask="offer_check")


def _tell_sign(turn: Turn, session: Session, catalogue: Catalogue) -> Reply:
    sign = _sign(turn, catalogue)
    if sign is None:
        return commands.not_understood(session, catalogue)
    return check.tell_sign(sign, session, catalogue)


def _deny_sign(_: Turn, session: Session, __: Catalogue) -> Reply:
    """No to one sign isn't no to all that a question asks about."""
    if session.question:
        return check.ask_again(session, "noted")
    return Reply(session, ("noted",), ask="offer_check")


def _sign(turn: Turn, catalogue: Catalogue) -> Sign | None:
    """The sign that was told; of several, the most urgent."""
    known = catalogue.check.signs
    signs = [known[heard.id] for heard in turn.slots.values() if heard.id and heard.id in known]
    return max(signs, key=lambda sign: -1 if sign.level is None else sign.level, default=None)


def topic_of_intent(intent: str, catalogue: Catalogue) -> str | None:
    """AboutCauseStressIntent -> cause_stress: each topic has an intent for its own questions."""
    return next((t for t in catalogue.topics if intent == intent_of_topic(t)), None)


def intent_of_topic(topic: str) -> str:
    """cause_stress -> AboutCauseStressIntent."""
    return ABOUT + "".join(part.capitalize() for part in topic.split("_")) + INTENT


COMMANDS: dict[str, Callable[[Session, Catalogue], Reply]] = {
    LAUNCH: commands.launch,
    "AMAZON.HelpIntent": commands.help_,
    "AMAZON.StopIntent": commands.stop,
    "AMAZON.CancelIntent": commands.stop,
    "AMAZON.NavigateHomeIntent": commands.stop,
    "AMAZON.FallbackIntent": commands.not_understood,
    "AMAZON.RepeatIntent": commands.repeat,
    "AMAZON.StartOverIntent": commands.start_over,
    "AMAZON.NextIntent": topics.go_on,
    "AMAZON.PreviousIntent": topics.go_back,
    "AMAZON.YesIntent": _yes,
    "AMAZON.NoIntent": _no,
    "TellMeMoreIntent": topics.go_on,
    "NotSureIntent": _not_sure,
    "StartCheckIntent": check.start,
    "PrivacyIntent": commands.privacy,
    "SourceIntent": grounds.who_says_so,
}
TELLINGS: dict[str, Callable[[Turn, Session, Catalogue], Reply]] = {
    "TopicIntent": _topic,
    "TwitchIntent": _twitch,
    "DurationIntent": _duration,
    "SignIntent": _tell_sign,
    "DenySignIntent": _deny_sign,
}
