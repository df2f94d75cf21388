"""Which intent goes where. The tables are held against the interaction model by a test."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from twitching.catalogue import Catalogue
from twitching.dialogue import afterwards, check, commands, correct, grounds, result, tellings, topics
from twitching.dialogue.session import OFFER, Session
from twitching.dialogue.turn import LAUNCH, Reply, Turn
from twitching.triage.model import NO, YES, Level, Sign

DENIALS = frozenset({"DenySignIntent"})  # they name a sign to say that it isn't there
ABOUT, INTENT = "About", "Intent"
_CAPITAL = re.compile("[A-Z]")


def respond(turn: Turn, catalogue: Catalogue) -> Reply:
    """The reply to one turn. A warning sign wins over everything else, whatever the intent."""
    sign = warning_of(turn, catalogue)
    reply = result.warn(sign, tellings.about_whom(turn, catalogue)) if sign else _route(turn, catalogue)
    if not catalogue.guided:
        reply = _without_check(reply)
    person = reply.session.person
    about: Literal["other", "child"] | None = None
    if person is not None:
        about = "child" if catalogue.persons[person] else "other"
    remember = reply.session.visits_since(turn.session) if catalogue.remembers else {}
    return replace(reply, session=_after(reply, turn.session), about=about, remember=remember)


def warning_of(turn: Turn, catalogue: Catalogue) -> Sign | None:
    """The warning sign in what was said: nothing else matters then."""
    sign = tellings.sign_of(turn, catalogue)
    urgent = sign and sign.level is Level.EMERGENCY and turn.intent not in DENIALS
    return sign if urgent else None


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


def _without_check(reply: Reply) -> Reply:
    """Where nothing is asked about the person, the warning signs are offered instead of the check."""
    if reply.ask != "offer_check":
        return reply
    heard = topics.SIGNS in reply.session.heard
    return replace(reply, ask="what_next" if heard else OFFER + topics.SIGNS)


def _route(turn: Turn, catalogue: Catalogue) -> Reply:
    session = turn.session
    command = COMMANDS.get(turn.intent)
    if command:
        return command(session, catalogue)
    telling = tellings.TELLINGS.get(turn.intent)
    if telling:
        return telling(turn, catalogue)
    topic = topic_of_intent(turn.intent, catalogue)
    if topic:
        return topics.asked_for(session, topic, catalogue)
    return commands.not_understood(session, catalogue)


def _start(session: Session, catalogue: Catalogue) -> Reply:
    if not catalogue.guided:
        return topics.tell(session, topics.SIGNS, catalogue)
    return check.ask_again(session) if session.question else check.start(session, catalogue)


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


def _rather_not(session: Session, catalogue: Catalogue) -> Reply:
    """A hesitant no: "not really"."""
    question = check.waiting(session, catalogue)
    if question is None:
        return commands.no(session, catalogue)
    if question.is_duration:
        return commands.not_understood(session, catalogue)
    return check.rather_not(session, catalogue)


def _not_sure(session: Session, catalogue: Catalogue) -> Reply:
    if session.question:
        return check.not_sure(session, catalogue)
    return Reply(session, ("what_i_can",), ask=topics.next_offer(session, catalogue))


def _back(session: Session, catalogue: Catalogue) -> Reply:
    """In the check to the question before, in a topic to the breath before."""
    go_back = correct.go_back if session.question else topics.go_back
    return go_back(session, catalogue)


def topic_of_intent(intent: str, catalogue: Catalogue) -> str | None:
    """AboutCauseStressIntent -> cause_stress: each topic has an intent for its own questions."""
    name = intent.removeprefix(ABOUT).removesuffix(INTENT)
    topic = _CAPITAL.sub(lambda capital: f"_{capital[0].lower()}", name).removeprefix("_")
    return topic if topic in catalogue.topics and intent == intent_of_topic(topic) else None


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
    "OutOfScopeIntent": commands.out_of_scope,
    "AMAZON.NextIntent": commands.skip,
    "AMAZON.PreviousIntent": _back,
    "AMAZON.YesIntent": _yes,
    "AMAZON.NoIntent": _no,
    "RatherYesIntent": _yes,
    "RatherNoIntent": _rather_not,
    "NotSureIntent": _not_sure,
    "TellMeMoreIntent": topics.go_on,
    "SkipIntent": commands.skip,
    "NotClearIntent": commands.not_clear,
    "ThanksIntent": commands.thanks,
    "SlowerIntent": commands.slower,
    "ShorterIntent": commands.shorter,
    "InFullIntent": commands.in_full,
    "StartCheckIntent": _start,
    "WhyIntent": afterwards.why,
    "WhatWouldChangeIntent": afterwards.what_would_change,
    "ForTheDoctorIntent": afterwards.for_the_doctor,
    "OnACardIntent": afterwards.on_a_card,
    "MeanwhileIntent": afterwards.meanwhile,
    "WhoAreYouIntent": commands.who_are_you,
    "PrivacyIntent": commands.privacy,
    "ForgetMeIntent": commands.forget_me,
    "SourceIntent": grounds.who_says_so,
}
