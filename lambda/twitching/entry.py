"""The Lambda handler: the one door. Building the skill at import is Lambda's init phase."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from typing import Any

from twitching.alexa import skill_handler
from twitching.envelope import readable

# When the skill itself is at a loss: words that need nothing, and can't fail.
AT_A_LOSS = (
    "Sorry, something went wrong on my side. "
    "If there is trouble breathing, sudden weakness, a seizure or confusion, "
    "call your local emergency number now."
)


class NotOurSkillError(Exception):
    """The request is meant for another skill, so it gets no answer."""


def _skill_id() -> str | None:
    """The skill that this function answers for. In Lambda it must be set; elsewhere any will do."""
    skill_id = os.environ.get("SKILL_ID")
    if not skill_id and "AWS_LAMBDA_FUNCTION_NAME" in os.environ:
        message = "SKILL_ID is not set: template.yaml sets it from the parameter SkillId"
        raise RuntimeError(message)
    return skill_id or None


def _guided() -> bool:
    """Is the check asked? Any style but the two that exist is refused at start."""
    style = os.environ.get("TRIAGE_STYLE", "guided")
    if style not in ("guided", "signs"):
        message = f"TRIAGE_STYLE is {style!r}: expected guided or signs"
        raise RuntimeError(message)
    return style == "guided"


_SKILL_ID = _skill_id()
_answer = skill_handler(guided=_guided())


def handler(event: Mapping[str, Any], context: object) -> dict[str, Any]:
    """Answer one request from Alexa. Never raises but for another skill's request."""
    envelope = readable(event)
    if envelope is None:
        return {"version": "1.0", "response": {}}
    if _SKILL_ID is not None and envelope["context"]["System"]["application"]["applicationId"] != _SKILL_ID:
        raise NotOurSkillError
    try:
        return _answer(envelope, context)
    except Exception as error:  # noqa: BLE001  the outermost edge: a person is waiting
        print(json.dumps({"level": "ERROR", **_fault(error)}), file=sys.stderr)
        return at_a_loss()


def _fault(error: Exception) -> dict[str, str]:
    """What broke and where. Not the message: it could hold what the person said."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    return {"error": type(error).__name__, "where": where}


def at_a_loss() -> dict[str, Any]:
    """The safe reply that closes the conversation."""
    return {
        "version": "1.0",
        "sessionAttributes": {},
        "response": {
            "outputSpeech": {"type": "SSML", "ssml": f"<speak>{AT_A_LOSS}</speak>"},
            "shouldEndSession": True,
        },
    }
