"""A table that is throttled, slow, missing, forbidden, corrupted or out of reach: the conversation goes on without it."""

import json
import socket
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from twitching import entry, visits
from twitching.deadline import LONGEST

from simulator.device import Device
from tests.talking import SELF_CARE, say
from tests.visits.remembered import (
    SHORT,
    TABLE,
    USER,
    assert_logged,
    closed_port,
    item,
    put,
)


@pytest.fixture
def refusing():
    """An endpoint that answers every request with this error; it names the account, as Amazon's do."""
    servers = []

    def start(code, status=400):
        body = json.dumps({"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": f"no, {USER}"})

        class Refusing(BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
        servers.append(server)
        Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def silent(monkeypatch):
    """An endpoint that takes what is sent and never answers; the skill waits less long for it than really."""
    monkeypatch.setattr(visits, "SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def assert_it_goes_on(device):
    """A conversation, from hello to a result, as for somebody new; and nothing claims to be deleted."""
    assert "I can't replace one" in device.launch().speech
    assert say(device, "tell me about stress", "shorter").topic == "cause_stress"
    assert say(device, "start the check", *SELF_CARE).level == "self_care"
    assert "I keep none of your answers" in device.say("what do you know about me").speech
    assert "couldn't delete" in device.say("forget me").speech
    assert Device().say("chest pain").level == "emergency"


@pytest.mark.parametrize(
    "code",
    [
        "ThrottlingException",
        "ProvisionedThroughputExceededException",
        "AccessDeniedException",
        "InternalServerError",
    ],
)
def test_a_table_that_refuses_costs_only_the_memory(code, refusing, at, remembering, device, capsys):
    at(refusing(code, 500 if code == "InternalServerError" else 400))
    remembering()
    assert_it_goes_on(device)
    assert_logged(capsys, code)


def test_an_error_that_nobody_knows_is_logged_without_its_words(refusing, at, remembering, device, capsys):
    at(refusing(f"Strange{USER}"))
    remembering()
    device.launch()
    assert_logged(capsys, "another error of DynamoDB's")


def test_no_table_costs_only_the_memory(moto, at, remembering, device, capsys):
    at(moto)
    remembering()
    assert_it_goes_on(device)
    assert_logged(capsys, "ResourceNotFoundException")


def test_a_table_that_is_not_there_at_all_costs_only_the_memory(at, remembering, device, capsys):
    at(closed_port())
    remembering()
    assert_it_goes_on(device)
    assert_logged(capsys, "EndpointConnectionError")


def test_a_slow_table_costs_one_turn_a_moment_and_the_next_ones_nothing(
    silent, at, remembering, device, capsys
):
    at(silent)
    memory = remembering()
    assert_it_goes_on(device)
    assert_logged(capsys, "ReadTimeoutError")
    began = time.monotonic()
    assert memory.read(USER) == {}
    assert time.monotonic() - began < visits.SECONDS / 2
    memory._resumes = 0.0
    memory.read(USER)
    assert visits.SECONDS < time.monotonic() - began < visits.SECONDS * visits.ATTEMPTS * 5


def test_the_longest_wait_leaves_time_for_the_answer():
    """To connect and to read, in each attempt; Alexa waits 8 seconds, the skill's own deadline is at 5."""
    assert 2 * visits.SECONDS * visits.ATTEMPTS + 0.1 < LONGEST / 2


def test_after_a_pause_the_table_is_tried_again(memory, device, dynamodb):
    memory._resumes = time.monotonic() + 1000
    device.launch()
    assert item(dynamodb) is None
    memory._resumes = time.monotonic() - 1
    device.launch()
    assert item(dynamodb)


@pytest.mark.parametrize("missing", ["AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID"])
def test_without_region_or_credentials_the_conversation_goes_on(
    missing, at, remembering, device, capsys, monkeypatch
):
    at(closed_port())
    monkeypatch.delenv(missing)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    remembering()
    assert_it_goes_on(device)
    assert_logged(capsys, {"AWS_DEFAULT_REGION": "NoRegionError"}.get(missing, "NoCredentialsError"))


@pytest.mark.parametrize(
    "broken_item",
    [
        {"disclaimer": {"BOOL": True}, "brief": {"S": "yes"}, "tip": {"S": "two"}},
        {"disclaimer": {"S": "x" * 3000}, "brief": {"NULL": True}, "tip": {"N": "-3.5"}},
        {"disclaimer": {"L": []}, "brief": {"M": {}}, "tip": {"N": "9" * 38}, "answers": {"M": {}}},
        {},
    ],
)
def test_a_corrupted_item_is_as_good_as_none_and_heals(memory, dynamodb, device, catalogue, broken_item):
    put(dynamodb, **broken_item)
    assert "I can't replace one" in device.launch().speech
    say(device, "tell me about stress", "shorter")
    held = item(dynamodb)
    assert held["disclaimer"] == {"S": catalogue.disclaimer}
    assert held["brief"] == {"BOOL": True}
    assert SHORT in device.launch().speech
    assert item(dynamodb)["tip"] == {"N": "1"}


def test_a_read_that_failed_overwrites_nothing(memory, dynamodb, device, catalogue):
    put(dynamodb, brief={"BOOL": True}, tip={"N": "4"}, disclaimer={"S": "an old one"})
    memory._resumes = time.monotonic() + 1000
    device.launch()
    memory._resumes = 0.0
    say(device, "tell me about stress", "shorter")
    held = item(dynamodb)
    assert (held["tip"], held["disclaimer"]) == ({"N": "4"}, {"S": "an old one"})


def test_a_request_that_does_not_say_whose_it_is_is_answered(memory, dynamodb):
    def nobody(event):
        user = {"user": {"userId": None}}
        system = {**event["context"]["System"], **user}
        return entry.handler(
            {**event, "session": {**event["session"], **user}, "context": {"System": system}}, None
        )

    device = Device(invoke=nobody)
    assert device.launch().open
    assert "Done." in device.say("forget me").speech
    assert dynamodb.scan(TableName=TABLE)["Count"] == 0
