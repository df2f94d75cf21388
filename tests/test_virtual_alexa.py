"""The skill as a client hears it that nobody here wrote: virtual-alexa by Bespoken, over HTTP.

From the interaction model that Alexa gets, it finds the intent, resolves the slots, builds the request
and keeps the session, with no line of ours. It isn't Amazon's recogniser either. Two of its ways matter
here: any words fill a length of time and stay words ("three weeks", where Alexa sends "P3W"), and
whatever has "ask", "tell" or "open" in it opens the skill.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from threading import Thread

import pytest
from twitching.speech import plain

from simulator.understanding.model import MODELS
from simulator.web import HOST, server
from tools.reply_rules import faults

CLIENT = Path(__file__).parent / "virtual_alexa"
NODE = shutil.which("node")
if NODE is None:
    pytest.skip("virtual-alexa needs Node, and there is none here", allow_module_level=True)
if not (CLIENT / "node_modules" / "ready").exists():
    pytest.skip("virtual-alexa isn't installed: `make test` does that, with npm", allow_module_level=True)

LEVELS = {  # what a person hears first
    "emergency": "Call 911 now.",
    "today": "Get medical help today.",
    "soon": "It's best to see a doctor soon.",
    "self_care": "Nothing you told me sounds urgent.",
}
NUMBERS = {"en-AU": "000", "en-CA": "911", "en-GB": "999", "en-IN": "112", "en-US": "911"}


def utter(*words):
    return [["utter", said] for said in words]


def intend(*intents):
    """An intent is its name, or its name and its slots."""
    return [["intend", *([intent] if isinstance(intent, str) else intent)] for intent in intents]


START, YES, NO = "StartCheckIntent", "AMAZON.YesIntent", "AMAZON.NoIntent"
CHECKS = {  # the level -> the same check by what is said, and by what is meant
    "emergency": [utter("start the check", "yes"), intend(START, YES)],
    "today": [utter("start the check", "no", "no", "yes"), intend(START, NO, NO, YES)],
    "soon": [
        utter("start the check", "no", "no", "no", "no", "a couple of weeks"),
        intend(START, NO, NO, NO, NO, ("DurationIntent", {"duration": "P3W"})),
    ],
    "self_care": [
        utter("start the check", "no", "no", "no", "no", "a few days", "no"),
        intend(START, NO, NO, NO, NO, ("DurationIntent", {"duration": "P3D"}), NO),
    ],
}
CONVERSATIONS = {
    "launch": [["launch"], *utter("yes")],
    "question": utter("why does my skin twitch", "yes"),
    "by name": utter("ask skin twitch guide to start the check"),
    "resolved": intend(("TwitchIntent", {"place": "left eyelid", "duration": "P3W"})),
    "unresolved": intend(START, ("SignIntent", {"sign": "feeling blue"})),
    "no duration": utter("start the check", "no", "no", "no", "no", "completely unrelated words"),
    "sign": [["launch"], *utter("start the check", "no", "my dad's face is drooping", "help")],
    "stop": utter("start the check", "no", "stop"),
    "end": [["launch"], ["endSession"]],
    **{f"{level} {way}": turns for level, ways in CHECKS.items() for way, turns in enumerate(ways)},
    **dict.fromkeys(NUMBERS, utter("i have chest pain")),
}


@pytest.fixture(scope="module")
def played():
    """All conversations, played by one run of the client: name to turns."""
    told = {}
    for name, turns in CONVERSATIONS.items():
        locale = name if name in NUMBERS else "en-US"
        told[name] = {"locale": locale, "model": str(MODELS / f"{locale}.json"), "turns": turns}
    serving = server(0)
    thread = Thread(target=serving.serve_forever)
    thread.start()
    try:
        done = subprocess.run(
            [NODE, CLIENT / "converse.mjs"],
            input=json.dumps({"url": f"http://{HOST}:{serving.port}/skill", "conversations": told}),
            env=os.environ | {"AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE": "1"},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    finally:
        serving.shutdown()
        thread.join()
        serving.server_close()
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def speech(turn):
    return plain(turn["response"]["response"]["outputSpeech"]["ssml"])


def open_(turn):
    return turn["response"]["response"]["shouldEndSession"] is False


def levels(turn):
    """The levels that a person hears of in it."""
    return [level for level, words in LEVELS.items() if words in speech(turn)]


def intent(turn):
    return turn["request"]["request"]["intent"]["name"]


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_every_turn_is_answered_by_alexas_rules(played, name):
    assert len(played[name]) == len(CONVERSATIONS[name])
    for turn in played[name]:
        assert "error" not in turn
        assert faults(turn["request"], turn["response"]) == []


def test_opened_it_says_its_name_and_a_yes_is_kept_in_the_session(played):
    welcome, why = played["launch"]
    assert "Skin Twitch Guide" in speech(welcome)
    assert "muscle" in speech(why)
    assert why["request"]["session"]["sessionId"] == welcome["request"]["session"]["sessionId"]


def test_the_question_is_answered_at_once_and_leads_to_the_check(played):
    why, check = played["question"]
    assert (intent(why), why["request"]["session"]["new"]) == ("AboutSummaryIntent", True)
    assert "A small muscle under your skin is jumping" in speech(why)
    assert "Trouble breathing" in speech(check)


def test_asked_by_its_name(played):
    (turn,) = played["by name"]
    assert intent(turn) == START
    assert "Trouble breathing" in speech(turn)


@pytest.mark.parametrize("way", [0, 1], ids=["said", "meant"])
@pytest.mark.parametrize("level", LEVELS)
def test_the_check_ends_in_each_level_and_tells_none_before(played, level, way):
    *before, last = played[f"{level} {way}"]
    assert [levels(turn) for turn in before] == [[]] * len(before)
    assert levels(last) == [level]
    assert open_(last) == (level != "emergency")


def test_a_synonym_resolves_to_the_place_and_a_duration_counts(played):
    (turn,) = played["resolved"]
    assert speech(turn).startswith("An eyelid twitch")
    assert "2 weeks or more, a doctor should have a look" in speech(turn)


@pytest.mark.parametrize("name", ["unresolved", "no duration"])
def test_what_resolves_to_nothing_is_no_answer_and_the_question_comes_again(played, name):
    before, after = (turn["response"]["sessionAttributes"] for turn in played[name][-2:])
    question = before["asked"].removeprefix("ask.")
    assert after["asked"] == f"again.{question}"
    assert question not in after.get("answers", {})
    assert levels(played[name][-1]) == []


def test_a_warning_sign_in_the_middle_ends_the_conversation(played):
    *_, sign, after = played["sign"]
    assert speech(sign).startswith("Call 911 now. A face, arm or leg")
    assert not open_(sign)
    assert after["request"]["session"]["new"] is True


@pytest.mark.parametrize("locale", NUMBERS)
def test_each_locale_has_its_number(played, locale):
    (turn,) = played[locale]
    assert turn["request"]["request"]["locale"] == locale
    assert speech(turn).startswith(f"Call {NUMBERS[locale]} now.")


def test_stopping_midway_closes_without_a_level(played):
    turn = played["stop"][-1]
    assert intent(turn) == "AMAZON.StopIntent"
    assert speech(turn).startswith("I can't finish the check then. Call 911 if")
    assert levels(turn) == []
    assert not open_(turn)


def test_the_end_of_a_session_is_not_answered(played):
    assert "outputSpeech" not in played["end"][-1]["response"]["response"]
