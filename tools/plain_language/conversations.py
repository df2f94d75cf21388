"""Conversations, led through the dialogue itself: what is replied, as ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from twitching.catalogue import Catalogue
from twitching.dialogue.commands import not_forgotten
from twitching.dialogue.routes import COMMANDS, respond
from twitching.dialogue.session import Session
from twitching.dialogue.topics import TIP
from twitching.dialogue.turn import LAUNCH, Heard, Reply, Turn
from twitching.triage.model import NO, UNSURE, YES

from tools.facts import Id

START, YES_INTENT, FALLBACK = "StartCheckIntent", "AMAZON.YesIntent", "AMAZON.FallbackIntent"
CLEAR, IN_DOUBT = (YES_INTENT, "AMAZON.NoIntent"), ("NotSureIntent", "RatherNoIntent")
INTRODUCTIONS = {LAUNCH, "AMAZON.HelpIntent", START}  # where the disclaimer is due, M19
LONG_AGO = 400  # days: beyond every span of the check


@dataclass(frozen=True)
class Told:
    """A reply as ids; does it introduce the skill, its help or the check to somebody new?"""

    say: tuple[Id, ...]
    ask: Id | None
    introduces: bool = False


def conversations(catalogue: Catalogue) -> list[Told]:
    """The check with every answer, whatever was told before; every topic; every command on the way.

    Each as it is with a memory of visits, too. The catalogue must come from the facts that are held.
    """
    remembering = replace(catalogue, remembers=True)
    told = dict.fromkeys(_on_returning(remembering))  # each once, in order
    todo = list(_beginnings(catalogue))
    seen: set[str] = set()
    interrupted: set[str] = set()
    while todo:
        turn = todo.pop()
        reply = respond(turn, catalogue)
        told[_told(turn, reply)] = None
        session, state = reply.session, _state(reply.session)
        if reply.ask is None or state in seen:
            continue
        seen.add(state)
        todo += _onward(session, catalogue)
        here = session.question or state  # what is said on the way hinges on the question alone
        if here not in interrupted:
            interrupted.add(here)
            for aside in _asides(session):
                told[_told(aside, respond(aside, catalogue))] = None
                told[_told(aside, respond(aside, remembering))] = None
    return list(told)


def _on_returning(remembering: Catalogue) -> Iterator[Told]:
    """What somebody hears who was here before; and where that can't be forgotten."""
    for tip in range(sum(id_.startswith(TIP) for id_ in remembering.topics)):
        opened = respond(Turn(LAUNCH, Session(disclaimer=remembering.disclaimer, tip=tip)), remembering)
        yield Told(opened.say, opened.ask, introduces=True)
    stays = not_forgotten(respond(Turn("ForgetMeIntent", Session()), remembering))
    yield Told(stays.say, stays.ask)


def _told(turn: Turn, reply: Reply) -> Told:
    return Told(reply.say, reply.ask, turn.intent in INTRODUCTIONS and turn.session == Session())


def _state(session: Session) -> str:
    """What decides how it goes on: doubts about other questions don't, nor the place of the twitch."""
    waiting = session.question
    here = replace(session, turn=0, misses=0, said=(), heard=(), place=None, path=session.path[-1:])
    doubts = tuple(id_ for id_ in session.doubts if id_ == waiting)
    return repr(replace(here, doubts=doubts, hedged=tuple(id_ for id_ in session.hedged if id_ == waiting)))


def _beginnings(catalogue: Catalogue) -> Iterator[Turn]:
    """What may be said first; and the check, with each two of the causes that a result mentions."""
    new = Session()
    for id_ in catalogue.topics:
        yield Turn("TopicIntent", new, {"topic": Heard(id=id_)})
        if f"doctor.{id_}" in catalogue.sentences:  # a place
            yield Turn("TwitchIntent", new, {"place": Heard(id=id_), "duration": Heard(days=LONG_AGO)})
    one_of_each = {child: id_ for id_, child in catalogue.persons.items()}.values()
    yield from (Turn("ForSomeoneIntent", new, {"person": Heard(id=id_)}) for id_ in one_of_each)
    yield from (Turn("SignIntent", new, {"sign": Heard(id=id_)}) for id_ in catalogue.check.signs)
    likely = [id_ for id_ in catalogue.topics if f"likely.{id_}" in catalogue.sentences]
    yield from (Turn(START, Session(triggers=two)) for two in combinations(likely, 2))
    yield from (Turn(intent, new) for intent in COMMANDS)


def _onward(session: Session, catalogue: Catalogue) -> Iterator[Turn]:
    """Every answer to the question that waits; yes to the check; the rest of a topic."""
    question = catalogue.check.question(session.question or "")
    if question is None:
        if session.asked == "offer_check":
            yield Turn(YES_INTENT, session)
        if session.topic:
            yield Turn("TellMeMoreIntent", session)
        return
    told_before = session.signs or session.triggers  # then yes and no do: the doubts are heard without
    yield from (Turn(intent, session) for intent in (CLEAR if told_before else CLEAR + IN_DOUBT))
    for edge in (span.under_days for span in question.spans if span.under_days):
        yield from (Turn("DurationIntent", session, {"duration": Heard(days=n)}) for n in (edge - 1, edge))


def _asides(session: Session) -> Iterator[Turn]:
    """A change of mind; and, where no causes were mentioned, every command, and what isn't understood."""
    yield from (Turn("CorrectionIntent", session, {"answer": Heard(id=id_)}) for id_ in (YES, NO, UNSURE))
    if not session.triggers:
        yield from (Turn(intent, session) for intent in COMMANDS)
        yield from (Turn(FALLBACK, replace(session, misses=n)) for n in (1, 2))
