"""The endpoint for clients on this machine: the skill's own answers, and clear refusals."""

import re

import pytest
from click.testing import CliRunner
from twitching import entry

from simulator import envelope, web
from simulator.__main__ import main

JSON = {"Content-Type": "application/json"}
OURS, ANOTHER = "http://localhost", "http://example.com"


@pytest.fixture
def client():
    return web.create_app().test_client()


def launch(locale="en-GB"):
    return envelope.envelope(envelope.launch(), envelope.new_session(), locale)


def test_it_answers_as_the_lambda_handler_does(client):
    answered = client.post("/skill", json=launch())
    assert answered.status_code == 200
    assert answered.json == entry.handler(launch(), None)


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (400, b"", JSON),
        (400, b"{", JSON),
        (400, b"\xff", JSON),
        (400, b"[]", JSON),
        (400, b"[" * 200_000, JSON),
        (400, b"1" * 5_000, JSON),
        (415, b"{}", {}),
        (415, b"{}", {"Content-Type": "text/plain"}),
        (413, b'"' + b"x" * web.LARGEST + b'"', JSON),
        (403, b"{}", JSON | {"Origin": ANOTHER}),
        (403, b"{}", JSON | {"Origin": "null"}),
        (403, b"{}", JSON | {"Origin": f"{OURS}:81"}),
        (400, b"{}", JSON | {"Host": "example.com"}),
        (400, b"{}", JSON | {"Host": "example.com", "Origin": ANOTHER}),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_is_no_request_of_a_client_here_is_refused_in_a_sentence(
    client, monkeypatch, status, body, headers
):
    monkeypatch.delattr(entry, "handler")  # the skill never sees it
    refused = client.post("/skill", data=body, headers=headers)
    assert refused.status_code == status
    assert list(refused.json) == ["error"]
    assert refused.json["error"].endswith(".")
    assert "Traceback" not in refused.text


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/skill", 405), ("POST", "/", 405), ("POST", "/nowhere", 404)]
)
def test_only_a_post_to_the_skill_is_taken(client, method, path, status):
    refused = client.open(path, method=method)
    assert refused.status_code == status
    assert refused.json["error"]


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765"])
def test_its_own_page_may_ask(client, host):
    headers = {"Host": host, "Origin": f"http://{host}"}
    assert client.post("/skill", json=launch(), headers=headers).status_code == 200


def test_another_skills_request_is_refused(client, monkeypatch):
    monkeypatch.setattr(entry, "_SKILL_ID", "amzn1.ask.skill.11111111-1111-1111-1111-111111111111")
    refused = client.post("/skill", json=launch())
    assert refused.status_code == 403
    assert "SKILL_ID" in refused.json["error"]


def test_the_command_says_where_it_serves_and_that_is_this_machine_alone(monkeypatch):
    served = []

    def serve(self):
        served.append(self.server_address[0])
        self.server_close()

    monkeypatch.setattr("werkzeug.serving.BaseWSGIServer.serve_forever", serve)
    result = CliRunner().invoke(main, ["web", "--port", "0"])
    assert result.exit_code == 0, result.output
    assert re.match(r"Open (http://127\.0\.0\.1:[1-9]\d*)/ in a browser\. \1/skill takes", result.output)
    assert served == ["127.0.0.1"]
