"""What is logged and counted of each request; and that this never costs anyone the answer."""

import json
import sys

import pytest
from twitching import entry, telemetry

from simulator.device import Device
from simulator.envelope import envelope, intent, launch, new_session
from tests.talking import NOISE, SELF_CARE, TODAY, say


def test_only_the_first_request_of_an_environment_is_a_cold_start(device, on_lambda):
    device.launch()
    assert on_lambda.logged()["cold_start"] is True
    device.say("why does my skin twitch")
    assert on_lambda.logged()["cold_start"] is False
    on_lambda.start()
    device.say("stop")
    assert on_lambda.logged()["cold_start"] is True


@pytest.mark.parametrize(
    ("say_it", "request_type", "group", "outcome"),
    [
        (lambda d: d.launch(), "LaunchRequest", "launch", "answered"),
        (lambda d: d.say("is it als"), "IntentRequest", "topic", "answered"),
        (lambda d: d.say("it's numb"), "IntentRequest", "telling", "answered"),
        (lambda d: d.intent("SignIntent", sign="odd elbow"), "IntentRequest", "telling", "not_understood"),
        (lambda d: d.say("start the check"), "IntentRequest", "check", "answered"),
        (lambda d: d.say("who says so"), "IntentRequest", "afterwards", "answered"),
        (lambda d: d.say("help"), "IntentRequest", "command", "answered"),
        (lambda d: d.say("what do you know about me"), "IntentRequest", "privacy", "answered"),
        (lambda d: d.say(NOISE), "IntentRequest", "fallback", "not_understood"),
        (lambda d: d.intent("OutOfScopeIntent"), "IntentRequest", "fallback", "not_understood"),
        (lambda d: d.say("stop"), "IntentRequest", "end", "ended"),
        (lambda d: d.end(), "SessionEndedRequest", "end", "ended"),
    ],
)
def test_what_the_log_says_of(say_it, request_type, group, outcome, device, on_lambda):
    say_it(device)
    line = on_lambda.logged()
    assert (line["request"], line["group"], line["outcome"]) == (request_type, group, outcome)


def test_requests_and_locales_that_nobody_knows(on_lambda):
    for request, kind in (({"type": "Alexa.New"}, "other"), (intent("OrderPizzaIntent", {}), "other")):
        entry.handler(envelope(request, new_session(), "xx-ada@example.com"), None)
        line = on_lambda.logged()
        assert (line["request"], line["group"], line["locale"]) == (kind, "other", "other")
        assert line["outcome"] == "not_understood"


def test_a_request_that_nobody_waits_for_is_logged_and_is_no_turn(on_lambda):
    entry.handler({"request": {"type": "AlexaSkillEvent.SkillDisabled"}}, None)
    (line,), metrics = on_lambda.printed()
    assert (line["request"], line["outcome"], metrics) == ("other", "unheard", [])


def test_another_skills_request_is_logged_as_refused_and_is_no_turn(on_lambda, monkeypatch):
    monkeypatch.setattr(entry, "_SKILL_ID", "amzn1.ask.skill.11111111-1111-1111-1111-111111111111")
    with pytest.raises(entry.NotOurSkillError):
        entry.handler(envelope(launch(), new_session(), "en-US"), None)
    (line,), metrics = on_lambda.printed()
    assert (line["outcome"], metrics) == ("refused", [])


def warning_sign():
    assert Device("en-US").say("chest pain").level == "emergency"


def emergency_by_an_answer():
    assert say(Device("en-US"), "start the check", "yes").level == "emergency"


def self_care_twice_told():
    device = Device("en-US")
    assert say(device, "start the check", *SELF_CARE).level == "self_care"
    assert say(device, "repeat").level == "self_care"


def fallback():
    assert Device("en-US").say(NOISE).open


def at_a_loss(monkeypatch):
    def break_(*_):
        raise ValueError("my private words")

    with monkeypatch.context() as patch:
        patch.setattr(entry, "_answer", break_)
        entry.handler(envelope(launch(), new_session(), "en-US"), None)


