"""The skill as a web service: `POST /alexa`, for whoever serves it (docs/hosting.md).

Every request is verified; there is no switch for it. Whatever is refused gets 400 and an empty body, and a
line in the log says why in a word, with nothing of the request.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from http import HTTPStatus
from traceback import extract_tb

from cryptography.x509 import Certificate
from flask import Flask, abort, request
from twitching import entry
from werkzeug.exceptions import HTTPException

from server.certificates import Certificates, Fetch, RefusedError, download, public_roots
from server.sdk import AMAZONS_VERIFIERS, Skill, SkillAdapter
from server.signature import FromAlexa

PATH, HEALTH = "/alexa", "/health"
LARGEST = 256 * 1024  # bytes; a request carries the last answer's session, and Alexa allows an answer 120 kB


def create_app(*, roots: Sequence[Certificate] = (), fetch: Fetch = download) -> Flask:
    """The WSGI application. Raises RuntimeError where SKILL_ID isn't set: it must know its skill.

    `roots` are trusted instead of the public ones, and `fetch` gets Amazon's certificate instead of the
    network; both are for tests, and neither leaves a check out.
    """
    skill_id = os.environ.get("SKILL_ID")
    if not skill_id:
        raise RuntimeError("SKILL_ID is not set: the skill's id, as Amazon's developer console shows it")
    app = Flask(__name__, static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST, PROVIDE_AUTOMATIC_OPTIONS=False)
    app.config.update(dict.fromkeys(AMAZONS_VERIFIERS, False))  # ours is in their place, always
    app.before_request(_only_json)
    app.register_error_handler(Exception, _failed)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(RefusedError, _refused)
    app.register_error_handler(UnicodeDecodeError, _refused)
    app.register_error_handler(entry.NotOurSkillError, _refused)
    verifier = FromAlexa(skill_id, Certificates(roots or public_roots(), fetch))
    SkillAdapter(Skill(), skill_id, verifiers=[verifier], app=app).register(app, PATH)
    app.add_url_rule(HEALTH, view_func=lambda: "ok", methods=["GET"], endpoint="health")
    return app


def _only_json() -> None:
    """Alexa sends nothing else; a form would leave the adapter without the body."""
    if request.path == PATH and request.mimetype != "application/json":
        abort(HTTPStatus.BAD_REQUEST)


def _refused(error: Exception) -> tuple[str, int]:
    if request.path != PATH:
        return "", HTTPStatus.NOT_FOUND
    reason = error.reason if isinstance(error, RefusedError) else type(error).__name__
    _log({"level": "WARNING", "refused": reason})
    return "", HTTPStatus.BAD_REQUEST


def _failed(error: Exception) -> tuple[str, int]:
    """What nobody foresaw. The log gets what it was and where, not the message: that could hold the body."""
    frame = extract_tb(error.__traceback__)[-1]
    _log({"level": "ERROR", "error": type(error).__name__, "where": f"{frame.filename}:{frame.lineno}"})
    return "", HTTPStatus.INTERNAL_SERVER_ERROR


def _log(line: dict[str, str]) -> None:
    print(json.dumps(line), file=sys.stderr)
