"""The skill as gunicorn serves it: signed requests are answered, others refused, and a turn that hangs ends."""

import json
import time

import pytest
import requests

from bench import load, signed_skill
from server.app import LARGEST, create_app
from simulator import web
from tests.service import Service, request
from tools import signed

WRK = """\
Running 10s test @ http://127.0.0.1:8000/alexa
  1 threads and 4 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency    14.55ms   21.60ms 262.51ms   90.50%
    Req/Sec   327.48     88.21   450.00     76.99%
  Latency Distribution
     50%   10.41ms
     75%   12.11ms
     90%   33.53ms
     99%  198.84ms
  3260 requests in 10.03s, 3.79MB read
Requests/sec:    325.06
Transfer/sec:    386.53KB
"""


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    folder = tmp_path_factory.mktemp("authority")
    return folder, load.write_authority(folder)


def post(address, body, key, **headers):
    """In one piece or, where `body` is a list, in chunks without a length."""
    whole, sent = (body, body) if isinstance(body, bytes) else (b"".join(body), iter(body))
    told = signed.headers(whole, key) | headers
    return requests.post(f"{address}/alexa", data=sent, headers=told, timeout=5)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def assert_refused(answer):
    assert (answer.status_code, answer.content) == (400, b"")


def test_it_answers_what_is_signed_and_refuses_the_rest(authority):
    folder, leaf = authority
    body = json.dumps(request()).encode()
    with load.gunicorn(load.APP, {signed_skill.FOLDER: str(folder)}) as address:
        for whole_or_in_pieces in (body, [body[:100], body[100:]]):
            answer = post(address, whole_or_in_pieces, leaf.key)
            assert answer.status_code == 200
            assert "Skin Twitch Guide" in answer.json()["response"]["outputSpeech"]["ssml"]
        assert_refused(post(address, body, signed.rsa_key(1)))
        assert_refused(post(address, body, leaf.key, **{"Signature-256": ""}))
        assert_refused(post(address, [b"x" * LARGEST] * 2, leaf.key))
        assert_refused(requests.get(f"{address}/alexa", timeout=5))


def test_a_turn_that_hangs_ends_in_the_safe_reply(authority):
    folder, leaf = authority
    with load.gunicorn("tests.hanging_skill:create_app()", {signed_skill.FOLDER: str(folder)}) as address:
        began = time.monotonic()
        answer = post(address, json.dumps(request()).encode(), leaf.key)
        assert time.monotonic() - began < 5
    assert "call your local emergency number now" in answer.json()["response"]["outputSpeech"]["ssml"]


def test_the_application_of_the_docs_starts_and_refuses():
    with load.gunicorn("server.app:create_app()", {}) as address:
        assert_refused(requests.post(f"{address}/alexa", json=request(), timeout=5))


def test_without_the_skills_id_it_does_not_start(monkeypatch):
    monkeypatch.delenv("SKILL_ID", raising=False)
    with pytest.raises(RuntimeError, match="SKILL_ID is not set"):
        create_app()
    with (
        pytest.raises(RuntimeError, match="didn't start"),
        load.gunicorn("server.app:create_app()", {"SKILL_ID": ""}),
    ):
        pass


@pytest.mark.parametrize(
    ("method", "path", "status", "body"),
    [
        ("GET", "/health", 200, b"ok"),
        ("POST", "/health", 404, b""),
        ("GET", "/", 404, b""),
        ("POST", "/alexa/", 404, b""),
        ("POST", "/skill", 404, b""),
        ("POST", "//alexa", 404, b""),
    ],
)
def test_there_is_nothing_else_but_a_sign_of_life(monkeypatch, capsys, method, path, status, body):
    service = Service(monkeypatch, capsys)
    answered = service.app.test_client().open(path, method=method)
    assert (answered.status_code, answered.data) == (status, body)
    assert service.heard == []


def test_the_unsigned_endpoint_for_development_is_another_program():
    assert web.create_app().test_client().post("/alexa", json=request()).status_code == 404


def test_what_wrk_prints_is_read():
    assert load.figures(WRK) == ["325.06", "10.41ms", "198.84ms", "0"]
    assert load.figures(WRK + "Non-2xx or 3xx responses: 7\n")[-1] == "7"
    assert load.figures(WRK + "  Socket errors: connect 1, read 2, write 0, timeout 4\n")[-1] == "7"


def test_without_wrk_the_load_is_skipped_with_the_reason(monkeypatch, capsys):
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert load.main([]) == 0
    assert capsys.readouterr().out.startswith("Skipped: wrk isn't installed")
