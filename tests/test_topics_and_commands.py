"""Topics and commands, as a person uses them: by utterance, through the Lambda handler."""

from itertools import pairwise

import pytest

from tests.talking import CALM_ANSWERS, NOISE, say, start_check

# --- topics and commands ----------------------------------------------------------------------


def test_tell_me_more_walks_through_a_topic_and_then_offers_something_else(device, catalogue):
    device.say("tell me about stress")
    told = set(device.attributes["said"])
    for _ in catalogue.topics["cause_stress"].breaths[1:]:
        told |= set(device.say("tell me more").response["sessionAttributes"]["said"])
    assert told == {s for breath in catalogue.topics["cause_stress"].breaths for s in breath}
    assert device.say("tell me more").topic is None


def test_previous_goes_back_a_breath(device):
    first = device.say("tell me about stress").response["sessionAttributes"]["said"]
    device.say("next")
    assert device.say("previous").response["sessionAttributes"]["said"] == first
    assert device.say("go back").open


def test_repeat_says_the_same_again(device):
    device.launch()
    told = device.say("tell me about stress")
    again = device.say("repeat")
    assert again.response["sessionAttributes"]["said"] == told.response["sessionAttributes"]["said"]
    assert again.topic == "cause_stress"


def test_a_repeated_result_is_the_same_result(device):
    start_check(device)
    told = say(device, *CALM_ANSWERS, "three weeks")
    again = device.say("say that again")
    assert (again.level, again.speech) == (told.level, told.speech)


@pytest.mark.parametrize("word", ["stop", "cancel", "goodbye"])
@pytest.mark.parametrize("before", [[], ["why does my skin twitch"], ["help"]])
def test_stop_and_cancel_really_stop(device, word, before):
    device.launch()
    for text in before:
        device.say(text)
    assert not device.say(word).open


def test_help_says_what_can_be_said_here(device):
    device.launch()
    assert "You can ask" in device.say("help").speech
    device.say("start the check")
    turn = device.say("help")
    assert "yes, no or not sure" in turn.speech
    assert device.attributes["asked"] == "again.sudden_signs"


def test_help_that_grows_and_then_ends_safely(device):
    device.launch()
    turns = [device.say(NOISE) for _ in range(3)]
    assert [t.open for t in turns] == [True, True, False]
    assert len({t.speech for t in turns}) == 3
    assert "See a doctor" in turns[2].speech


def test_being_understood_once_starts_the_patience_afresh(device):
    device.launch()
    say(device, NOISE, NOISE, "help")
    assert device.say(NOISE).open


def test_no_thanks_ends_without_nagging(device):
    device.say("why does my skin twitch")
    turn, patience = device.say("no"), 4
    while turn.open and patience:
        turn, patience = device.say("no"), patience - 1
    assert not turn.open


def test_yes_and_no_outside_any_offer(device):
    device.launch()
    device.say("what do you know about me")
    assert device.say("yes").open


def test_what_do_you_know_about_me_is_answered_truly(device):
    turn = device.say("what do you know about me")
    assert "I keep nothing" in turn.speech


def test_greetings_vary(device):
    greetings = {device.launch().speech for _ in range(12)}
    assert len(greetings) == 3


def test_no_wording_follows_itself(device):
    start_check(device)
    noted = [device.say("no").speech.split()[0] for _ in range(4)]
    assert all(a != b for a, b in pairwise(noted))


@pytest.mark.parametrize("words", ["start", "okay check me", "i think i'm dying", "i feel like i'm dying"])
def test_the_check_starts_however_tersely_or_fearfully_it_is_asked_for(device, words):
    turn = device.say(words)
    assert device.attributes["asked"].endswith("sudden_signs")
    assert "call 911 now" in turn.speech


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("how do i know it isn't ms", "conditions_overview"),
        ("how can i know i don't have parkinson's", "conditions_overview"),
        ("how do i know it's not als", "als"),
        ("should i see somebody about it", "when_to_see_doctor"),
        ("should i see someone", "when_to_see_doctor"),
        ("my calf twitches all the time", "place_calf"),
        ("my eyelid jumps constantly", "place_eyelid"),
    ],
)
def test_a_worry_in_ones_own_words_finds_its_topic(device, words, topic):
    assert device.say(words).topic == topic
