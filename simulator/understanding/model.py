"""The published interaction model of one locale, as a recogniser needs it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator.understanding.durations import duration_of, is_iso

MODELS = Path(__file__).resolve().parents[2] / "interaction_model/skill-package/interactionModels/custom"
DURATION = "AMAZON.DURATION"
FALLBACK = "AMAZON.FallbackIntent"
LONGEST_DURATION = 6  # words: "two and a half weeks"
SAID = {"confirmationStatus": "NONE", "source": "USER"}
Words = tuple[str, ...]

# What Alexa's built-in intents listen for, in their usual wordings.
BUILT_IN = {
    "AMAZON.CancelIntent": "cancel|cancel that|never mind|nevermind|forget it",
    "AMAZON.HelpIntent": "help|help me|what can i say|what can you do|what can i ask|i need help"
    "|how does this work",
    "AMAZON.NavigateHomeIntent": "go home|home screen",
    "AMAZON.NextIntent": "next|next one",
    "AMAZON.NoIntent": "no|nope|nah|no thanks|no thank you|none|none of them|none of those|no none|not at all"
    "|no i don't|no i haven't|no it isn't|nothing like that|neither|no never|definitely not|of course not"
    "|no he hasn't|no she hasn't|no he doesn't|no she doesn't|no he isn't|no she isn't|no they don't",
    "AMAZON.PreviousIntent": "previous|go back|back|last one|before|the one before|previous question",
    "AMAZON.RepeatIntent": "repeat|repeat that|say that again|again|say it again|what did you say"
    "|pardon|come again|what|once more|can you repeat that",
    "AMAZON.StartOverIntent": "start over|start again|restart|from the beginning|begin again",
    "AMAZON.StopIntent": "stop|exit|quit|goodbye|bye|that's all|that's enough|shut up|i'm done|end|leave",
    "AMAZON.YesIntent": "yes|yeah|yep|yup|sure|okay|ok|yes please|please|please do|of course|i do|i have"
    "|it is|yes i do|yes i have|yes it is|right|correct|go ahead|absolutely|definitely|uh huh",
}


@dataclass(frozen=True)
class Value:
    """One value of a slot type: the id that the skill goes by, and the name that Alexa shows."""

    id: str
    name: str


@dataclass(frozen=True)
class Understood:
    """An intent and its slots, as they stand in a request."""

    intent: str
    slots: dict[str, dict[str, Any]] = field(default_factory=dict)


class Model:
    """Intents with their samples, and slot types with their values."""

    def __init__(self, published: dict[str, Any]) -> None:
        """`published` is the JSON that Alexa gets."""
        language_model = published["interactionModel"]["languageModel"]
        self.invocation_name: str = language_model["invocationName"]
        self.values: dict[str, dict[Words, Value]] = {
            t["name"]: {
                words_of(name): Value(value["id"], value["name"]["value"])
                for value in t["values"]
                for name in (value["name"]["value"], *value["name"]["synonyms"])
            }
            for t in language_model["types"]
        }
        self.longest = {t: max(map(len, values)) for t, values in self.values.items()}
        self.longest[DURATION] = LONGEST_DURATION
        self.slot_types: dict[str, str] = {}
        self.slots_of: dict[str, list[str]] = {}
        self.samples: dict[str, list[Words]] = {}
        for intent in language_model["intents"]:
            name = intent["name"]
            self.slot_types |= {slot["name"]: slot["type"] for slot in intent["slots"]}
            self.slots_of[name] = [slot["name"] for slot in intent["slots"]]
            spoken = intent["samples"] or [s for s in BUILT_IN.get(name, "").split("|") if s]
            self.samples[name] = [words_of(sample) for sample in spoken]

    def fits(self, slot: str, words: Words) -> bool:
        """Can these words fill this slot?"""
        type_ = self.slot_types[slot]
        if type_ == DURATION:
            return duration_of(words) is not None
        return words in self.values[type_]

    def value(self, slot: str, words: Words) -> Value | None:
        """What the words stand for in this slot."""
        return self.values.get(self.slot_types.get(slot, ""), {}).get(words)

    def filled(self, slot: str, words: Words) -> dict[str, Any]:
        """A slot as a request carries it, with entity resolution as Alexa sends it."""
        type_ = self.slot_types.get(slot, "")
        spoken = " ".join(words)
        if type_ == DURATION:
            return {"name": slot, "value": duration_of(words) or spoken, **SAID}
        found = self.value(slot, words)
        authority: dict[str, Any] = {
            "authority": f"amzn1.er-authority.echo-sdk.amzn1.ask.skill.simulated.{type_}",
            "status": {"code": "ER_SUCCESS_MATCH" if found else "ER_SUCCESS_NO_MATCH"},
        }
        if found:
            authority["values"] = [{"value": {"id": found.id, "name": found.name}}]
        return {
            "name": slot,
            "value": spoken,
            "resolutions": {"resolutionsPerAuthority": [authority]},
            **SAID,
        }

    def given(self, slot: str, value: str) -> dict[str, Any]:
        """The same for a value that is given: as heard, an id, or ISO 8601."""
        type_ = self.slot_types.get(slot, "")
        if type_ == DURATION and is_iso(value):
            return {"name": slot, "value": value.upper(), **SAID}
        return self.filled(slot, self.named(slot, value) or words_of(value))

    def named(self, slot: str, id_: str) -> Words | None:
        """The first name of an id."""
        type_ = self.slot_types.get(slot, "")
        return next((words for words, v in self.values.get(type_, {}).items() if v.id == id_), None)


def resolved(slot: Mapping[str, Any]) -> str | None:
    """The id that a slot resolved to; where its type has none, as a duration's, what stands in it."""
    if "resolutions" not in slot:
        return str(slot.get("value", ""))
    for authority in slot["resolutions"]["resolutionsPerAuthority"]:
        for value in authority.get("values", []):
            return str(value["value"]["id"])
    return None


def locales() -> list[str]:
    """The locales that have an interaction model."""
    return sorted(path.stem for path in MODELS.glob("*.json"))


def words_of(text: str) -> Words:
    """Lower case, without punctuation; a possessive 's is a word of its own."""
    text = text.lower().replace("’", "'").replace("-", " ")
    text = re.sub(r"[^a-z0-9'{}_ ]+", " ", text)
    return tuple(re.sub(r"(?<=[}a-z])'s\b", " 's", text).split())
