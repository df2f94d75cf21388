"""What the skill prints on Lambda, and what may be in it."""

import json
import re
from pathlib import Path

from jsonschema import Draft202012Validator
from twitching import entry, telemetry
from twitching.telemetry import EACH_TURN, GROUPS, LEVELS, OUTCOMES, POOLED, Telemetry

FUNCTION = "SkillFunction"
EMF = Draft202012Validator(json.loads(Path(__file__, "../data/emf.schema.json").resolve().read_text()))
LOCALES = ("en-AU", "en-CA", "en-GB", "en-IN", "en-US")
FIELDS = {
    "id": lambda v: re.fullmatch("[0-9a-f]{16}", v),
    "request": ("LaunchRequest", "IntentRequest", "SessionEndedRequest", "other").__contains__,
    "group": (*GROUPS, "topic", "other").__contains__,
    "locale": (*LOCALES, "other").__contains__,
    "milliseconds": lambda v: type(v) is int and v >= 0,
    "outcome": OUTCOMES.__contains__,
    "cold_start": lambda v: type(v) is bool,
}


class Lambda:
    """The skill as it runs there, with all that it prints."""

    def __init__(self, monkeypatch, capsys):
        self.monkeypatch, self.capsys = monkeypatch, capsys
        self.start()

    def start(self, **options):
        """Another execution environment."""
        self.capsys.readouterr()
        self.monkeypatch.setattr(entry, "_telemetry", Telemetry(FUNCTION, **options))

    def printed(self):
        """The log's lines and the metrics' lines since the last look."""
        out, err = self.capsys.readouterr()
        assert err == ""
        lines = [json.loads(line) for line in out.splitlines()]
        return [ln for ln in lines if "_aws" not in ln], [ln for ln in lines if "_aws" in ln]

    def logged(self):
        """The one line in the log."""
        (line,), _ = self.printed()
        return line

    def counted(self):
        """All metrics since the last look, summed up."""
        _, lines = self.printed()
        return {name: sum(line.get(name, 0) for line in lines) for name in (*EACH_TURN, *POOLED)}


def assert_it_tells_of_no_one(line, turn):
    """The line has the fields that are allowed, with values from closed sets, and nothing of the turn."""
    assert list(line) == list(FIELDS)
    for field, allowed in FIELDS.items():
        assert allowed(line[field]), (field, line)
    assert_nothing_of(turn, line)


def assert_it_is_a_metric_line(line, turn):
    EMF.validate(line)
    (directive,) = line["_aws"]["CloudWatchMetrics"]
    metrics = [m["Name"] for m in directive["Metrics"]]
    assert metrics in ([*EACH_TURN], [*EACH_TURN, *POOLED])
    assert directive["Dimensions"] == [["FunctionName"]]
    assert set(line) == {"_aws", "FunctionName", *metrics}
    assert line["FunctionName"] == FUNCTION
    assert all(type(line[metric]) is int for metric in metrics)
    if "WarningSigns" in line:
        assert sum(line[level] for level in LEVELS.values()) >= telemetry.ENOUGH
        assert line["WarningSigns"] <= line["LevelEmergency"]
    assert_nothing_of(turn, line)


def assert_nothing_of(turn, line):
    text = json.dumps(line).casefold()
    for id_ in ids(turn.request):
        assert id_.casefold() not in text, (id_, line)
    leaves = [str(leaf).casefold() for leaf in walk(line)]
    for words in told(turn):
        pattern = re.compile(rf"\b{re.escape(words.casefold())}\b")
        assert not any(pattern.search(leaf) for leaf in leaves), (words, line)


def ids(request):
    system = request["context"]["System"]
    return {
        request["session"]["sessionId"],
        request["session"]["user"]["userId"],
        request["session"]["application"]["applicationId"],
        request["request"]["requestId"],
        request["request"]["requestId"].rpartition("request.")[2],
        system["device"]["deviceId"],
        system["apiAccessToken"],
    }


def told(turn):
    """What was said, heard, answered and known: words and ids."""
    yield turn.said
    if turn.intent:
        yield turn.intent
        yield turn.intent.removeprefix("AMAZON.")
    slots = turn.request["request"].get("intent", {}).get("slots", {})
    yield from (str(slot["value"]) for slot in slots.values())
    yield from turn.slots.values()
    yield from (text for text in (turn.speech, turn.reprompt) if text)
    for attributes in (turn.request["session"]["attributes"], turn.response.get("sessionAttributes") or {}):
        for question, fact in attributes.get("answers", {}).items():
            yield question
            if isinstance(fact, str):
                yield fact
        for known in ("person", "place", "topic"):
            if attributes.get(known):
                yield attributes[known]
        yield from (
            *attributes.get("signs", ()),
            *attributes.get("triggers", ()),
            *attributes.get("heard", ()),
        )


def walk(value):
    """Every key, string and number in a JSON value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner)
    else:
        yield value
