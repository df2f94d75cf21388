"""What a device with a screen shows, and what a touch on it does."""

import json
import re

import pytest
from twitching import entry
from twitching.alexa import skill_handler
from twitching.catalogue import load_catalogue, load_words
from twitching.screen import load_document
from twitching.triage.ahead import most_questions
from twitching.triage.engine import assess
from twitching.triage.whatif import facts_for

from simulator import envelope
from simulator.device import Device
from simulator.kinds import KINDS, OTHER_SIZES, SPEAKER, WITH_SCREEN
from simulator.script import ScriptError, play
from tests.talking import CALM_ANSWERS, NOISE, say
from tools.reply_rules import faults
from tools.screens.replies import REPLIES, played
from tools.store import read_skill

YES_NO = ["Yes", "No", "Not sure"]


@pytest.fixture
def hub():
    return Device("en-US", kind="hub_small")


def page_of(turn):
    return turn.screen["datasources"]["screen"]


def labels(turn):
    return [choice["label"].replace("\N{NO-BREAK SPACE}", " ") for choice in page_of(turn)["choices"]]


def touch(device, *choices):
    return [device.touch_choice(choice) for choice in choices][-1]


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


# --- touches -----------------------------------------------------------------------------------

SCRIPTS = [
    ("no", "no", "no", "no", "under_14_days", "no"),
    ("yes",),
    ("no", "unsure", "unsure"),
    ("no", "no", "yes", "no"),
    ("no", "no", "no", "yes", "yes", "under_2_days"),
    ("no", "no", "no", "yes", "yes", "under_28_days"),
    ("no", "no", "no", "yes", "yes", "from_28_days", "yes"),
    ("no", "no", "no", "unsure", "unsure", "yes", "unsure", "unsure"),
    ("no", "no", "no", "no", "from_14_days", "no", "helps", "yes"),
]
SPOKEN = {
    "unsure": "not sure",
    "under_14_days": "less than two weeks",
    "from_14_days": "more than two weeks",
    "under_2_days": "since this morning",
    "under_28_days": "two weeks",
    "from_28_days": "two months",
    "helps": "what helps",
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_touch_and_voice_are_the_same_answer(script):
    by_touch, by_voice = Device(kind="hub_small"), Device(kind="hub_small")
    by_touch.say("start the check")
    by_voice.say("start the check")
    for choice in script:
        touched, spoken = by_touch.touch_choice(choice), by_voice.say(SPOKEN.get(choice, choice))
        assert touched.level == spoken.level
        assert touched.open == spoken.open
        assert touched.topic == spoken.topic
        assert by_touch.attributes.get("asked") == by_voice.attributes.get("asked")
        assert page_of(touched)["title"] == page_of(spoken)["title"]


def test_weak_since_less_than_two_days_is_an_emergency_by_touch_too(hub):
    hub.say("start the check")
    assert touch(hub, "no", "no", "no", "yes", "yes", "Less than 2 days").level == "emergency"


def test_after_a_touch_the_conversation_goes_on(hub):
    hub.say("start the check")
    turn = hub.touch_choice("no")
    assert turn.open
    assert turn.reprompt
    assert turn.response["response"]["shouldEndSession"] is False
    assert hub.say("no").open


@pytest.mark.parametrize("name", REPLIES)
def test_whatever_can_be_touched_can_be_said_and_means_the_same(name):
    for choice in played(name, "en-US", "hub_small").screen["datasources"]["screen"]["choices"]:
        touched, spoken = played(name, "en-US", "hub_small"), played(name, "en-US", "hub_small")
        one = touched.touch_choice(choice["id"])
        other = spoken.say(choice["label"].replace("\N{NO-BREAK SPACE}", " "))
        assert (one.level, one.topic, one.open) == (other.level, other.topic, other.open), choice
        assert touched.attributes.get("asked") == spoken.attributes.get("asked"), choice


def test_a_touch_on_a_question_that_waits_no_longer_answers_nothing(hub):
    first = page_of(hub.say("start the check"))
    hub.say("no")
    turn = hub.touch([first["token"], "yes"])
    assert turn.level is None
    assert hub.attributes["answers"] == {"sudden_signs": "no"}
    assert page_of(turn)["progress"].startswith("Question 2")


def test_not_sure_touched_twice_in_a_row_counts_once(hub):
    page = page_of(hub.say("start the check"))
    hub.touch([page["token"], "unsure"])
    turn = hub.touch([page["token"], "unsure"])
    assert turn.level is None
    assert turn.open
    assert "answers" not in hub.attributes


def test_a_touch_on_the_page_of_a_conversation_that_is_over_answers_nothing(hub):
    token = page_of(hub.say("start the check"))["token"]
    hub.new()
    turn = hub.touch([token, "yes"])
    assert turn.level is None
    assert turn.open


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["yes"],
        ["TOKEN", "maybe"],
        ["TOKEN", "under_14_days"],
        ["TOKEN", "yes", "yes"],
        ["TOKEN", 1],
        ["TOKEN", None],
        ["", ""],
        [["TOKEN"], "yes"],
        ["TOKEN", "AMAZON.YesIntent"],
        {"0": "TOKEN"},
        "yes",
        None,
        ["x" * 10_000, "yes"],
    ],
)
def test_a_touch_that_no_page_of_ours_makes_answers_nothing(hub, arguments):
    token = page_of(hub.say("start the check"))["token"]
    if isinstance(arguments, list):
        arguments = [token if a == "TOKEN" else a for a in arguments]
    turn = hub.touch(arguments, said="!touch")
    assert turn.level is None
    assert turn.open
    assert "answers" not in hub.attributes
    assert hub.attributes["asked"].endswith(".sudden_signs")


def test_a_page_that_fails_on_the_device_is_answered_with_silence(hub):
    hub.say("start the check")
    request = {"type": "Alexa.Presentation.APL.RuntimeError", "errors": [{"type": "x"}]}
    assert hub._send(request, "", None, {}).response == {"version": "1.0", "response": {}}


# --- the signs style, the simulator ------------------------------------------------------------


def test_where_nothing_is_asked_the_warning_signs_stand_in_for_the_check(monkeypatch):
    monkeypatch.setattr(entry, "_answer", skill_handler(guided=False))
    device = Device(kind="hub_small")
    assert labels(device.say("help")) == ["Why skin twitches", "Warning signs", "What helps"]
    assert device.touch_choice("Warning signs").topic == "warning_signs"


def test_a_script_touches_what_is_on_the_screen(hub):
    turns = list(play(["start the check", "!touch no", "!touch Not sure"], hub))
    assert turns[-1].open
    assert hub.attributes["answers"] == {"sudden_signs": "no"}


def test_a_script_that_touches_what_is_not_there_says_what_is():
    with pytest.raises(ScriptError, match=r"line 2: 'maybe' can't be touched; there is Yes, No, Not sure"):
        list(play(["start the check", "!touch maybe"], Device(kind="round")))
    with pytest.raises(ScriptError, match="there is nothing to touch"):
        list(play(["start the check", "!touch yes"], Device(kind=SPEAKER)))


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
