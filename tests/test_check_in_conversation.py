"""The check, in any order and wording in which a person may go through it."""

import json
from dataclasses import replace

import pytest
from twitching import entry
from twitching.alexa import skill_handler
from twitching.catalogue import load_catalogue, load_words
from twitching.dialogue.session import read_session
from twitching.speech import plain
from twitching.triage.engine import assess

from simulator.device import Device
from simulator.understanding import MODELS


def say(device, *utterances):
    return [device.say(text) for text in utterances][-1]


def in_the_check(*utterances, locale="en-US"):
    device = Device(locale)
    device.say("start the check")
    for text in utterances:
        device.say(text)
    return device


def asked(device):
    return device.attributes["asked"].split(".")[1]


def answers(device):
    return device.attributes.get("answers", {})


SOON = ("no", "no", "no", "no", "three weeks")
SELF_CARE = ("no", "no", "no", "no", "three days", "no")
TODAY = ("no", "no", "yes")


# --- answers as people give them --------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["yes", "yeah", "i think so", "sometimes", "both", "a little", "one of them", "kind of"]
)
def test_every_kind_of_yes(words):
    device = in_the_check("no", "no")
    assert device.say(words).level == "today"


@pytest.mark.parametrize("words", ["no", "nope", "none of them", "nothing like that", "not at all"])
def test_every_kind_of_no(words):
    device = in_the_check()
    device.say(words)
    assert answers(device) == {"sudden_signs": "no"}


@pytest.mark.parametrize("words", ["not really", "i don't think so", "not that i know of", "hardly"])
def test_a_hesitant_no_is_asked_again_once_and_then_counts_but_not_for_self_care(words):
    device = in_the_check()
    first = device.say(words)
    assert first.level is None
    assert answers(device) == {}
    device.say(words)
    assert answers(device) == {"hesitated": "yes", "sudden_signs": "no"}
    turn = say(device, "no", "no", "no")
    assert turn.level == "soon"
    assert "wasn't quite clear" in turn.speech


@pytest.mark.parametrize(
    "words", ["not sure", "i don't know", "maybe", "skip", "pass", "i'd rather not say", "yes and no"]
)
def test_every_kind_of_not_sure_counts_as_the_careful_side_the_second_time(words):
    device = in_the_check("no", "no")
    assert device.say(words).level is None
    assert device.say(words).level == "today"


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("three days", None), ("since yesterday", None), ("a few days", None), ("ten days", None), ("about a week", None),
        ("two weeks", "soon"), ("a couple of weeks", "soon"), ("a fortnight", "soon"), ("about a month", "soon"),
        ("for years", "soon"), ("three months", "soon"), ("it started two days ago", None), ("a while", None),
    ],
)  # fmt: skip
def test_how_long_in_every_way(words, level):
    device = in_the_check("no", "no", "no", "no")
    assert device.say(words).level == level


def test_several_facts_in_one_sentence():
    device = Device()
    device.say("my left eyelid has been twitching for three days and i drink a lot of coffee")
    assert answers(device) == {"duration": 3}
    assert device.attributes["place"] == "place_eyelid"
    assert device.attributes["triggers"] == ["cause_caffeine"]


def test_an_answer_to_a_later_question_is_kept():
    device = in_the_check("i have diabetes")
    assert asked(device) == "sudden_signs"
    assert say(device, "no", "no", "no").level is None
    turn = device.say("no")
    assert turn.level == "soon"
    assert "diabetes" in turn.speech


@pytest.mark.parametrize(
    "question", ["what does numb mean", "what's a fasciculation", "what do you mean by calming pills"]
)
def test_a_question_back_is_answered_and_followed_by_the_pending_question(question):
    device = in_the_check("no")
    turn = device.say(question)
    assert turn.topic is not None
    assert asked(device) == "recent_danger"
    assert device.say("no").level is None
    assert asked(device) == "urgent_signs"


# --- why, back, skip, repeat, slower, shorter -------------------------------------------------


