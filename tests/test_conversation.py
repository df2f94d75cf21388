"""Conversations, as a person has them: by utterance, through the Lambda handler."""

import pytest

from simulator.device import Device
from tests.talking import CALM_ANSWERS, NOISE, say, start_check

# --- the main job -----------------------------------------------------------------------------


def test_why_does_my_skin_twitch_is_answered_with_one_question_at_the_end(device):
    turn = device.say("why does my skin twitch")
    assert turn.topic == "summary"
    assert turn.open
    assert turn.speech.count("?") == 1
    assert len(turn.speech.split()) <= 75


def test_from_the_question_to_the_result_by_saying_yes_and_no(device):
    device.say("why does my skin twitch")
    turn = device.say("start the check")
    while turn.level is None:
        turn = device.say("for three days" if "how long" in turn.speech else "no")
    assert turn.level == "self_care"
    assert "no to each sign" in turn.speech
    assert "See a doctor if" in turn.speech


def test_opened_by_name_and_asked_in_one_breath(device):
    assert "Skin Twitch Guide" in device.say("Alexa, open skin twitch guide").speech
    device.new()
    assert device.say("alexa, ask skin twitch guide why does my skin twitch").topic == "summary"


# --- the check --------------------------------------------------------------------------------


def test_no_to_everything_and_a_few_days_is_self_care_after_six_questions(device):
    start_check(device)
    turn = say(device, *CALM_ANSWERS, "three days", "no")
    assert turn.level == "self_care"


def test_a_harmless_eyelid_twitch_of_three_days_takes_five_questions(device):
    device.say("my eyelid has been twitching for three days")
    device.say("yes")
    turns = [device.say("no") for _ in range(5)]
    assert [turn.level for turn in turns] == [None] * 4 + ["self_care"]


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        (["yes"], "emergency"),
        (["no", "yes"], "emergency"),
        (["no", "no", "yes"], "today"),
        (["no", "no", "no", "yes", "yes", "two weeks"], "today"),
        (["no", "no", "no", "yes", "yes", "three months"], "soon"),
        (["no", "no", "no", "yes", "no"], "soon"),
        ([*CALM_ANSWERS, "three weeks"], "soon"),
        ([*CALM_ANSWERS, "three days", "yes"], "soon"),
    ],
)
def test_each_answer_that_decides(device, answers, level):
    start_check(device)
    assert say(device, *answers).level == level


def test_not_sure_is_asked_again_once_and_then_counts_as_the_careful_side(device):
    first = start_check(device)
    again = device.say("i'm not sure")
    assert again.level is None
    assert again.open
    assert again.speech != first.speech
    assert device.say("i don't know").level == "emergency"


def test_not_sure_and_then_no_is_no(device):
    start_check(device)
    device.say("not sure")
    device.say("no")
    assert device.attributes["answers"] == {"sudden_signs": "no"}


def test_not_sure_how_long_twice_is_see_a_doctor(device):
    start_check(device)
    assert say(device, *CALM_ANSWERS, "not sure", "not sure").level == "soon"


def test_a_while_is_not_a_number_of_days(device):
    start_check(device)
    turn = say(device, *CALM_ANSWERS, "a while")
    assert turn.level is None
    assert device.say("about a month").level == "soon"


def test_a_volunteered_duration_is_not_asked_for_again(device):
    device.say("my eyelid has been twitching for three weeks")
    assert device.attributes["answers"] == {"duration": 21}
    turn = say(device, "start the check", *CALM_ANSWERS)
    assert turn.level == "soon"
    assert "3 weeks" in turn.speech


def test_a_sign_told_in_the_middle_is_an_answer_and_the_reason_names_it(device):
    start_check(device)
    turn = say(device, "no", "no", "no", "it's numb", "no")
    assert turn.level == "soon"
    assert "numb" in turn.speech


def test_stopping_midway_says_when_to_get_help_and_never_self_care(device):
    start_check(device)
    turn = say(device, "no", "no", "stop")
    assert turn.level is None
    assert not turn.open
    assert "Call 911 if it gets hard to breathe" in turn.speech


