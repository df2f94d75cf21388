"""Every state that a conversation can be in, and what is said there, as a device hears it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from twitching.dialogue.routes import ABOUT
from twitching.dialogue.session import AGAIN, ASK, OFFER
from twitching.dialogue.turn import LAUNCH

from simulator.device import Device, Heard, Invoke
from simulator.understanding import Understood
from simulator.understanding.model import DURATION, Model

AT_ONCE = "at once"  # the state without a conversation: a one-shot
CHECK_OFFERED = "offer_check"
WELCOMED = "why_or_check"  # the state after the welcome
TIMES = ("P3D", "P3W")  # both sides of what the check calls long
PLAIN = ("StartCheckIntent", "AMAZON.NoIntent", "DurationIntent")  # what leads through the whole check

Attributes = Mapping[str, Any]
Move = Understood | None  # None: the skill is opened by its name


@dataclass(frozen=True)
class Told:
    """One reply, and the state in which it was given."""

    state: str
    heard: Heard

    @property
    def where(self) -> str:
        """As a person finds it again."""
        return f"{self.state}, {self.heard.said}"


@dataclass(frozen=True)
class Explored:
    """All states of one locale, each by the question that waits in it, and every reply on the way there.

    A state is the session attributes with which the next request arrives; that of AT_ONCE has none.
    """

    states: Mapping[str, Attributes]
    told: tuple[Told, ...]


def explore(locale: str, model: Model, invoke: Invoke) -> Explored:
    """Say everything at once, each intent in every state, and go wherever it leads.

    Topics' own intents all go the same way, so in most states one stands for all.
    """
    states: dict[str, Attributes] = {AT_ONCE: {}}
    told: list[Told] = []
    todo, everything = [AT_ONCE], list(_moves(model))
    each_intent = _firsts(everything, lambda intent: intent)
    something = _firsts(each_intent, lambda intent: ABOUT if intent.startswith(ABOUT) else intent)
    while todo:
        state = todo.pop(0)
        moves = {AT_ONCE: everything, WELCOMED: each_intent}.get(state, something)
        for move in moves:
            device = device_at(states[state], locale, invoke)
            heard = device.launch() if move is None else device.send(move, _as_said(move))
            told.append(Told(state, heard))
            if device.open and (key := _key(device.attributes)) not in states:
                states[key] = device.attributes
                todo.append(key)
    return Explored(states, tuple(told))


def device_at(attributes: Attributes, locale: str, invoke: Invoke) -> Device:
    """A device in this state."""
    device = Device(locale, invoke)
    if attributes:
        device.resume(dict(attributes))
    return device


def _key(attributes: Attributes) -> str:
    """What a reply in this state hinges on: the question that waits, and what has happened so far."""
    asked = str(attributes.get("asked"))
    child = attributes.get("answers", {}).get("child")
    if asked.startswith((ASK, AGAIN)):
        happened = {"for a child": child, "a sign told": attributes.get("signs")}
    elif asked == CHECK_OFFERED:
        happened = {"for a child": child}
    else:
        asked = "offer of a topic" if asked.startswith(OFFER) else asked
        happened = {"check declined": attributes.get("declined"), "after a result": attributes.get("highest")}
    return ", ".join((asked, *(name for name, it_has in happened.items() if it_has)))


def _moves(model: Model) -> Iterator[Move]:
    """Opening the skill; each intent bare; and with each value of each slot."""
    yield None
    plain_first = sorted(model.slots_of.items(), key=lambda each: each[0] not in PLAIN)
    for intent, slots in plain_first:
        yield Understood(intent)
        for slot in slots:
            for value in _values(model, slot):
                yield Understood(intent, {slot: model.given(slot, value)})


def _firsts(moves: Iterable[Move], kind_of: Callable[[str], str]) -> list[Move]:
    """The first of each kind of intent: bare, and with each of its slots."""
    found: dict[tuple[str, ...], Move] = {}
    for move in moves:
        kind = (kind_of(move.intent), *move.slots) if move else (LAUNCH,)
        found.setdefault(kind, move)
    return list(found.values())


def _values(model: Model, slot: str) -> list[str]:
    type_ = model.slot_types[slot]
    if type_ == DURATION:
        return list(TIMES)
    return list(dict.fromkeys(value.id for value in model.values[type_].values()))


def first_value(model: Model, slot: str) -> dict[str, Any]:
    """A slot, filled with the first that it can hold."""
    return model.given(slot, _values(model, slot)[0])


def _as_said(move: Understood) -> str:
    """As in `play`: !intent Name slot="words"."""
    slots = (f'{name}="{slot.get("value", "")}"' for name, slot in move.slots.items())
    return " ".join(("!intent", move.intent, *slots))
