"""Alexa's rules for a reply (developer documentation; certification tests 4.1 and 4.13), as checks.

Each takes a response as Alexa gets it, and says what was found and what was expected.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any
from xml.etree import ElementTree as ET

from twitching.catalogue import ANY_LOCALE, load_words
from twitching.entry import AT_A_LOSS
from twitching.speech import plain

LONGEST_SPEECH, LONGEST_RESPONSE, MOST_WORDS = 8_000, 120_000, 100
RENDER, APL_VERSION = "Alexa.Presentation.APL.RenderDocument", "1.4"
# How the ids of sentences begin that tell back what a person said, or what that amounts to.
TELLS_BACK = ("because.", "sign.", "doctor.", "if.", "likely.", "why.rule.")
WAS_AT_A_LOSS = "the skill was at a loss, expected an answer"

Response = Mapping[str, Any]


def faults(event: object, response: Response) -> list[str]:
    """What is wrong with this reply to this event; whatever the event is."""
    if not is_awaited(event):
        return [*size(response), *silence(response)]
    found = [*size(response), *markup(response), *ending(response), *one_question(response)]
    found += [*reprompt(response), *words(response), *pages(event, response)]
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


def pages(event: object, response: Response) -> Iterator[str]:
    """A page where there is a screen for it, and only there; and nothing on it that tells what was said.

    The safe reply of a skill that is at a loss has none.
    """
    directives = response["response"].get("directives") or []
    kinds = [directive.get("type") for directive in directives]
    expected = [RENDER] if has_screen(event) and AT_A_LOSS not in speech(response) else []
    if kinds != expected:
        yield f"directives {kinds}, expected {expected}"
    for directive in directives:
        page = directive["datasources"]["screen"]
        shown = " ".join(str(part) for part in page.values())
        if not (page["title"] and page["token"]):
            yield f"a page without a title or a token: {shown}"
        if directive["document"].get("version") != APL_VERSION:
            yield f"a document of version {directive['document'].get('version')}, expected {APL_VERSION}"
        if is_open(response) != bool(page["choices"]):
            yield f"{len(page['choices'])} things to touch, expected some exactly when the session is open"
        if trace := re.search(r"<[a-z]|\{\{", shown):
            yield f"{trace[0]!r} on the page, expected words: {shown}"
        yield from _told_back(event, response, shown)


def _told_back(event: object, response: Response, shown: str) -> Iterator[str]:
    """Sentences on a page that tell back what a person said. Those that are said have these ids."""
    said = (response.get("sessionAttributes") or {}).get("said") or []
    telling = [id_.removesuffix(".told") for id_ in said if id_.startswith(TELLS_BACK)]
    locale = _inside(event, "request", "locale")
    words = load_words(locale if isinstance(locale, str) else ANY_LOCALE)
    for id_, whose in product(telling, (words, words.other, words.child)):
        if whose and any(plain(wording) in shown for wording in whose.say.get(id_, ())):
            yield f"{id_} on the page, expected nothing that tells what was said"
    if "because you said" in shown:
        yield f"a length of time that was told on the page: {shown}"


def has_screen(event: object) -> bool:
    """Does the device of this event take pages of our version of APL?"""
    interfaces = _inside(event, "context", "System", "device", "supportedInterfaces")
    version = _inside(interfaces, "Alexa.Presentation.APL", "runtime", "maxVersion")
    if not isinstance(version, str) or not re.fullmatch(r"[0-9]{1,4}\.[0-9]{1,4}", version):
        return False
    return tuple(map(int, version.split("."))) >= tuple(map(int, APL_VERSION.split(".")))


def _inside(event: object, *keys: str) -> object:
    for key in keys:
        event = event.get(key) if isinstance(event, dict) else None
    return event


def is_open(response: Response) -> bool:
    """Does the skill wait for an answer?"""
    return response["response"].get("shouldEndSession") is False


def is_awaited(event: object) -> bool:
    """Is a person waiting for an answer to this event?"""
    request = event.get("request") if isinstance(event, dict) else None
    kind = request.get("type") if isinstance(request, dict) else None
    if kind in ("SessionEndedRequest", "Alexa.Presentation.APL.RuntimeError"):
        return False
    known = kind in ("LaunchRequest", "IntentRequest")
    return known or bool(isinstance(event, dict) and event.get("session"))


def _spoken(response: Response) -> list[str]:
    body = response["response"]
    return [ssml for ssml in (_ssml(body), _ssml(body.get("reprompt") or {})) if ssml]


def _ssml(part: Mapping[str, Any]) -> str:
    return str((part.get("outputSpeech") or {}).get("ssml") or "")
