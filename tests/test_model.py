"""The interaction model: within Amazon's rules, and every intent has a handler. If it's fresh: test_skill_package."""

import copy
import json

import pytest
from twitching.dialogue.routes import COMMANDS, topic_of_intent
from twitching.dialogue.tellings import TELLINGS
from twitching.dialogue.turn import LAUNCH

from simulator.understanding.model import MODELS, locales
from tools.model_rules import faults


@pytest.fixture(scope="module")
def model():
    return json.loads((MODELS / "en-US.json").read_text(encoding="utf-8"))


@pytest.fixture
def broken_model(model):
    return copy.deepcopy(model)


def language_model(model):
    return model["interactionModel"]["languageModel"]


def intent(model, name):
    return next(i for i in language_model(model)["intents"] if i["name"] == name)


def test_every_locale_has_a_model(catalogue):
    assert locales() == sorted(set(catalogue.locales) - {"en"})


@pytest.mark.parametrize("locale", locales())
def test_every_intent_has_a_handler_and_every_handler_an_intent(locale, catalogue):
    published = json.loads((MODELS / f"{locale}.json").read_text(encoding="utf-8"))
    names = {i["name"] for i in language_model(published)["intents"]}
    about = {name for name in names if topic_of_intent(name, catalogue)}
    handled = set(COMMANDS) | set(TELLINGS)
    assert names - about == handled - {LAUNCH}


@pytest.mark.parametrize("locale", locales())
def test_every_slot_value_is_an_id_of_the_catalogue(locale, catalogue):
    published = json.loads((MODELS / f"{locale}.json").read_text(encoding="utf-8"))
    ids = {t["name"]: {v["id"] for v in t["values"]} for t in language_model(published)["types"]}
    assert ids["TOPIC"] | ids["PLACE"] | ids["WORD"] == set(catalogue.topics)
    assert ids["PERSON"] == set(catalogue.persons)
    assert ids["SIGN"] == set(catalogue.check.signs)
    assert ids["SPAN"] == set(catalogue.spans)


def test_a_sound_model_has_no_faults(model):
    assert faults(model) == []


def break_invocation(m):
    language_model(m)["invocationName"] = "open twitch 2"


def break_built_in(m):
    intent(m, "AMAZON.YesIntent")["samples"] = ["yes"]


def break_missing_intent(m):
    language_model(m)["intents"] = [
        i for i in language_model(m)["intents"] if i["name"] != "AMAZON.StopIntent"
    ]


def break_sample(m):
    intent(m, "NotSureIntent")["samples"].append("not sure?")


def break_duplicate(m):
    intent(m, "NotSureIntent")["samples"].append("check me")


def break_slot(m):
    intent(m, "TopicIntent")["samples"].append("tell me about {subject}")


def break_type(m):
    intent(m, "TopicIntent")["slots"][0]["type"] = "SUBJECT"


def break_free_text(m):
    intent(m, "TopicIntent")["slots"][0]["type"] = "AMAZON.SearchQuery"


def break_value(m):
    language_model(m)["types"][0]["values"][0]["name"]["synonyms"].append("24 hours")


def break_two_values(m):
    values = language_model(m)["types"][0]["values"]
    values[0]["name"]["synonyms"].append(values[1]["name"]["value"])


def break_empty_type(m):
    language_model(m)["types"][0]["values"] = []


def break_size(m):
    intent(m, "NotSureIntent")["samples"] += ["".join(("x", "y" * 100_000))] * 16


def break_amazon(m):
    language_model(m)["brandNew"] = 1


@pytest.mark.parametrize(
    ("break_", "expected"),
    [
        (break_invocation, "invocation name"),
        (break_built_in, "a built-in intent with samples"),
        (break_missing_intent, "AMAZON.StopIntent is missing"),
        (break_sample, "characters that Alexa doesn't take"),
        (break_duplicate, "'check me' stands in NotSureIntent and in StartCheckIntent"),
        (break_slot, "the slot subject is used only"),
        (break_type, "the slot type SUBJECT doesn't exist"),
        (break_free_text, "no free text is taken"),
        (break_value, "isn't a value that Alexa takes"),
        (break_two_values, "stands under"),
        (break_empty_type, "has no values"),
        (break_size, "Alexa takes 1500000"),
        (break_amazon, "Amazon's classes don't know all of its keys"),
    ],
)
def test_what_alexa_would_refuse_is_found_here(broken_model, break_, expected):
    break_(broken_model)
    found = [str(fault) for fault in faults(broken_model)]
    assert any(expected in fault for fault in found), found
