"""The Lambda handler: the one door. Building the skill at import is Lambda's init phase."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from time import perf_counter
from typing import TYPE_CHECKING, Any

from twitching import init_phase  # before the SDK
from twitching.alexa import skill_handler
from twitching.deadline import OutOfTimeError, deadline
from twitching.envelope import disabled_by, readable
from twitching.telemetry import Telemetry

if TYPE_CHECKING:
    from twitching.visits import Visits

# When the skill itself is at a loss: words that need nothing, and can't fail.
AT_A_LOSS = (
    "Sorry, something went wrong on my side. "
    "If there is trouble breathing, sudden weakness, a seizure or confusion, "
    "call your local emergency number now."
)


class NotOurSkillError(Exception):
    """The request is meant for another skill, so it gets no answer."""


class NotForgottenError(Exception):
    """Somebody has disabled the skill, and what was remembered of their visits couldn't be deleted."""


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


def _remembered_visits() -> Visits | None:
    """The memory of visits, if there is to be one."""
    table = os.environ.get("VISITS_TABLE")
    if not table:
        return None
    from twitching.visits import Visits  # noqa: PLC0415  boto3: a tenth of a second, and not there everywhere

    return Visits(table)


_SKILL_ID = _skill_id()
_visits = _remembered_visits()
_answer = skill_handler(guided=_guided(), visits=_visits)
_telemetry = Telemetry(os.environ.get("AWS_LAMBDA_FUNCTION_NAME"))
init_phase.over()


def handler(event: Mapping[str, Any], context: object) -> dict[str, Any]:
    """Answer one request from Alexa. Raises for another skill's, and where a leaver isn't forgotten."""
    began = perf_counter()
    envelope = readable(event, with_user=_visits is not None)
    lost = False
    if envelope is None:
        _forget_leaver(event)
        response: dict[str, Any] = {"version": "1.0", "response": {}}
    elif _SKILL_ID not in (None, envelope["context"]["System"]["application"]["applicationId"]):
        _observe(envelope, None, began)
        raise NotOurSkillError
    else:
        response, lost = _reply(envelope, context)
    _observe(envelope, response, began, at_a_loss=lost)
    return response


def _reply(envelope: dict[str, Any], context: object) -> tuple[dict[str, Any], bool]:
    """The answer, and whether the skill was at a loss for it."""
    try:
        with deadline(context):
            return _answer(envelope, context), False
    except (Exception, OutOfTimeError) as error:  # noqa: BLE001  the outermost edge: a person is waiting
        _log(error)
        return at_a_loss(), True


def _forget_leaver(event: object) -> None:
    """Delete what is remembered of somebody who has disabled the skill.

    Nobody hears an answer, so a failure is an error: it shows in the alarm, and whoever sends the event can
    send it once more.
    """
    skill_id, user = disabled_by(event) or ("", "")
    if _visits and user and _SKILL_ID in (None, skill_id) and not _visits.forget(user):
        raise NotForgottenError


def _observe(
    envelope: dict[str, Any] | None,
    response: dict[str, Any] | None,
    began: float,
    *,
    at_a_loss: bool = False,
) -> None:
    """Logs and metrics. Where they fail, the person still hears the answer."""
    try:
        _telemetry.observe(envelope, response, perf_counter() - began, at_a_loss=at_a_loss)
    except Exception as error:  # noqa: BLE001  nothing that is only counted may cost an answer
        _log(error)


def _log(error: BaseException) -> None:
    with suppress(Exception):  # the log itself may be what is broken
        print(json.dumps({"level": "ERROR", **_fault(error)}), file=sys.stderr)


def _fault(error: BaseException) -> dict[str, str]:
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
