"""The check, in any order and wording in which a person may go through it."""

import json
from dataclasses import replace

import pytest
from twitching.catalogue import load_catalogue, load_words
from twitching.dialogue.session import Session, read_session
from twitching.dialogue.topics import tell
from twitching.speech import plain
from twitching.triage.engine import assess

from simulator.device import Device
from simulator.understanding.model import MODELS
from tests.talking import SELF_CARE, answers, asked, in_the_check, say
from tools.plain_language.data import read_plain_language
from tools.plain_language.measures import first

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


def test_in_short_nothing_is_left_out_that_says_when_to_be_seen_or_what_not_to_do(catalogue):
    rules, words = read_plain_language(), load_words("en-US")
    needed = [*rules.safety_net.phrases, *rules.medicines.cautions]
    for topic in catalogue.topics.values():
        for number, breath in enumerate(topic.breaths):
            told = tell(Session(brief=True), topic.id, catalogue, number).say
            left_out = [words.say[id_][0] for id_ in breath if id_ not in told]
            assert [text for text in left_out if first(needed, text)] == [], topic.id


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