def test_stopping_midway_after_something_was_told_says_what_is_known(device):
    start_check(device)
    device.say("three weeks")
    turn = device.say("cancel")
    assert turn.level == "soon"
    assert not turn.open


def test_silence_in_the_middle_is_answered_with_nothing(device):
    start_check(device)
    assert device.end("EXCEEDED_MAX_REPROMPTS").speech == ""


def test_noise_three_times_in_the_check_ends_it_safely_without_a_level(device):
    start_check(device)
    first, second = device.say(NOISE), device.say(NOISE)
    assert first.open
    assert second.open
    assert len(second.speech) > len(first.speech)
    third = device.say(NOISE)
    assert third.level is None
    assert not third.open
    assert "911" in third.speech


def test_yes_is_no_answer_to_how_long(device):
    start_check(device)
    turn = say(device, *CALM_ANSWERS, "yes")
    assert turn.level is None
    assert turn.open


def test_a_question_in_the_middle_is_answered_and_then_the_check_goes_on(device):
    start_check(device)
    device.say("no")
    turn = device.say("tell me about caffeine")
    assert turn.topic == "cause_caffeine"
    assert turn.speech.endswith("Any of those?")
    device.say("no")
    assert device.attributes["answers"] == {"sudden_signs": "no", "recent_danger": "no"}


def test_a_denied_sign_is_not_a_no_to_the_whole_question(device):
    start_check(device)
    turn = device.say("no chest pain")
    assert turn.level is None
    assert turn.open
    assert "answers" not in device.attributes


def test_start_over_in_the_check_forgets_the_answers(device):
    start_check(device)
    say(device, "no", "no", "start over")
    assert "answers" not in device.attributes
    assert device.attributes["asked"] == "ask.sudden_signs"


def test_a_second_check_starts_afresh(device):
    start_check(device)
    say(device, *CALM_ANSWERS, "three weeks")
    device.say("start the check")
    assert "answers" not in device.attributes


def test_a_sign_told_after_the_result_changes_the_result(device):
    start_check(device)
    assert say(device, *CALM_ANSWERS, "three days", "no").level == "self_care"
    assert device.say("it's spreading").level == "soon"


# --- warning signs ----------------------------------------------------------------------------

WARNINGS = [
    "i can't breathe",
    "chest pain",
    "my dad's face is drooping",
    "my mother is having a seizure",
    "i took too many pills",
    "my baby is jerking",
    "she won't wake up",
    "my jaw is locked",
    "i lost control of my bladder",
    "he is confused",
]


@pytest.mark.parametrize("words", WARNINGS)
def test_a_warning_sign_wins_in_a_fresh_session(device, words):
    assert_warned(device.say(words))


@pytest.mark.parametrize("words", WARNINGS)
@pytest.mark.parametrize(
    "before",
    [
        ["why does my skin twitch"],
        ["start the check"],
        ["start the check", "no", "no", "no"],
        ["start the check", "no", "no", "no", "no", "three weeks"],
        [NOISE, NOISE],
    ],
)
def test_a_warning_sign_wins_in_any_state(device, words, before):
    device.launch()
    say(device, *before)
    assert_warned(device.say(words))


def assert_warned(turn):
    assert turn.level == "emergency"
    assert turn.speech.startswith("Call 911 now. ")
    assert not turn.open
    assert turn.topic is None


@pytest.mark.parametrize(
    "words",
    [
        "my chest muscle twitches",
        "why does my chest twitch",
        "no chest pain",
        "what is a seizure",
        "tell me about seizures",
    ],
)
def test_a_harmless_neighbour_is_no_warning_sign(device, words):
    assert device.say(words).level is None


def test_a_sign_for_today_outside_the_check_is_answered_at_once(device):
    turn = device.say("my pee is dark")
    assert turn.level == "today"
    assert turn.open


@pytest.mark.parametrize(
    ("locale", "number"),
    [("en-US", "911"), ("en-CA", "911"), ("en-GB", "999"), ("en-AU", "000"), ("en-IN", "112")],
)
def test_the_emergency_number_is_the_locales(locale, number):
    assert Device(locale).say("chest pain").speech.startswith(f"Call {number} now. ")
