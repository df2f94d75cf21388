"""The level of every sign, as the clinical base has it (section 3.2 and R0 of 3.4): stated here once more, on purpose."""

import pytest

from simulator.device import Device
from simulator.understanding import understanding
from simulator.understanding.model import words_of
from tests.talking import answers, say

EMERGENCY = {
    "trouble_breathing", "trouble_speaking", "trouble_swallowing", "stroke_signs", "spreading_fast", "seizure",
    "fainting", "confusion", "chest_pain", "child_jerking", "lost_bladder_control", "locked_jaw", "low_sugar_confused",
    "head_injury", "poisoning", "withdrawal", "wants_ambulance", "self_harm", "fever_stiff",
}  # fmt: skip
TODAY = {"dark_urine", "tetany", "losing_fluid", "pregnancy_danger", "child_moving_oddly", "low_sugar"}


def test_each_sign_has_the_level_of_the_clinical_base(catalogue):
    levels = {
        id_: sign.level.id if sign.level is not None else None for id_, sign in catalogue.check.signs.items()
    }
    assert {id_ for id_, level in levels.items() if level == "emergency"} == EMERGENCY
    assert {id_ for id_, level in levels.items() if level == "today"} == TODAY


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("no i can't breathe", "trouble_breathing"),
        ("no can't breathe", "trouble_breathing"),
        ("call an ambulance", "wants_ambulance"),
        ("i need an ambulance", "wants_ambulance"),
        ("it's an emergency", "wants_ambulance"),
        ("i want to die", "self_harm"),
        ("i want to kill myself", "self_harm"),
        ("my baby is stiff", "child_jerking"),
        ("my little boy is jerking", "child_jerking"),
        ("my newborn keeps jerking", "child_jerking"),
        ("my mouth is crooked", "stroke_signs"),
        ("he won't wake up", "fainting"),
        ("i hit my head", "head_injury"),
        ("my legs gave way", "spreading_fast"),
    ],
)
def test_how_people_put_an_emergency(words, sign):
    turn = Device().say(words)
    assert turn.level == "emergency"
    assert turn.speech.startswith("Call 911 now. ")
    if sign != "child_jerking":
        assert turn.slots.get("sign", turn.slots.get("cant")) == sign


@pytest.mark.parametrize(
    "words",
    [
        "i'm confused", "i had too much caffeine", "my arm is weak", "my left arm is weak", "my chest muscle twitches", "no chest pain", "what is a seizure", "is a seizure the same as a twitch",
        "i don't have chest pain", "my leg is asleep",
    ],
)  # fmt: skip
def test_harmless_neighbours_are_no_warning_sign(words):
    assert Device().say(words).level is None


@pytest.mark.parametrize(
    "words",
    ["i bumped my head", "i can't get up", "my jaw is stiff", "i stepped on a rusty nail", "i wet the bed"],
)
def test_what_may_be_harmless_is_no_sample_of_a_warning_sign(words):
    """A recogniser may still take it for one, and that is the careful side."""
    assert understanding("en-US").exact.understand(words_of(words)) is None


@pytest.mark.parametrize("words", ["my hand is weak", "my arm is numb"])
def test_weakness_told_to_the_first_question_is_asked_about_not_assumed(words):
    device = Device()
    device.say("start the check")
    assert device.say(words).level is None
    assert device.say("yes").level == "emergency"


def test_weak_since_this_morning_is_sudden():
    device = Device()
    for words in ("start the check", "no", "no", "no", "yes", "yes"):
        device.say(words)
    assert device.say("since this morning").level == "emergency"


def test_low_sugar_is_not_forgotten_by_the_check():
    device = Device()
    assert device.say("low blood sugar").level == "today"
    for words in ("start the check", "no"):
        turn = device.say(words)
    assert turn.level is None
    assert device.say("no").level == "today"


@pytest.mark.parametrize("before", [[], ["start the check"], ["start the check", "no", "no"]])
def test_a_sign_that_isnt_known_is_answered_with_what_to_do_in_an_emergency(before):
    """Alexa heard that a sign was told and couldn't say which: the unknown means the more careful answer."""
    device = Device()
    say(device, "why does my skin twitch", *before)
    turn = device.intent("SignIntent", sign="a strange thing")
    assert (
        turn.request["request"]["intent"]["slots"]["sign"]["resolutions"]["resolutionsPerAuthority"][0][
            "status"
        ]["code"]
        == "ER_SUCCESS_NO_MATCH"
    )
    assert "call 911 now" in turn.speech
    assert turn.open
    assert device.attributes["asked"].startswith("again." if before else "offer_check")


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("my eyelid keeps twitching and i can't breathe", "emergency"),
        ("my husband's leg is twitching and he's talking nonsense", "emergency"),
        ("my calf twitches and i have dark urine", "today"),
    ],
)
def test_a_sign_told_beside_the_twitch_wins(said, level):
    assert Device().say(said).level == level


def test_a_sign_that_is_an_answer_counts_with_place_and_time():
    device = Device()
    turn = device.say("my calf has been twitching for three weeks and i have numbness")
    assert turn.intent == "TwitchIntent"
    assert device.attributes["signs"] == ["numbness"]
    assert device.attributes["place"] == "place_calf"
    assert answers(device)["duration"] == 21
    assert device.attributes["asked"].startswith("ask.")
