"""Requests that are broken in every way: no exception, and no reply that Alexa would refuse."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from twitching import entry

from tools.soak.__main__ import broken_requests, complaints, main
from tools.soak.envelopes import OTHERS, requests
from tools.soak.mutations import WAYS, mutated

TIMES = 10_000
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=5),
    max_leaves=20,
)


def test_ten_thousand_broken_requests_break_nothing():
    wrong = [(c, event) for event in broken_requests(TIMES, seed=7) if (c := complaints(event))]
    assert wrong[:1] == []


def test_the_whole_requests_are_answered_without_a_complaint():
    assert [c for event in requests() if (c := complaints(event))] == []


def test_each_other_kind_of_request_is_among_them():
    kinds = {event["request"]["type"] for event in requests()}
    assert {other["type"] for other in OTHERS} | {"LaunchRequest", "IntentRequest"} == kinds


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_each_way_of_breaking_changes_something(way):
    chance = random.Random(3)
    whole = requests()[3]
    before = json.dumps(whole)
    changed = 0
    for _ in range(40):
        copy = json.loads(before)
        way(copy, chance)
        changed += json.dumps(copy) != before
    assert changed > 10


def test_the_same_seed_breaks_the_same_way_and_leaves_the_original_whole():
    assert json.dumps(list(broken_requests(20, 1))) == json.dumps(list(broken_requests(20, 1)))
    whole = requests()[0]
    before = json.dumps(whole)
    for seed in range(50):
        mutated(whole, random.Random(seed))
    assert json.dumps(whole) == before


@settings(max_examples=300, deadline=None)
@given(JSON)
def test_any_json_at_all_is_survived(event):
    assert complaints(event) == []


@settings(max_examples=300, deadline=None)
@given(request=JSON, session=JSON, context=JSON)
def test_any_json_in_place_of_an_envelopes_parts_is_survived(request, session, context):
    assert complaints({"version": "1.0", "request": request, "session": session, "context": context}) == []


@pytest.mark.usefixtures("broken")
def test_a_skill_without_its_tolerant_door_fails_the_soak(monkeypatch, capsys):
    monkeypatch.setattr("twitching.entry.readable", lambda event, **_: event)
    assert main(["300", "7"]) == 1
    assert "complaints" in capsys.readouterr().out


def test_an_exception_that_came_out_is_a_complaint(monkeypatch):
    def break_(*_):
        raise KeyError("x")

    monkeypatch.setattr(entry, "handler", break_)
    assert complaints({}) == ["KeyError: 'x'"]
