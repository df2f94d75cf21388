"""What is logged and counted: how the skill does, and nothing about who used it."""

import json
import re
import sys
from copy import deepcopy
from pathlib import Path
from random import Random

import pytest
from jsonschema import Draft202012Validator
from twitching import entry, telemetry
from twitching.dialogue import routes, tellings
from twitching.telemetry import EACH_TURN, GROUPS, LEVELS, OUTCOMES, POOLED, Telemetry, group_of

from simulator.device import Device
from simulator.envelope import envelope, intent, launch, new_session
from simulator.understanding import understanding
from tests.talking import CALM_ANSWERS, NOISE, SELF_CARE, say
from tests.test_walks import SAYINGS

CONVERSATIONS = 1000
FUNCTION = "SkillFunction"
EMF = Draft202012Validator(json.loads(Path(__file__, "../data/emf.schema.json").resolve().read_text()))
LOCALES = ("en-AU", "en-CA", "en-GB", "en-IN", "en-US")
SPOKEN = ("en-US", "en-GB", "en-IN")
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


@pytest.fixture(scope="module")
def learnt():
    """The recogniser says in the error stream that it learns, so it has to be done with that before."""
    return [understanding(locale).learnt for locale in SPOKEN]


@pytest.fixture
def on_lambda(learnt, monkeypatch, capsys):
    return Lambda(monkeypatch, capsys)


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
        yield from (*attributes.get("signs", ()), *attributes.get("triggers", ()), *attributes.get("heard", ()))


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


def conversation(random):
    """A few turns on one device: things that people say, and any intent with any slots."""
    device = Device(random.choice(SPOKEN))
    names = sorted(understanding(device.locale).model.samples)
    if random.random() < 0.5:
        yield device.launch()
    for _ in range(random.randint(1, 9)):
        sayings = random.choice(list(SAYINGS.values()))[1]
        said = random.choice(sayings)
        if said == "!silence":
            yield device.end("EXCEEDED_MAX_REPROMPTS")
        elif random.random() < 0.25:
            slots = random.sample([*SLOTS], random.randint(0, 2))
            yield device.intent(random.choice(names), **{s: random.choice(SLOTS[s]) for s in slots})
        else:
            yield device.say(said)


SLOTS = {
    "sign": ["chest_pain", "numb", "my elbow is purple"],
    "place": ["eyelid", "tongue", "left antler"],
    "duration": ["P3W", "P2D", "P9Y"],
    "trigger": ["cause_caffeine", "moonlight"],
    "topic": ["als", "unicorns"],
    "person": ["son", "mother", "a friend called Ada"],
    "answer": ["yes", "no", "perhaps"],
}


