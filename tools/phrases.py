"""A phrase that a person reads and then says: does the interaction model know it, word for word?"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

from simulator.understanding.exact import Exact
from simulator.understanding.model import BUILT_IN, Model, Understood, words_of

# How people open a skill by its name: Amazon's page "Functional testing for a custom skill".
LAUNCH = ("open", "ask", "start", "launch", "begin", "talk to", "run", "load", "tell")


class Samples:
    """What one interaction model knows: its samples, with its own types' values, and the built-in intents."""

    def __init__(self, published: dict[str, Any]) -> None:
        """Take a model as Alexa does."""
        self.model = Model(published)
        self._exact = Exact(self.model)

    @property
    def invocation_name(self) -> str:
        """The name by which people open the skill."""
        return self.model.invocation_name

    def understood(self, phrase: str) -> Understood | None:
        """What this phrase means, where samples cover it word for word."""
        return self._exact.understand(words_of(phrase))

    def intent_of(self, phrase: str) -> str | None:
        """The intent that this phrase is a sample of; what fits a slot of Amazon's own types isn't known."""
        found = self.understood(phrase)
        if found is None or any(self.model.slot_types[s].startswith("AMAZON.") for s in found.slots):
            return None
        return found.intent

    def after_the_name(self, phrase: str) -> str | None:
        """What follows "Alexa, open <invocation name>"; None where the phrase doesn't begin like that."""
        begin = rf"Alexa, ({'|'.join(LAUNCH)}) {re.escape(self.invocation_name)}\b,?\s*(?P<rest>.*)"
        match = re.fullmatch(begin, phrase)
        return match["rest"] if match else None


def samples_of(published: dict[str, Any]) -> Samples:
    """The same, made once for models that are alike: those of one language are."""
    return _samples_of(json.dumps(published))


@lru_cache(maxsize=8)
def _samples_of(published: str) -> Samples:
    return Samples(json.loads(published))


def own_wording(intent: str) -> str:
    """The wording of a built-in intent that is its name, and stands first: "start over", "help"."""
    return BUILT_IN[intent].partition("|")[0]
