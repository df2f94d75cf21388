"""Ways in which JSON can be other than expected."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

from tools.soak.envelopes import LOCALES

Node = Any  # a mapping or a list, as JSON has them
Place = tuple[Node, Any]  # where, and the key or the number in it
# Values that something else than an Alexa request would have there.
JUNK: tuple[Any, ...] = (
    None, True, False, 0, -1, 10**30, 0.5, float("inf"), "", " ", "x", "null", "yes", "ask.weakness",
    "P3W", "PT", "P-1D", "P99999999999999999999Y", "🙂" * 50, "<speak>", "{{ name }}", "\x00", "a" * 20_000,
    [], {}, [None], {"": None}, [[[[[]]]]], ["ask.sudden_signs", 7], {"value": {"value": {"id": 3}}},
    "2026-11-22T00:00:00Z", "AMAZON.YesIntent", "SignIntent",
    "1.3", "1.10", "2024.3", "9999.9999", "1.4.1", "٢.٩", ["ask.sudden_signs.3", "yes"], ["", ""],
    {"status": {"code": "ER_SUCCESS_MATCH"}, "values": [{"value": {"id": "chest_pain", "name": "x"}}]},
)  # fmt: skip


def mutated(event: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """A copy with one to six things wrong."""
    broken = copy.deepcopy(event)
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        chance.choice(WAYS)(broken, chance)
    return broken


def _place(node: Node, chance: random.Random) -> Place | None:
    """Somewhere in it, the upper floors as often as the cellar."""
    found: Place | None = None
    while isinstance(node, dict | list) and node:
        key = chance.choice(list(node) if isinstance(node, dict) else range(len(node)))
        found = node, key
        node = node[key]
        if chance.random() < 0.3:
            break
    return found


def _replace(event: dict[str, Any], chance: random.Random) -> None:
    if place := _place(event, chance):
        place[0][place[1]] = copy.deepcopy(chance.choice(JUNK))


def _remove(event: dict[str, Any], chance: random.Random) -> None:
    if place := _place(event, chance):
        del place[0][place[1]]


def _rename(event: dict[str, Any], chance: random.Random) -> None:
    place = _place(event, chance)
    if place and isinstance(place[0], dict):
        place[0][f"{place[1]}{chance.choice('Xx_')}"] = place[0].pop(str(place[1]), None)


def _add(event: dict[str, Any], chance: random.Random) -> None:
    place = _place(event, chance)
    if place and isinstance(place[0], dict):
        place[0][chance.choice(("type", "brandNew", "slots", "id", "values", "answers"))] = copy.deepcopy(
            chance.choice(JUNK)
        )
    elif place and isinstance(place[0], list):
        place[0].append(copy.deepcopy(chance.choice(JUNK)))


def _swap(event: dict[str, Any], chance: random.Random) -> None:
    one, other = _place(event, chance), _place(event, chance)
    if one and other and other[1] in _keys(other[0]) and one[1] in _keys(one[0]):
        one[0][one[1]] = copy.deepcopy(other[0][other[1]])


def _keys(node: Node) -> Any:  # noqa: ANN401  names of a mapping, numbers of a list
    return node if isinstance(node, dict) else range(len(node))


def _session(event: dict[str, Any], chance: random.Random) -> None:
    """Session attributes of another version, of another skill, or of nobody."""
    session = event.get("session")
    attributes = session.get("attributes") if isinstance(session, dict) else None
    if isinstance(attributes, dict):
        for key in (
            "answers",
            "asked",
            "said",
            "topic",
            "breath",
            "person",
            "place",
            "signs",
            "misses",
            "doubts",
        ):
            if chance.random() < 0.3:
                attributes[key] = copy.deepcopy(chance.choice(JUNK))


def _locale(event: dict[str, Any], chance: random.Random) -> None:
    request = event.get("request")
    if isinstance(request, dict):
        request["locale"] = chance.choice(LOCALES)


WAYS: tuple[Callable[[dict[str, Any], random.Random], None], ...] = (
    _replace, _replace, _replace, _remove, _remove, _rename, _add, _swap, _session, _locale,
)  # fmt: skip
