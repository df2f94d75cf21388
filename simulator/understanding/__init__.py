"""Text -> intent and slots, from the published interaction model of a locale.

First what the samples cover word for word, then a statistical guess that was learnt from these
samples alone; what neither knows is Fallback. The real recogniser is Amazon's.
"""

from __future__ import annotations

import json
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from simulator.understanding.exact import Exact
from simulator.understanding.model import FALLBACK, MODELS, Model, Understood, locales, words_of

if TYPE_CHECKING:
    from simulator.understanding.learnt import Learnt

__all__ = ["Understanding", "Understood", "locales", "understanding"]
MOST_WORDS = 60  # more than anybody says in one breath, and than Alexa listens to
FEWEST_WORDS = 2  # to guess at: a single word that no sample has is like too many things


class Understanding:
    """Understands what the interaction model covers, and what is like it."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.exact = Exact(model)

    @cached_property
    def learnt(self) -> Learnt:
        """The statistical part; only needed for a wording that no sample has."""
        from simulator.understanding.learnt import learn  # noqa: PLC0415  scikit-learn takes a second

        return learn(self.model)

    def understand(self, text: str) -> Understood:
        """What the text means; an intent that the model has, always."""
        words = words_of(text)
        if not 0 < len(words) <= MOST_WORDS:
            return Understood(FALLBACK)
        understood = self.exact.understand(words)
        if understood is None and len(words) >= FEWEST_WORDS:
            understood = self.learnt.understand(words)
        return understood or Understood(FALLBACK)

    def slot(self, name: str, value: str) -> dict[str, Any]:
        """A slot as a request carries it, for a value that is given: as heard, an id, or ISO 8601."""
        return self.model.given(name, value)


def understanding(locale: str) -> Understanding:
    """The understanding of a locale, built once; locales whose models are alike share it."""
    return _understanding((MODELS / f"{locale}.json").read_text(encoding="utf-8"))


@cache
def _understanding(published: str) -> Understanding:
    return Understanding(Model(json.loads(published)))
