"""Text -> intent and slots, from the samples of the published interaction model.

The real recogniser is Amazon's, which generalises from the samples; this one knows the samples
themselves, with any slot value in any slot, and says Fallback to the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from simulator.durations import duration_of, is_iso

MODELS = Path(__file__).resolve().parent.parent / "interaction_model/skill-package/interactionModels/custom"
BUILT_IN_DURATION = "AMAZON.DURATION"
SAID = {"confirmationStatus": "NONE", "source": "USER"}
LONGEST_DURATION = 6  # words: "two and a half weeks"

# What Alexa's built-in intents listen for, in their usual wordings.
BUILT_IN = {
    "AMAZON.CancelIntent": "cancel|never mind|nevermind|forget it",
    "AMAZON.HelpIntent": "help|help me|what can i say|what can you do|what can i ask|i need help",
    "AMAZON.NavigateHomeIntent": "go home|home screen",
    "AMAZON.NextIntent": "next|next one",
    "AMAZON.NoIntent": "no|nope|nah|no thanks|no thank you|none|none of them|none of those|no none|not at all"
    "|no i don't|no i haven't|no it isn't|nothing like that|neither|no never|definitely not|of course not",
    "AMAZON.PreviousIntent": "previous|go back|back|last one|before|the one before|previous question",
    "AMAZON.RepeatIntent": "repeat|repeat that|say that again|again|say it again|what did you say"
    "|pardon|come again|what|once more|can you repeat that",
    "AMAZON.StartOverIntent": "start over|start again|restart|from the beginning|begin again",
    "AMAZON.StopIntent": "stop|exit|quit|goodbye|bye|that's all|that's enough|shut up|i'm done|end|leave",
    "AMAZON.YesIntent": "yes|yeah|yep|yup|sure|okay|ok|yes please|please|please do|of course|i do|i have"
    "|it is|yes i do|yes i have|yes it is|right|correct|go ahead|absolutely|definitely|uh huh",
}


@dataclass(frozen=True)
class Understood:
    """An intent and its slots, as they stand in a request."""

    intent: str
    slots: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass
class _Node:
    """One step into the samples: the next word, or the next slot."""

    words: dict[str, _Node] = field(default_factory=dict)
    slots: dict[str, _Node] = field(default_factory=dict)
    intent: str | None = None


class Understanding:
    """Understands what the interaction model of one locale covers."""

    def __init__(self, locale: str) -> None:
        model = json.loads((MODELS / f"{locale}.json").read_text(encoding="utf-8"))
        language_model = model["interactionModel"]["languageModel"]
        self.invocation_name: str = language_model["invocationName"]
        self._types = {
            t["name"]: {
                _words(name): (value["id"], value["name"]["value"])
                for value in t["values"]
                for name in (value["name"]["value"], *value["name"]["synonyms"])
            }
            for t in language_model["types"]
        }
        self._longest = {t: max(map(len, values)) for t, values in self._types.items()}
        self._slot_types: dict[str, str] = {}
        self._samples = _Node()
        for intent in language_model["intents"]:
            self._slot_types |= {slot["name"]: slot["type"] for slot in intent["slots"]}
            for sample in intent["samples"] or BUILT_IN.get(intent["name"], "").split("|"):
                self._add(_words(sample), intent["name"])

    def understand(self, text: str) -> Understood:
        """What the text means: of several readings, the one with most words of the sample's own."""
        readings = self._read(_words(text), 0, self._samples)
        best = max(readings, key=lambda reading: (reading[0], -len(reading[2])), default=None)
        if best is None:
            return Understood("AMAZON.FallbackIntent")
        return Understood(best[1], {name: self._slot(name, words) for name, words in best[2]})

    def slot(self, name: str, value: str) -> dict[str, Any]:
        """A slot as a request carries it, for a value that is given: as heard, an id, or ISO 8601."""
        type_ = self._slot_types.get(name, "")
        if type_ == BUILT_IN_DURATION and is_iso(value):
            return {"name": name, "value": value.upper(), **SAID}
        names = [words for words, (id_, _) in self._types.get(type_, {}).items() if id_ == value]
        return self._slot(name, names[0] if names else _words(value))

    def _add(self, words: tuple[str, ...], intent: str) -> None:
        node = self._samples
        for word in words:
            inside = re.fullmatch(r"\{(\w+)\}", word)
            branch = node.slots if inside else node.words
            node = branch.setdefault(inside[1] if inside else word, _Node())
        node.intent = intent

    def _read(
        self, words: tuple[str, ...], at: int, node: _Node
    ) -> Iterator[tuple[int, str, tuple[tuple[str, tuple[str, ...]], ...]]]:
        """Every reading from here on: (words of the sample's own, intent, slots)."""
        if at == len(words):
            if node.intent and words:
                yield 0, node.intent, ()
            return
        if words[at] in node.words:
            for own, intent, slots in self._read(words, at + 1, node.words[words[at]]):
                yield own + 1, intent, slots
        for name, after in node.slots.items():
            type_ = self._slot_types[name]
            for end in range(at + 1, min(len(words), at + self._longest.get(type_, LONGEST_DURATION)) + 1):
                if self._fits(type_, words[at:end]):
                    for own, intent, slots in self._read(words, end, after):
                        yield own, intent, ((name, words[at:end]), *slots)

    def _fits(self, type_: str, words: tuple[str, ...]) -> bool:
        if type_ == BUILT_IN_DURATION:
            return duration_of(words) is not None
        return words in self._types[type_]

    def _slot(self, name: str, words: tuple[str, ...]) -> dict[str, Any]:
        """With entity resolution, as Alexa sends it."""
        type_ = self._slot_types.get(name, "")
        spoken = " ".join(words)
        if type_ == BUILT_IN_DURATION:
            return {"name": name, "value": duration_of(words) or spoken, **SAID}
        found = self._types.get(type_, {}).get(words)
        authority: dict[str, Any] = {
            "authority": f"amzn1.er-authority.echo-sdk.amzn1.ask.skill.simulated.{type_}",
            "status": {"code": "ER_SUCCESS_MATCH" if found else "ER_SUCCESS_NO_MATCH"},
        }
        if found:
            authority["values"] = [{"value": {"id": found[0], "name": found[1]}}]
        return {
            "name": name,
            "value": spoken,
            "resolutions": {"resolutionsPerAuthority": [authority]},
            **SAID,
        }


@cache
def understanding(locale: str) -> Understanding:
    """The understanding of a locale, built once."""
    return Understanding(locale)


def locales() -> list[str]:
    """The locales that have an interaction model."""
    return sorted(path.stem for path in MODELS.glob("*.json"))


def _words(text: str) -> tuple[str, ...]:
    """Lower case, without punctuation; a possessive 's is a word of its own."""
    text = text.lower().replace("’", "'").replace("-", " ")
    text = re.sub(r"[^a-z0-9'{}_ ]+", " ", text)
    return tuple(re.sub(r"(?<=[}a-z])'s\b", " 's", text).split())
