"""Preflight is green in every locale, and each of its rows goes red when its thing is broken."""

import re
from dataclasses import replace

import pytest

from simulator import web
from simulator.understanding import locales
from tests import preflight_breaks as broken
from tests.package_changes import (
    about,
    answers,
    append,
    called,
    endpoint,
    example,
    icon,
    page,
    privacy_at,
    put,
    without,
)
from tests.preflight_breaks import body, model, package, says, skill, speaks, template, to
from tools.icon import drawn
from tools.preflight import security, table
from tools.preflight.row import Row
from tools.preflight.sources import SOURCES
from tools.preflight.table import GREEN, PERSON, RED, ROWS, examine, faults, preflight, run
from tools.skill_package import read

HELP, STOP, NOISE, NO, YES = (f"AMAZON.{name}Intent" for name in ("Help", "Stop", "Fallback", "No", "Yes"))
BY_ID = {row.id: row for row in ROWS}
NEEDS_AWS = pytest.mark.skipif(
    not security.AWS.exists(), reason="needs .venv-aws: `make template` sets it up"
)


@pytest.fixture(scope="module")
def examined():
    return examine(read())


@pytest.fixture(scope="module")
def british(examined):
    return next(of for of in examined if of.locale == "en-GB")


def test_every_row_of_amazons_list_and_of_the_voice_rules_is_there():
    counted = {"P": 8, "S": 6, "F": 8, "V": 14, "R": 21}
    assert [row.id for row in ROWS] == [
        f"{kind}{n + 1}" for kind, most in counted.items() for n in range(most)
    ]
    assert {row.source for row in ROWS} == {*SOURCES}
    assert not [row.id for row in ROWS if not (row.check or row.person)]


def test_it_is_green_in_every_locale(examined):
    assert [of.locale for of in examined] == locales()
    results = [run(row, examined) for row in ROWS]
    assert [fault for result in results for fault in faults(result)] == []
    by_a_person = {result.row.id for result in results if result.status == PERSON}
    assert by_a_person == (set() if security.AWS.exists() else {"S1"})


def test_it_is_held_in_every_state_of_the_check(british, catalogue):
    asked = {state.partition(",")[0] for state in british.explored.states}
    asked_for = {question.id for question in catalogue.check.questions if not question.told}
    assert {f"{form}.{id_}" for id_ in asked_for for form in ("ask", "again")} <= asked
    assert {"at once", "why_or_check", "what_next", "offer_more", "offer_check", "offer_card"} <= asked


