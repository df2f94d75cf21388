"""A tolerant door: whatever arrives becomes an envelope that the SDK can read.

The SDK raises on any enum value, discriminator or type that it doesn't know, before a handler
runs. So nothing is filtered out; instead the few fields that the skill needs are picked out of
what arrived and everything else stays outside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

USER_EVENT = "Alexa.Presentation.APL.UserEvent"  # something on the screen was touched
RUNTIME_ERROR = "Alexa.Presentation.APL.RuntimeError"  # a device tells of a page; no person waits
TOUCH = "TouchIntent"  # what the door makes of it; no interaction model has an intent of this name
SCREEN, CHOICE = "screen", "choice"  # its slots
APL = "Alexa.Presentation.APL"
OLDEST_APL = (1, 4)  # what our pages are written in
_APL_VERSION = re.compile(r"([0-9]{1,4})\.([0-9]{1,4})")  # "1.4", "2024.3"
READ = frozenset({"LaunchRequest", "IntentRequest", "SessionEndedRequest"})
NOT_READ = "NotReadIntent"  # stands for any request that a person is waiting on and nobody knows
MATCH = "ER_SUCCESS_MATCH"


def readable(event: object) -> dict[str, Any] | None:
    """An envelope with known fields only; None where nobody is waiting for an answer."""
    data = _mapping(event)
    request, session = _mapping(data.get("request")), _mapping(data.get("session"))
    kind = _text(request.get("type"))
    if kind == RUNTIME_ERROR:
        return None
    if kind not in READ and not data.get("session"):  # whatever it is: only what is spoken has one
        return None
    system = _mapping(_mapping(data.get("context")).get("System"))
    application = _mapping(system.get("application")) or _mapping(session.get("application"))
    identity = {"application": {"applicationId": _text(application.get("applicationId"))}}
    read: dict[str, Any] = {
        "type": kind if kind in READ else "IntentRequest",
        "requestId": _text(request.get("requestId")),
        "locale": _text(request.get("locale")),
    }
    if read["type"] == "IntentRequest":
        read["intent"] = _intended(kind, request)
    return {
        "version": "1.0",
        "session": {
            **identity,
            "new": session.get("new") is True,
            "sessionId": _text(session.get("sessionId")),
            "attributes": dict(_mapping(session.get("attributes"))),
        },
        "context": {"System": identity},
        "request": read,
        "shows_pages": _shows_pages(_mapping(system.get("device"))),
    }


def _shows_pages(device: Mapping[Any, Any]) -> bool:
    """Has the device a screen that takes our pages? A version that can't be read takes none."""
    runtime = _mapping(_mapping(_mapping(device.get("supportedInterfaces")).get(APL)).get("runtime"))
    version = _APL_VERSION.fullmatch(_text(runtime.get("maxVersion")))
    return version is not None and (int(version[1]), int(version[2])) >= OLDEST_APL


def _intended(kind: str, request: Mapping[Any, Any]) -> dict[str, Any]:
    if kind == USER_EVENT:
        return _touch(request.get("arguments"))
    return _intent(request.get("intent")) if kind in READ else {"name": NOT_READ}


def _touch(arguments: object) -> dict[str, Any]:
    """A touch on one of our pages sends two texts: which page, and what on it."""
    match arguments:
        case [str(screen), str(choice)]:
            slots = {SCREEN: screen, CHOICE: choice}
            return {"name": TOUCH, "slots": {n: {"name": n, "value": value} for n, value in slots.items()}}
    return {"name": NOT_READ}


def _intent(value: object) -> dict[str, Any]:
    intent = _mapping(value)
    slots = {
        name: _slot(name, _mapping(slot))
        for name, slot in _mapping(intent.get("slots")).items()
        if isinstance(name, str)
    }
    return {"name": _text(intent.get("name")) or NOT_READ, "slots": slots}


def _slot(name: str, slot: Mapping[Any, Any]) -> dict[str, Any]:
    read: dict[str, Any] = {"name": name, "value": _text(slot.get("value")) or None}
    authorities = _mapping(slot.get("resolutions")).get("resolutionsPerAuthority")
    matches = [
        match
        for authority in (authorities if isinstance(authorities, list) else [])
        if (match := _match(_mapping(authority)))
    ]
    if matches:
        read["resolutions"] = {"resolutionsPerAuthority": matches}
    return read


def _match(authority: Mapping[Any, Any]) -> dict[str, Any] | None:
    values = authority.get("values")
    if _mapping(authority.get("status")).get("code") != MATCH or not isinstance(values, list):
        return None
    found = [_mapping(_mapping(v).get("value")) for v in values]
    named = [{"name": _text(v.get("name")), "id": v["id"]} for v in found if isinstance(v.get("id"), str)]
    return {"authority": "", "status": {"code": MATCH}, "values": [{"value": v} for v in named]}


def _mapping(value: object) -> Mapping[Any, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