def test_why_do_you_ask_is_one_sentence_with_its_source():
    for question, before in (("sudden_signs", ()), ("change", ("no", "no", "no")), ("duration", ("no",) * 4)):
        device = in_the_check(*before)
        turn = device.say("why do you ask")
        assert turn.response["sessionAttributes"]["said"][0] == f"why.{question}"
        assert "That comes from" in turn.speech
        assert asked(device) == question


def test_go_back_asks_the_last_question_again_and_forgets_its_answer():
    device = in_the_check("no", "no")
    device.say("go back")
    assert asked(device) == "recent_danger"
    assert answers(device) == {"sudden_signs": "no"}
    device.say("go back")
    assert asked(device) == "sudden_signs"
    assert answers(device) == {}
    assert device.say("go back").open


@pytest.mark.parametrize("words", ["actually yes", "i meant yes", "no wait yes", "change my answer to yes"])
def test_an_answer_is_changed_by_saying_so(words):
    device = in_the_check("no", "no", "no")
    assert device.say(words).level == "today"


def test_changing_an_answer_says_what_it_does_to_the_result():
    device = in_the_check(*SELF_CARE)
    worse = device.say("i meant yes")
    assert worse.level == "soon"
    assert "That changes my advice." in worse.speech
    better = device.say("i meant no")
    assert better.level == "self_care"
    assert "do what I said before" in better.speech
    same = device.say("i meant no")
    assert "stays the same" in same.speech


def test_that_was_wrong_without_saying_what_asks_again():
    device = in_the_check("no", "no")
    device.say("that's wrong")
    assert asked(device) == "recent_danger"


def test_a_changed_answer_forgets_what_only_followed_from_it():
    device = in_the_check("no", "no", "no", "yes")  # something has changed
    assert asked(device) == "weakness"
    device.say("actually no")
    assert asked(device) == "duration"
    assert answers(device)["change"] == "no"


def test_repeat_slower_and_shorter():
    device = in_the_check("no")
    plain = device.say("repeat").ssml
    slow = device.say("slower").ssml
    assert "<break" not in plain
    assert slow.count("<break") == plain.count(". ")
    short = device.say("shorter")
    assert len(short.speech.split()) < len(plain.split())
    assert asked(device) == "recent_danger"
    assert "<break" not in device.say("normal speed").ssml


def test_shorter_tells_less_of_a_topic():
    device = Device()
    full = device.say("tell me about stress").response["sessionAttributes"]["said"]
    short = device.say("shorter").response["sessionAttributes"]["said"]
    assert len(short) < len(full)


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


# --- how many ways ----------------------------------------------------------------------------


def test_each_sign_has_at_least_ten_ways_to_be_told():
    model = json.loads((MODELS / "en-US.json").read_text(encoding="utf-8"))
    signs = next(t for t in model["interactionModel"]["languageModel"]["types"] if t["name"] == "SIGN")
    for value in signs["values"]:
        if load_catalogue().check.signs[value["id"]].level is not None:
            assert 1 + len(value["name"]["synonyms"]) >= 10, value["id"]


def test_each_question_is_short_enough_to_follow():
    for locale in ("en-US", "en-GB"):
        for id_, prompt in load_words(locale).ask.items():
            if id_.startswith(("ask.", "again.")):
                for text in map(plain, prompt.ask):
                    assert text.count("?") == 1
                    assert text.endswith("?")
                    assert len(text.split()) <= 45
                assert len(plain(prompt.reprompt).split()) <= 20


def test_an_old_flow_in_the_session_is_replayed_and_the_rest_is_asked(catalogue):
    """An answer to a question that is gone is dropped; the level never falls for it."""
    old = {
        "answers": {"sudden_signs": "no", "spread": "no", "background": "no", "duration": 3},
        "asked": "ask.spread",
    }
    session = read_session(old, catalogue)
    assert session.asked is None
    assert assess(catalogue.check, session.answers).question.id == "recent_danger"
    assert replace(session).answers == {"sudden_signs": "no", "duration": 3}
