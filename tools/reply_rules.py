"""Alexa's rules for a reply (developer documentation; certification tests 4.1 and 4.13), as checks.

Each takes a response as Alexa gets it, and says what was found and what was expected.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as ET

from twitching.entry import AT_A_LOSS
from twitching.speech import plain

LONGEST_SPEECH, LONGEST_RESPONSE, MOST_WORDS = 8_000, 120_000, 100
WAS_AT_A_LOSS = "the skill was at a loss, expected an answer"

Response = Mapping[str, Any]


def faults(event: object, response: Response) -> list[str]:
    """What is wrong with this reply to this event; whatever the event is."""
    if not is_awaited(event):
        return [*size(response), *silence(response)]
    found = [*size(response), *markup(response), *ending(response), *one_question(response)]
    found += [*reprompt(response), *words(response)]
    return [*found, WAS_AT_A_LOSS] if AT_A_LOSS in speech(response) else found


def speech(response: Response) -> str:
    """What is said, as plain text."""
    return plain(_ssml(response["response"]))


def size(response: Response) -> Iterator[str]:
    """JSON through and through, and not too much of it."""
    if (length := len(json.dumps(response).encode())) > LONGEST_RESPONSE:
        yield f"{length} bytes, expected at most {LONGEST_RESPONSE}"
    for ssml in _spoken(response):
        if len(ssml) > LONGEST_SPEECH:
            yield f"{len(ssml)} characters of speech, expected at most {LONGEST_SPEECH}"


def silence(response: Response) -> Iterator[str]:
    """Where nobody listens, nothing is said and nothing is shown."""
    body = response["response"]
    for part in ("outputSpeech", "reprompt", "card", "directives"):
        if body.get(part):
            yield f"{part} is there though nobody listens, expected none"


def markup(response: Response) -> Iterator[str]:
    """What is said is well-formed SSML."""
    for ssml in _spoken(response):
        try:
            tag = ET.fromstring(ssml).tag  # noqa: S314  our own skill's text
        except ET.ParseError:
            tag = ""
        if tag != "speak":
            yield f"{ssml!r}, expected well-formed SSML in <speak>"


def ending(response: Response) -> Iterator[str]:
    """The session stays open exactly when the reply ends in a question."""
    open_ = is_open(response)
    if not isinstance(response["response"].get("shouldEndSession"), bool):
        yield "shouldEndSession isn't set, expected true or false"
    said = speech(response)
    if open_ and not said.endswith("?"):
        yield f"open after {said[-60:]!r}, expected a question at the end"
    if not open_ and "?" in said:
        yield f"closed after {said[-60:]!r}, expected no question"


def one_question(response: Response) -> Iterator[str]:
    """Not two questions in one reply."""
    if is_open(response) and (asks := speech(response).count("?")) != 1:
        yield f"{asks} questions in {speech(response)!r}, expected one"


def reprompt(response: Response) -> Iterator[str]:
    """A reprompt goes with an open session, and only with one; it is a question of its own."""
    asked_again = plain(_ssml(response["response"].get("reprompt") or {}))
    if is_open(response) != bool(asked_again):
        yield f"the reprompt is {asked_again!r}, expected one with an open session, and only there"
    if asked_again and (not asked_again.endswith("?") or asked_again == speech(response)):
        yield f"the reprompt is {asked_again!r}, expected a question of its own"


def words(response: Response) -> Iterator[str]:
    """It says something, not too much, and no template shows."""
    said = speech(response)
    if not said:
        yield "nothing is said, expected an answer"
    if (count := len(said.split())) > MOST_WORDS:
        yield f"{count} words, expected at most {MOST_WORDS}"
    if shown := re.search(r"\{\{|\}\}|None|undefined", said):
        yield f"{shown[0]!r} in {said!r}, expected no trace of a template"


def is_open(response: Response) -> bool:
    """Does the skill wait for an answer?"""
    return response["response"].get("shouldEndSession") is False


def is_awaited(event: object) -> bool:
    """Is a person waiting for an answer to this event?"""
    request = event.get("request") if isinstance(event, dict) else None
    kind = request.get("type") if isinstance(request, dict) else None
    if kind == "SessionEndedRequest":
        return False
    known = kind in ("LaunchRequest", "IntentRequest")
    return known or bool(isinstance(event, dict) and event.get("session"))


def _spoken(response: Response) -> list[str]:
    body = response["response"]
    return [ssml for ssml in (_ssml(body), _ssml(body.get("reprompt") or {})) if ssml]


def _ssml(part: Mapping[str, Any]) -> str:
    return str((part.get("outputSpeech") or {}).get("ssml") or "")
