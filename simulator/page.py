"""The page that simulates an Echo: its files, what it must know, and its turns.

It keeps nothing here: the page sends the session along, as an Echo's cloud does.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, jsonify, request, send_from_directory
from twitching.catalogue import load_words
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from simulator.device import Device
from simulator.inside import inside
from simulator.script import ScriptError, play_line
from simulator.understanding import locales
from simulator.understanding.model import MODELS

HERE = Path(__file__).parent
FILES = HERE / "static"
VIEWHOST = HERE / "viewhost" / "node_modules" / "apl-viewhost-web"
INTERACTION_MODEL = MODELS.parents[2]
LONGEST = 500  # characters of a line; nobody says more in one breath
MANY = 100_000  # sessions of one page

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
    return jsonify(locales=[_locale(locale) for locale in locales()], viewhost=_has_viewhost())


@page.post("/turn")
def _turn() -> Response:
    """One line of a script in; the turn, what is inside and the session out.

    `{"line", "locale", "device", "session": {"number", "attributes" or null}}` -> `{"turn": as play --json or
    null, "inside", "session"}`; or a 4xx and `{"error": ...}`.
    """
    asked = _asked()
    device = Device(asked["locale"])
    device.resume(asked["attributes"], asked["number"])
    try:
        turn = play_line(asked["line"], device)
    except ScriptError as error:
        abort(HTTPStatus.BAD_REQUEST, f"This line can't be played: {error}")
    return jsonify(
        turn=asdict(turn) if turn else None,
        inside=asdict(inside(turn.response.get("sessionAttributes") if turn else device.attributes)),
        session={"number": device.sessions, "attributes": device.attributes if device.open else None},
    )


def _asked() -> dict[str, Any]:
    """The request's fields, each of the kind that is expected."""
    try:
        asked = request.get_json()
    except (BadRequest, RecursionError):  # no JSON, or brackets without end
        asked = None
    if not isinstance(asked, dict):
        abort(HTTPStatus.BAD_REQUEST, "Send one turn, as a JSON object.")
    line, locale, session = asked.get("line"), asked.get("locale"), asked.get("session")
    if not isinstance(line, str) or not line.strip() or len(line) > LONGEST or len(line.splitlines()) > 1:
        abort(HTTPStatus.BAD_REQUEST, f"`line` must be one line of up to {LONGEST} characters.")
    if locale not in locales():
        abort(HTTPStatus.BAD_REQUEST, f"`locale` must be one of {', '.join(locales())}.")
    if not isinstance(session, dict):
        session = {}
    number, attributes = session.get("number", 0), session.get("attributes")
    if not isinstance(attributes, dict | None) or type(number) is not int or not 0 <= number < MANY:
        abort(HTTPStatus.BAD_REQUEST, "`session` must be what the last turn gave.")
    return {"line": line, "locale": locale, "number": number, "attributes": attributes}


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