@pytest.mark.usefixtures("broken")
def test_a_scripted_conversation_is_counted_right(on_lambda, monkeypatch, capsys):
    on_lambda.start(enough=3)
    self_care_twice_told()  # 8 turns
    warning_sign()  # 1
    emergency_by_an_answer()  # 2
    fallback()  # 1
    counted = on_lambda.counted()
    assert counted.pop("Latency") >= 0
    assert counted == {
        "Turns": 12,
        "Fallbacks": 1,
        "AtALoss": 0,
        "ColdStarts": 1,
        "LevelEmergency": 2,
        "LevelToday": 0,
        "LevelSoon": 0,
        "LevelSelfCare": 1,
        "WarningSigns": 1,
    }
    at_a_loss(monkeypatch)
    out, err = capsys.readouterr()
    line, metrics = map(json.loads, out.splitlines())
    assert (line["outcome"], metrics["AtALoss"], metrics["Turns"]) == ("at_a_loss", 1, 1)
    assert list(json.loads(err)) == ["level", "error", "where"]
    assert "private" not in out + err


def test_results_are_told_of_five_at_a_time_and_never_with_their_own_turn(on_lambda):
    for _ in range(5):
        assert on_lambda.counted()["LevelEmergency"] == 0
        warning_sign()
    assert on_lambda.counted()["LevelEmergency"] == 0
    fallback()
    assert on_lambda.counted()["LevelEmergency"] == 5
    fallback()
    assert on_lambda.counted()["LevelEmergency"] == 0


def test_a_result_that_is_told_again_counts_once(on_lambda):
    on_lambda.start(enough=1)
    corrected = "i meant not sure"  # which leads to the same result
    turns = [
        "start the check",
        *TODAY,
        corrected,
        "repeat",
        "why",
        "what can i do now",
        "who says so",
        "repeat",
        "stop",
    ]
    device = Device("en-US")
    told = [device.say(text).level for text in turns]
    assert told.count("today") > 2
    fallback()
    assert on_lambda.counted()["LevelToday"] == 1


def test_a_result_that_is_told_on_leaving_counts(on_lambda):
    on_lambda.start(enough=1)
    device = Device("en-US")
    assert (
        say(device, "my eyelid has been twitching for three weeks", "start the check", "stop").level == "soon"
    )
    fallback()
    assert on_lambda.counted()["LevelSoon"] == 1


class Broken:
    """What can't be written to."""

    def write(self, _):
        raise OSError("disk full of my private words")

    def flush(self):
        raise OSError


@pytest.mark.parametrize("words", ["why does my skin twitch", "chest pain"])
def test_telemetry_that_fails_costs_nobody_the_answer(words, on_lambda, monkeypatch, capsys):
    expected = Device("en-US").say(words).speech
    capsys.readouterr()

    def break_(*_, **__):
        raise KeyError("my private words")

    monkeypatch.setattr(telemetry, "outcome_of", break_)
    assert Device("en-US").say(words).speech == expected
    out, err = capsys.readouterr()
    assert json.loads(err)["error"] == "KeyError"
    assert "private" not in out + err


@pytest.mark.usefixtures("broken")
def test_a_log_that_cannot_be_written_costs_nobody_the_answer(on_lambda, monkeypatch):
    expected = Device("en-US").say("chest pain").speech
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", Broken())
        patch.setattr(sys, "stderr", Broken())
        spoken = Device("en-US").say("chest pain").speech
        patch.setattr(entry, "_answer", Broken().write)
        lost = entry.handler(envelope(launch(), new_session(), "en-US"), None)
    assert spoken == expected
    assert entry.AT_A_LOSS in lost["response"]["outputSpeech"]["ssml"]


def test_attributes_that_make_no_sense_are_no_fault_of_the_telemetry(on_lambda):
    for said in (7, "level.soon.action", [None, {}], {"level.soon.action": 1}):
        session = new_session() | {"attributes": {"said": said}}
        entry.handler(envelope(launch(), session, "en-US"), None)
        on_lambda.printed()  # nothing in the error stream


def test_elsewhere_nothing_is_printed(device, capsys):
    device.launch()
    device.say("chest pain")
    assert capsys.readouterr() == ("", "")
