"""Amazon's rules for an interaction model, and Amazon's own classes, as checks.

The rules are those of the developer documentation ("Create the interaction model", "Choose the
invocation name") and of the pre-flight list that live skills keep; each fault says where.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from ask_sdk_core.serialize import DefaultSerializer
from ask_smapi_model.v1.skill.interaction_model.interaction_model_data import InteractionModelData

MOST_BYTES, MOST_INTENTS, MOST_INTENTS_AND_TYPES, LONGEST_VALUE = 1_500_000, 250, 350, 140
_LETTER = r"[^\W\d_A-Z]"  # of any alphabet
_WORD = rf"{_LETTER}(?:{_LETTER}|['.\-])*"
_SPOKEN = rf"(?:{_WORD}|\{{[a-z_]+\}}(?:'s)?)"
SAMPLE = re.compile(rf"{_SPOKEN}(?: {_SPOKEN})*")
VALUE = re.compile(rf"{_WORD}(?: {_WORD})*")
TYPE_NAME = re.compile(r"[A-Za-z_]+")
INVOCATION = re.compile(r"[a-z]+(?:'s)?(?: [a-z]+(?:'s)?)+")
LAUNCH_WORDS = {"launch", "ask", "tell", "load", "begin", "enable", "open", "start"}
CONNECTING_WORDS = {"to", "from", "by", "if", "and", "whether"}
AMAZONS_WORDS = {"alexa", "amazon", "echo", "skill", "app"}
NEEDED = frozenset(
    f"AMAZON.{name}Intent" for name in ("Cancel", "Stop", "Help", "Fallback", "NavigateHome", "Yes", "No")
)


def faults(model: dict[str, Any]) -> list[str]:
    """Everything that Alexa would refuse, or that would break the skill without a word."""
    language_model = model["interactionModel"]["languageModel"]
    intents, types = language_model["intents"], language_model["types"]
    return [
        *invocation(language_model["invocationName"]),
        *_sizes(model, intents, types),
        *_intents(intents, {t["name"] for t in types}),
        *shared_or_misspelt(intents),
        *_types(types),
        *_amazon(model),
    ]


def invocation(name: str) -> Iterator[str]:
    """The rules for an invocation name."""
    if not INVOCATION.fullmatch(name):
        yield f"invocation name {name!r}: two or more words of lower-case letters expected"
    for word in (LAUNCH_WORDS | CONNECTING_WORDS | AMAZONS_WORDS) & set(name.split()):
        yield f"invocation name {name!r}: may not contain {word!r}"


def _sizes(model: dict[str, Any], intents: list[Any], types: list[Any]) -> Iterator[str]:
    size = len(json.dumps(model).encode())
    if size > MOST_BYTES:
        yield f"{size} bytes; Alexa takes {MOST_BYTES}"
    if len(intents) > MOST_INTENTS:
        yield f"{len(intents)} intents; Alexa takes {MOST_INTENTS}"
    if len(intents) + len(types) > MOST_INTENTS_AND_TYPES:
        yield f"{len(intents) + len(types)} intents and types; Alexa takes {MOST_INTENTS_AND_TYPES}"


def _intents(intents: list[Any], own_types: set[str]) -> Iterator[str]:
    for name, times in Counter(i["name"] for i in intents).items():
        if times > 1:
            yield f"the intent {name} stands {times} times"
    for missing in NEEDED - {i["name"] for i in intents}:
        yield f"the intent {missing} is missing"
    for intent in intents:
        built_in = intent["name"].startswith("AMAZON.")
        if built_in and intent["samples"]:
            yield f"{intent['name']}: a built-in intent with samples of its own breaks in some locales"
        if not built_in and not intent["samples"]:
            yield f"{intent['name']}: no samples"
        declared = {slot["name"] for slot in intent["slots"]}
        used = set(re.findall(r"\{(\w+)\}", " ".join(intent["samples"])))
        for slot in used ^ declared:
            yield f"{intent['name']}: the slot {slot} is {'used' if slot in used else 'declared'} only"
    yield from _slots(intents, own_types)


def _slots(intents: list[Any], own_types: set[str]) -> Iterator[str]:
    slot_types: dict[str, str] = {}
    for intent in intents:
        for slot in intent["slots"]:
            if slot["type"] == "AMAZON.SearchQuery":
                yield f"{intent['name']}: no free text is taken (privacy), so no AMAZON.SearchQuery"
            if not slot["type"].startswith("AMAZON.") and slot["type"] not in own_types:
                yield f"{intent['name']}: the slot type {slot['type']} doesn't exist"
            if slot_types.setdefault(slot["name"], slot["type"]) != slot["type"]:
                yield f"the slot {slot['name']} has two types"


def shared_or_misspelt(intents: list[Any]) -> Iterator[str]:
    """Samples with characters that Alexa doesn't take, and those of two intents."""
    owner: dict[str, str] = {}
    for intent in intents:
        for sample in intent["samples"]:
            if not SAMPLE.fullmatch(sample):
                yield f"{intent['name']}: {sample!r} has characters that Alexa doesn't take"
            if sample in owner:
                yield f"{sample!r} stands in {owner[sample]} and in {intent['name']}"
            owner[sample] = intent["name"]


def _types(types: list[Any]) -> Iterator[str]:
    for type_ in types:
        if not TYPE_NAME.fullmatch(type_["name"]):
            yield f"the type name {type_['name']!r}: letters and underscores only"
        if not type_["values"]:
            yield f"the type {type_['name']} has no values"
        owner: dict[str, str] = {}
        for value in type_["values"]:
            for name in (value["name"]["value"], *value["name"]["synonyms"]):
                if not VALUE.fullmatch(name) or len(name) > LONGEST_VALUE:
                    yield f"{type_['name']}.{value['id']}: {name!r} isn't a value that Alexa takes"
                if name in owner:
                    yield f"{type_['name']}: {name!r} stands under {owner[name]} and under {value['id']}"
                owner[name] = value["id"]


def _amazon(model: dict[str, Any]) -> Iterator[str]:
    return unread_by_amazon(model, InteractionModelData)


def unread_by_amazon(data: dict[str, Any], shape: type) -> Iterator[str]:
    """Amazon's own class must read it, and give back the same: nothing unknown, nothing lost."""
    serializer = DefaultSerializer()
    try:
        read = serializer.deserialize(json.dumps(data), shape)
    except Exception as error:  # noqa: BLE001  the SDK raises all kinds
        yield f"Amazon's classes can't read it: {error}"
        return
    if _without_empty(serializer.serialize(read)) != _without_empty(data):
        yield "Amazon's classes don't know all of its keys"


def _without_empty(value: Any) -> Any:  # noqa: ANN401  any JSON
    if isinstance(value, dict):
        return {k: _without_empty(v) for k, v in value.items() if v not in (None, [], {})}
    if isinstance(value, list):
        return [_without_empty(v) for v in value]
    return value
