"""S: whose requests are answered, and what else may arrive in them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from twitching import entry

from simulator import web
from simulator.envelope import intent, launch
from tools.aws.build import VENV
from tools.manifest_rules import addresses, called_at, privacy
from tools.preflight.explored import AT_ONCE
from tools.preflight.row import Examined, NotHereError, Row
from tools.reply_rules import WAS_AT_A_LOSS, faults, speech
from tools.sources_on_disk import ROOT

AWS = VENV / "bin" / "python"  # the template's linters need an environment of their own
ANOTHER_SKILL = "amzn1.ask.skill.11111111-1111-1111-1111-111111111111"
LONG_AGO = "2015-05-13T12:34:56Z"
BRAND_NEW = {"type": "Alexa.Brand.New", "shiny": True}


def _only_our_skill(of: Examined) -> Iterator[str]:
    with patch.object(entry, "_SKILL_ID", ANOTHER_SKILL):
        try:
            of.answer(launch(), AT_ONCE)
        except entry.NotOurSkillError:
            pass
        else:
            yield "a request for another skill is answered, expected a refusal"
    if not AWS.exists():
        raise NotHereError("`make template` holds the function's permission")
    yield from _template_faults(of.template, of.template.read_text(encoding="utf-8"))


@cache
def _template_faults(template: Path, _: str) -> tuple[str, ...]:
    """What SAM makes of the template may be called by this skill alone; once for all locales."""
    command = [str(AWS), "-m", "tools.aws.template_rules", "--without-linters", str(template)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "lambda")}  # for the metrics that the skill emits
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    told = (answer.stdout + answer.stderr).splitlines()
    return tuple(told) if answer.returncode else ()


def _endpoint(of: Examined) -> Iterator[str]:
    """Amazon signs what it sends to a web service, which server/ checks; to a function it doesn't."""
    custom = of.package.inside["apis"]["custom"]
    endpoints = [
        custom.get("endpoint"),
        *(region["endpoint"] for region in custom.get("regions", {}).values()),
    ]
    for endpoint in filter(None, endpoints):
        yield from called_at(endpoint)


def _old_requests(of: Examined) -> Iterator[str]:
    yield from _endpoint(of)
    told = of.answer({**launch(), "timestamp": LONG_AGO}, AT_ONCE)
    yield from (f"a request of {LONG_AGO}: {fault}" for fault in _refused(told))


def _no_unsigned_service(of: Examined) -> Iterator[str]:
    yield from _endpoint(of)
    if web.HOST != "127.0.0.1":
        yield f"simulator/web.py takes unsigned requests on {web.HOST}, expected this machine alone"


def _unknown_things(of: Examined) -> Iterator[str]:
    for state in of.explored.states:
        yield from (f"{state}: an unknown request: {f}" for f in _refused(of.answer(BRAND_NEW, state)))
        asks_for_help = intent("AMAZON.HelpIntent", {})
        expected = speech(of.answer(asks_for_help, state))
        with_more = speech(of.answer(_with_more(asks_for_help), state))
        if with_more != expected:
            yield f"{state}: with unknown properties {with_more!r}, expected {expected!r}"


def _with_more(request: dict[str, Any]) -> dict[str, Any]:
    """The same request from next year's Alexa."""
    more = deepcopy(request) | {"dialogState": "CONFUSED", "newThing": [1], "canFulfill": {"a": None}}
    more["intent"] |= {"confirmationStatus": "MAYBE", "more": 1}
    return more


def _refused(response: dict[str, Any]) -> Iterator[str]:
    wrong = faults({"session": True}, response)
    if wrong:
        yield wrong[0] if wrong != [WAS_AT_A_LOSS] else WAS_AT_A_LOSS


def _privacy(of: Examined) -> Iterator[str]:
    yield from privacy(of.package)
    yield from addresses(of.package)


ROWS = (
    Row(
        "S1",
        "only this skill's requests are answered; nobody else may call the function",
        "security",
        _only_our_skill,
    ),
    Row(
        "S2",
        "signature and time: Amazon's to check for a Lambda function, checked by server/ for a web service",
        "security",
        _old_requests,
    ),
    Row(
        "S3",
        "nothing that Alexa is told to call takes unsigned requests",
        "web service",
        _no_unsigned_service,
    ),
    Row("S4", "a web service has a certificate that Amazon trusts, a function none", "security", _endpoint),
    Row("S5", "unknown properties and unknown requests break nothing", "extra properties", _unknown_things),
    Row(
        "S6",
        "personal data: none, no account linking, no permission, and a page that says so",
        "policy",
        _privacy,
        person="somebody who knows the law where it is offered reads docs/privacy.md",
    ),
)
