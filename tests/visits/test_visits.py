"""What is remembered from one visit to the next: against a DynamoDB endpoint over HTTP. What goes wrong: test_faults."""

import json
import time

import pytest
from twitching import entry
from twitching.dialogue.session import OF_VISITS
from twitching.visits import DAYS, TYPES

from simulator.device import Device
from simulator.envelope import APPLICATION
from tests.logged import assert_it_is_a_metric_line, assert_it_tells_of_no_one
from tests.talking import SELF_CARE, say
from tests.visits.remembered import (
    EMERGENCY,
    KEY,
    SHORT,
    TABLE,
    USER,
    assert_logged,
    calls,
    closed_port,
    item,
    put,
)

# --- what returning people hear ---------------------------------------------------------------


def test_who_comes_back_hears_a_short_welcome_with_the_emergency_line_and_a_tip(memory, device):
    first = device.launch().speech
    assert "I'm not a doctor, and I can't replace one." in first
    again = device.launch().speech
    assert SHORT in again
    assert EMERGENCY in again
    assert len(again.split()) < len(first.split())
    assert device.say("yes").topic == "tip_stress"


def test_each_visit_offers_the_next_tip_until_the_first_comes_again(memory, device, catalogue):
    tips = [id_ for id_ in catalogue.topics if id_.startswith("tip_")]
    device.launch()
    offered = [device.launch().response["sessionAttributes"]["asked"] for _ in range(len(tips) + 1)]
    assert offered == [f"offer.{id_}" for id_ in (*tips, tips[0])]


def test_a_tip_that_is_not_wanted_is_no_trouble(memory, device):
    device.launch()
    device.launch()
    turn = device.say("no")
    assert turn.open
    assert turn.topic is None


def test_the_preferred_length_is_remembered_and_remembered_anew(memory, dynamodb):
    question = "tell me about stress"
    full = Device().say(question).speech
    device = Device()
    say(device, question, "shorter")
    assert item(dynamodb)["brief"] == {"BOOL": True}
    short = Device().say(question)
    assert len(short.speech) < len(full)
    device = Device()
    say(device, question, "in full")
    assert item(dynamodb)["brief"] == {"BOOL": False}
    assert len(Device().say(question).response["sessionAttributes"]["said"]) > len(
        short.response["sessionAttributes"]["said"]
    )


def test_starting_again_forgets_no_preference(memory, dynamodb, device):
    say(device, "tell me about stress", "shorter", "start over")
    assert item(dynamodb)["brief"] == {"BOOL": True}


def test_another_wording_of_the_disclaimer_is_heard_in_full(memory, dynamodb, device):
    put(dynamodb, disclaimer={"S": "00000000"}, tip={"N": "3"})
    assert "I can't replace one" in device.launch().speech
    assert item(dynamodb)["tip"] == {"N": "3"}


def test_a_remembered_person_hears_a_warning_first_and_without_asking_the_table(memory, device, monkeypatch):
    device.launch()
    made = calls(memory, monkeypatch)
    turn = Device().say("chest pain")
    assert turn.speech.startswith("Call 911 now.")
    assert made == []


# --- what is in the table ---------------------------------------------------------------------


def test_nothing_but_three_things_is_held_whatever_is_said(memory, dynamodb, device):
    device.launch()
    say(device, "my eyelid twitches", "shorter", "start the check", *SELF_CARE, "it's for my son")
    assert set(item(dynamodb)) == {"visitor", "expires", "disclaimer", "brief"}
    device.launch()
    held = item(dynamodb)
    assert set(held) == {"visitor", "expires", *OF_VISITS}
    assert {name: set(held[name]) for name in TYPES} == {name: {type_} for name, type_ in TYPES.items()}
    assert USER not in json.dumps(dynamodb.scan(TableName=TABLE)["Items"])
    assert dynamodb.scan(TableName=TABLE)["Count"] == 1


def test_it_expires_after_90_days(memory, dynamodb, device):
    device.launch()
    assert DAYS == 90
    left = int(item(dynamodb)["expires"]["N"]) - time.time()
    assert left == pytest.approx(90 * 86_400, abs=60)
    ttl = dynamodb.describe_time_to_live(TableName=TABLE)["TimeToLiveDescription"]
    assert (ttl["TimeToLiveStatus"], ttl["AttributeName"]) == ("ENABLED", "expires")


@pytest.mark.parametrize("expires", [{"N": "1"}, {"S": "soon"}, {"N": "-1"}])
def test_what_has_expired_is_not_read_though_it_is_still_there(memory, dynamodb, device, catalogue, expires):
    put(dynamodb, disclaimer={"S": catalogue.disclaimer}, expires=expires)
    assert "I can't replace one" in device.launch().speech


