"""What a turn loads: start-up is where a person waits."""

import json
import os
import subprocess
import sys

from simulator import envelope
from simulator.envelope import intent, launch, new_session, touch
from simulator.kinds import KINDS

# Too heavy for a cold start, or not there at all in Lambda.
NEVER = {"yaml", "ruamel", "pydantic", "flask", "boto3", "hassil", "click", "rich", "tools", "simulator"}
NOT_FOR_A_QUESTION = {"jinja2", "markupsafe"}

PROGRAM = """
import json, sys
from twitching import entry
answer = entry.handler(json.loads(sys.argv[1]), None)
assert "outputSpeech" in answer["response"]
print(json.dumps(sorted({part for name in sys.modules for part in (name, name.split(".")[0])})))
"""


NO_TELEMETRY = """
import sys, types
none = sys.modules["twitching.telemetry"] = types.ModuleType("twitching.telemetry")
none.Telemetry = lambda function: none
none.observe = lambda *_, **__: None
"""


def loaded_by(request, attributes=None, before="", kind="speaker", **settings):
    """The modules that a fresh process has loaded after this one request."""
    session = new_session() | {"attributes": attributes or {}}
    event = envelope.envelope(request, session, "en-US", KINDS[kind])
    environment = {k: v for k, v in os.environ.items() if k != "SKILL_ID"} | settings
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", before + PROGRAM, json.dumps(event)],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_a_question_loads_neither_the_build_nor_the_template_engine():
    loaded = loaded_by(intent("AboutSummaryIntent", {}))
    assert loaded & (NEVER | NOT_FOR_A_QUESTION) == set()
    assert "twitching" in loaded


def test_opening_the_skill_loads_neither():
    assert loaded_by(launch()) & (NEVER | NOT_FOR_A_QUESTION) == set()


def test_a_speaker_loads_nothing_for_screens_and_a_screen_only_what_is_ours():
    on_a_speaker = loaded_by(intent("AboutSummaryIntent", {}))
    on_a_screen = loaded_by(intent("AboutSummaryIntent", {}), kind="hub_small")
    assert "twitching.screen" not in on_a_speaker
    assert on_a_screen - on_a_speaker == {"twitching.screen", "twitching.triage.ahead"}


def test_a_touch_loads_no_more_than_a_page():
    attributes = {"asked": "ask.sudden_signs", "turn": 1}
    loaded = loaded_by(
        touch("ask.sudden_signs.1", ["ask.sudden_signs.1", "no"]), attributes, kind="hub_small"
    )
    assert loaded & (NEVER | NOT_FOR_A_QUESTION) == set()
    assert not any(name.startswith("ask_sdk_model.interfaces.alexa.presentation.apl.") for name in loaded)


def test_a_sentence_that_echoes_a_fact_loads_the_template_engine_alone():
    attributes = {
        "answers": {"sudden_signs": "no", "recent_danger": "no", "urgent_signs": "no", "duration": 21},
        "asked": "ask.change",
    }
    loaded = loaded_by(intent("AMAZON.NoIntent", {}), attributes)
    assert "jinja2" in loaded
    assert loaded & NEVER == set()


def test_logs_and_metrics_load_nothing_that_is_not_loaded_anyway():
    on_lambda = {"AWS_LAMBDA_FUNCTION_NAME": "SkillFunction", "SKILL_ID": envelope.APPLICATION}
    request = intent("AboutSummaryIntent", {})
    assert loaded_by(request, **on_lambda) == loaded_by(request, before=NO_TELEMETRY, **on_lambda)
