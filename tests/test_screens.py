"""What a device with a screen shows, and what a touch on it does."""

import json
import re

import pytest
from twitching import entry
from twitching.catalogue import load_catalogue, load_words
from twitching.screen import load_document
from twitching.triage.ahead import most_questions
from twitching.triage.engine import assess
from twitching.triage.whatif import facts_for

from simulator import envelope
from simulator.device import Device
from simulator.kinds import KINDS, OTHER_SIZES, WITH_SCREEN
from simulator.script import play
from tests.talking import CALM_ANSWERS, NOISE, labels, page_of, say
from tools.reply_rules import faults
from tools.screens.replies import REPLIES, played
from tools.store import read_skill

YES_NO = ["Yes", "No", "Not sure"]


@pytest.fixture
def hub():
    return Device("en-US", kind="hub_small")


# --- which devices get a page ------------------------------------------------------------------


@pytest.mark.parametrize("kind", WITH_SCREEN)
def test_a_device_with_a_screen_gets_one_page_with_each_reply(kind):
    device = Device("en-US", kind=kind)
    for turn in (device.say("why does my skin twitch"), device.say("yes"), device.say(NOISE)):
        assert [d["type"] for d in turn.response["response"]["directives"]] == [
            "Alexa.Presentation.APL.RenderDocument"
        ]
        assert turn.screen["document"]["version"] == "1.4"


def test_a_speaker_gets_none(device):
    turn = device.say("why does my skin twitch")
    assert turn.screen is None
    assert "directives" not in turn.response["response"]


@pytest.mark.parametrize(
    ("version", "gets_one"),
    [
        ("1.4", True),
        ("1.10", True),
        ("2024.3", True),
        ("9999.0", True),
        ("1.3", False),
        ("1.0", False),
        ("", False),
        ("x", False),
        ("1", False),
        ("1.4.1", False),
        ("1.4-beta", False),
        (1.4, False),
        (None, False),
        ({"major": 2}, False),
        ("9" * 5000 + ".0", False),
        ("\N{ARABIC-INDIC DIGIT TWO}.0", False),
    ],
)
def test_a_version_that_is_too_old_or_unreadable_is_spoken_to_and_shown_nothing(version, gets_one):
    event = envelope.envelope(envelope.launch(), envelope.new_session(), "en-US", KINDS["hub_small"])
    interfaces = event["context"]["System"]["device"]["supportedInterfaces"]
    interfaces["Alexa.Presentation.APL"]["runtime"]["maxVersion"] = version
    response = entry.handler(event, None)["response"]
    assert bool(response.get("directives")) is gets_one
    assert "Skin Twitch Guide" in response["outputSpeech"]["ssml"]


@pytest.mark.parametrize("claimed", [{}, {"runtime": None}, {"runtime": {}}, None, "yes", []])
def test_a_screen_that_says_nothing_of_its_version_is_shown_nothing(claimed):
    event = envelope.envelope(envelope.launch(), envelope.new_session(), "en-US", KINDS["hub_small"])
    event["context"]["System"]["device"]["supportedInterfaces"]["Alexa.Presentation.APL"] = claimed
    assert "directives" not in entry.handler(event, None)["response"]


