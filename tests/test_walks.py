"""Random conversations: whatever is said in whatever order, the level is the engine's, and stop stops."""

from copy import deepcopy
from random import Random

import pytest
from twitching.dialogue import check
from twitching.dialogue.session import read_session
from twitching.triage.engine import assess
from twitching.triage.model import NO, Level

from simulator.device import Device
from tools.cases.player import waiting

WALKS, TURNS = 8, 25
CLEAR_NO = ["no", "nope", "none of them", "no i don't", "not at all", "no thank you"]
HEDGED_NO = ["not really", "i don't think so", "probably not", "hardly"]
SAYINGS = {
    "no": (30, CLEAR_NO),
    "yes": (6, ["yes", "yeah", "i think so", "a bit", "sometimes"]),
    "hedge": (8, HEDGED_NO),
    "unsure": (6, ["not sure", "maybe", "i don't know", "skip it"]),
    "duration": (
        9,
        ["three days", "about a week", "two weeks", "a month", "a while", "since yesterday", "four weeks"],
    ),
    "correction": (5, ["actually yes", "actually no", "go back", "i meant not sure", "change my answer"]),
    "sign": (
        4,
        [
            "it's numb",
            "it hurts",
            "it's spreading",
            "i'm pregnant",
            "i feel weak",
            "i started a new medicine",
        ],
    ),
    "today": (
        1,
        ["my pee is dark", "i can't stop throwing up", "low blood sugar", "my daughter started twisting"],
    ),
    "warning": (
        1,
        ["i can't breathe", "my dad is confused", "chest pain", "my baby is jerking", "i want to die"],
    ),
    "denied": (2, ["no chest pain", "i don't have any numbness", "not painful"]),
    "person": (
        3,
        ["it's for my son", "it's for my mother", "now for me", "my wife's eyelid keeps twitching"],
    ),
    "place": (
        4,
        ["my eyelid has been twitching for three days", "my tongue is twitching", "i'm twitching all over"],
    ),
    "trigger": (3, ["i'm stressed", "i drink a lot of coffee", "i take steroids", "i'm hungover"]),
    "question": (
        8,
        ["why", "what would change that", "is it als", "who says so", "what can i do now", "what helps"],
    ),
    "summary": (3, ["what should i tell my doctor", "put it on a card", "send it to me"]),
    "command": (6, ["help", "repeat", "slower", "shorter", "in full", "tell me more", "previous", "next"]),
    "noise": (4, ["asdf qwer", "blah blah", "my husband says it's nothing"]),
    "check": (8, ["start the check"]),
    "start over": (1, ["start over"]),
    "stop": (1, ["stop", "cancel", "goodbye"]),
    "silence": (1, ["!silence"]),
}
KINDS, WEIGHTS = list(SAYINGS), [weight for weight, _ in SAYINGS.values()]


def walk(random):
    """Conversations one after the other on one device; a turn each: (before, heard, after)."""
    device = Device(random.choice(["en-US", "en-GB", "en-IN"]))
    device.launch()
    for _ in range(TURNS):
        (kind,) = random.choices(KINDS, WEIGHTS)
        said = random.choice(SAYINGS[kind][1])
        before = deepcopy(device.attributes)
        if said == "!silence":
            device.end("EXCEEDED_MAX_REPROMPTS")
            assert device.attributes == {}
            device.launch()
            continue
        yield device, before, device.say(said)


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_said_the_level_is_the_engines_and_stop_stops(seed, catalogue):
    random, told = Random(seed), []
    for _ in range(WALKS):
        for device, before, turn in walk(random):
            told.append(f"> {turn.said}\n{turn.speech}")
            trail = "\n".join(told[-12:])
            answers = (turn.response.get("sessionAttributes") or {}).get("answers", {})
            assert level_is_the_engines(catalogue, before, turn, answers), trail
            assert_a_no_was_clear(before, turn, answers, trail)
            if turn.level == "self_care":
                assert_nothing_speaks_against_self_care(catalogue, answers, trail)
            assert_it_can_be_stopped(device, trail)


def level_is_the_engines(catalogue, before, turn, answers):
    """Also where the conversation is over, and its answers forgotten."""
    if turn.level is None:
        return True
    signs = [catalogue.check.signs[slot] for slot in turn.slots.values() if slot in catalogue.check.signs]
    if any(sign.level is not None and sign.level.id == turn.level for sign in signs):
        return True  # a sign that calls for it, told outright
    if turn.open and (level := assess(catalogue.check, answers).level) is not None:
        return turn.level == level.id or repeats(before, turn)
    if turn.open:
        return repeats(before, turn)
    if turn.level == "emergency":  # an answer to a question of emergencies, given now
        asked = before.get("asked", "").partition(".")[2]
        return (
            asked in ("sudden_signs", "recent_danger")
            or turn.intent == "CorrectionIntent"
            or (
                asked == "weakness_duration" and turn.intent in ("DurationIntent", "TwitchIntent")
            )  # since today
        )
    session = check.with_doubts(read_session(before, catalogue), catalogue)
    known = assess(catalogue.check, session.answers).level  # left midway
    return known is not None and turn.level == known.id


def repeats(before, turn):
    """The same result once more: "repeat", "slower", "who says so"."""
    said = (turn.response.get("sessionAttributes") or {}).get("said")
    return said is not None and said == before.get("said")


def assert_a_no_was_clear(before, turn, answers, trail):
    """Each no that is new was said clearly, or hesitantly for the second time."""
    was = before.get("answers", {})
    for question in (q for q, answer in answers.items() if answer == NO and was.get(q) != NO):
        clear = turn.said in (*CLEAR_NO, "actually no")
        assert clear or (turn.said in HEDGED_NO and question in before.get("hedged", [])), (question, trail)


def assert_nothing_speaks_against_self_care(catalogue, answers, trail):
    asked = ("sudden_signs", "recent_danger", "urgent_signs", "change", "wider_picture")
    assert {answers.get(q) for q in asked} == {NO}, trail
    assert 0 <= answers["duration"] < 14, trail
    assert {answers.get(q, NO) for q in ("child", "hesitated")} == {NO}, trail
    assert assess(catalogue.check, answers).level is Level.SELF_CARE, trail


def assert_it_can_be_stopped(device, trail):
    if device.open:
        same = Device(device.locale)
        same._session = deepcopy(device._session)
        turn = same.say("stop")
        assert not turn.open, trail
        assert turn.level != "self_care", trail


def test_the_walks_go_everywhere(catalogue):
    """They are of no use if they never come to a result, or never to a question."""
    levels, asked, intents = set(), set(), set()
    for seed in range(40):
        random = Random(seed)
        for _ in range(WALKS):
            for _, _, turn in walk(random):
                levels.add(turn.level)
                asked.add(waiting(turn))
                intents.add(turn.intent)
    assert levels == {None, *(level.id for level in Level)}
    assert asked == {None, *(q.id for q in catalogue.check.questions if not q.told)}
    assert len(intents) > 30
