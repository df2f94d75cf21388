"""Slot values inside a sentence that no sample covers: the longest known words, from the left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simulator.understanding.model import Model, Words


def spot(model: Model, slots: Iterable[str], words: Words) -> Iterator[tuple[str, Words, int]]:
    """(slot, its words, where they begin) of every value of these slots; two values never overlap."""
    slots = tuple(slots)
    longest = max((model.longest[model.slot_types[slot]] for slot in slots), default=0)
    at = 0
    while at < len(words):
        found = next(
            (
                (slot, words[at:end])
                for end in range(min(len(words), at + longest), at, -1)
                for slot in slots
                if model.fits(slot, words[at:end])
            ),
            None,
        )
        if found is None:
            at += 1
            continue
        yield *found, at
        at += len(found[1])


def filled(model: Model, intent: str, words: Words) -> dict[str, Words]:
    """The words for each slot of an intent, the first that fit."""
    # A length of time that is counted says more than the words of a vague one: "three weeks", not "weeks".
    slots = sorted(model.slots_of[intent], key=lambda slot: slot != "duration")
    found: dict[str, Words] = {}
    for slot, said, at in spot(model, slots, words):
        if slot == "bound" and not model.fits("duration", words[at + len(said) : at + len(said) + 2]):
            continue  # "over" is a bound before a length of time only
        found.setdefault(slot, said)
    if "duration" in found:
        found.pop("span", None)
    else:
        found.pop("bound", None)
    return found
