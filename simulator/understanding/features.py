"""What a sentence looks like to the statistics: its words, its letters, and the slot values in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import snowballstemmer

from simulator.understanding.model import Model, Words
from simulator.understanding.spotting import spot

# Slots whose values stand for each other in a sentence: "my eyelid has ... for three weeks".
OPEN = ("duration", "place", "person")
# Slots whose values are a hint at what the sentence is about, wherever they stand. Signs are left out:
# every sample of a sign holds a known one, so it would be learnt that no other wording is a sign.
HINTS = ("topic", "trigger", "span", "word")
UNKNOWN = "?"
# Little words that stand for each other: "he's gone numb", "it has gone numb", "my arm went numb".
SAME = {
    word: canonical
    for canonical, words in {
        "be": "is are was were am be been being 's 're 'm isn't",
        "have": "has have had having got get getting gets 've",
        "go": "go goes going gone went",
        "i": "i he she they we you it i'm he's she's they're it's we're you're i've they've we've",
        "my": "my his her their our your the a an this that",
        "can't": "can't cannot couldn't unable can't",
        "don't": "don't doesn't didn't not never",
        "won't": "won't wouldn't",
    }.items()
    for word in words.split()
}


@dataclass(frozen=True)
class Seen:
    """One sentence."""

    words: Words
    shape: Words  # stems, with a slot's name where one of its values stands
    hints: tuple[str, ...]


class Eye:
    """Turns words into what is seen of them."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._open = tuple(slot for slot in OPEN if slot in model.slot_types)
        self._hints = tuple(slot for slot in HINTS if slot in model.slot_types)

    def see(self, words: Words) -> Seen:
        """Stems, slots and hints of one sentence."""
        shape: list[str] = []
        hints: list[str] = []
        at = 0
        for slot, said, begin in spot(self._model, self._open, words):
            shape += [*map(core, words[at:begin]), slot.upper()]
            at = begin + len(said)
            if value := self._model.value(slot, said):
                hints += [slot, f"{slot}={value.id}"]
        shape += map(core, words[at:])
        for slot in self._hints:
            for _, said, _ in spot(self._model, (slot,), words):
                if value := self._model.value(slot, said):
                    hints += [slot, f"{slot}={value.id}"]
        return Seen(words, tuple(shape), tuple(hints))


def word_parts(seen: Seen) -> list[str]:
    """Its words and pairs of words."""
    return list(_runs(seen.words, 2))


def shape_parts(seen: Seen) -> list[str]:
    """Runs of up to three stems or slots."""
    return list(_runs(seen.shape, 3))


def letter_parts(seen: Seen) -> list[str]:
    """Runs of three or four letters inside a word: what a mis-heard or unknown word still shares."""
    return [
        f" {word} "[i : i + n]
        for word in seen.words
        for n in (3, 4)
        for i in range(max(1, len(word) + 3 - n))
    ]


def hint_parts(seen: Seen) -> Sequence[str]:
    """The slot values in it, or that there are none."""
    return seen.hints or ("none",)


def _runs(words: Iterable[str], longest: int) -> Iterator[str]:
    words = tuple(words)
    for n in range(1, longest + 1):
        for i in range(len(words) - n + 1):
            yield " ".join(words[i : i + n])


_stemmer = snowballstemmer.stemmer("english")


@cache
def stem(word: str) -> str:
    """As in "twitching" -> "twitch"."""
    return str(_stemmer.stemWord(word))


def core(word: str) -> str:
    """Its stem; little words that stand for each other become one."""
    return SAME.get(word) or stem(word)
