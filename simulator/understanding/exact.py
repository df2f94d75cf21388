"""What the samples cover word for word, with any slot value in any slot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from simulator.understanding.model import Model, Understood, Words


@dataclass
class _Node:
    """One step into the samples: the next word, or the next slot."""

    words: dict[str, _Node] = field(default_factory=dict)
    slots: dict[str, _Node] = field(default_factory=dict)
    intent: str | None = None


class Exact:
    """All samples of a model, as one tree of words and slots."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._samples = _Node()
        for intent, samples in model.samples.items():
            for sample in samples:
                self._add(sample, intent)

    def understand(self, words: Words) -> Understood | None:
        """What the words mean: of several readings, the one with most words of the sample's own."""
        readings = self._read(words, 0, self._samples)
        best = max(readings, key=lambda reading: (reading[0], -len(reading[2])), default=None)
        if best is None:
            return None
        return Understood(best[1], {slot: self._model.filled(slot, said) for slot, said in best[2]})

    def _add(self, words: Words, intent: str) -> None:
        node = self._samples
        for word in words:
            inside = re.fullmatch(r"\{(\w+)\}", word)
            branch = node.slots if inside else node.words
            node = branch.setdefault(inside[1] if inside else word, _Node())
        node.intent = intent

    def _read(
        self, words: Words, at: int, node: _Node
    ) -> Iterator[tuple[int, str, tuple[tuple[str, Words], ...]]]:
        """Every reading from here on: (words of the sample's own, intent, slots)."""
        if at == len(words):
            if node.intent and words:
                yield 0, node.intent, ()
            return
        if words[at] in node.words:
            for own, intent, slots in self._read(words, at + 1, node.words[words[at]]):
                yield own + 1, intent, slots
        for slot, after in node.slots.items():
            longest = self._model.longest[self._model.slot_types[slot]]
            for end in range(at + 1, min(len(words), at + longest) + 1):
                if self._model.fits(slot, words[at:end]):
                    for own, intent, slots in self._read(words, end, after):
                        yield own, intent, ((slot, words[at:end]), *slots)
