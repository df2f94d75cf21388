"""A linear classifier over the samples: what an unseen wording most likely means."""

from __future__ import annotations

import hashlib
import os
import random
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import joblib
import sklearn
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer
from sklearn.svm import LinearSVC

from simulator.understanding import features, spotting
from simulator.understanding.examples import SIGN, SIGNS, Example, Meaning, examples
from simulator.understanding.features import UNKNOWN, Eye, Seen, core
from simulator.understanding.model import FALLBACK, Model, Understood, Words

KEPT = Path(__file__).resolve().parents[2] / "build" / "understanding"
MOST_KEPT = 5  # one a locale, should they differ
OTHER = Meaning(FALLBACK)
# A guessed warning sign rests on at least this share of the sentence's own words; else the next best counts.
LEAST_EVIDENCE = 0.2
# What a sentence about something else sounds like: the little words of a sample, its own words unknown.
OTHER_MATTERS = 6000
LITTLE_WORDS = frozenset(map(core, ENGLISH_STOP_WORDS)) | {"i'm", "it's", "i've", "don't", "can't", "what's"}
PARTS = (
    # what, how much it counts, and in how many samples it must occur
    (features.word_parts, 1.0, 2),
    (features.shape_parts, 1.0, 2),
    (features.letter_parts, 0.7, 2),
    (features.hint_parts, 0.7, 1),
)


class Learnt:
    """What was learnt from one model's samples."""

    def __init__(self, model: Model, taught: Iterable[Example]) -> None:
        """Learns; takes some seconds. `learn` keeps the result."""
        self._model = model
        self._eye = Eye(model)
        of = {one.words: one.meaning for one in taught}
        seen = [self._eye.see(words) for words in of]
        meanings = list(of.values())
        often = Counter(word for one in seen for word in set(one.shape))
        self._known = {word for word, times in often.items() if times > 1}
        self._words_of = _words_of_signs(model)
        other = _other_matters(seen)
        self._vectors = [
            (TfidfVectorizer(analyzer=part, sublinear_tf=True, min_df=least), weight)
            for part, weight, least in PARTS
        ]
        rows = [self._masked(one) for one in seen] + other
        matrix = self._matrix(rows, fit=True)
        self.meanings: list[Meaning] = sorted({*meanings, OTHER})
        number = {meaning: i for i, meaning in enumerate(self.meanings)}
        wanted = [number[meaning] for meaning in meanings] + [number[OTHER]] * len(other)
        self._classifier = LinearSVC(C=0.5, class_weight="balanced", tol=0.3, random_state=1)
        self._classifier.fit(matrix, wanted)
        self._classifier.coef_ = self._classifier.coef_.astype("float32")  # half the file, the same answers

    def scores(self, said: list[Words]) -> Any:  # noqa: ANN401  numpy has no types that help here
        """One row a sentence, one column a meaning; above nought is like the samples of that meaning."""
        rows = [self._masked(self._eye.see(words)) for words in said]
        return self._classifier.decision_function(self._matrix(rows))

    def meaning(self, words: Words) -> Meaning:
        """The likeliest meaning that has words to rest on."""
        own = _own_words(words)
        best_first: list[Meaning] = [self.meanings[i] for i in self.scores([words])[0].argsort()[::-1]]
        return next(meaning for meaning in best_first if self._rests_on(own, meaning))

    def _rests_on(self, own: set[str], meaning: Meaning) -> bool:
        if meaning.intent != SIGN:
            return True
        known = self._words_of[meaning.subject]
        return len(own & known) >= LEAST_EVIDENCE * len(own)

    def understand(self, words: Words) -> Understood | None:
        """The likeliest meaning as an intent with its slots; None where it is something else."""
        meaning = self.meaning(words)
        if meaning == OTHER:
            return None
        return self._understood(meaning, words)

    def _understood(self, meaning: Meaning, words: Words) -> Understood:
        found = spotting.filled(self._model, meaning.intent, words)
        if meaning.subject:
            slot = next(
                s for s in self._model.slots_of[meaning.intent] if self._model.named(s, meaning.subject)
            )
            value = self._model.value(slot, found.get(slot, ()))
            if value is None or value.id != meaning.subject:
                found[slot] = self._model.named(slot, meaning.subject) or ()
        return Understood(meaning.intent, {s: self._model.filled(s, said) for s, said in found.items()})

    def _masked(self, seen: Seen) -> Seen:
        """Words that no two samples have are all the same to it: unknown."""
        shape = tuple(word if word in self._known else UNKNOWN for word in seen.shape)
        return Seen(seen.words, shape, seen.hints)

    def _matrix(self, rows: list[Seen], *, fit: bool = False) -> csr_matrix:
        parts = [
            (vector.fit_transform(rows) if fit else vector.transform(rows)) * weight
            for vector, weight in self._vectors
        ]
        return hstack(parts).tocsr()


def _own_words(words: Words) -> set[str]:
    """Stems of the words that aren't little ones."""
    return {core(word) for word in words if word not in LITTLE_WORDS and core(word) not in LITTLE_WORDS}


def _words_of_signs(model: Model) -> dict[str, set[str]]:
    """The own words of all that is known of each warning sign."""
    found: dict[str, set[str]] = {}
    for slot in model.slot_types.keys() & SIGNS:
        for words, value in model.values[model.slot_types[slot]].items():
            found.setdefault(value.id, set()).update(_own_words(words))
    return found


def _other_matters(seen: list[Seen]) -> list[Seen]:
    """Samples whose own words have been taken out: how people ask for anything at all."""
    chance = random.Random(2)  # noqa: S311  a choice of examples, no secret
    found = []
    for one in chance.sample(seen, min(OTHER_MATTERS, len(seen))):
        share = chance.choice((1.0, 0.8, 0.6))
        lost = {word for word in one.words if core(word) not in LITTLE_WORDS and chance.random() < share}
        words = tuple(word for word in one.words if word not in lost)
        shape = tuple(
            word if word in LITTLE_WORDS else UNKNOWN if chance.random() < share else word
            for word in one.shape
        )
        if UNKNOWN in shape:
            found.append(Seen(words, shape, ()))
    return found


def learn(model: Model) -> Learnt:
    """What the samples teach; kept in build/, under what it was learnt from."""
    source = "".join(path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("*.py")))
    key = hashlib.sha256(f"{sklearn.__version__}{source}{vars(model)}".encode()).hexdigest()[:16]
    kept = KEPT / f"{key}.joblib"
    if kept.exists():
        known: Learnt = joblib.load(kept)
        return known
    print("Learning the samples of the interaction model, once: a minute ...", file=sys.stderr)
    learnt = Learnt(model, examples(model))
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in sorted(KEPT.glob("*.joblib"), key=lambda path: path.stat().st_mtime)[: -MOST_KEPT + 1]:
        old.unlink(missing_ok=True)
    half = KEPT / f"{key}.{os.getpid()}"  # two that learn at once don't meet
    joblib.dump(learnt, half)
    half.rename(kept)
    return learnt