BREAKS = [
    ("P1", package(without("not a substitute")), "expected the health disclaimer"),
    ("P2", package(append("summary", "It diagnoses.")), "summary: 'diagnoses'"),
    ("P2", says("I can cure a twitch."), "goodbye"),
    ("P2", says("This is life saving."), "'life saving'"),
    ("P3", skill(broken.remembers(weakness="yes")), "session attribute weakness"),
    ("P3", skill(broken.remembers(place="my left knee")), "'my left knee' in the session attributes"),
    ("P3", skill(broken.logs), "the log: 'weak since Monday"),
    ("P3", template(lambda text: text.replace("\nResources:", "\nResources:\n  Diary: {Type: AWS::DynamoDB::Table}")), "a place to store"),
    ("P3", package(lambda p: p.inside.update(permissions=[{"name": "x"}])), "permissions: nothing is asked for"),
    ("P4", says("I'll call an ambulance for you."), "\"i'll call\""),
    ("P4", package(append("description", "It can call for help.")), "description: 'it can call'"),
    ("P5", package(privacy_at("http://example.com/privacy.html")), "expected an address with https"),
    ("P5", package(page("privacy", "Skin Twitch Guide", "the skill")), "doesn't name the skill"),
    ("P6", package(put(lambda p: p.listings["en-GB"], "name", "Alexa Twitch Guide")), "expected none of Amazon's names"),
    ("P6", package(privacy_at("https://alexa.example/privacy.html")), "a domain without Amazon's names"),
    ("P7", package(append("description", "Please rate us.")), "'rate us'"),
    ("P7", says("Please leave a review."), "'leave a review'"),
    ("P7", package(put(answers, "containsAds", True)), "containsAds"),
    ("P8", package(put(answers, "isChildDirected", True)), "isChildDirected"),
    ("P8", package(lambda p: (without("for adults ")(p), without("This skill isn't for children. ")(p))), "for adults"),
    ("S1", lambda of: replace(of, invoke=lambda _: {}), "a request for another skill is answered"),
    pytest.param("S1", template(lambda text: text.replace("Properties:\n            SkillId: !Ref SkillId", "Properties: {}")), "EventSourceToken", marks=NEEDS_AWS),
    ("S2", package(endpoint("https://example.com/skill")), "expected the alias's ARN"),
    ("S2", skill(lambda event, told: broken.raises(event, told) if security.LONG_AGO in str(event) else told), "KeyError"),
    ("S3", package(endpoint("https://example.com/skill")), "expected the alias's ARN"),
    ("S4", package(lambda p: p.inside["apis"]["custom"].update(endpoint={"sslCertificateType": "Trusted"})), "sslCertificateType"),
    ("S5", skill(to("Alexa.Brand.New")(broken.raises)), "KeyError"),
    ("S5", skill(lambda event, told: speaks("Eh?")(event, told) if "newThing" in event["request"] else told), "with unknown properties 'Eh?'"),
    ("S6", package(put(answers, "usesPersonalInfo", True)), "usesPersonalInfo is True"),
    ("F1", package(example(0, "Alexa, open twitch guide")), "'Alexa, open twitch guide', expected 'Alexa, <open"),
    ("F1", package(lambda p: p.listings["en-GB"].update(examplePhrases=[])), "0 of them"),
    ("F2", package(example(1, "Alexa, ask skin twitch guide about my cat")), "isn't understood"),
    ("F2", skill(broken.remembers(said=["what_i_can"])), "expected an answer of its own"),
    ("F3", package(append("description", 'Say "can you repeat that".')), "expected 'repeat'"),
    ("F4", package(without('"slower", ')), "nothing to say for SlowerIntent"),
    ("F4", package(append("description", "This app is free.")), "never 'app'"),
    ("F5", package(called("open twitch")), "may not contain 'open'"),
    ("F6", package(icon(drawn(128))), "PNG 128 x 128"),
    ("F7", package(put(about, "testingInstructions", " ")), "testingInstructions: empty"),
    ("F7", package(put(about, "testingInstructions", 'Say "sing".')), "'sing' isn't understood"),
    ("F8", skill(body(card={"type": "Simple", "title": " ", "content": "x"})), "expected a title and plain text"),
    ("F8", skill(body(card=None)), "no card, expected one"),
    ("V1", skill(to(HELP)(body(shouldEndSession=True))), "expected no question"),
    ("V1", skill(to(STOP)(body(shouldEndSession=False))), "expected a question at the end"),
    ("V2", skill(to("LaunchRequest")(speaks("Hello. What about twitches?"))), "expected the skill's name"),
    ("V2", skill(to("LaunchRequest")(speaks("Skin Twitch Guide. What now?"))), "expected what it does"),
    ("V2", skill(to("LaunchRequest")(body(reprompt=None))), "a question and a reprompt"),
    ("V2", skill(to("LaunchRequest")(speaks("Skin Twitch Guide. About twitches?"))), "another welcome"),
    ("V3", skill(to(HELP)(body(shouldEndSession=True))), "expected a question and an open session"),
    ("V3", skill(to(HELP)(broken.remembers(said=[]))), "expected what can be said here"),
    ("V3", skill(to(HELP)(broken.remembers(asked="what_next"))), "expected the waiting question"),
    ("V4", skill(to(STOP)(speaks("Are you sure?", shouldEndSession=False))), "AMAZON.StopIntent: 'Are you sure?'"),
    ("V4", model(lambda m: broken.intent(m, "ThanksIntent")["samples"].append("cancel")), "'cancel' means ThanksIntent"),
    ("V5", model(lambda m: m["intents"].remove(broken.intent(m, STOP))), "AMAZON.StopIntent is missing"),
    ("V6", skill(to(NOISE)(body(shouldEndSession=True))), "expected to be asked again"),
    ("V6", skill(to(NOISE)(speaks("Pardon?", shouldEndSession=False))), "noise twice: 'Pardon?'"),
    ("V6", skill(to(NOISE)(broken.remembers(said=["goodbye"]))), "noise three times"),
    ("V7", skill(to("SessionEndedRequest")(speaks("Bye."))), "outputSpeech is there though nobody listens"),
    ("V7", skill(to("SessionEndedRequest")(body(directives=[{}]))), "directives is there though nobody listens"),
    ("V8", skill(to("SlowerIntent", "AboutSummaryIntent")(broken.remembers(said=["not_understood"]))), "expected an answer"),
    ("V8", skill(to("AboutSummaryIntent")(broken.remembers(said=["welcome"]))), "AboutSummaryIntent"),
    ("V9", skill(to("SignIntent")(body(shouldEndSession=True, reprompt=None))), "SignIntent with sign missing"),
    ("V9", skill(lambda event, told: broken.raises(event, told) if "ER_ERROR" in str(event) else told), "KeyError"),
    ("V10", skill(to("AMAZON.NextIntent")(speaks("Goodbye.", shouldEndSession=True, reprompt=None))), "expected a prompt"),
    ("V10", skill(to(YES)(body(outputSpeech=None))), "nothing is said"),
    ("V11", says("You can also say abracadabra."), "goodbye: 'abracadabra'"),
    ("V12", model(lambda m: broken.intent(m, "ThanksIntent").update(samples=["thanks"])), "1 samples"),
    ("V12", model(lambda m: broken.intent(m, "ThanksIntent")["samples"].append("slower")), "'slower' stands in"),
    ("V13", model(lambda m: [broken.intent(m, f"{name}Intent")["samples"].append("rhubarb {topic}") for name in ("Thanks", "Slower")]), "'rhubarb"),
    ("V13", skill(to("AboutSummaryIntent")(broken.remembers(topic="als"))), "AboutSummaryIntent: tells of"),
    ("V14", skill(to(HELP)(body(card=[{}, {}]))), "expected one card at most"),
    ("V14", skill(to(HELP)(body(directives=[{"type": "x"}]))), "expected one card at most"),
    ("R1", says("This goes on and on " * 5 + "."), "at most 20 words in a sentence"),
    ("R2", skill(to(HELP)(speaks("Well. " * 91 + "So?"))), "expected at most 90"),
    ("R3", says("Try tea, rest, sleep, walks, water or salt."), "at most 4 things in a list"),
    ("R4", skill(to(HELP)(speaks("Right? So?"))), "2 questions"),
    ("R4", says("Is that so? It is."), "no question among the statements"),
    ("R5", skill(to(HELP)(body(reprompt=None))), "expected one with an open session"),
    ("R6", broken.prompt("what_next", reprompt="Well then. " * 11 + "So?"), "20 words at most"),
    ("R6", broken.prompt("what_next", reprompt="What would you like to know?"), "other words than the question's"),
    ("R6", broken.prompt("ask.change", reprompt="Is that so?"), "expected what can be answered"),
    ("R7", skill(to("AboutSummaryIntent")(speaks("Well. " * 76 + "So?"))), "75 words at most"),
    ("R8", skill(to(NOISE)(speaks("Pardon?", shouldEndSession=False))), "expected the end by then"),
    ("R9", skill(to(NOISE)(speaks("Sorry?", shouldEndSession=False))), "3 times sorry"),
    ("R9", says("You didn't answer."), "expected no blame"),
    ("R10", broken.words(say=("welcome", ("Hello.",))), "welcome: 1 wordings"),
    ("R10", broken.words(say=("level.soon.net", ("Go.", "Went."))), "2 wordings of a medical sentence"),
    ("R10", skill(to(HELP)(speaks("So?"))), "expected another question"),
    ("R11", says("Neuromuscular hyperexcitability necessitates electrophysiological examination."), "grade"),
    ("R11", says("It is not so."), "expected a contraction"),
    ("R12", says("Stop; now."), "only what can be read aloud"),
    ("R13", broken.prompt("what_next", ask=("Say yes to hear more. Will you?",)), "'say yes to '"),
    ("R13", broken.prompt("what_next", ask=("You can say help. Will you?",)), "'say help'"),
    ("R14", says("You can also say abracadabra."), "goodbye: 'abracadabra'"),
    ("R15", broken.words(say=("help", ("Well. " * 46,))), "expected 45 at most"),
    ("R15", skill(to(HELP)(broken.remembers(asked="what_next"))), "which is waiting"),
    ("R16", says("More topics are coming soon."), "'coming soon'"),
    ("R17", says("We're glad that you asked."), "\"we're\""),
    ("R18", says('<amazon:emotion name="excited">Hello.</amazon:emotion>'), "<amazon:emotion>"),
    ("R18", skill(to(HELP)(speaks("<audio src='x'/> So?"))), "<audio>"),
    ("R19", skill(to(HELP)(speaks("a < b?"))), "well-formed SSML"),
    ("R19", skill(to(HELP)(speaks("So. " * 2001 + "?"))), "expected at most 8000"),
    ("R19", skill(broken.remembers(said=["level.emergency.action"])), "expected the call first"),
    ("R20", skill(to(NO)(broken.remembers(asked="ask.duration"))), "asks how long"),
    ("R21", skill(to(NO)(speaks("So?", shouldEndSession=False))), "expected the end"),
]  # fmt: skip


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize(("id_", "break_", "told"), BREAKS)
def test_a_row_is_red_where_its_thing_is_broken(british, tmp_path, id_, break_, told):
    of = break_(british, tmp_path) if hasattr(break_, "needs_a_folder") else break_(british)
    result = run(BY_ID[id_], [of])
    assert result.status == RED
    assert any(told in fault for fault in result.wrong["en-GB"]), result.wrong["en-GB"][:5]


