"""The skill at an address of this machine: the page that simulates an Echo, and an endpoint for clients.

For development, and for clients that speak to a skill over HTTP. Amazon signs its requests and asks a
skill on the web to check that; nothing is checked here, so it listens on this machine alone and
answers neither another site's page nor a name that somebody else points at this machine.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from flask import Flask, abort, request
from twitching import entry
from werkzeug.exceptions import BadRequest, HTTPException
from werkzeug.serving import BaseWSGIServer, make_server
from werkzeug.wrappers import Response

from simulator.page import page

HOST = "127.0.0.1"
NAMES = [HOST, "localhost"]  # what a client on this machine may call it
LARGEST = 256 * 1024  # bytes; a request carries the last answer's session, and Alexa allows an answer 120 kB


def create_app() -> Flask:
    """The page and the endpoint, as a WSGI application; `POST /skill` is answered as on AWS.

    What isn't a JSON object from a client of this machine gets a 4xx and `{"error": ...}`, a sentence that
    says why.
    """
    app = Flask(__name__, static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST, TRUSTED_HOSTS=NAMES)
    app.before_request(_refuse_other_sites)
    app.register_error_handler(HTTPException, _refusal)
    app.register_error_handler(entry.NotOurSkillError, _not_our_skill)
    app.register_blueprint(page)
    app.add_url_rule("/skill", view_func=_skill, methods=["POST"])
    return app


def server(port: int) -> BaseWSGIServer:
    """Serves the endpoint on this machine alone; port 0 takes a free one. Leaves where the port is taken."""
    return make_server(HOST, port, create_app(), threaded=True)


def _skill() -> dict[str, Any]:
    """One request, one answer."""
    try:
        event = request.get_json()
    except (BadRequest, RecursionError):  # no JSON, or brackets without end
        event = None
    if not isinstance(event, dict):
        abort(HTTPStatus.BAD_REQUEST, "Send one Alexa request, as a JSON object.")
    return entry.handler(event, None)


def _refuse_other_sites() -> None:
    """A browser names the page that a post comes from, and how near it is; other clients name neither."""
    if request.method in {"GET", "HEAD"}:  # the page's files, and no word of a conversation
        return
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if origin not in {None, request.host_url.rstrip("/")} or site not in {None, "same-origin", "none"}:
        abort(HTTPStatus.FORBIDDEN, "Pages of other sites may not talk to the skill.")


def _refusal(error: HTTPException) -> Response:
    """As Flask would answer, headers and all, but in JSON."""
    response = error.get_response()
    response.data = json.dumps({"error": error.description})
    response.content_type = "application/json"
    return response


def _not_our_skill(_: entry.NotOurSkillError) -> tuple[dict[str, str], int]:
    return {"error": "The request is for another skill than SKILL_ID says."}, HTTPStatus.FORBIDDEN
