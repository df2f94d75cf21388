"""What a touch on a screen does: the same as the words that it stands for."""

import pytest
from twitching import entry
from twitching.alexa import skill_handler

from simulator.device import Device
from simulator.kinds import SPEAKER
from simulator.script import ScriptError, play
from tests.talking import labels, page_of
from tools.screens.replies import REPLIES, played


@pytest.fixture
def hub():
    return Device("en-US", kind="hub_small")


def touch(device, *choices):
    return [device.touch_choice(choice) for choice in choices][-1]


SCRIPTS = [
    ("no", "no", "no", "no", "under_14_days", "no"),
    ("yes",),
    ("no", "unsure", "unsure"),
    ("no", "no", "yes", "no"),
    ("no", "no", "no", "yes", "yes", "under_2_days"),
    ("no", "no", "no", "yes", "yes", "under_28_days"),
    ("no", "no", "no", "yes", "yes", "from_28_days", "yes"),
    ("no", "no", "no", "unsure", "unsure", "yes", "unsure", "unsure"),
    ("no", "no", "no", "no", "from_14_days", "no", "helps", "yes"),
]
SPOKEN = {
    "unsure": "not sure",
    "under_14_days": "less than two weeks",
    "from_14_days": "more than two weeks",
    "under_2_days": "since this morning",
    "under_28_days": "two weeks",
    "from_28_days": "two months",
    "helps": "what helps",
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_touch_and_voice_are_the_same_answer(script):
    by_touch, by_voice = Device(kind="hub_small"), Device(kind="hub_small")
    by_touch.say("start the check")
    by_voice.say("start the check")
    for choice in script:
        touched, spoken = by_touch.touch_choice(choice), by_voice.say(SPOKEN.get(choice, choice))
        assert touched.level == spoken.level
        assert touched.open == spoken.open
        assert touched.topic == spoken.topic
        assert by_touch.attributes.get("asked") == by_voice.attributes.get("asked")
        assert page_of(touched)["title"] == page_of(spoken)["title"]


def test_weak_since_less_than_two_days_is_an_emergency_by_touch_too(hub):
    hub.say("start the check")
    assert touch(hub, "no", "no", "no", "yes", "yes", "Less than 2 days").level == "emergency"


def test_after_a_touch_the_conversation_goes_on(hub):
    hub.say("start the check")
    turn = hub.touch_choice("no")
    assert turn.open
    assert turn.reprompt
    assert turn.response["response"]["shouldEndSession"] is False
    assert hub.say("no").open


@pytest.mark.parametrize("name", REPLIES)
def test_whatever_can_be_touched_can_be_said_and_means_the_same(name):
    for choice in played(name, "en-US", "hub_small").screen["datasources"]["screen"]["choices"]:
        touched, spoken = played(name, "en-US", "hub_small"), played(name, "en-US", "hub_small")
        one = touched.touch_choice(choice["id"])
        other = spoken.say(choice["label"].replace("\N{NO-BREAK SPACE}", " "))
        assert (one.level, one.topic, one.open) == (other.level, other.topic, other.open), choice
        assert touched.attributes.get("asked") == spoken.attributes.get("asked"), choice


def test_a_touch_on_a_question_that_waits_no_longer_answers_nothing(hub):
    first = page_of(hub.say("start the check"))
    hub.say("no")
    turn = hub.touch([first["token"], "yes"])
    assert turn.level is None
    assert hub.attributes["answers"] == {"sudden_signs": "no"}
    assert page_of(turn)["progress"].startswith("Question 2")


def test_not_sure_touched_twice_in_a_row_counts_once(hub):
    page = page_of(hub.say("start the check"))
    hub.touch([page["token"], "unsure"])
    turn = hub.touch([page["token"], "unsure"])
    assert turn.level is None
    assert turn.open
    assert "answers" not in hub.attributes


def test_a_touch_on_the_page_of_a_conversation_that_is_over_answers_nothing(hub):
    token = page_of(hub.say("start the check"))["token"]
    hub.new()
    turn = hub.touch([token, "yes"])
    assert turn.level is None
    assert turn.open


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["yes"],
        ["TOKEN", "maybe"],
        ["TOKEN", "under_14_days"],
        ["TOKEN", "yes", "yes"],
        ["TOKEN", 1],
        ["TOKEN", None],
        ["", ""],
        [["TOKEN"], "yes"],
        ["TOKEN", "AMAZON.YesIntent"],
        {"0": "TOKEN"},
        "yes",
        None,
        ["x" * 10_000, "yes"],
    ],
)
def test_a_touch_that_no_page_of_ours_makes_answers_nothing(hub, arguments):
    token = page_of(hub.say("start the check"))["token"]
    if isinstance(arguments, list):
        arguments = [token if a == "TOKEN" else a for a in arguments]
    turn = hub.touch(arguments, said="!touch")
    assert turn.level is None
    assert turn.open
    assert "answers" not in hub.attributes
    assert hub.attributes["asked"].endswith(".sudden_signs")


def test_a_page_that_fails_on_the_device_is_answered_with_silence(hub):
    hub.say("start the check")
    request = {"type": "Alexa.Presentation.APL.RuntimeError", "errors": [{"type": "x"}]}
    assert hub._send(request, "", None, {}).response == {"version": "1.0", "response": {}}


# --- the signs style, the simulator ------------------------------------------------------------


def test_where_nothing_is_asked_the_warning_signs_stand_in_for_the_check(monkeypatch):
    monkeypatch.setattr(entry, "_answer", skill_handler(guided=False))
    device = Device(kind="hub_small")
    assert labels(device.say("help")) == ["Why skin twitches", "Warning signs", "What helps"]
    assert device.touch_choice("Warning signs").topic == "warning_signs"


def test_a_script_touches_what_is_on_the_screen(hub):
    turns = list(play(["start the check", "!touch no", "!touch Not sure"], hub))
    assert turns[-1].open
    assert hub.attributes["answers"] == {"sudden_signs": "no"}


def test_a_script_that_touches_what_is_not_there_says_what_is():
    with pytest.raises(ScriptError, match=r"line 2: 'maybe' can't be touched; there is Yes, No, Not sure"):
        list(play(["start the check", "!touch maybe"], Device(kind="round")))
    with pytest.raises(ScriptError, match="there is nothing to touch"):
        list(play(["start the check", "!touch yes"], Device(kind=SPEAKER)))