def test_every_row_that_runs_is_broken_above():
    ids = {case.values[0] if hasattr(case, "values") else case[0] for case in BREAKS}
    assert ids == {row.id for row in ROWS if row.check}


def test_an_unsigned_address_that_others_can_reach_is_red(british, monkeypatch):
    monkeypatch.setattr(web, "HOST", "0.0.0.0")
    assert "expected this machine alone" in run(BY_ID["S3"], [british]).wrong["en-GB"][0]


def test_what_cannot_be_run_here_is_left_to_a_person(british, monkeypatch, tmp_path):
    monkeypatch.setattr(security, "AWS", tmp_path / "python")
    result = run(BY_ID["S1"], [british])
    assert (result.status, result.left) == (PERSON, "`make template` holds the function's permission")


@pytest.mark.parametrize(
    ("check", "status", "exit_status"),
    [(lambda _: [], GREEN, 0), (None, PERSON, 0), (lambda _: ["here: this, expected that"], RED, 1)],
)
def test_the_exit_status_and_what_is_printed(british, monkeypatch, capsys, check, status, exit_status):
    row = Row("V1", "something", "voice", check, person="listen to it")
    monkeypatch.setattr(table, "ROWS", (row,))
    monkeypatch.setattr(table, "examine", lambda _: [british])
    assert preflight() == exit_status
    out = capsys.readouterr().out
    assert f"V1  {status}" in out
    assert "by a person: listen to it" in out
    assert ("V1 en-GB: here: this, expected that" in out) == (status == RED)
    assert re.search(rf"1 rows in 1 locales: .*\b1 {status}", out)
