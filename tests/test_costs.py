"""The estimate of costs is what the benchmark's durations and the listed prices come to."""

import json

import pytest

from bench import costs

MEASURED = {"cold": 100.0, "warm": 2.0}


def test_the_handbook_has_the_estimate_of_the_last_benchmark():
    page = costs.PAGE.read_text(encoding="utf-8")
    assert costs.written(page, costs.estimate()) == page, "run `make costs`"


def test_a_price_and_a_duration_both_count(monkeypatch):
    """By hand: 100,000 conversations are a million turns of 2 ms at 1.73 gigabytes, and some cold starts."""
    listed = costs.prices()
    month = costs.month(100_000, MEASURED, 1000)
    warm = 1_000_000 * 0.002 * 1.7275 * listed["gigabyte_second"]
    assert month.computing == pytest.approx(0.20 + warm, rel=0.01)
    assert month.logs == pytest.approx(0.50)
    dearer = costs.month(100_000, {**MEASURED, "warm": 20.0}, 1000)
    assert dearer.computing > month.computing
    monkeypatch.setattr(costs, "prices", lambda: {**listed, "gigabyte_logged": 1.0})
    assert costs.month(100_000, MEASURED, 1000).logs == pytest.approx(1.0)


def test_where_few_talk_nearly_each_conversation_starts_an_environment():
    few, many = costs.month(1_000, MEASURED, 0), costs.month(10_000_000, MEASURED, 0)
    cold_again = costs.month(1_000, {**MEASURED, "cold": 200.0}, 0).computing - few.computing
    assert cold_again == pytest.approx(1_000 * 0.1 * 1.7275 * costs.prices()["gigabyte_second"], rel=0.15)
    assert costs.month(10_000_000, {**MEASURED, "cold": 200.0}, 0).computing == pytest.approx(many.computing)


def test_ten_requests_a_second_for_each_that_runs_at_once():
    month = costs.month(10_000_000, MEASURED, 0)
    assert month.at_once == -(-month.peak // 10)


def test_every_log_line_counts():
    assert costs.logged() > costs.LAMBDAS_LINES + 300


def test_what_was_measured_is_the_benchmarks():
    assert json.loads((costs.RESULTS / "skill.json").read_text()).keys() == {"cold", "warm"}