def test_the_table_is_read_once_and_written_only_when_something_changed(memory, device, monkeypatch):
    made = calls(memory, monkeypatch)
    device.launch()
    assert made == ["get_item", "update_item"]
    say(device, "tell me about stress", "tell me more", "repeat", "help", "what do you know about me", "stop")
    Device().say("why does my skin twitch")
    assert made == ["get_item", "update_item", "get_item"]


def test_the_log_holds_nothing_of_who_is_remembered(memory, device, on_lambda):
    for said in ("open skin twitch guide", "shorter", "chest pain", "open skin twitch guide", "forget me"):
        turn = device.say(said)
        (line,), (metrics,) = on_lambda.printed()
        assert_it_tells_of_no_one(line, turn)
        assert_it_is_a_metric_line(metrics, turn)
        assert KEY["visitor"]["S"] not in json.dumps([line, metrics])


def test_session_and_table_agree_on_what_is_remembered():
    assert set(TYPES) == set(OF_VISITS)


# --- asking, and being forgotten --------------------------------------------------------------


def test_what_do_you_know_about_me_tells_all_three_things(memory, device):
    told = device.say("what do you know about me").speech
    assert "I keep none of your answers." in told
    for held in ("which disclaimer you heard", "if you like it short", "which tip is next", "90 days"):
        assert held in told


def test_forget_me_deletes_the_item_and_the_visit_leaves_none(memory, dynamodb, device):
    device.launch()
    assert item(dynamodb)
    assert "no note of your visits is left" in device.say("forget me").speech
    assert item(dynamodb) is None
    say(device, "tell me about stress", "shorter", "start over", "in full", "shorter")
    assert item(dynamodb) is None
    assert "I can't replace one" in device.launch().speech


def test_forget_me_says_so_where_it_could_not_be_done(memory, device, at, remembering, capsys):
    device.launch()
    at(closed_port())
    remembering()
    turn = device.say("forget me")
    assert "couldn't delete my note of your visits just now" in turn.speech
    assert "turn the skill off" in turn.speech
    assert "90 days" in turn.speech
    assert turn.open
    assert device.say("repeat").speech.startswith("I've forgotten what you told me, but")
    assert_logged(capsys, "EndpointConnectionError")


def disabled(user=USER, skill=APPLICATION):
    return {
        "version": "1.0",
        "context": {"System": {"application": {"applicationId": skill}, "user": {"userId": user}}},
        "request": {
            "type": "AlexaSkillEvent.SkillDisabled",
            "requestId": "amzn1.echo-api.request.1",
            "timestamp": "2026-11-23T10:00:00Z",
            "eventCreationTime": "2026-11-23T10:00:00Z",
            "eventPublishingTime": "2026-11-23T10:00:00Z",
        },
    }


def test_disabling_the_skill_deletes_the_item(memory, dynamodb, device):
    device.launch()
    assert entry.handler(disabled(user="amzn1.ask.account.ANOTHER"), None)["response"] == {}
    assert item(dynamodb)
    assert entry.handler(disabled(), None) == {"version": "1.0", "response": {}}
    assert item(dynamodb) is None


def test_disabling_another_skill_deletes_nothing(memory, dynamodb, device, monkeypatch):
    device.launch()
    monkeypatch.setattr(entry, "_SKILL_ID", APPLICATION)
    entry.handler(disabled(skill="amzn1.ask.skill.another"), None)
    assert item(dynamodb)


def test_who_left_and_could_not_be_forgotten_is_an_error(at, remembering, capsys):
    at(closed_port())
    remembering()
    with pytest.raises(entry.NotForgottenError):
        entry.handler(disabled(), None)
    assert_logged(capsys, "EndpointConnectionError")


def test_disabling_is_harmless_where_nothing_is_remembered():
    assert entry._visits is None
    for event in (disabled(), {"request": {"type": "AlexaSkillEvent.SkillDisabled"}, "context": 3}):
        assert entry.handler(event, None) == {"version": "1.0", "response": {}}


def test_without_memory_every_visit_is_the_first_and_forgetting_tells_the_truth(device):
    assert ["can't replace" in device.launch().speech for _ in range(2)] == [True, True]
    assert "I keep nothing" in device.say("what do you know about me").speech
    assert device.say("forget me").speech.startswith("Done. I've forgotten what you told me. ")
    assert not {"disclaimer", "tip", "forget"} & device.attributes.keys()
