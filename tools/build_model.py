"""What people say -> the interaction model of each locale, as Alexa takes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from twitching.catalogue import ANY_LOCALE
from twitching.dialogue.routes import intent_of_topic
from twitching.dialogue.turn import OVER, UNDER
from twitching.triage.model import NO, UNSURE, YES

from tools.alexa_locales import has_fallback_sensitivity
from tools.facts import Facts
from tools.model_rules import faults
from tools.sources_on_disk import ContentError, language_faults
from tools.utterances import INTERACTION_MODEL, Patterns, Utterances, read_utterances

# Topics that are named in sentences of another kind ("my eyelid", "what does numb mean") have their own type.
TYPE_OF = {"place": "PLACE", "word": "WORD"}


def build(said: Utterances, facts: Facts, invocation_name: str) -> dict[str, Any]:
    """One language's interaction model. Raises ContentError where what people say and the facts disagree."""
    if wrong := _disagreements(said, facts):
        raise ContentError(wrong)
    patterns = Patterns(said.intents)
    samples = {
        name: patterns.written_out(of, f"intents.yaml: {name}") for name, of in said.intents.intents.items()
    }
    for topic, names in said.topics.items():
        if names.asks:
            samples[intent_of_topic(topic)] = patterns.written_out(names.asks, f"topics: {topic}.asks")
    model = {
        "interactionModel": {
            "languageModel": {
                "invocationName": invocation_name,
                "modelConfiguration": {"fallbackIntentSensitivity": {"level": "LOW"}},
                "intents": [_intent(name, found, said.intents.slots) for name, found in samples.items()],
                "types": _types(said, patterns, facts),
            }
        }
    }
    if wrong := [f"interaction_model/{said.language}: {fault}" for fault in faults(model)]:
        raise ContentError(wrong)
    return model


def _intent(name: str, samples: list[str], types: dict[str, str]) -> dict[str, Any]:
    used = [slot for slot in types if any(f"{{{slot}}}" in sample for sample in samples)]
    return {"name": name, "slots": [{"name": s, "type": types[s]} for s in used], "samples": samples}


def _types(said: Utterances, patterns: Patterns, facts: Facts) -> list[dict[str, Any]]:
    named: dict[str, dict[str, list[str]]] = {
        "TOPIC": {},
        **{type_: {} for type_ in TYPE_OF.values()},
        "SIGN": said.signs,
        "PERSON": said.persons,
        "SPAN": said.spans,
        "TRIGGER": said.triggers,
        "ANSWER": said.answers,
        "BOUND": said.bounds,
        "DENIED_SIGN": said.denied,
    }
    for id_, topic in said.topics.items():
        named[TYPE_OF.get(id_.split("_")[0], "TOPIC")][id_] = topic.names
    out = {
        type_: {id_: patterns.written_out(names, f"{type_}: {id_}") for id_, names in of.items()}
        for type_, of in named.items()
    }
    # Warning signs that can't be denied by "no", so that "no, can't breathe" is heard for what it is.
    out["SAID_SIGN"] = {
        id_: [name for name in names if name not in said.denied.get(id_, [])]
        for id_, names in out["SIGN"].items()
        if facts.signs.signs[id_].level == "emergency"
    }
    return [
        {"name": type_, "values": [_value(id_, names) for id_, names in of.items()]}
        for type_, of in out.items()
    ]


def _value(id_: str, names: list[str]) -> dict[str, Any]:
    return {"id": id_, "name": {"value": names[0], "synonyms": names[1:]}}


def _disagreements(said: Utterances, facts: Facts) -> list[str]:
    where = f"interaction_model/{said.language}"
    pairs = (
        ("topics", said.topics, facts.topics),
        ("signs", said.signs, facts.signs.signs),
        ("spans", said.spans, facts.spans),
        ("persons", said.persons, facts.persons),
        ("triggers", said.triggers, facts.check.likely),
        ("answers", said.answers, {YES, NO, UNSURE}),
        ("bounds", said.bounds, {UNDER, OVER}),
    )
    wrong = [
        f"{where}: denied: {id_} isn't in content/" for id_ in said.denied if id_ not in facts.signs.signs
    ]
    for name, spoken, known in pairs:
        wrong += [
            f"{where}: {name}: nobody can ask for {id_}: it isn't there"
            for id_ in known
            if id_ not in spoken and not (name == "triggers" and id_.startswith("place_"))
        ]
        wrong += [f"{where}: {name}: {id_} isn't in content/" for id_ in spoken if id_ not in known]
    return wrong


def models(facts: Facts, invocation_name: str, folder: Path = INTERACTION_MODEL) -> dict[str, dict[str, Any]]:
    """The model of each locale. Raises ContentError."""
    languages = sorted({place.language for place in facts.locales.values()})
    if wrong := [fault for language in languages for fault in language_faults(folder / language)]:
        raise ContentError(wrong)
    said = {language: read_utterances(language, folder) for language in languages}
    of = {language: build(said[language], facts, invocation_name) for language in languages}
    return {
        locale: _as_allowed_in(locale, of[place.language])
        for locale, place in facts.locales.items()
        if locale != ANY_LOCALE  # no locale of Alexa's, only ours
    }


def _as_allowed_in(locale: str, model: dict[str, Any]) -> dict[str, Any]:
    """The language's model, without what Alexa refuses in this locale."""
    if has_fallback_sensitivity(locale):
        return model
    of_language = model["interactionModel"]["languageModel"]
    rest = {key: value for key, value in of_language.items() if key != "modelConfiguration"}
    return {"interactionModel": {"languageModel": rest}}
