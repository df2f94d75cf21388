"""What a person tells counts once, for what it was said of, and never lowers what is known."""

import ast
from pathlib import Path

import pytest
from twitching import dialogue
from twitching.dialogue import tellings
from twitching.dialogue.session import Session
from twitching.dialogue.turn import Heard, Turn

from simulator.device import Device
from tests.talking import answers, in_the_check, say


def test_of_two_signs_in_one_sentence_the_more_urgent_counts(catalogue):
    slots = {"sign": Heard("numbness"), "cant": Heard("trouble_breathing")}
    assert tellings.sign_of(Turn("SignIntent", Session(), slots), catalogue).id == "trouble_breathing"


def test_the_twitchs_duration_is_not_the_weaknesss():
    device = in_the_check("no", "no", "no", "yes", "yes")
    device.say("my eyelid has been twitching for three months")
    assert "weakness_duration" not in answers(device)
    assert device.say("i don't know").level is None
    assert device.say("i don't know").level == "today"


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("less than four weeks", "today"), ("less than a month", "today"), ("almost four weeks", "today"), ("under four weeks", "today"),
        ("nearly a month", "today"), ("less", "today"), ("longer", "soon"), ("more than four weeks", "soon"), ("three months", "soon"),
    ],
)  # fmt: skip
def test_how_long_it_has_been_weak_in_the_words_that_the_question_invites(words, level):
    assert in_the_check("no", "no", "no", "yes", "yes", "not sure").say(words).level == level


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("less than two weeks", None), ("under two weeks", None), ("more than a week", "soon"), ("more than two weeks", "soon"),
        ("nearly two weeks", None), ("almost a month", "soon"), ("longer", "soon"), ("a few days", None), ("since monday", None),
        ("like five days", None), ("for the past five days", None), ("two or three days", None), ("a couple days", None),
    ],
)  # fmt: skip
def test_how_long_it_has_twitched_in_the_words_that_the_question_invites(words, level):
    turn = in_the_check("no", "no", "no", "no").say(words)
    assert turn.level == level
    assert turn.open


@pytest.mark.parametrize("words", ["a few weeks", "half a year", "years", "more than two weeks"])
def test_only_a_time_that_was_counted_is_told_back(words):
    assert "you said" not in in_the_check("no", "no", "no", "no").say(words).speech


@pytest.mark.parametrize(
    ("words", "said"), [("three weeks", "3 weeks"), ("a year", "1 year"), ("two months", "2 months")]
)
def test_a_time_is_told_back_as_it_was_said(words, said):
    assert (
        f"you said the twitching has gone on for {said}."
        in in_the_check("no", "no", "no", "no").say(words).speech
    )


def test_three_days_ago_at_another_question_is_not_how_long_it_has_twitched():
    device = in_the_check("no")
    device.say("three days ago")
    assert "duration" not in answers(device)


def test_a_shorter_time_told_later_does_not_lower_a_longer_one():
    device = Device()
    say(device, "three weeks", "my eyelid has been twitching for three days")
    assert answers(device)["duration"] == 21


def test_what_answers_the_waiting_question_is_not_asked_again():
    device = in_the_check("no", "no", "no", "no", "three days")
    assert device.say("all over").level == "soon"


def test_a_place_that_says_all_over_counts_however_it_is_told():
    device = Device()
    device.say("why is my whole body twitching")
    assert answers(device).get("wider_picture") == "yes" or device.attributes["topic"] != "place_all_over"


@pytest.mark.parametrize("words", ["three weeks", "my eyelid has been twitching for three weeks"])
def test_a_fact_told_after_the_result_changes_the_result(words):
    device = in_the_check("no", "no", "no", "no", "three days", "no")
    assert device.say(words).level == "soon"


def test_a_long_lasting_twitch_is_not_called_harmless_and_left_at_that():
    turn = Device().say("my eyelid has been twitching for a year")
    assert "a doctor should have a look" in turn.speech


def test_a_twitching_baby_gets_what_is_for_children():
    turn = Device().say("my baby's leg keeps twitching")
    assert turn.topic == "children"


def test_stopping_says_all_that_is_known():
    device = in_the_check("no", "my pee is dark")
    turn = device.say("stop")
    assert turn.level == "today"
    assert "emergency room" in turn.speech
    assert "more than 2 weeks" not in turn.speech


def test_going_back_over_a_result_keeps_the_more_careful_advice_in_mind():
    device = in_the_check("no", "no", "yes")
    turn = say(device, "actually no", "no", "three days", "no")
    assert turn.level == "self_care"
    assert "do what I said before" in turn.speech


def test_it_is_for_my_mother_in_the_middle_starts_the_check_afresh():
    device = in_the_check("no", "no", "no")
    device.say("it's for my mother")
    assert answers(device) == {}
    assert device.attributes["asked"] == "ask.sudden_signs"


def test_one_mishearing_does_not_lose_the_offer():
    device = Device()
    say(device, "why does my skin twitch", "blah blah")
    assert say(device, "yes").speech.startswith("I'll ask up to 7 short questions.")


def test_forget_me_forgets():
    device = in_the_check("no", "no", "forget my answers")
    assert answers(device) == {}
    assert "forgotten" in device.say("repeat").speech


def test_who_says_so_after_a_result_is_about_the_reason():
    device = Device()
    device.say("low blood sugar")
    assert "dark urine" not in device.say("who says so").speech
    assert "Get medical help" not in device.say("yes").speech


@pytest.mark.parametrize("words", ["my pee is dark", "low blood sugar", "i took too many pills"])
def test_no_card_gives_away_what_was_told(words):
    card = Device().say(words).card["content"].lower()
    assert not any(word in card for word in ("pee", "sugar", "poison"))


def test_nothing_of_the_person_is_left_when_the_conversation_is_over():
    device = in_the_check("no", "no", "three weeks")
    ended = device.say("stop").response["sessionAttributes"]
    assert set(ended) <= {"said", "turn"}


def test_why_said_to_shall_i_tell_you_why_is_a_yes():
    device = Device()
    device.launch()
    assert device.say("why").topic == "summary"


def test_every_sentence_that_the_dialogue_names_exists(catalogue):
    """An id that is written in code and missing in the words would leave the skill at a loss."""
    named = set()
    for path in Path(dialogue.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in {
                "Reply", "ask_again", "go_on", "not_sure", "replace",
            }:  # fmt: skip
                given = [*node.args, *(k.value for k in node.keywords if k.arg in {"say", "ask", "first"})]
                for value in (v for g in given for v in ast.walk(g)):
                    if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
                        named.add(value.value)
    unknown = (
        named
        - catalogue.sentences
        - catalogue.prompts
        - {"", "duration", "child", "hesitated", ".do", "bound"}
    )
    assert len(named) > 30
    assert unknown == set(), unknown