@pytest.mark.parametrize("seed", range(10))
def test_of_a_thousand_conversations_the_log_holds_nothing_of_anyone(seed, on_lambda):
    random, seen, bunches = Random(seed), set(), 0
    for _ in range(CONVERSATIONS // 10):
        for turn in conversation(random):
            log, metrics = on_lambda.printed()
            (line,) = log
            assert_it_tells_of_no_one(line, turn)
            assert len(metrics) == (turn.said != "!end")
            for metric_line in metrics:
                assert_it_is_a_metric_line(metric_line, turn)
                bunches += "WarningSigns" in metric_line
            assert line["id"] not in seen
            seen.add(line["id"])
    assert len(seen) > 300
    assert bunches


LEAKS = {
    "slot value in a field of its own": lambda line, turn: line | {"sign": "numb"},
    "slot value": lambda line, turn: line | {"group": "numb"},
    "intent's name": lambda line, turn: line | {"group": turn.intent},
    "session's id": lambda line, turn: line | {"id": turn.request["session"]["sessionId"]},
    "spoken words": lambda line, turn: line | {"outcome": turn.said},
    "an answer": lambda line, turn: line | {"outcome": "yes"},
    "a level": lambda line, turn: line | {"level": "emergency"},
    "a field less": lambda line, turn: {k: v for k, v in line.items() if k != "locale"},
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_leak_would_be_seen(leak, on_lambda):
    turn = Device("en-US").intent("SignIntent", "it's numb", sign="numb")
    line = on_lambda.logged()
    assert_it_tells_of_no_one(line, turn)
    with pytest.raises(AssertionError):
        assert_it_tells_of_no_one(LEAKS[leak](line, turn), turn)


@pytest.mark.parametrize("words", ["it's numb", "numb", "SignIntent", "simulated-1"])
def test_a_leak_into_the_metrics_would_be_seen(words, on_lambda):
    turn = Device("en-US").intent("SignIntent", "it's numb", sign="numb")
    _, (line,) = on_lambda.printed()
    assert_it_is_a_metric_line(line, turn)
    with pytest.raises(AssertionError):
        assert_nothing_of(turn, line | {"FunctionName": words})


def in_the_check(answers, then, locale="en-US"):
    device = Device(locale)
    say(device, "start the check", *answers)
    return lambda: device.say(then)


def test_an_emergency_leaves_the_same_line_as_any_other_telling(on_lambda):
    """Nor does the line say that the skill has closed the conversation."""
    turns = [
        in_the_check((), "yes"),  # an emergency
        in_the_check((), "no"),
        in_the_check(CALM_ANSWERS, "three weeks"),  # a result
        in_the_check(CALM_ANSWERS, "three days"),
        in_the_check((), "chest pain"),  # a warning sign
        in_the_check((), "my eyelid has been twitching for three days"),
        in_the_check(("no", "actually no"), "actually yes"),
        in_the_check((), "it's for my son"),
    ]
    lines, levels = [], set()
    for turn in turns:
        on_lambda.printed()
        levels.add(turn().level)
        lines.append({k: v for k, v in on_lambda.logged().items() if k not in ("id", "milliseconds")})
    assert levels >= {None, "emergency", "soon"}
    assert lines == [lines[0]] * len(lines)


def test_two_lines_of_the_same_request_share_no_id(on_lambda):
    event = envelope(launch(), new_session(), "en-US")
    shared = []
    for _ in range(2):
        entry.handler(deepcopy(event), None)
        shared.append(on_lambda.logged()["id"])
    assert shared[0] != shared[1]


def test_only_the_first_request_of_an_environment_is_a_cold_start(device, on_lambda):
    device.launch()
    assert on_lambda.logged()["cold_start"] is True
    device.say("why does my skin twitch")
    assert on_lambda.logged()["cold_start"] is False
    on_lambda.start()
    device.say("stop")
    assert on_lambda.logged()["cold_start"] is True


def test_every_intent_has_a_group(package):
    known = {name for names in GROUPS.values() for name in names.split()}
    for name in (*routes.COMMANDS, *tellings.TELLINGS, *understanding("en-US").model.samples):
        assert group_of({"type": "IntentRequest", "intent": {"name": name}}) != "other", name
    for name in known - {routes.LAUNCH, "SessionEndedRequest"}:
        assert name in {*routes.COMMANDS, *tellings.TELLINGS}, f"{name} is no intent"
    assert len(known) == sum(len(names.split()) for names in GROUPS.values()), "an intent is in two groups"


def test_all_tellings_share_one_group():
    answers = {"AMAZON.YesIntent", "AMAZON.NoIntent", "RatherYesIntent", "RatherNoIntent", "NotSureIntent"}
    told = {*answers, *tellings.TELLINGS} - {"TopicIntent", "WordIntent"}
    assert set(GROUPS["telling"].split()) == told


@pytest.mark.parametrize(
    ("say_it", "request_type", "group", "outcome"),
    [
        (lambda d: d.launch(), "LaunchRequest", "launch", "answered"),
        (lambda d: d.say("is it als"), "IntentRequest", "topic", "answered"),
        (lambda d: d.say("it's numb"), "IntentRequest", "telling", "answered"),
        (lambda d: d.intent("SignIntent", sign="odd elbow"), "IntentRequest", "telling", "not_understood"),
        (lambda d: d.say("start the check"), "IntentRequest", "check", "answered"),
        (lambda d: d.say("who says so"), "IntentRequest", "afterwards", "answered"),
        (lambda d: d.say("help"), "IntentRequest", "command", "answered"),
        (lambda d: d.say("what do you know about me"), "IntentRequest", "privacy", "answered"),
        (lambda d: d.say(NOISE), "IntentRequest", "fallback", "not_understood"),
        (lambda d: d.intent("OutOfScopeIntent"), "IntentRequest", "fallback", "not_understood"),
        (lambda d: d.say("stop"), "IntentRequest", "end", "ended"),
        (lambda d: d.end(), "SessionEndedRequest", "end", "ended"),
    ],
)
def test_what_the_log_says_of(say_it, request_type, group, outcome, device, on_lambda):
    say_it(device)
    line = on_lambda.logged()
    assert (line["request"], line["group"], line["outcome"]) == (request_type, group, outcome)


def test_requests_and_locales_that_nobody_knows(on_lambda):
    for request, kind in (({"type": "Alexa.New"}, "other"), (intent("OrderPizzaIntent", {}), "other")):
        entry.handler(envelope(request, new_session(), "xx-ada@example.com"), None)
        line = on_lambda.logged()
        assert (line["request"], line["group"], line["locale"]) == (kind, "other", "other")
        assert line["outcome"] == "not_understood"


def test_a_request_that_nobody_waits_for_is_logged_and_is_no_turn(on_lambda):
    entry.handler({"request": {"type": "AlexaSkillEvent.SkillDisabled"}}, None)
    (line,), metrics = on_lambda.printed()
    assert (line["request"], line["outcome"], metrics) == ("other", "unheard", [])


def test_another_skills_request_is_logged_as_refused_and_is_no_turn(on_lambda, monkeypatch):
    monkeypatch.setattr(entry, "_SKILL_ID", "amzn1.ask.skill.11111111-1111-1111-1111-111111111111")
    with pytest.raises(entry.NotOurSkillError):
        entry.handler(envelope(launch(), new_session(), "en-US"), None)
    (line,), metrics = on_lambda.printed()
    assert (line["outcome"], metrics) == ("refused", [])


def warning_sign():
    assert Device("en-US").say("chest pain").level == "emergency"


def emergency_by_an_answer():
    assert in_the_check((), "yes")().level == "emergency"


def self_care_twice_told():
    device = Device("en-US")
    assert say(device, "start the check", *SELF_CARE).level == "self_care"
    assert say(device, "repeat").level == "self_care"


def fallback():
    assert Device("en-US").say(NOISE).open


def at_a_loss(monkeypatch):
    def break_(*_):
        raise ValueError("my private words")

    with monkeypatch.context() as patch:
        patch.setattr(entry, "_answer", break_)
        entry.handler(envelope(launch(), new_session(), "en-US"), None)


@pytest.mark.usefixtures("broken")
def test_a_scripted_conversation_is_counted_right(on_lambda, monkeypatch, capsys):
    on_lambda.start(enough=3)
    warning_sign()  # 1 turn
    emergency_by_an_answer()  # 2
    self_care_twice_told()  # 8
    fallback()  # 1
    counted = on_lambda.counted()
    assert counted.pop("Latency") >= 0
    assert counted == {
        "Turns": 12,
        "Fallbacks": 1,
        "AtALoss": 0,
        "ColdStarts": 1,
        "LevelEmergency": 2,
        "LevelToday": 0,
        "LevelSoon": 0,
        "LevelSelfCare": 1,
        "WarningSigns": 1,
    }
    at_a_loss(monkeypatch)
    out, err = capsys.readouterr()
    line, metrics = map(json.loads, out.splitlines())
    assert (line["outcome"], metrics["AtALoss"], metrics["Turns"]) == ("at_a_loss", 1, 1)
    assert list(json.loads(err)) == ["level", "error", "where"]
    assert "private" not in out + err


def test_results_are_told_of_five_at_a_time_and_never_with_their_own_turn(on_lambda):
    for _ in range(5):
        assert on_lambda.counted()["LevelEmergency"] == 0
        warning_sign()
    assert on_lambda.counted()["LevelEmergency"] == 0
    fallback()
    assert on_lambda.counted()["LevelEmergency"] == 5
    fallback()
    assert on_lambda.counted()["LevelEmergency"] == 0


class Broken:
    """What can't be written to."""

    def write(self, _):
        raise OSError("disk full of my private words")

    def flush(self):
        raise OSError


@pytest.mark.parametrize("words", ["why does my skin twitch", "chest pain"])
def test_telemetry_that_fails_costs_nobody_the_answer(words, on_lambda, monkeypatch, capsys):
    expected = Device("en-US").say(words).speech
    capsys.readouterr()

    def break_(*_, **__):
        raise KeyError("my private words")

    monkeypatch.setattr(telemetry, "outcome_of", break_)
    assert Device("en-US").say(words).speech == expected
    out, err = capsys.readouterr()
    assert json.loads(err)["error"] == "KeyError"
    assert "private" not in out + err


@pytest.mark.usefixtures("broken")
def test_a_log_that_cannot_be_written_costs_nobody_the_answer(on_lambda, monkeypatch):
    expected = Device("en-US").say("chest pain").speech
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", Broken())
        patch.setattr(sys, "stderr", Broken())
        spoken = Device("en-US").say("chest pain").speech
        patch.setattr(entry, "_answer", Broken().write)
        lost = entry.handler(envelope(launch(), new_session(), "en-US"), None)
    assert spoken == expected
    assert entry.AT_A_LOSS in lost["response"]["outputSpeech"]["ssml"]


def test_attributes_that_make_no_sense_are_no_fault_of_the_telemetry(on_lambda):
    for said in (7, "level.soon.action", [None, {}], {"level.soon.action": 1}):
        session = new_session() | {"attributes": {"said": said}}
        entry.handler(envelope(launch(), session, "en-US"), None)
        on_lambda.printed()  # nothing in the error stream


def test_elsewhere_nothing_is_printed(device, capsys):
    device.launch()
    device.say("chest pain")
    assert capsys.readouterr() == ("", "")
