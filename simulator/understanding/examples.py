"""What the statistical part learns from: the samples, with slot values in their slots.

Each example is what somebody would say and the meaning that it stands for. There is nothing else
to learn from, as on Alexa: no test sentence, no text from elsewhere.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from twitching.dialogue.routes import intent_of_topic

from simulator.understanding.model import DURATION, Model, Words

# The slot whose value is what an intent is about; with other slots a person adds facts to it.
SIGNS = ("sign", "cant")
SIGN = "SignIntent"  # whichever intent names a sign, it means this
SUBJECTS = (*SIGNS, "topic", "word", "place", "trigger")
SUBJECT_OF_INTENT = frozenset({"SignIntent", "TopicIntent", "WordIntent", "TwitchIntent", "MentionIntent"})
TIMES = 1  # each value in so many sentences beside the bare one
MOST_SAMPLES = 2000  # of one intent
MOST_NAMES = 500  # of one value; nearly all: the samples of a sign are what its other wordings are known by
DURATIONS = ("three weeks", "two days", "a month", "ten days", "six months", "a year", "five days", "an hour")


@dataclass(frozen=True, order=True)
class Meaning:
    """An intent and, where its slot decides what it is about, the id in that slot."""

    intent: str
    subject: str = ""


@dataclass(frozen=True)
class Example:
    """What somebody would say, its meaning, and the sample or value that it was made from."""

    words: Words
    meaning: Meaning
    source: Words


def examples(model: Model) -> Iterator[Example]:
    """Every example, in an order and a choice that depend on the model alone."""
    names: dict[str, list[tuple[str, Words]]] = {
        slot: [(value.id, words) for words, value in model.values[type_].items()]
        for slot, type_ in model.slot_types.items()
        if type_ != DURATION
    }
    about: dict[str, list[tuple[str, Words]]] = defaultdict(list)  # subject -> the samples that name it
    for intent, samples in model.samples.items():
        chance = _chance(intent)
        for sample in samples if len(samples) <= MOST_SAMPLES else chance.sample(samples, MOST_SAMPLES):
            subject = _subject(intent, sample)
            if subject is None:
                yield Example(_fill(sample, names, chance), Meaning(intent), sample)
                continue
            about[subject].append((intent, sample))
            id_, name = chance.choice(names[subject])
            words = _fill(sample, names, chance, subject, name)
            yield Example(words, meaning_of(model, intent, subject, id_), sample)
    for subject, samples_about in about.items():
        bare = [(intent, sample) for intent, sample in samples_about if len(sample) == 1]
        for id_, name in _some(names[subject], _chance(subject)):
            chance = _chance(" ".join(name))
            for intent, sample in (*bare, *chance.sample(samples_about, TIMES)):
                words = _fill(sample, names, chance, subject, name)
                yield Example(words, meaning_of(model, intent, subject, id_), name)


def _chance(of: str) -> random.Random:
    """A choice of its own for each, so that a new sample in one place leaves the others as they are."""
    return random.Random(of)  # noqa: S311  a choice of examples, no secret


def _subject(intent: str, sample: Words) -> str | None:
    if intent not in SUBJECT_OF_INTENT:
        return None
    return next((slot for slot in SUBJECTS if f"{{{slot}}}" in sample), None)


def meaning_of(model: Model, intent: str, subject: str, id_: str) -> Meaning:
    """A sign is meant by the sign, and a topic with an intent of its own by that, however they are told."""
    if subject in SIGNS:
        return Meaning(SIGN, id_)
    if intent in {"TopicIntent", "WordIntent"} and intent_of_topic(id_) in model.samples:
        return Meaning(intent_of_topic(id_))
    return Meaning(intent, id_)


def _some(names: list[tuple[str, Words]], chance: random.Random) -> Iterator[tuple[str, Words]]:
    of: dict[str, list[Words]] = defaultdict(list)
    for id_, name in names:
        of[id_].append(name)
    for id_, said in of.items():
        for name in said if len(said) <= MOST_NAMES else chance.sample(said, MOST_NAMES):
            yield id_, name


def _fill(
    sample: Words,
    names: dict[str, list[tuple[str, Words]]],
    chance: random.Random,
    subject: str | None = None,
    name: Words = (),
) -> Words:
    """A sample with a value in each slot: this one in its subject's, any in the others."""
    said: list[str] = []
    for word in sample:
        slot = re.fullmatch(r"\{(\w+)\}", word)
        if slot is None:
            said.append(word)
        elif slot[1] == subject:
            said += name
        elif slot[1] in names:
            said += chance.choice(names[slot[1]])[1]
        else:
            said += chance.choice(DURATIONS).split()
    return tuple(said)
