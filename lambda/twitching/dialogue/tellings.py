"""What a person tells: where it twitches, for how long, whose it is, what else there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from twitching.catalogue import Catalogue
from twitching.dialogue import check, commands, correct, topics
from twitching.dialogue.session import Session
from twitching.dialogue.turn import Reply, Turn
from twitching.triage.engine import assess
from twitching.triage.model import UNSURE, Level, Sign

CHILDREN = "children"


def sign_of(turn: Turn, catalogue: Catalogue) -> Sign | None:
    """The sign that was told, in whatever slot; of several, the most urgent. A child's may mean more."""
    known = catalogue.check.signs
    signs = [known[heard.id] for heard in turn.slots.values() if heard.id and heard.id in known]
    person = turn.heard("person") or turn.session.person
    if person and catalogue.persons.get(person):
        signs += [known[sign.in_a_child] for sign in signs if sign.in_a_child]
    return max(signs, key=lambda sign: -1 if sign.level is None else sign.level, default=None)


def about_whom(turn: Turn, catalogue: Catalogue) -> Session:
    """The session, about the person that was named; in the middle of the check that stays as it is."""
    person = turn.heard("person")
    if person not in catalogue.persons or turn.session.question:
        return turn.session
    return check.about(turn.session, person, catalogue)


def _topic(turn: Turn, catalogue: Catalogue) -> Reply:
    """A topic named in a slot."""
    topic = next((h.id for h in turn.slots.values() if h.id in catalogue.topics), None)
    if topic is None:
        return commands.not_understood(turn.session, catalogue)
    return topics.asked_for(turn.session, topic, catalogue)


def _twitch(turn: Turn, catalogue: Catalogue) -> Reply:
    """Somebody tells of a twitch: where, for how long, with what. What was told isn't asked again."""
    place = turn.heard("place")
    topic = place if place and place in catalogue.topics else topics.OVERVIEW
    sign = sign_of(turn, catalogue)
    if not catalogue.guided:
        return _sign(turn, catalogue) if sign else topics.tell(turn.session, topic, catalogue)
    session = _with_trigger(about_whom(turn, catalogue), turn, catalogue)
    if place == topic:
        session = replace(session, place=topic)
        tells = catalogue.topics[topic].tells
        session = check.noting(session, catalogue.check.signs[tells]) if tells else session
    was_finished = check.is_finished(session, catalogue)
    session = _knowing_time(turn, session, catalogue)
    if sign:
        return check.tell_sign(sign, session, catalogue)
    if (session.question or was_finished) and session.answers != turn.session.answers:
        return check.go_on(session, catalogue, "noted_sign")
    child = session.person is not None and catalogue.persons[session.person]
    reply = topics.tell(session, CHILDREN if child else topic, catalogue)
    known = assess(catalogue.check, session.answers)
    if turn.time and known.rule and known.rule.level >= Level.SOON:
        return replace(reply, say=(*reply.say, "worth_a_look"))
    return reply


def _mention(turn: Turn, catalogue: Catalogue) -> Reply:
    """An everyday cause is mentioned: remembered for the result, and told about."""
    trigger = turn.heard("trigger")
    if trigger is None or trigger not in catalogue.topics:
        return commands.not_understood(turn.session, catalogue)
    if not catalogue.guided:
        return topics.tell(turn.session, trigger, catalogue)
    session = _with_trigger(turn.session, turn, catalogue)
    if session.question:
        return check.ask_again(session, "noted_sign")
    return topics.tell(session, trigger, catalogue)


