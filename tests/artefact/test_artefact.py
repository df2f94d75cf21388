"""What Lambda gets, run as Lambda runs it: `make smoke` builds both artefacts, then this.

Real: the files that `sam build` makes, Amazon's runtime client, Amazon's emulator of the runtime API.
"""

import json
import re
import subprocess
from _imp import source_hash  # what the interpreter itself compares, for any version's magic number
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator.device import Device, Heard
from tools.aws.build import DEPLOYED, HERE, LOCK, ROOT, VENV, this_architecture
from tools.aws.emulator import SKILL_ID, EmulatorError, FunctionError, Lambda, emulated, emulator_program
from tools.aws.interpreter import RUNTIME, InterpreterMissingError, runtime_python

try:
    runtime_python()
    emulator_program()
except (InterpreterMissingError, EmulatorError) as reason:
    pytest.skip(str(reason), allow_module_level=True)
if not (HERE.is_dir() and DEPLOYED.is_dir()):
    pytest.skip("nothing is built: `make smoke` builds first", allow_module_level=True)

TAG = f"cpython-{RUNTIME.removeprefix('python').replace('.', '')}"
UNCHECKED_HASH = 1
ELF, ELF_MACHINE = b"\x7fELF", {"arm64": 0xB7, "x86_64": 0x3E}
MOST_BYTES = 12_000_000  # before bytecode; Lambda fetches and unpacks it all on a cold start
NEVER_SHIPPED = {"boto3", "botocore", "flask", "pip", "pydantic", "setuptools", "wheel", "yaml"}

ARTEFACTS = {DEPLOYED: "arm64", HERE: this_architecture()}


@pytest.fixture(params=ARTEFACTS, ids=["deployed", "here"])
def artefact(request):
    return request.param


def files(artefact: Path, pattern: str = "*") -> list[Path]:
    return [path for path in artefact.rglob(pattern) if path.is_file()]


def test_every_module_has_bytecode_that_lambda_takes_without_a_look_at_the_source(artefact):
    sources = files(artefact, "*.py")
    expected = {path.parent / "__pycache__" / f"{path.stem}.{TAG}.pyc": path for path in sources}
    assert set(expected) == set(files(artefact, "*.pyc"))
    for bytecode, source in expected.items():
        header = bytecode.read_bytes()[:16]
        assert int.from_bytes(header[4:8], "little") == UNCHECKED_HASH, bytecode
        magic = int.from_bytes(header[:4], "little")
        assert header[8:16] == source_hash(magic, source.read_bytes()), f"{bytecode} is of another source"


def test_only_what_the_lock_names_is_shipped(artefact):
    shipped = {path.name.split("-")[0].replace("_", "-").lower() for path in artefact.glob("*.dist-info")}
    assert shipped == set(re.findall(r"^([a-z0-9-]+)==", LOCK.read_text(), re.MULTILINE))
    assert NEVER_SHIPPED.isdisjoint(path.stem for path in artefact.iterdir())


def test_it_is_small(artefact):
    size = sum(path.stat().st_size for path in files(artefact) if path.suffix != ".pyc")
    assert size < MOST_BYTES


def test_compiled_parts_are_for_its_processor(artefact):
    heads = [path.read_bytes()[:20] for path in files(artefact, "*.so")]
    assert heads
    for head in heads:
        assert head[:4] == ELF
        assert int.from_bytes(head[18:20], "little") == ELF_MACHINE[ARTEFACTS[artefact]]


def test_nothing_tells_where_it_was_built(artefact):
    assert [path for path in files(artefact) if str(ROOT).encode() in path.read_bytes()] == []


@pytest.fixture(scope="module")
def function() -> Iterator[Lambda]:
    with emulated(HERE) as running:
        yield running


@pytest.fixture
def device(function: Lambda, monkeypatch: pytest.MonkeyPatch) -> Device:
    monkeypatch.setenv("SKILL_ID", SKILL_ID)  # the device talks to this skill
    return Device("en-US", invoke=function.invoke)


def sample(event: str, skill_id: str = SKILL_ID) -> dict[str, Any]:
    """One of Amazon's own sample events.

    `sam local generate-event alexa-skills-kit` has start-session, intent-answer, intent-getnewfact,
    intent-mycoloris, intent-recipe and end-session. It takes --application-id, --session-id, --user-id
    and --request-id, and puts "amzn1.ask.skill." and the like before each. Intent, slots and session
    attributes are fixed and another skill's: the sixth answer of a Christmas quiz, say. Which is what a
    skill must survive.
    """
    command = [VENV / "bin" / "sam", "local", "generate-event", "alexa-skills-kit", event]
    options = ["--application-id", skill_id.removeprefix("amzn1.ask.skill.")]
    made = subprocess.run(
        [*command, *options], env={"SAM_CLI_TELEMETRY": "0"}, capture_output=True, check=True
    )
    return json.loads(made.stdout)


def test_amazons_start_of_a_session_is_welcomed(function):
    response = function.invoke(sample("start-session"))["response"]
    assert "Skin Twitch Guide" in response["outputSpeech"]["ssml"]
    assert response["shouldEndSession"] is False


@pytest.mark.parametrize("event", ["intent-answer", "intent-getnewfact", "intent-mycoloris", "intent-recipe"])
def test_amazons_intents_of_other_skills_get_a_spoken_answer(function, event):
    response = function.invoke(sample(event))["response"]
    assert "went wrong" not in response["outputSpeech"]["ssml"]
    assert response["shouldEndSession"] is False


def test_amazons_end_of_a_session_gets_no_speech(function):
    assert "outputSpeech" not in function.invoke(sample("end-session"))["response"]


def test_another_skills_request_is_refused(function):
    other = SKILL_ID.replace("0", "1")
    with pytest.raises(FunctionError, match="NotOurSkillError"):
        function.invoke(sample("start-session", other))


def test_without_a_skill_id_the_function_does_not_start():
    with (
        emulated(HERE, {"SKILL_ID": ""}) as function,
        pytest.raises(FunctionError, match="SKILL_ID is not set"),
    ):
        function.invoke(sample("start-session"))


def answer(device: Device) -> Heard:
    """Answers one question of the check: a careless "no", and a time where one is asked for."""
    return device.say("three days" if "duration" in device.attributes["asked"] else "no")


def test_a_whole_conversation(device, function):
    assert device.launch().open
    why = device.say("why does my skin twitch")
    assert (why.topic, why.open) == ("summary", True)
    turn = device.say("start the check")
    for _ in range(7):  # the check asks no more than that
        if turn.level:
            break
        turn = answer(device)
    assert turn.level == "self_care"
    assert "because" in turn.speech

    logged = function.said()
    assert "SIMULATED" not in logged  # the user and the device
    assert turn.request["session"]["sessionId"] not in logged
    assert "three" not in logged
    assert "self_care" not in logged


def test_each_turn_leaves_a_line_of_log_and_a_line_of_metrics(device, function):
    device.launch()
    lines = [json.loads(line) for line in function.said().splitlines() if line.startswith("{")]
    log, metrics = [line for line in lines if "id" in line][-1], [ln for ln in lines if "_aws" in ln][-1]
    assert (log["group"], log["outcome"], metrics["Turns"]) == ("launch", "answered", 1)
    assert metrics["FunctionName"] == "SkillFunction"


def test_a_warning_sign_ends_the_conversation_with_a_number_to_call(device):
    device.say("start the check")
    turn = device.say("yes")
    assert (turn.level, turn.open) == ("emergency", False)
    assert turn.speech.startswith("Call 911")
