"""A tolerant door: whatever arrives becomes an envelope that the SDK can read.

The SDK raises on any enum value, discriminator or type that it doesn't know, before a handler
runs. So nothing is filtered out; instead the few fields that the skill needs are picked out of
what arrived and everything else stays outside.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

READ = frozenset({"LaunchRequest", "IntentRequest", "SessionEndedRequest"})
NOT_READ = "NotReadIntent"  # stands for any request that a person is waiting on and nobody knows
MATCH = "ER_SUCCESS_MATCH"


def readable(event: object) -> dict[str, Any] | None:
    """An envelope with known fields only; None where nobody is waiting for an answer."""
    data = _mapping(event)
    request, session = _mapping(data.get("request")), _mapping(data.get("session"))
    kind = _text(request.get("type"))
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
        read["intent"] = _intent(request.get("intent")) if kind in READ else {"name": NOT_READ}
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
    }


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