def _duration(turn: Turn, catalogue: Catalogue) -> Reply:
    """A length of time: the answer if one is asked for, otherwise how long the twitch has been there."""
    session, question = turn.session, check.waiting(turn.session, catalogue)
    if not catalogue.guided:
        return topics.tell(session, "when_to_see_doctor", catalogue)
    asked = question if question and question.is_duration else None
    if turn.time is None:  # "a while" is an answer, though not one to go by
        vague = bool(turn.slots and asked)
        return (check.not_sure if vague else commands.not_understood)(session, catalogue)
    if asked:
        fact = _fact(asked.id, turn, session, catalogue)
        return check.answer(session, fact, catalogue, turn.time[1])
    was_finished = check.is_finished(session, catalogue)
    known = _knowing_time(turn, session, catalogue)
    if question and not _is_long(known, catalogue):
        return check.ask_again(session, "noted")  # "three days ago" may be said of something else
    if question or was_finished:
        return check.go_on(known, catalogue, "noted_sign")
    return Reply(known, ("noted_sign",), ask="offer_check")


def _is_long(session: Session, catalogue: Catalogue) -> bool:
    """Does the duration alone call for a doctor?"""
    duration = {"duration": session.answers.get("duration", UNSURE)}
    return assess(catalogue.check, duration).level is not None


def _knowing_time(turn: Turn, session: Session, catalogue: Catalogue) -> Session:
    """The session that knows how long the twitch has been there; of two times the more careful one."""
    if turn.time is None:
        return session
    known = session.knowing("duration", _fact("duration", turn, session, catalogue))
    return session if _is_long(session, catalogue) and "duration" in session.answers else known


def _fact(question: str, turn: Turn, session: Session, catalogue: Catalogue) -> str | int:
    """The number of days where one was given; of a vague time the more careful reading."""
    if turn.counted_days is not None:
        return turn.counted_days
    earliest, latest = turn.time or (0, 0)
    return check.vague_time(question, earliest, latest, session, catalogue)


def _sign(turn: Turn, catalogue: Catalogue) -> Reply:
    sign = sign_of(turn, catalogue)
    if sign is None:
        return _unknown_sign(turn.session)
    if not catalogue.guided and sign.level is None:
        return topics.tell(turn.session, "when_to_see_doctor", catalogue)
    return check.tell_sign(sign, about_whom(turn, catalogue), catalogue)


def _unknown_sign(session: Session) -> Reply:
    """A sign was told, and it isn't known which: it may be a warning sign, so that comes first."""
    say = ("sign_not_caught", "if_urgent")
    return check.ask_again(session, *say) if session.question else Reply(session, say, ask="offer_check")


def _deny_sign(turn: Turn, catalogue: Catalogue) -> Reply:
    """No to one sign isn't no to all that a question asks about."""
    if turn.session.question:
        return check.ask_again(turn.session, "noted")
    return Reply(turn.session, ("noted",), ask=topics.next_offer(turn.session, catalogue))


def _for_someone(turn: Turn, catalogue: Catalogue) -> Reply:
    """It's for somebody else from now on, or for the speaker again."""
    person = turn.heard("person")
    session = check.about(turn.session, person if person in catalogue.persons else None, catalogue)
    if session.question and session != turn.session:
        return check.start(replace(session, asked=None), catalogue)
    if session.question:
        return check.ask_again(session, "noted")
    return Reply(session, ("noted",), ask="offer_check")


def _correction(turn: Turn, catalogue: Catalogue) -> Reply:
    return correct.correct(turn.session, turn.heard("answer"), catalogue)


def _with_trigger(session: Session, turn: Turn, catalogue: Catalogue) -> Session:
    trigger = turn.heard("trigger")
    if trigger is None or trigger not in catalogue.topics:
        return session
    return replace(session, triggers=tuple(dict.fromkeys((*session.triggers, trigger))))


TELLINGS: dict[str, Callable[[Turn, Catalogue], Reply]] = {
    "TopicIntent": _topic,
    "WordIntent": _topic,
    "TwitchIntent": _twitch,
    "MentionIntent": _mention,
    "DurationIntent": _duration,
    "SignIntent": _sign,
    "DenySignIntent": _deny_sign,
    "ForSomeoneIntent": _for_someone,
    "ForMeIntent": _for_someone,
    "CorrectionIntent": _correction,
}
