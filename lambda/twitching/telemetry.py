"""How the skill does, and nothing about who used it (docs/decisions/0010-logs-and-metrics-tell-of-no-one.md).

A request leaves one line in the log, and a turn one more of metrics, in CloudWatch's embedded metric
format: CloudWatch makes metrics of such a line by itself, so neither a library nor a permission is
needed. Whatever stands in a line is a number, or comes from a closed set that this module names.
"""

from __future__ import annotations

import json
import os
from collections.abc import Container, Mapping
from time import time
from typing import Any

from twitching.catalogue import load_catalogue
from twitching.dialogue.result import level_told
from twitching.dialogue.routes import ABOUT, INTENT
from twitching.envelope import READ
from twitching.triage.model import Level

OTHER = "other"

# What a log line calls an intent. A group must not tell what somebody answered, so all in which a
# person tells of a body share one: yes, no, how long, where, which sign, whose.
GROUPS = {
    "telling": (
        "AMAZON.YesIntent AMAZON.NoIntent RatherYesIntent RatherNoIntent NotSureIntent DurationIntent"
        " SignIntent DenySignIntent TwitchIntent MentionIntent CorrectionIntent ForSomeoneIntent ForMeIntent"
        " TouchIntent"  # on a screen: mostly an answer
    ),
    "topic": "TopicIntent WordIntent",  # and each topic's own intent, AboutAlsIntent and the like
    "check": "StartCheckIntent",
    "afterwards": (
        "WhyIntent WhatWouldChangeIntent ForTheDoctorIntent OnACardIntent MeanwhileIntent SourceIntent"
    ),
    "command": (
        "AMAZON.HelpIntent AMAZON.RepeatIntent AMAZON.StartOverIntent AMAZON.NextIntent AMAZON.PreviousIntent"
        " TellMeMoreIntent SkipIntent NotClearIntent ThanksIntent SlowerIntent ShorterIntent InFullIntent"
        " WhoAreYouIntent"
    ),
    "privacy": "PrivacyIntent ForgetMeIntent",
    "fallback": "AMAZON.FallbackIntent OutOfScopeIntent",
    "launch": "LaunchRequest",
    "end": "AMAZON.StopIntent AMAZON.CancelIntent AMAZON.NavigateHomeIntent SessionEndedRequest",
}
_GROUP_OF = {name: group for group, names in GROUPS.items() for name in names.split()}

# "ended" means that somebody asked to end. That the skill closed the conversation itself is never
# logged: after a telling it nearly always means an emergency.
ANSWERED, ENDED, NOT_UNDERSTOOD = "answered", "ended", "not_understood"
AT_A_LOSS, REFUSED, UNHEARD = "at_a_loss", "refused", "unheard"
OUTCOMES = (ANSWERED, ENDED, NOT_UNDERSTOOD, AT_A_LOSS, REFUSED, UNHEARD)

NAMESPACE, DIMENSION = "SkinTwitchGuide", "FunctionName"
EACH_TURN = {  # metric -> unit. They say no more of a turn than its log line does
    "Turns": "Count",
    "Fallbacks": "Count",
    "AtALoss": "Count",
    "ColdStarts": "Count",
    "Latency": "Milliseconds",
}
WARNING_SIGNS = "WarningSigns"
LEVELS = {level: "Level" + level.name.title().replace("_", "") for level in Level}
POOLED = (*LEVELS.values(), WARNING_SIGNS)  # of several people at once, never of one turn
ENOUGH = 5  # results that are told of together; with fewer, a count would be about somebody

Attributes = Mapping[str, Any]


