"""The model against itself: each sample is understood by a recogniser that never saw it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from simulator.understanding.examples import Example, Meaning, examples
from simulator.understanding.learnt import Learnt
from simulator.understanding.model import Model
from tools.share import Share

PARTS = 5  # each part is understood by what the other four teach: five times the learning


@dataclass(frozen=True)
class Left:
    """One sample that was left out, and what became of it."""

    example: Example
    got: Meaning

    @property
    def right(self) -> bool:
        """Is it understood as what it was written for?"""
        return self.got == self.example.meaning


def leave_out(model: Model, told: Callable[[str], None] = lambda _: None) -> Iterator[Left]:
    """Every example once. What was made from one sample or one value is left out together."""
    every = list(examples(model))
    for part in range(PARTS):
        told(f"part {part + 1} of {PARTS}")
        left = [one for one in every if _part(one) == part]
        learnt = Learnt(model, [one for one in every if _part(one) != part])
        best = learnt.scores([one.words for one in left]).argmax(1)
        for one, column in zip(left, best, strict=True):
            yield Left(one, learnt.meanings[int(column)])


def _part(example: Example) -> int:
    return hashlib.sha256(" ".join(example.source).encode()).digest()[0] % PARTS


def recovered(left: list[Left]) -> Share:
    """The share that is understood without having been seen."""
    return Share(sum(one.right for one in left), len(left))


def stolen(left: list[Left]) -> Counter[tuple[str, str]]:
    """(the intent it was written for, the intent that takes it) -> how many examples."""
    return Counter(
        (one.example.meaning.intent, one.got.intent)
        for one in left
        if one.example.meaning.intent != one.got.intent
    )


def weakest(left: list[Left], fewest: int = 10) -> list[tuple[Meaning, Share]]:
    """The meanings that are recovered least."""
    times = Counter(one.example.meaning for one in left)
    hits = Counter(one.example.meaning for one in left if one.right)
    shares = [(m, Share(hits[m], n)) for m, n in times.items() if n >= fewest]
    return sorted(shares, key=lambda found: (found[1].hits / found[1].of, found[0]))
