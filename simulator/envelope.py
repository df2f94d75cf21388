"""Requests as an Echo sends them."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from simulator.kinds import APL, Kind

APPLICATION = "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"


def envelope(
    request: dict[str, Any], session: dict[str, Any], locale: str, kind: Kind | None = None
) -> dict[str, Any]:
    """A full envelope around one request, from a device with this screen or from a speaker."""
    interfaces = kind.supported_interfaces() if kind else {}
    return {
        "version": "1.0",
        "session": session,
        "context": {
            "System": {
                "application": {"applicationId": session["application"]["applicationId"]},
                "user": session["user"],
                "device": {"deviceId": "amzn1.ask.device.SIMULATED", "supportedInterfaces": interfaces},
                "apiEndpoint": "https://api.amazonalexa.com",
                "apiAccessToken": "simulated",
            },
            **(kind.context() if kind else {}),
        },
        "request": {
            "requestId": f"amzn1.echo-api.request.{uuid.uuid4()}",
            "locale": locale,
            "timestamp": datetime.now(tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            **request,
        },
    }


def new_session(application: str = APPLICATION, number: int = 1) -> dict[str, Any]:
    """The session of a skill that was just invoked; numbered, so that a script plays the same twice."""
    return {
        "new": True,
        "sessionId": f"amzn1.echo-api.session.simulated-{number}",
        "application": {"applicationId": application},
        "attributes": {},
        "user": {"userId": "amzn1.ask.account.SIMULATED"},
    }


def launch() -> dict[str, Any]:
    """The skill is opened by its name."""
    return {"type": "LaunchRequest", "shouldLinkResultBeReturned": False}


def intent(name: str, slots: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """An intent, with its slots as Alexa sends them."""
    return {
        "type": "IntentRequest",
        "dialogState": "STARTED",
        "intent": {"name": name, "confirmationStatus": "NONE", "slots": slots},
    }


def touch(token: str, arguments: list[Any]) -> dict[str, Any]:
    """Something on the page with this token was touched, and sends these arguments."""
    return {
        "type": f"{APL}.UserEvent",
        "token": token,
        "arguments": arguments,
        "source": {"type": "TouchWrapper", "handler": "Press", "id": ""},
        "components": {},
    }


def ended(reason: str = "USER_INITIATED") -> dict[str, Any]:
    """Alexa says that the session is over."""
    return {"type": "SessionEndedRequest", "reason": reason}
