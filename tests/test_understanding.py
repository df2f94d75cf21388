"""The simulator's understanding: samples word for word, then what was learnt from them."""

import numpy as np
import pytest

from simulator.device import Device
from simulator.understanding import FALLBACK, understanding
from simulator.understanding.examples import Meaning, examples
from simulator.understanding.learnt import Learnt
from simulator.understanding.model import Model, words_of
from simulator.understanding.spotting import filled

RECOGNISER = understanding("en-US")


def published(*intents, types=()):
    """A small interaction model, as Alexa gets it."""
    return {
        "interactionModel": {
            "languageModel": {
                "invocationName": "small guide",
                "intents": [
                    {
                        "name": name,
                        "slots": [{"name": s, "type": t} for s, t in slots.items()],
                        "samples": samples,
                    }
                    for name, slots, samples in intents
                ],
                "types": list(types),
            }
        }
    }


@pytest.fixture(scope="module")
def small():
    sign = {"name": "SIGN", "values": [
        {"id": "chest_pain", "name": {"value": "chest pain", "synonyms": ["pain in my chest", "chest hurts", "tight chest"]}},
        {"id": "seizure", "name": {"value": "seizure", "synonyms": ["a fit", "a convulsion", "having a seizure"]}},
    ]}  # fmt: skip
    return Model(
        published(
            ("SignIntent", {"sign": "SIGN"}, ["{sign}", "i have {sign}", "my dad has {sign}"]),
            ("WeatherIntent", {}, ["what's the weather", "will it rain today", "is it going to rain"]),
            ("MusicIntent", {}, ["play some music", "play a song", "play the radio please"]),
            types=[sign],
        )
    )


def test_every_sample_is_an_example_of_its_meaning(small):
    of = {" ".join(one.words): one.meaning for one in examples(small)}
    assert of["chest pain"] == Meaning("SignIntent", "chest_pain")
    assert of["will it rain today"] == Meaning("WeatherIntent")
    assert {m.subject for m in of.values() if m.intent == "SignIntent"} == {"chest_pain", "seizure"}


def test_a_wording_that_no_sample_has_is_understood_by_its_likeness(small):
    learnt = Learnt(small, examples(small))
    understood = learnt.understand(words_of("it is raining is it"))
    assert understood is None or understood.intent == "WeatherIntent"
    assert learnt.meaning(words_of("my chest hurts so much")) == Meaning("SignIntent", "chest_pain")


def test_a_guessed_warning_sign_rests_on_words_of_that_sign(small, monkeypatch):
    """However sure the statistics are: with no word that any wording of the sign has, it is something else."""
    learnt = Learnt(small, examples(small))
    sure = [[float(meaning.intent == "SignIntent") for meaning in learnt.meanings]]
    monkeypatch.setattr(learnt, "scores", lambda _: np.array(sure))
    assert learnt.meaning(words_of("a tight pain here")).intent == "SignIntent"
    assert learnt.meaning(words_of("a song about rain")).intent != "SignIntent"


def test_the_same_model_is_learnt_the_same_way_each_time(small):
    said = [words_of("play the song"), words_of("dad has a bad convulsion")]
    first, second = (Learnt(small, examples(small)).scores(said) for _ in range(2))
    assert (first == second).all()


@pytest.mark.parametrize(
    ("said", "intent", "slots"),
    [
        ("um so my left eyelid just won't quit jumping about it's been two weeks", "TwitchIntent", {"place": "left eyelid", "duration": "P2W"}),
        ("my husband's thumb is going again since monday", "TwitchIntent", {"place": "thumb", "person": "husband", "span": "since monday"}),
    ],
)  # fmt: skip
def test_what_is_volunteered_fills_the_slots_of_an_unseen_wording(said, intent, slots):
    assert RECOGNISER.exact.understand(words_of(said)) is None
    understood = RECOGNISER.understand(said)
    assert understood.intent == intent
    assert {name: understood.slots[name]["value"] for name in slots} == slots


def test_a_counted_time_wins_over_the_vague_one_in_it():
    model = RECOGNISER.model
    words = words_of("my calf has been going for more than three weeks now")
    assert filled(model, "TwitchIntent", words)["duration"] == ("three", "weeks")
    assert filled(model, "TwitchIntent", words)["bound"] == ("more", "than")
    assert "span" not in filled(model, "TwitchIntent", words)


@pytest.mark.parametrize(
    "said",
    ["oh my god he's just keeled over and he won't wake up", "she's drooping on one half of her face", "dad can hardly get any air in"],
)  # fmt: skip
def test_a_warning_sign_in_words_that_no_sample_has_ends_the_conversation(said):
    assert RECOGNISER.exact.understand(words_of(said)) is None
    assert Device().say(said).level == "emergency"


@pytest.mark.parametrize(
    "said",
    [
        "", " ", "🙂🙂", "no " * 1000, "¿qué tal?", "皮肤为什么跳", "'; drop table", "{place}", "<speak>", "1234567890", "a" * 5000,
        "fuck this", "\x00\x01",
    ],
)  # fmt: skip
def test_whatever_is_said_gets_a_helpful_reply(said):
    device = Device()
    device.launch()
    turn = device.say(said)
    assert turn.speech
    assert turn.level is None
    assert turn.open


def test_noise_is_left_to_fallback():
    assert RECOGNISER.understand("asdf qwer").intent == FALLBACK


def test_what_is_somebody_elses_business_is_said_so_and_no_topic_is_told():
    device = Device()
    turn = device.say("what's the weather tomorrow")
    assert turn.intent == "OutOfScopeIntent"
    assert turn.topic is None
    assert "I " in turn.speech
    assert "twitching" in turn.speech
