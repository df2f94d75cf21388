"""`twitching nlu`: what is measured, and that the model is as good as we say."""

import json

import pytest
from click.testing import CliRunner

from simulator.__main__ import main
from simulator.understanding import understanding
from simulator.understanding.examples import examples
from simulator.understanding.model import Model, words_of
from tests.test_understanding import published
from tools.nlu.conflicts import conflicts
from tools.nlu.cross import leave_out, recovered, stolen
from tools.nlu.labels import UTTERANCES, read_key, read_labels
from tools.nlu.measure import measure
from tools.sources_on_disk import ContentError

RECOGNISER = understanding("en-US")
KEY = read_key()


def figures(path):
    return measure(read_labels(path, RECOGNISER, KEY), RECOGNISER, KEY)


def share(of):
    return of.hits / of.of


@pytest.fixture(scope="module")
def unseen():
    return figures(UTTERANCES / "unseen.jsonl")


def test_there_are_enough_utterances_that_nobody_looks_at(unseen):
    assert len(unseen.heard) >= 500


def test_what_was_never_seen_is_understood(unseen):
    """The floor under the figures that README.md names; raise it when they rise."""
    assert share(unseen.accuracy) > 0.87
    assert share(unseen.warnings_caught) > 0.90
    assert share(unseen.false_alarms) < 0.02


@pytest.mark.parametrize("path", sorted(UTTERANCES.glob("*.jsonl")), ids=lambda p: p.stem)
def test_the_labelled_lines_arent_the_models_own(path):
    """Some are what anybody says, like "is it normal for kids to twitch"; more would mean copying."""
    samples = {sample for of in RECOGNISER.model.samples.values() for sample in of}
    values = {words for of in RECOGNISER.model.values.values() for words in of}
    lines = [words_of(u.text) for u in read_labels(path, RECOGNISER, KEY)]
    long = [line for line in lines if len(line) > 6]
    assert len([line for line in long if line in samples | values]) / len(long) < 0.06


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("not json", "expected {"),
        ('{"text": "a twitch"}', "no label"),
        ('{"text": "a twitch", "expect": ["nonsense"]}', "'nonsense'"),
        ('{"expect": ["als"]}', "expected {"),
    ],
)
def test_a_bad_line_is_named_with_what_was_expected(tmp_path, line, complaint):
    path = tmp_path / "labels.jsonl"
    path.write_text('{"text": "is it als", "expect": ["als"]}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"labels\.jsonl:2") as error:
        read_labels(path, RECOGNISER, KEY)
    assert complaint in str(error.value)
    result = CliRunner().invoke(main, ["nlu", "--labels", str(path)])
    assert result.exit_code == 2


def test_a_missing_file_is_named():
    result = CliRunner().invoke(main, ["nlu", "--labels", "nowhere.jsonl"])
    assert result.exit_code == 2


def test_labels_of_another_collection_are_read_by_the_same_command(tmp_path):
    path = tmp_path / "theirs.jsonl"
    lines = [
        {"text": "tell me about coffee", "label": "cause:caffeine", "slots": {}},
        {"text": "my eyelid has been twitching for three weeks", "label": "body_part", "slots": {"body_part": "eyelid", "duration": "three weeks"}},
        {"text": "what's the weather", "label": "out_of_scope", "alt_labels": ["tips"]},
        {"text": "tell me about coffee", "label": "condition:als"},
    ]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    found = figures(path)
    assert (found.accuracy.hits, found.accuracy.of) == (3, 4)
    assert (found.in_scope.hits, found.in_scope.of) == (2, 3)
    assert found.confusions() == {("condition:als", "cause_caffeine"): 1}
    slots = found.slots(RECOGNISER)
    assert (slots["place"].hits, slots["duration"].hits) == (1, 1)
    result = CliRunner().invoke(
        main, ["nlu", "--labels", str(path), "--show", "misses", "--show", "meanings"]
    )
    assert result.exit_code == 0
    assert "3 of 4" in result.output
    assert "cause_caffeine <- condition:als: tell me about coffee" in result.output


def test_a_missed_sign_and_a_false_alarm_are_counted(tmp_path):
    path = tmp_path / "signs.jsonl"
    lines = [
        {"text": "i can't breathe", "expect": ["trouble_breathing"]},
        {"text": "tell me about coffee", "expect": ["chest_pain"]},
        {"text": "i have chest pain", "expect": ["cause_caffeine"]},
        {"text": "i have chest pain", "expect": ["seizure"]},  # another warning sign, and so the same reply
    ]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    found = figures(path)
    assert (found.warnings_caught.hits, found.warnings_caught.of) == (2, 3)
    assert (found.false_alarms.hits, found.false_alarms.of) == (1, 1)


def test_the_model_has_no_samples_that_cant_be_told_apart():
    worst = [c for c in conflicts(RECOGNISER.model) if not c.kind.startswith("thin")]
    assert worst == []


def test_conflicts_are_found():
    sign = {"name": "SIGN", "values": [{"id": "pain", "name": {"value": "pain", "synonyms": ["aching"]}}]}
    topic = {"name": "TOPIC", "values": [{"id": "aches", "name": {"value": "aching", "synonyms": []}}]}
    model = Model(
        published(
            ("SignIntent", {"sign": "SIGN"}, ["{sign}", "i have {sign}"]),
            ("TopicIntent", {"topic": "TOPIC"}, ["{topic}", "about {topic}"]),
            ("OneIntent", {}, ["stop the twitching"]),
            ("OtherIntent", {}, ["please stop twitching"]),
            types=[sign, topic],
        )
    )
    found = {(c.kind, c.what) for c in conflicts(model)}
    kinds = {kind for kind, _ in found}
    assert kinds == {"nearly the same sample", "value in two types", "thin intent", "thin value"}
    assert any(
        "OneIntent" in what and "OtherIntent" in what for kind, what in found if kind.startswith("nearly")
    )
    assert any("aching" in what for kind, what in found if kind == "value in two types")


def test_the_model_is_held_against_itself_with_each_sample_left_out():
    music = [
        f"play {what}" for what in ("music", "a song", "some music", "my songs", "the song", "loud music")
    ]
    rain = [f"will it rain {when}" for when in ("today", "tomorrow", "now", "later", "tonight", "again")]
    model = Model(
        published(("MusicIntent", {}, music), ("WeatherIntent", {}, [*rain, "play some music now"]))
    )
    left = list(leave_out(model))
    assert len(left) == len(list(examples(model)))
    assert stolen(left)["WeatherIntent", "MusicIntent"] == 1
    assert recovered(left).hits < recovered(left).of