def test_the_manifest_names_the_sizes_that_are_drawn():
    drawn = {
        (kind.mode, kind.shape, kind.width * 160 // kind.dpi, kind.height * 160 // kind.dpi)
        for kind in (*KINDS.values(), *OTHER_SIZES.values())
        if kind
    }
    assert {(s.mode, s.shape, s.width, s.height) for s in read_skill().screens} == drawn


# --- what is on a page -------------------------------------------------------------------------


def test_a_topic_shows_its_headline_its_lines_and_what_to_say_next(hub):
    turn = hub.say("tell me about caffeine")
    page = page_of(turn)
    assert page["kind"] == "page"
    assert page["title"] == load_words("en-US").titles["cause_caffeine"]
    assert len(page["lines"]) in (2, 3, 4)
    assert all(line in turn.speech for line in page["lines"])
    assert turn.speech.endswith(page["ask"])
    assert labels(turn) == ["Yes", "No"]


def test_a_question_lists_its_signs_and_asks_in_the_words_that_are_spoken(hub):
    turn = hub.say("start the check")
    page = page_of(turn)
    assert page["kind"] == "question"
    assert turn.speech.endswith(page["title"])
    assert "Chest pain" in page["lines"]
    assert all(line.lower() in turn.speech.lower() for line in page["lines"])
    assert labels(turn) == YES_NO
    assert "911" in page["footer"]


@pytest.mark.parametrize("question", [q.id for q in load_catalogue().check.questions if not q.told])
@pytest.mark.parametrize("form", ["ask", "again"])
def test_nothing_of_a_question_is_lost_on_the_way_to_the_screen(hub, question, form):
    hub.resume({"asked": f"{form}.{question}", "turn": 1, "answers": {"child": "yes"}})
    turn = hub.say("repeat")
    page = page_of(turn)
    shown = " ".join((page["lead"], *page["lines"], page["title"]))
    asked = [word for word in re.findall(r"\w+", turn.speech.lower()) if word != "or"]
    assert [word for word in re.findall(r"\w+", shown.lower()) if word != "or"] == asked


def test_how_far_the_check_has_come(hub):
    hub.say("start the check")
    pages = [page_of(hub.say(answer)) for answer in CALM_ANSWERS]
    assert [p["progress"] for p in pages] == [f"Question {n} of at most 6" for n in (2, 3, 4, 5)]
    assert pages[0]["steps"] == [True, True, False, False, False, False]


def test_the_most_that_may_still_be_asked_is_what_the_longest_conversation_asks():
    check = load_catalogue().check

    def longest(facts):
        question = assess(check, facts).question
        if question is None:
            return 0
        return 1 + max(longest({**facts, question.id: fact}) for fact in facts_for(question).values())

    for facts in ({}, {"child": "yes"}, {"duration": 3}, {"change": "yes"}):
        assert most_questions(check, facts) == longest(facts)
    assert most_questions(check, {}) == 6
    assert most_questions(check, {"sudden_signs": "yes"}) == 0


@pytest.mark.parametrize("level", ["emergency", "today", "soon", "self_care"])
def test_a_result_has_its_level_in_words_and_what_to_do_but_not_why(level):
    page = played(level, "en-US", "hub_small").screen["datasources"]["screen"]
    assert page["kind"] == "result"
    assert page["level"] == level
    assert page["title"] == load_words("en-US").titles[f"level.{level}"]
    assert page["lines"]
    assert "because" not in str(page)


def test_a_warning_sign_shows_the_action_and_nothing_to_touch(hub):
    page = page_of(hub.say("my dad's face is drooping"))
    assert page["title"] == "Call 911 now"
    assert page["choices"] == []
    assert "droop" not in str(page)


@pytest.mark.parametrize("locale", load_catalogue().locales)
def test_every_locale_has_its_own_number_and_words(locale):
    device = Device("en-US", lambda event: entry.handler(_in(event, locale), None), kind="round")
    turn = device.say("i can't breathe")
    assert page_of(turn)["title"] == load_words(locale).titles["level.emergency"]
    turn = Device("en-US", lambda event: entry.handler(_in(event, locale), None), kind="round").say("help")
    assert labels(turn) == ["Why skin twitches", "Start the check", "What helps"]


def _in(event, locale):
    return {**event, "request": {**event["request"], "locale": locale}}


@pytest.mark.parametrize("name", REPLIES)
def test_a_page_is_small_and_repeats_no_answer(name):
    device = played(name, "en-US", "hub_small")
    assert len(json.dumps(device.screen)) < 40_000
    assert "you said" not in str(device.screen["datasources"])


def test_what_is_told_to_a_doctor_and_what_would_change_the_result_stays_off_the_screen(hub):
    say(hub, "start the check", *CALM_ANSWERS, "three weeks")
    for utterance in ("why", "what would change that", "what should i tell my doctor", "yes"):
        turn = hub.say(utterance)
        assert "week" not in str(page_of(turn))
        assert "twitching has gone on" not in str(page_of(turn))


def test_a_long_lasting_twitch_is_not_told_back_on_the_topic(hub):
    turn = hub.say("my eyelid has been twitching for three weeks")
    assert "As it's gone on for 2 weeks" in turn.speech
    assert "gone on" not in str(page_of(turn)["lines"])


def test_in_the_middle_of_the_check_the_waiting_question_stays_on_the_screen(hub):
    hub.say("start the check")
    turn = hub.say("tell me about caffeine")
    assert turn.topic == "cause_caffeine"
    assert page_of(turn)["kind"] == "question"
    assert labels(turn) == YES_NO
    assert page_of(hub.say("why"))["note"].startswith("Those can be signs")


# --- the rules for pages can fail --------------------------------------------------------------


def broken_page(change):
    turn = list(play(REPLIES["soon"], Device(kind="hub_small")))[-1]
    assert faults(turn.request, turn.response) == []
    change(turn.response["response"]["directives"])
    return faults(turn.request, turn.response)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: d.clear(), "expected ['Alexa.Presentation.APL.RenderDocument']"),
        (lambda d: d.append(d[0]), "directives"),
        (lambda d: d[0]["document"].update(version="2024.1"), "a document of version 2024.1"),
        (lambda d: d[0]["datasources"]["screen"].update(title=""), "without a title"),
        (lambda d: d[0]["datasources"]["screen"].update(choices=[]), "things to touch"),
        (lambda d: d[0]["datasources"]["screen"].update(title="<b>now"), "expected words"),
        (
            lambda d: d[0]["datasources"]["screen"].update(
                note=load_words("en-US").say["because.long_lasting"][0]
            ),
            "tells what was said",
        ),
        (lambda d: d[0]["datasources"]["screen"].update(note="That's because you said 3 weeks."), "told"),
    ],
)
def test_what_is_wrong_with_a_page_is_found(change, told):
    assert any(told in fault for fault in broken_page(change)), broken_page(change)


def test_the_document_names_no_word_of_any_language():
    document = load_document()
    texts = re.findall(r'"text": "([^"]*)"', json.dumps(document, ensure_ascii=False))
    assert texts
    assert all(re.fullmatch(r"\$\{[^}]*\}|•", text) for text in texts), texts