class Telemetry:
    """What one execution environment of Lambda prints of the requests that it answers.

    Without the function's name, as in the simulator, nothing is printed.
    """

    def __init__(self, function: str | None, enough: int = ENOUGH) -> None:
        self._function = function
        self._enough = enough
        self._cold = True
        self._results = 0
        self._pool = dict.fromkeys(POOLED, 0)

    def observe(
        self,
        envelope: Attributes | None,
        response: Attributes | None,
        seconds: float,
        *,
        at_a_loss: bool = False,
    ) -> None:
        """Print what may be known of one request.

        `envelope` is None where nobody waited for an answer, `response` where the request was refused.
        """
        if self._function is None:
            return
        cold, self._cold = self._cold, False
        outcome = AT_A_LOSS if at_a_loss else outcome_of(envelope, response)
        milliseconds = round(seconds * 1000)
        request = envelope["request"] if envelope else {}
        line = {
            "id": os.urandom(8).hex(),  # of this line alone; two turns of a conversation share nothing
            "request": _kind(request),
            "group": group_of(request),
            "locale": _one_of(load_catalogue().locales, request.get("locale")),
            "milliseconds": milliseconds,
            "outcome": outcome,
            "cold_start": cold,
        }
        print(json.dumps(line))
        if envelope is None or response is None or request["type"] == "SessionEndedRequest":
            return  # not a turn
        values = {
            "Turns": 1,
            "Fallbacks": int(outcome == NOT_UNDERSTOOD),
            "AtALoss": int(outcome == AT_A_LOSS),
            "ColdStarts": int(cold),
            "Latency": milliseconds,
        }
        print(json.dumps(embedded(values | self._bunch(), self._function)))
        self._keep(told_by(envelope["session"]["attributes"], response))

    def _bunch(self) -> dict[str, int]:
        """The counts of results, once there are enough. Asked before this turn's own is among them."""
        if self._results < self._enough:
            return {}
        bunch, self._pool, self._results = self._pool, dict.fromkeys(POOLED, 0), 0
        return bunch

    def _keep(self, told: tuple[str, ...]) -> None:
        self._results += bool(told)
        for metric in told:
            self._pool[metric] += 1


def group_of(request: Attributes) -> str:
    """The group of what was asked, never its name."""
    name = request["intent"]["name"] if "intent" in request else request.get("type")
    if isinstance(name, str) and name.startswith(ABOUT) and name.endswith(INTENT):
        return "topic"
    return _GROUP_OF.get(name or "", OTHER)


def outcome_of(envelope: Attributes | None, response: Attributes | None) -> str:
    """What became of a request, as far as a log line may say."""
    if envelope is None:
        return UNHEARD
    if response is None:
        return REFUSED
    after = _attributes(response)
    if after.get("misses") or "sign_not_caught" in _said(after):
        return NOT_UNDERSTOOD
    return ENDED if group_of(envelope["request"]) == "end" else ANSWERED


def told_by(before: Attributes, response: Attributes) -> tuple[str, ...]:
    """The metrics that a result counts in: its level, and if a warning sign that was named led to it.

    Empty where no result was told, or only the last one once more. A new result has a card, or is
    told on leaving; "repeat" and "who says so" have neither.
    """
    after, out = _attributes(response), response.get("response", {})
    level = level_told(_said(after))
    is_new = "card" in out or out.get("shouldEndSession") is True
    if level is None or not is_new or level == level_told(_said(before)):
        return ()
    named = level is Level.EMERGENCY and any(id_.startswith("sign.") for id_ in _said(after))
    return (LEVELS[level], WARNING_SIGNS) if named else (LEVELS[level],)


def embedded(values: Mapping[str, int], function: str) -> dict[str, Any]:
    """The values as CloudWatch's embedded metric format has them."""
    metrics = [{"Name": name, "Unit": EACH_TURN.get(name, "Count")} for name in values]
    directive = {"Namespace": NAMESPACE, "Dimensions": [[DIMENSION]], "Metrics": metrics}
    about = {"Timestamp": int(time() * 1000), "CloudWatchMetrics": [directive]}
    return {"_aws": about, DIMENSION: function, **values}


def _kind(request: Attributes) -> str:
    """The request's type; one that the door didn't know has become an intent without a group."""
    kind = _one_of(READ, request.get("type"))
    return OTHER if kind == "IntentRequest" and group_of(request) == OTHER else kind


def _one_of(known: Container[str], value: object) -> str:
    return value if isinstance(value, str) and value in known else OTHER


def _attributes(response: Attributes) -> Attributes:
    return response.get("sessionAttributes") or {}


def _said(attributes: Attributes) -> list[str]:
    """The ids of the reply's sentences. A request's may be broken; what is no list holds none."""
    said = attributes.get("said")
    return said if isinstance(said, list) else []
