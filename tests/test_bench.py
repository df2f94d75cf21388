"""The benchmark's own sums; the milliseconds are never a test."""

from xml.etree import ElementTree as ET

import pytest

from bench.__main__ import table, verdicts
from bench.contestants import Contestant
from bench.engine import growth
from bench.measure import Timings, ratios
from bench.plot import svg


@pytest.fixture
def found():
    return {
        "skill": Timings(cold=[90, 200, 100], warm=[2.0, 4.0, 2.2]),
        "hello_bytecode": Timings(cold=[100, 210, 100], warm=[2.0, 3.0, 2.0]),
    }


@pytest.fixture
def entered(tmp_path):
    (tmp_path / "function.py").write_bytes(b"x" * 2_000_000)
    (tmp_path / "function.cpython-313.pyc").write_bytes(b"x" * 1_000_000)
    return [Contestant(name, tmp_path, "function.handler") for name in ("skill", "hello_bytecode")]


def test_ratios_are_taken_round_by_round_so_that_a_slow_round_falls_out(found):
    assert dict(ratios(found, "cold", "hello_bytecode"))["skill"] == pytest.approx(200 / 210)
    assert dict(ratios(found, "warm", "hello_bytecode"))["skill"] == pytest.approx(1.1)


def test_the_table_has_a_line_a_contestant(found, entered):
    lines = table(found, entered).splitlines()
    assert lines[2].startswith("| skill | 100 (90 to 200) | 0.95 | 2.20 (2.00 to 4.00) | 1.10 | 2.0 | 1.0 |")
    assert len(lines) == 4


def test_a_missed_target_is_seen(found, entered):
    assert all(figure <= most for _, figure, most in verdicts(found, entered[0]))
    slow = {**found, "skill": Timings(cold=[120, 300, 130], warm=[3, 4, 3])}
    assert [what for what, figure, most in verdicts(slow, entered[0]) if figure > most] == ["cold", "warm"]


@pytest.mark.parametrize("kind", ["cold", "warm"])
def test_the_picture_is_svg_and_shows_each_median(found, kind):
    drawn = ET.fromstring(svg("turns <fast>", found, kind))
    texts = [e.text for e in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert "turns <fast>" in texts
    assert f"{found['skill'].row(kind)[1]:.1f}" in texts


def test_a_thousand_turns_leave_no_more_in_memory_than_the_first():
    early, late = growth()
    assert late - early < 200_000  # bytes; a turn that left a kilobyte behind would leave a million
