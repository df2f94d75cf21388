"""The commands, and the contract of `play --json`."""

import json

import pytest
from click.testing import CliRunner

from simulator.__main__ import main
from simulator.understanding import understanding
from simulator.understanding.durations import duration_of

KEYS = [
    "said", "intent", "slots", "speech", "ssml", "reprompt", "card", "screen", "open", "level", "topic", "request", "response",
]  # fmt: skip


def play(script, *options):
    return CliRunner().invoke(main, ["play", "-", *options], input=script)


def turns(script, *options):
    result = play(script, "--json", *options)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


def test_each_turn_is_one_line_with_the_contracts_keys():
    (turn,) = turns("why does my skin twitch")
    assert list(turn) == KEYS
    assert turn["said"] == "why does my skin twitch"
    assert turn["intent"] == "AboutSummaryIntent"
    assert turn["topic"] == "summary"
    assert turn["level"] is None
    assert turn["open"] is True
    assert "<" not in turn["speech"]
    assert turn["ssml"].startswith("<speak>")
    assert turn["card"]["title"]
    assert turn["request"]["request"]["type"] == "IntentRequest"
    assert turn["response"]["version"] == "1.0"


def test_commands_of_a_script():
    launched, emergency, fresh, ended = turns(
        '# a comment\n\n!launch\n!intent SignIntent sign=chest_pain person="my dad"\n!new\nhelp\n!end\n'
    )
    assert launched["said"] == "!launch"
    assert launched["intent"] is None
    assert emergency["level"] == "emergency"
    assert emergency["slots"]["sign"] == "chest_pain"
    assert emergency["open"] is False
    assert fresh["request"]["session"]["new"] is True
    assert ended["speech"] == ""


def test_a_duration_is_taken_as_iso_or_as_heard():
    script = "!intent StartCheckIntent\nno\nno\nno\nno\n!intent DurationIntent duration={}"
    assert turns(script.format("P3W"))[-1]["level"] == "soon"
    assert turns(script.format('"three weeks"'))[-1]["level"] == "soon"


def test_a_line_that_cannot_be_played_says_which_and_what_was_expected():
    result = play("help\n!jump up")
    assert result.exit_code == 2
    assert (
        "line 2: expected !launch, !end, !new, !touch Yes or !intent Name slot=value: !jump up"
        in result.output
    )


def test_the_locale_is_the_devices():
    (turn,) = turns("chest pain", "--locale", "en-GB")
    assert turn["speech"].startswith("Call 999 now.")
    assert turn["request"]["request"]["locale"] == "en-GB"


def test_ask_gives_one_answer():
    result = CliRunner().invoke(main, ["ask", "why does my skin twitch"])
    assert result.exit_code == 0
    assert result.output.count("?") == 1


def test_the_same_script_plays_the_same_twice():
    script = "!launch\nyes\ntell me more\nblah\nstop"
    assert play(script).output == play(script).output


@pytest.mark.parametrize(
    ("said", "iso"),
    [
        ("three weeks", "P3W"), ("a week", "P1W"), ("10 days", "P10D"), ("one day", "P1D"), ("twenty one days", "P21D"),
        ("two months", "P2M"), ("a year", "P1Y"), ("5 hours", "PT5H"), ("weeks", None), ("three", None), ("three apples", None),
    ],
)  # fmt: skip
def test_spoken_durations(said, iso):
    assert duration_of(tuple(said.split())) == iso


@pytest.mark.parametrize(
    ("said", "intent", "slots"),
    [
        ("Why does my skin twitch?", "AboutSummaryIntent", {}),
        (
            "my eyelid has been twitching for three weeks",
            "TwitchIntent",
            {"place": "place_eyelid", "duration": "P3W"},
        ),
        ("My dad’s face is drooping!", "SignIntent", {"sign": "stroke_signs", "person": "father"}),
        ("tell me about coffee", "TopicIntent", {"topic": "cause_caffeine"}),
        ("since yesterday", "DurationIntent", {"span": "since_yesterday"}),
        ("asdf qwer", "AMAZON.FallbackIntent", {}),
        ("", "AMAZON.FallbackIntent", {}),
        ("🙂", "AMAZON.FallbackIntent", {}),
        ("no " * 1000, "AMAZON.FallbackIntent", {}),
    ],
)
def test_the_understanding_knows_the_models_samples(said, intent, slots):
    understood = understanding("en-US").understand(said)
    assert understood.intent == intent
    told = {
        name: slot["value"]
        if "resolutions" not in slot
        else slot["resolutions"]["resolutionsPerAuthority"][0]["values"][0]["value"]["id"]
        for name, slot in understood.slots.items()
    }
    assert told == slots


def test_talk_leaves_at_the_end_of_input():
    result = CliRunner().invoke(main, ["talk", "--show"], input="why does my skin twitch\n")
    assert result.exit_code == 0
    assert "muscle" in result.output


def test_talk_leaves_on_stop():
    result = CliRunner().invoke(main, ["talk"], input="stop\nnobody hears this\n")
    assert result.exit_code == 0
    assert "nobody" not in result.output
