"""The page that simulates an Echo: its files, what it must know, and its turns.

It keeps nothing here: the page sends the session along, as an Echo's cloud does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, jsonify, request, send_from_directory
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from twitching.catalogue import load_words
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from simulator.device import Device
from simulator.inside import inside
from simulator.kinds import KINDS
from simulator.script import ScriptError, play_line
from simulator.understanding import locales
from simulator.understanding.model import MODELS

HERE = Path(__file__).parent
FILES = HERE / "static"
VIEWHOST = HERE / "viewhost" / "node_modules" / "apl-viewhost-web"
INTERACTION_MODEL = MODELS.parents[2]
LONGEST = 500  # characters of a line; nobody says more in one breath

SELF = "default-src 'none'; base-uri 'none'; form-action 'none'; img-src 'self' data:; "
PAGE_POLICY = (
    f"{SELF}script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; frame-ancestors 'none'"
)
# Amazon's renderer makes functions of text and brings its styles and WebAssembly as text, so it gets a frame
# of its own: what runs there has no origin, and reaches neither the page nor the network.
SCREEN_POLICY = (
    f"sandbox allow-scripts; {SELF}script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "connect-src data:; frame-ancestors 'self'"
)

page = Blueprint("page", __name__)


@page.get("/")
def _index() -> Response:
    return _guarded(send_from_directory(FILES, "index.html"), PAGE_POLICY)


@page.get("/screen")
def _screen() -> Response:
    return _guarded(send_from_directory(FILES, "screen.html"), SCREEN_POLICY)


@page.get("/static/<path:name>")
def _static(name: str) -> Response:
    return _guarded(send_from_directory(FILES, name), PAGE_POLICY)


@page.get("/icon.svg")
def _icon() -> Response:
    return _guarded(send_from_directory(INTERACTION_MODEL, "icon.svg"), PAGE_POLICY)


@page.get("/viewhost.js")
def _viewhost() -> Response:
    if not _has_viewhost():
        abort(HTTPStatus.NOT_FOUND, "Amazon's renderer isn't installed: `make web` does that, with npm.")
    return _guarded(send_from_directory(VIEWHOST, "index.js"), PAGE_POLICY)


@page.get("/about")
def _about() -> Response:
    """What the page offers: locales with their phrases, devices, and whether screens can be rendered."""
    return jsonify(
        locales=[_locale(locale) for locale in locales()],
        devices={name: asdict(kind) if kind else None for name, kind in KINDS.items()},
        viewhost=_has_viewhost(),
    )


@page.post("/turn")
def _turn() -> Response:
    """One line of a script in; the turn, what is inside and the session out.

    `{"line", "locale", "device", "session"}` -> `{"turn": as play --json or null, "inside", "session"}`; or a
    4xx and `{"error": ...}`.
    """
    asked = _read()
    device = Device(asked.locale, kind=asked.device)
    asked.session.open_on(device)
    try:
        turn = play_line(asked.line, device)
    except ScriptError as error:
        abort(HTTPStatus.BAD_REQUEST, f"This line can't be played: {error}")
    told = {
        "turn": asdict(turn) if turn else None,
        "inside": asdict(inside(turn.response.get("sessionAttributes") if turn else device.attributes)),
        "session": _Session.of(device).model_dump(),
    }
    return Response(json.dumps(told), content_type="application/json")  # in the order in which people read it


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True)  # a number is no text, and text is no number


class _Choice(_Strict):
    """Something to touch on the screen that is shown."""

    id: str
    label: str


class _Session(_Strict):
    """What the last turn gave; of the screen, what a touch needs. A new page sends {}."""

    number: int = Field(0, ge=0, lt=100_000)
    attributes: dict[str, Any] | None = None  # None: no session is open
    token: str = ""
    choices: list[_Choice] = []

    @classmethod
    def of(cls, device: Device) -> _Session:
        nothing: dict[str, Any] = {"token": "", "choices": ()}
        shown = device.screen["datasources"]["screen"] if device.screen else nothing
        return cls(
            number=device.sessions,
            attributes=device.attributes if device.open else None,
            token=shown["token"],
            choices=list(shown["choices"]),
        )

    def open_on(self, device: Device) -> None:
        device.resume(self.attributes, self.number)
        shown = self.model_dump(include={"token", "choices"})
        device.screen = {"token": self.token, "datasources": {"screen": shown}}


class _Asked(_Strict):
    """One line of a script, and where it is said."""

    line: str = Field(max_length=LONGEST, pattern=r"^[^\r\n]*\S[^\r\n]*$")
    locale: str
    device: str
    session: _Session

    @field_validator("locale")
    @classmethod
    def _we_speak_it(cls, value: str) -> str:
        return _one_of(value, locales())

    @field_validator("device")
    @classmethod
    def _we_simulate_it(cls, value: str) -> str:
        return _one_of(value, KINDS)


def _one_of(value: str, known: Iterable[str]) -> str:
    if value not in known:
        raise ValueError(f"expected one of {', '.join(known)}")
    return value


def _read() -> _Asked:
    try:
        return _Asked.model_validate(request.get_json())
    except (BadRequest, RecursionError):  # no JSON, or brackets without end
        abort(HTTPStatus.BAD_REQUEST, "Send one turn, as a JSON object.")
    except ValidationError as error:
        wrong = error.errors()[0]
        where = ".".join(map(str, wrong["loc"])) or "the turn"
        abort(HTTPStatus.BAD_REQUEST, f"Not a turn: {where}: {wrong['msg']}.")


def _locale(locale: str) -> dict[str, Any]:
    manifest = json.loads((MODELS.parents[1] / "skill.json").read_text(encoding="utf-8"))
    told = manifest["manifest"]["publishingInformation"]["locales"][locale]
    return {
        "id": locale,
        "skill": told["name"],
        "phrases": told["examplePhrases"],
        "emergency": load_words(locale).titles["level.emergency"],
    }


def _has_viewhost() -> bool:
    return (VIEWHOST / "index.js").exists()


def _guarded(response: Response, policy: str) -> Response:
    response.headers.update(
        {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
            "Cache-Control": "no-cache",
        }
    )
    return response
