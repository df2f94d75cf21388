"""The skill over HTTPS: what Amazon signed is answered, and a forged request never gets to the skill."""

import gzip
import json
import sys
from base64 import b64decode, b64encode
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from twitching import entry

from server import certificates
from server.app import LARGEST
from simulator import envelope
from tests.service import LEAF, Service, request
from tools import signed
from tools.signed import rsa_key

OTHER = "amzn1.ask.skill.11111111-1111-1111-1111-111111111111"


@pytest.fixture
def service(monkeypatch, capsys):
    return Service(monkeypatch, capsys)


def ago(seconds):
    return (certificates.now() - timedelta(seconds=seconds)).isoformat()


def at(path, value):
    """A request with this value there."""
    told = request()
    *parents, last = path.split(".")
    place = told
    for parent in parents:
        place = place[parent]
    place[last] = value
    return told


# --- what is answered ------------------------------------------------------------------------


def test_a_signed_request_gets_the_answer_that_lambda_gives(service):
    told = request()
    answered = service.post(told)
    service.assert_answered(answered)
    assert answered.json == entry.handler(told, None)
    assert answered.content_type == "application/json"


def test_what_was_signed_a_moment_ago_may_come_twice(service):
    """Amazon asks for freshness alone, and repeats what got no answer."""
    told = request()
    service.assert_answered(service.post(told))
    service.assert_answered(service.post(told), times=2)


@pytest.mark.parametrize("seconds", [149, -149])
def test_a_clock_may_be_a_little_off(service, seconds):
    service.assert_answered(service.post(at("request.timestamp", ago(seconds))))


def test_values_that_the_sdk_does_not_know_do_no_harm(service):
    told = at("request.dialogState", "CONFUSED")
    told["context"]["Viewport"] = {"mode": "HOLOGRAM"}
    service.assert_answered(service.post(told))


def test_letters_beyond_ascii_are_signed_as_they_come(service):
    body = json.dumps(request(shiny="é ☂ 𝄞"), ensure_ascii=False).encode()
    service.assert_answered(service.post(body))


# --- what is refused: the request ------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "headers"),
    [
        ("missing_headers", {"Signature-256": None}),
        ("missing_headers", {"SignatureCertChainUrl": None}),
        ("missing_headers", {"Signature-256": None, "SignatureCertChainUrl": None}),
        ("missing_headers", {"Signature-256": ""}),
        ("missing_headers", {"SignatureCertChainUrl": ""}),
        ("signature", {"Signature-256": "é"}),
        ("signature", {"Signature-256": "no base64!"}),
        ("signature", {"Signature-256": "AAAA"}),
        ("signature", {"Signature-256": b64encode(bytes(256)).decode()}),
        ("signature", {"Signature-256": b64encode(b"\xff" * 256).decode()}),
        ("signature", {"Signature-256": b64encode(bytes(100_000)).decode()}),
        ("BadRequest", {"Content-Type": None}),
        ("BadRequest", {"Content-Type": "text/plain"}),
        ("BadRequest", {"Content-Type": "application/x-www-form-urlencoded"}),
        ("BadRequest", {"Content-Type": "multipart/form-data; boundary=x"}),
        ("BadRequest", {"Content-Type": "application/jsonp"}),
    ],
    ids=lambda value: str(value)[:50],
)
def test_headers_that_are_missing_or_wrong(service, reason, headers):
    service.assert_refused(service.post(headers=headers), reason)


def test_the_older_signature_is_not_looked_at(service):
    body = json.dumps(request()).encode()
    old = signed.headers(body, LEAF.key, with_=SHA1())["Signature-256"]
    for headers in ({"Signature-256": None, "Signature": old}, {"Signature-256": old}):
        service.assert_refused(service.post(body, headers), "missing_headers", "signature")


def test_two_signatures_at_once_are_none(service):
    body = json.dumps(request()).encode()
    good = signed.headers(body, LEAF.key)["Signature-256"]
    service.assert_refused(service.post(body, {"Signature-256": f"{good},{good}"}), "signature")


def test_a_body_signed_by_somebody_else(service):
    service.assert_refused(service.post(key=rsa_key(1)), "signature")


def test_a_body_that_was_changed_to_mean_something_else(service):
    told = signed.headers(json.dumps(request()).encode(), LEAF.key)
    for changed in (at("request.locale", "en-US"), at("session.attributes", {"asked": "ask.weakness"})):
        service.assert_refused(service.post(changed, told), "signature")
    service.assert_refused(service.post(json.dumps(request(), indent=1).encode(), told), "signature")


def test_any_byte_of_the_body_that_is_another(service):
    body = json.dumps(request()).encode()
    told = signed.headers(body, LEAF.key)
    refused = "signature", "no_json_object", "timestamp", "another_skill", "UnicodeDecodeError"
    for place in range(len(body)):
        changed = body[:place] + bytes([body[place] ^ (1 << place % 8)]) + body[place + 1 :]
        service.assert_refused(service.post(changed, told), *refused)
    for changed in (body + b" ", b" " + body, body[:-1], b"\xef\xbb\xbf" + body):
        service.assert_refused(service.post(changed, told), *refused)


