"""The requests that are broken: whole conversations, and what Alexa sends besides them."""

from __future__ import annotations

from typing import Any

from simulator import envelope
from simulator.device import Device
from simulator.kinds import KINDS, WITH_SCREEN

# A turn of each kind, in every state that there is.
SCRIPTS = (
    ("why does my skin twitch", "yes", "tell me more", "go back", "no"),
    (
        "start the check",
        "no",
        "not sure",
        "not really",
        "yes",
        "three weeks",
        "why",
        "what would change that",
    ),
    ("start the check", "no", "no", "no", "no", "three days", "no", "what should i tell my doctor", "yes"),
    ("my dad's calf has been twitching for two weeks and he's stressed", "yes", "no", "actually yes", "stop"),
    ("i can't breathe",),
    ("start the check", "help", "repeat", "skip", "asdf qwer", "asdf qwer", "asdf qwer"),
    ("my eyelid twitches", "slower", "shorter", "who says so", "what do you know about me", "forget me"),
)
LOCALES = ("en-US", "en-GB", "en-CA", "en-AU", "en-IN", "en", "de-DE", "xx")
# Conversations by touch.
TOUCHED = (
    ("start the check", "no", "no", "no", "yes", "yes", "under_2_days"),
    ("start the check", "no", "no", "unsure", "no", "no", "under_14_days", "no", "yes"),
    ("why does my skin twitch", "no", "why", "yes"),
)
# Requests that a skill without their interfaces should never get, and Amazon sends all the same.
OTHERS = (
    {"type": "CanFulfillIntentRequest", "intent": {"name": "TopicIntent", "slots": {}}},
    {"type": "Alexa.Presentation.APL.UserEvent", "token": "t", "arguments": ["yes"], "source": {"id": "b"}},
    {"type": "Alexa.Presentation.APL.UserEvent", "token": "t", "arguments": [".0", "yes"]},
    {"type": "Alexa.Presentation.APL.LoadIndexListData", "token": "t", "listId": "l", "startIndex": 0},
    {"type": "Alexa.Presentation.APL.RuntimeError", "errors": [{"type": "LIST_ERROR", "reason": "X"}]},
    {"type": "AudioPlayer.PlaybackStarted", "token": "t", "offsetInMilliseconds": 0},
    {"type": "System.ExceptionEncountered", "error": {"type": "INVALID_RESPONSE", "message": "m"}},
    {"type": "AlexaSkillEvent.SkillDisabled", "eventCreationTime": "2026-01-01T00:00:00Z"},
    {"type": "Connections.Response", "name": "x", "status": {"code": "200"}, "payload": {}},
    {"type": "SessionResumedRequest", "cause": {"type": "ConnectionCompleted"}},
    {"type": "Display.ElementSelected", "token": "t"},
    {"type": "Messaging.MessageReceived", "message": {}},
    {"type": "SessionEndedRequest", "reason": "ERROR", "error": {"type": "INVALID_RESPONSE", "message": "m"}},
)
# What else a device with a screen tells of itself, now and perhaps one day.
SHOW = {
    "Alexa.Presentation.APL": {"token": "t", "version": "APL_WEB_RENDERER_GANDALF"},
    "Extensions": {"available": {"aplext:backstack:10": {}}},
}


def requests() -> list[dict[str, Any]]:
    """Every request of the conversations, with and without a screen, and the other kinds."""
    found = []
    for number, script in enumerate(SCRIPTS):
        device = Device(LOCALES[number % 5])
        found.append(device.launch().request)
        found += [device.say(text).request for text in script]
    for first, *touches in TOUCHED:
        device = Device()
        found.append(device.say(first).request)
        for choice in touches:
            asked = device.attributes
            token = f"{asked.get('asked')}.{asked.get('turn')}"  # as screen.token_of has it
            found.append(device.touch([token, choice]).request)
    session = envelope.new_session(envelope.APPLICATION, 1)
    found += [
        envelope.envelope({"requestId": "r", "locale": "en-US", **other}, session, "en-US")
        for other in OTHERS
    ]
    for event in found:  # the same each time
        event["request"] |= {"requestId": "amzn1.echo-api.request.1", "timestamp": "2026-01-01T00:00:00Z"}
    with_screen = [_on_a_screen(event, WITH_SCREEN[n % len(WITH_SCREEN)]) for n, event in enumerate(found)]
    return found + with_screen


def _on_a_screen(event: dict[str, Any], name: str) -> dict[str, Any]:
    kind = KINDS[name]
    assert kind is not None
    system = event["context"]["System"]
    device = {**system["device"], "supportedInterfaces": kind.supported_interfaces()}
    return {**event, "context": {"System": {**system, "device": device}, **kind.context(), **SHOW}}
