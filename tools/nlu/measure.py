"""What share of the labelled utterances is understood, and what is taken for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from simulator.understanding import Understanding, Understood
from simulator.understanding.model import resolved
from tools.nlu.labels import Key, Utterance, meaning_of
from tools.share import Share


@dataclass(frozen=True)
class Heard:
    """One utterance and what became of it."""

    utterance: Utterance
    understood: Understood
    meaning: str
    right: bool


@dataclass(frozen=True)
class Figures:
    """What a labelled file says about the model. Shares come with Wilson's 95 % interval."""

    heard: list[Heard]
    key: Key

    @property
    def accuracy(self) -> Share:
        """Understood as one of the accepted meanings."""
        return self._share(self.heard)

    @property
    def in_scope(self) -> Share:
        """The same for what is the skill's business."""
        return self._share(h for h in self.heard if h.utterance.in_scope)

    @property
    def out_of_scope(self) -> Share:
        """What isn't the skill's business, and was left alone."""
        return self._share(h for h in self.heard if not h.utterance.in_scope)

    @property
    def warnings_caught(self) -> Share:
        """Of the utterances that tell of a warning sign, those heard as one, whichever: all say "call"."""
        telling = [h for h in self.heard if self.key.is_warning(h.utterance.labels[0])]
        return Share(sum(self.key.is_warning(h.meaning) for h in telling), len(telling))

    @property
    def false_alarms(self) -> Share:
        """Of the utterances for which no reader would accept a warning sign, those heard as one."""
        calm = [h for h in self.heard if not any(map(self.key.is_warning, h.utterance.labels))]
        return Share(sum(self.key.is_warning(h.meaning) for h in calm), len(calm))

    def slots(self, understanding: Understanding) -> dict[str, Share]:
        """Of the slots that were told, and that the understood intent has, those filled as told."""
        right: Counter[str] = Counter()
        told: Counter[str] = Counter()
        for h in self.heard:
            for other, value in h.utterance.slots.items():
                slot = self.key.slot(other)
                if not h.right or slot not in understanding.model.slots_of[h.understood.intent]:
                    continue
                told[slot] += 1
                filled = h.understood.slots.get(slot)
                wanted = resolved(understanding.model.given(slot, value))
                right[slot] += filled is not None and resolved(filled) == wanted
        return {slot: Share(right[slot], times) for slot, times in sorted(told.items())}

    def by_meaning(self) -> dict[str, tuple[Share, Share]]:
        """(precision, recall) of each label or meaning, by the first label."""
        expected: dict[str, list[Heard]] = {}
        got: dict[str, list[Heard]] = {}
        for h in self.heard:
            expected.setdefault(h.utterance.labels[0], []).append(h)
            got.setdefault(h.meaning, []).append(h)
        return {
            name: (self._share(got.get(name, [])), self._share(expected.get(name, [])))
            for name in sorted(expected.keys() | got.keys())
        }

    def confusions(self) -> Counter[tuple[str, str]]:
        """(expected, understood) -> how often."""
        return Counter((h.utterance.labels[0], h.meaning) for h in self.heard if not h.right)

    @staticmethod
    def _share(heard: Iterable[Heard]) -> Share:
        found = list(heard)
        return Share(sum(h.right for h in found), len(found))


def measure(utterances: Iterable[Utterance], understanding: Understanding, key: Key) -> Figures:
    """Say each utterance to the recogniser."""
    heard = []
    for utterance in utterances:
        understood = understanding.understand(utterance.text)
        meaning = meaning_of(understood)
        heard.append(Heard(utterance, understood, meaning, key.right(utterance, meaning)))
    return Figures(heard, key)
