"""After the result, for somebody else, and in the cautious style: what may be asked and what is said."""

import pytest
from twitching import entry
from twitching.alexa import skill_handler
from twitching.dialogue.session import read_session
from twitching.triage.engine import assess

from simulator.device import Device
from tests.talking import SELF_CARE, SOON, TODAY, answers, asked, in_the_check, say

# --- after the result -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "rule"), [(SOON, "long_lasting"), (SELF_CARE, "harmless_so_far"), (TODAY, "urgent_signs")]
)
def test_why_after_the_result_is_the_rule_in_words(script, rule):
    device = in_the_check(*script)
    turn = device.say("why")
    assert turn.response["sessionAttributes"]["said"][-1] == f"why.rule.{rule}"
    assert turn.open


@pytest.mark.parametrize("script", [SOON, SELF_CARE, TODAY])
def test_what_would_change_that_is_computed_and_true(script, catalogue):
    device = in_the_check(*script)
    before = read_session(device.attributes, catalogue)
    turn = device.say("what would change that")
    told = turn.response["sessionAttributes"]["said"]
    assert told
    for id_ in told:
        _, question, answer, level = id_.split(".")
        fact = {"two_weeks_or_more": 14, "under_two_weeks": 1}.get(answer, answer)
        then = assess(catalogue.check, {**before.answers, question: fact})
        assert level == "more" or then.level.id == level


def test_what_should_i_tell_my_doctor_has_the_negatives_and_takes_twenty_seconds():
    device = Device()
    device.say("my eyelid has been twitching for three weeks")
    say(device, "start the check", "no", "no", "no", "no")
    turn = device.say("what should i tell my doctor")
    assert turn.speech.startswith(
        "You could put it like this. It's in the eyelid. The twitching has gone on for 3 weeks."
    )
    for negative in ("No weakness", "No dark pee", "No head injury", "No sudden weakness"):
        assert negative in turn.speech
    assert len(turn.speech.split()) <= 65
    assert turn.card is None


def test_the_summary_goes_on_a_card_only_if_asked():
    device = in_the_check(*SOON)
    device.say("what should i tell my doctor")
    turn = device.say("yes")
    assert "3 weeks" in turn.card["content"]
    assert turn.card["title"] == "For the doctor"


def test_no_other_card_names_an_answer():
    device = Device()
    device.say("my eyelid has been twitching for three weeks")
    turn = say(device, "start the check", "no", "no", "no", "no")
    assert "3 weeks" in turn.speech
    assert "3 weeks" not in turn.card["content"]


def test_what_can_i_do_meanwhile():
    assert in_the_check(*SOON).say("what can i do in the meantime").topic == "tips_overview"
    assert in_the_check(*TODAY).say("what can i do in the meantime").level == "today"


@pytest.mark.parametrize(
    "words", ["what would change that", "what should i tell my doctor", "put that on a card"]
)
def test_before_any_result_the_check_is_offered(words):
    turn = Device().say(words)
    assert turn.response["sessionAttributes"]["said"] == ["no_result_yet"]
    assert "check" in turn.speech


# --- whom it is about -------------------------------------------------------------------------


def test_for_my_mother_it_is_they_from_then_on():
    device = Device()
    device.say("it's for my mother")
    say(device, "start the check", "no", "no")
    assert "Do they have any of those now?" in device.say("repeat").speech
    turn = device.say("yes")
    assert turn.level == "today"
    assert "Call their doctor" in turn.speech
    assert "your doctor" not in turn.speech


def test_a_child_is_never_told_self_care():
    device = Device()
    device.say("it's for my little boy")
    say(device, "start the check", "no", "no", "no")
    assert asked(device) == "child_movement"
    turn = say(device, "no", "no")
    assert turn.level == "soon"
    assert "see their doctor" in turn.speech


def test_a_childs_questions_name_a_childs_seizure():
    device = Device()
    device.say("it's for my daughter")
    assert "staring" in device.say("start the check").speech
    assert "staring" not in Device().say("start the check").speech


@pytest.mark.parametrize(
    "words", ["my baby keeps jerking", "my son went stiff", "my toddler is staring into space"]
)
def test_a_jerking_child_is_an_emergency(words):
    assert Device().say(words).level == "emergency"


def test_for_me_again():
    device = Device()
    say(device, "it's for my son", "it's for me")
    assert answers(device) == {}
    say(device, "start the check", "no", "no", "no")
    assert asked(device) == "change"


def test_answers_about_one_person_are_not_anothers():
    device = in_the_check(*SOON)
    device.say("it's for my mother")
    assert answers(device) == {}


def test_somebody_else_named_in_the_middle_changes_nothing_about_whom():
    device = in_the_check("no")
    device.say("my mother has diabetes")
    assert "person" not in device.attributes


# --- what may be behind it --------------------------------------------------------------------


def test_mentioned_triggers_are_named_as_may_at_most_two():
    device = Device()
    say(device, "i drink a lot of coffee", "i'm not sleeping", "i'm stressed out")
    turn = say(device, "start the check", *SELF_CARE)
    assert turn.level == "self_care"
    assert turn.speech.count("may play a part") == 2
    assert "coffee" in turn.speech


def test_triggers_are_not_named_when_it_is_urgent():
    device = Device()
    device.say("i drink a lot of coffee")
    assert "may play a part" not in say(device, "start the check", *TODAY).speech


# --- the cautious style -----------------------------------------------------------------------


@pytest.fixture
def signs_style(monkeypatch):
    handler = skill_handler(guided=False)
    checked = entry.handler
    monkeypatch.setattr(entry, "_answer", handler)
    return checked


@pytest.mark.usefixtures("signs_style")
class TestSignsStyle:
    def test_the_warning_signs_are_told_and_nothing_is_asked(self):
        device = Device()
        turn = device.say("start the check")
        assert turn.topic == "warning_signs"
        assert "Call 911 now" in turn.speech

    @pytest.mark.parametrize(
        "words",
        ["it's numb", "three weeks", "my eyelid has been twitching for three weeks", "i'm stressed out"],
    )
    def test_what_is_told_is_answered_but_not_kept(self, words):
        device = Device()
        turn = device.say(words)
        assert turn.open
        assert not {"answers", "signs", "triggers", "place"} & set(device.attributes)

    def test_a_warning_sign_still_wins(self):
        assert Device().say("i can't breathe").level == "emergency"

    def test_the_check_is_never_offered(self):
        device = Device()
        said = [
            "why does my skin twitch",
            "no",
            "yes",
            "tell me more",
            "is it serious",
            "yes",
            "i'm not sure",
            "tell me about stress",
            "more",
            "more",
        ]
        for text in said:
            device.say(text)
            assert not device.open or "check" not in device.attributes["asked"]


def test_an_unknown_style_is_refused_at_start(monkeypatch):
    monkeypatch.setenv("TRIAGE_STYLE", "guess")
    with pytest.raises(RuntimeError, match="expected guided or signs"):
        entry._guided()
