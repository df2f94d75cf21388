"""Alexa's rules for a reply (developer documentation; certification tests 4.1 and 4.13)."""

import json
import re
from xml.etree import ElementTree as ET

from twitching.entry import AT_A_LOSS
from twitching.speech import plain

AT_A_LOSS_IS_FINE = False
LONGEST_SPEECH, LONGEST_RESPONSE, MOST_WORDS = 8_000, 120_000, 100


def faults(event, response):
    """What is wrong with this reply to this event; a list of sentences."""
    found = []
    body = response["response"]
    json.dumps(response)  # JSON through and through
    if len(json.dumps(response)) > LONGEST_RESPONSE:
        found.append("longer than 120 kB")
    if _kind(event) == "SessionEndedRequest" or not _someone_waits(event):
        return [*found, "speaks though nobody listens"] if body.get("outputSpeech") else found
    if not isinstance(body.get("shouldEndSession"), bool):
        found.append("shouldEndSession isn't set")
    speech = body["outputSpeech"]["ssml"]
    reprompt = body.get("reprompt", {}).get("outputSpeech", {}).get("ssml")
    for ssml in filter(None, (speech, reprompt)):
        try:
            assert ET.fromstring(ssml).tag == "speak"
        except (ET.ParseError, AssertionError):
            found.append(f"not SSML: {ssml}")
        if len(ssml) > LONGEST_SPEECH:
            found.append(f"longer than {LONGEST_SPEECH} characters")
    found += _question_faults(plain(speech), reprompt and plain(reprompt), open_=not body["shouldEndSession"])
    if AT_A_LOSS in speech and not AT_A_LOSS_IS_FINE:
        found.append("the skill was at a loss")
    return found


def _question_faults(speech, reprompt, *, open_):
    if not speech.strip():
        yield "says nothing"
    if len(speech.split()) > MOST_WORDS:
        yield f"more than {MOST_WORDS} words"
    asks = speech.count("?")
    if open_ and (asks != 1 or not speech.endswith("?")):
        yield "open, but doesn't end in its one question"
    if not open_ and asks:
        yield "closed, but asks something"
    if open_ != bool(reprompt):
        yield "a reprompt goes with an open session, and only with one"
    if reprompt and (not reprompt.endswith("?") or reprompt == speech):
        yield "the reprompt isn't a question of its own"
    if re.search(r"\{\{|\}\}|None|undefined", speech):
        yield f"a template shows: {speech}"


def _kind(event):
    request = event.get("request") if isinstance(event, dict) else None
    return request.get("type") if isinstance(request, dict) else None


def _someone_waits(event):
    known = _kind(event) in ("LaunchRequest", "IntentRequest")
    return known or bool(isinstance(event, dict) and event.get("session"))
