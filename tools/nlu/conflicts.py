"""What can't be told apart in the model itself: near-equal samples, values under two types, thin intents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from simulator.understanding.features import stem
from simulator.understanding.model import BUILT_IN, Model, Words

# Words that change nothing for a recogniser.
EMPTY = frozenset({"a", "an", "the", "please", "um", "so", "well", "okay", "just", "really", "very"})
WRITTEN_OUT = {"'s": "is", "it's": "it is", "i'm": "i am", "don't": "do not"}
FEWEST_SAMPLES = 8
FEWEST_NAMES = 3


@dataclass(frozen=True)
class Conflict:
    """Something in the model that a recogniser can't decide, or hardly."""

    kind: str
    what: str


def conflicts(model: Model) -> Iterator[Conflict]:
    """Every conflict, the worst kind first."""
    yield from _near_equal(model)
    yield from _values_twice(model)
    yield from _thin(model)


def _near_equal(model: Model) -> Iterator[Conflict]:
    """Samples of two intents that differ in empty words or endings only."""
    owners: dict[Words, dict[str, Words]] = defaultdict(dict)
    for intent, samples in model.samples.items():
        for sample in samples:
            plain = " ".join(WRITTEN_OUT.get(word, word) for word in sample if word not in EMPTY).split()
            if len(plain) > 1:
                owners[tuple(map(stem, plain))].setdefault(intent, sample)
    for found in owners.values():
        if len(found) > 1:
            told = " / ".join(f"{intent}: {' '.join(sample)!r}" for intent, sample in found.items())
            yield Conflict("nearly the same sample", told)


def _values_twice(model: Model) -> Iterator[Conflict]:
    """A value of two types that stands in the same sentence for two intents."""
    owner = {sample: intent for intent, samples in model.samples.items() for sample in samples}
    slots = sorted(slot for slot, type_ in model.slot_types.items() if type_ in model.values)
    for i, one in enumerate(slots):
        for other in slots[i + 1 :]:
            here = model.values[model.slot_types[one]]
            there = model.values[model.slot_types[other]]
            both = here.keys() & there.keys() if here is not there else set()
            if not both:
                continue
            twins = [
                (sample, owner[twin])
                for sample, intent in owner.items()
                if f"{{{one}}}" in sample
                and (twin := tuple(f"{{{other}}}" if word == f"{{{one}}}" else word for word in sample))
                in owner
                and owner[twin] != intent
            ]
            for sample, rival in twins[:1]:
                told = re.sub(r"\{\w+\}", "...", " ".join(sample), count=1)
                yield Conflict(
                    "value in two types",
                    f"{owner[sample]} {{{one}}} and {rival} {{{other}}}: {_some(both)} in {told!r}"
                    f"{f' and {len(twins) - 1} more samples' if len(twins) > 1 else ''}",
                )


def _some(values: set[Words]) -> str:
    shown = sorted(" ".join(value) for value in values)
    more = f" and {len(shown) - 4} more" if len(shown) > 4 else ""
    return ", ".join(shown[:4]) + more


def _thin(model: Model) -> Iterator[Conflict]:
    for intent, samples in model.samples.items():
        if intent not in BUILT_IN and samples and len(samples) < FEWEST_SAMPLES:
            yield Conflict("thin intent", f"{intent}: {len(samples)} samples")
    for type_, values in model.values.items():
        names: dict[str, int] = defaultdict(int)
        for value in values.values():
            names[value.id] += 1
        for id_, times in names.items():
            if times < FEWEST_NAMES:
                yield Conflict("thin value", f"{type_}.{id_}: {times} names")
