"""A phrase that a person reads and then says: does the interaction model know it, word for word?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

# How people open a skill by its name: Amazon's page "Functional testing for a custom skill".
LAUNCH = ("open", "ask", "start", "launch", "begin", "talk to", "run", "load", "tell")
# The wordings by which Amazon's page "Standard built-in intents" presents them.
BUILT_IN = {
    "AMAZON.CancelIntent": ("cancel", "never mind", "forget it"),
    "AMAZON.HelpIntent": ("help", "help me"),
    "AMAZON.NextIntent": ("next", "skip", "skip forward"),
    "AMAZON.NoIntent": ("no", "no thanks"),
    "AMAZON.PreviousIntent": ("go back", "skip back", "back up"),
    "AMAZON.RepeatIntent": ("repeat", "say that again", "repeat that"),
    "AMAZON.StartOverIntent": ("start over", "restart", "start again"),
    "AMAZON.StopIntent": ("stop", "off", "shut up"),
    "AMAZON.YesIntent": ("yes", "yes please", "sure"),
}
_SLOT = re.compile(r"\{(\w+)\}")


class Samples:
    """What one interaction model knows: its samples, with its own types' values, and the built-in intents."""

    def __init__(self, model: dict[str, Any]) -> None:
        """Take a model as Alexa does."""
        language_model = model["interactionModel"]["languageModel"]
        self.invocation_name: str = language_model["invocationName"]
        self._values = {
            type_["name"]: {
                name
                for value in type_["values"]
                for name in (value["name"]["value"], *value["name"]["synonyms"])
            }
            for type_ in language_model["types"]
        }
        self._types: dict[str, str] = {}
        self._plain: dict[str, str] = {}
        self._slotted: list[tuple[str, str]] = []
        for intent in language_model["intents"]:
            self._types |= {slot["name"]: slot["type"] for slot in intent["slots"]}
            for sample in intent["samples"] or BUILT_IN.get(intent["name"], ()):
                if "{" in sample:
                    self._slotted.append((sample, intent["name"]))
                else:
                    self._plain[sample] = intent["name"]

    def intent_of(self, phrase: str) -> str | None:
        """The intent that this phrase is a sample of; what fits a slot of Amazon's own types isn't known."""
        said = phrase.lower().replace("’", "'").strip(" .,?")
        return self._plain.get(said) or next(self._with_slots(said), None)

    def after_the_name(self, phrase: str) -> str | None:
        """What follows "Alexa, open <invocation name>"; None where the phrase doesn't begin like that."""
        begin = rf"Alexa, ({'|'.join(LAUNCH)}) {re.escape(self.invocation_name)}\b,?\s*(?P<rest>.*)"
        match = re.fullmatch(begin, phrase)
        return match["rest"] if match else None

    def _with_slots(self, said: str) -> Iterator[str]:
        for sample, intent in self._slotted:
            if not said.startswith(sample.partition("{")[0]):
                continue
            pattern = _SLOT.sub(r"(?P<\1>.+)", re.sub(r"[.\-]", r"\\\g<0>", sample))
            match = re.fullmatch(pattern, said)
            if match and all(
                value in self._values.get(self._types[slot], ()) for slot, value in match.groupdict().items()
            ):
                yield intent
