"""Whatever is said, the log and the metrics hold nothing of who said it, nor what."""

from copy import deepcopy
from random import Random

import pytest
from twitching import entry
from twitching.dialogue import routes, tellings
from twitching.envelope import TOUCH
from twitching.telemetry import GROUPS, group_of

from simulator.device import Device
from simulator.envelope import envelope, launch, new_session
from simulator.understanding import understanding
from tests.logged import assert_it_is_a_metric_line, assert_it_tells_of_no_one, assert_nothing_of
from tests.talking import CALM_ANSWERS, say
from tests.test_walks import SAYINGS

CONVERSATIONS = 1000
SPOKEN = ("en-US", "en-GB", "en-IN")


@pytest.fixture(scope="module", autouse=True)
def learnt():
    """The recogniser says in the error stream that it learns, so it has to be done with that before."""
    return [understanding(locale).learnt for locale in SPOKEN]


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
    "slot value in a field of its own": lambda _: {"sign": "numb"},
    "slot value": lambda _: {"group": "numb"},
    "intent's name": lambda turn: {"group": turn.intent},
    "session's id": lambda turn: {"id": turn.request["session"]["sessionId"]},
    "spoken words": lambda turn: {"outcome": turn.said},
    "an answer": lambda _: {"outcome": "yes"},
    "a level": lambda _: {"level": "emergency"},
    "no locale": lambda _: {"locale": None},
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_leak_would_be_seen(leak, on_lambda):
    turn = Device("en-US").intent("SignIntent", "it's numb", sign="numb")
    line = on_lambda.logged()
    assert_it_tells_of_no_one(line, turn)
    with pytest.raises(AssertionError):
        assert_it_tells_of_no_one(line | LEAKS[leak](turn), turn)


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


def test_every_intent_has_a_group(package):
    known = {name for names in GROUPS.values() for name in names.split()}
    for name in (*routes.COMMANDS, *tellings.TELLINGS, *understanding("en-US").model.samples):
        assert group_of({"type": "IntentRequest", "intent": {"name": name}}) != "other", name
    for name in known - {routes.LAUNCH, "SessionEndedRequest"}:
        assert name in {*routes.COMMANDS, *tellings.TELLINGS, TOUCH}, f"{name} is no intent"
    assert len(known) == sum(len(names.split()) for names in GROUPS.values()), "an intent is in two groups"


def test_all_tellings_share_one_group():
    answers = {"AMAZON.YesIntent", "AMAZON.NoIntent", "RatherYesIntent", "RatherNoIntent", "NotSureIntent"}
    told = {*answers, *tellings.TELLINGS, TOUCH} - {"TopicIntent", "WordIntent"}
    assert set(GROUPS["telling"].split()) == told