def test_any_byte_of_the_signature_that_is_another(service):
    body = json.dumps(request()).encode()
    good = b64decode(signed.headers(body, LEAF.key)["Signature-256"])
    for place in range(len(good)):
        changed = good[:place] + bytes([good[place] ^ (1 << place % 8)]) + good[place + 1 :]
        header = {"Signature-256": b64encode(changed).decode()}
        service.assert_refused(service.post(body, header), "signature")


@pytest.mark.parametrize("seconds", [151, -152])
def test_a_clock_that_is_off_by_more(service, seconds):
    service.assert_refused(service.post(at("request.timestamp", ago(seconds))), "timestamp")


@pytest.mark.parametrize(
    "sent",
    [
        "2015-05-13T12:34:56Z",
        "2115-05-13T12:34:56Z",
        None,
        0,
        True,
        "",
        "yesterday",
        [],
        {"a": 1},
        "2026-13-01T00:00:00Z",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
    ],
)
def test_a_time_that_is_old_early_or_none(service, sent):
    service.assert_refused(service.post(at("request.timestamp", sent)), "timestamp")


def test_a_time_without_a_zone_is_none(service):
    local = certificates.now().replace(tzinfo=None).isoformat()
    service.assert_refused(service.post(at("request.timestamp", local)), "timestamp")


@pytest.mark.parametrize("id_", [OTHER, envelope.APPLICATION.upper(), "", None, 7, [envelope.APPLICATION]])
def test_another_skills_request_though_amazon_signed_it(service, id_):
    told = at("context.System.application.applicationId", id_)
    service.assert_refused(service.post(told), "another_skill")
    assert service.fetched == []


def test_what_the_one_door_refuses_is_refused_here(service, monkeypatch):
    monkeypatch.setattr(entry, "_SKILL_ID", OTHER)
    refused = service.post()
    assert (refused.status_code, refused.data) == (400, b"")


@pytest.mark.parametrize("path", ["context", "context.System", "context.System.application", "request"])
@pytest.mark.parametrize("value", [None, [], "x", {}])
def test_a_request_without_its_parts(service, path, value):
    service.assert_refused(service.post(at(path, value)), "another_skill", "timestamp")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b'"x"',
        b"{}{}",
        b"[" * 200_000,
        b'{"a":' * 50_000,
        b"1" * 5_000,
        b"\xff",
        b'{"a": "\xed\xa0\x80"}',
        gzip.compress(b"{}", mtime=0),
        b"\x00",
        b"\xef\xbb\xbf{}",
    ],
    ids=lambda body: repr(body)[:20],
)
def test_a_signed_body_that_is_no_json_object(service, body):
    refused = service.post(body or b" ")
    service.assert_refused(refused, "no_json_object", "UnicodeDecodeError")
    assert service.fetched == []


def test_a_body_that_is_packed(service):
    body = gzip.compress(json.dumps(request()).encode())
    refused = service.post(body, {"Content-Encoding": "gzip"})
    service.assert_refused(refused, "no_json_object", "UnicodeDecodeError")


@pytest.mark.parametrize("filled", [LARGEST, 8_000_000])
def test_a_huge_body(service, filled):
    told = request(shiny="x" * filled)
    service.assert_refused(service.post(told), "RequestEntityTooLarge")


def test_a_body_as_large_as_a_full_session_is_answered(service):
    service.assert_answered(service.post(at("session.attributes", {"x": "x" * 200_000})))


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_anything_but_a_post(service, method):
    body = json.dumps(request()).encode()
    headers = signed.headers(body, LEAF.key)
    refused = service.app.test_client().open("/alexa", method=method, data=body, headers=headers)
    service.assert_refused(refused, "MethodNotAllowed")


# --- the service around it --------------------------------------------------------------------


def test_no_setting_of_the_framework_lets_a_forged_request_in(service, monkeypatch):
    for name in ("ASK_SDK_VERIFY_SIGNATURE", "ASK_SDK_VERIFY_TIMESTAMP"):
        monkeypatch.setenv(name, "false")
        service.app.config[name] = False
    service.app.config.update(TESTING=True, DEBUG=True)
    service.assert_refused(service.post(key=rsa_key(1)), "signature")


def test_the_adapter_was_imported_without_its_verifier_and_nobody_meets_the_stand_in():
    assert "certvalidator" not in sys.modules
    assert sys.modules["ask_sdk_webservice_support.verifier"].CertificateValidator is None


def test_what_nobody_foresaw_is_told_without_its_words(service, capsys):
    service.served = ZeroDivisionError("my private words")
    failed = service.post()
    assert (failed.status_code, failed.data) == (500, b"")
    logged = capsys.readouterr().err
    assert "ZeroDivisionError" in logged
    assert "private" not in logged
