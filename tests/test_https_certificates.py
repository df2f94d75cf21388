"""Whose signature counts: where the certificate lies, who vouches for it, until when, and how it is fetched."""

import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

from server import certificates
from server.certificates import KEPT, Certificates, RefusedError, download, public_roots
from tests.service import LEAF, MIDDLE, ROOT, Service
from tools.signed import DAY, SIGNER, URL, authority, leaf, pem, rsa_key

# As Amazon served it in 2023: its own, and three that vouch for it (a copy is in mreinstein/alexa-verifier).
REAL = (Path(__file__).parent / "data" / "echo-api-cert-12.pem").read_bytes()
ANOTHER_ROOT = authority("root")
NARROW = authority("narrow", MIDDLE)  # the intermediate may vouch for no other
CROSS_SIGNED = authority("intermediate", ANOTHER_ROOT)


@pytest.fixture
def service(monkeypatch, capsys):
    return Service(monkeypatch, capsys)


def later(monkeypatch, span):
    real = certificates.now
    monkeypatch.setattr(certificates, "now", lambda: real() + span)


# --- where it lies ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        URL,
        "https://s3.amazonaws.com:443/echo.api/echo-api-cert-99.pem",
        "HTTPS://S3.AmazonAWS.com/echo.api/echo-api-cert-99.pem",
        "https://s3.amazonaws.com/echo.api/../echo.api/echo-api-cert-99.pem",
        "https://s3.amazonaws.com/echo.api//./echo-api-cert-99.pem",
    ],
)
def test_spellings_of_amazons_place_are_one_address(service, url):
    service.assert_answered(service.post(headers={"SignatureCertChainUrl": url}))
    assert service.fetched == [URL]


@pytest.mark.parametrize(
    "url",
    [
        "http://s3.amazonaws.com/echo.api/echo-api-cert.pem",
        "ftp://s3.amazonaws.com/echo.api/echo-api-cert.pem",
        "file:///echo.api/echo-api-cert.pem",
        "//s3.amazonaws.com/echo.api/echo-api-cert.pem",
        "s3.amazonaws.com/echo.api/echo-api-cert.pem",
        "https://notamazon.com/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com.evil.example/echo.api/echo-api-cert.pem",
        "https://evil.example/?https://s3.amazonaws.com/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com./echo.api/echo-api-cert.pem",
        "https://s3-amazonaws.com/echo.api/echo-api-cert.pem",
        "https://echo.api.s3.amazonaws.com/echo-api-cert.pem",
        "https://s3.amazonaws.com:8443/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com:80/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com:/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com:x/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com/EcHo.aPi/echo-api-cert.pem",
        "https://s3.amazonaws.com/invalid.path/echo-api-cert.pem",
        "https://s3.amazonaws.com/echo.api/../invalid.path/echo-api-cert.pem",
        "https://s3.amazonaws.com/echo.api/%2e%2e/invalid.path/echo-api-cert.pem",
        "https://s3.amazonaws.com/echo.api/..%2finvalid.path/echo-api-cert.pem",
        "https://s3.amazonaws.com/echo.api/..\\invalid.path\\echo-api-cert.pem",
        "https://s3.amazonaws.com\\@evil.example/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com/echo.api/..",
        "https://s3.amazonaws.com/echo.api/",
        "https://s3.amazonaws.com/echo.apix/echo-api-cert.pem",
        "https://s3.amazonaws.com//echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com/x/../../evil/echo.api/echo-api-cert.pem",
        "https://evil.example@s3.amazonaws.com/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com@evil.example/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com/echo.api/echo-api-cert.pem#x",
        "https://s3.amazonaws.com/echo.api/echo-api-cert.pem?x=1",
        "https://s3.amazonaws.com/echo.api/echo-api-cert.pem;x",
        "https://s3.amazonaws.com/echo.api/a.pem,https://s3.amazonaws.com/echo.api/b.pem",
        "https://s3.amazonaws.com/echo.api/echo-api-cert.pem\t",
        "https://s3.amazonaws.com/echo.api/echo api-cert.pem",
        "https://s3.amazonaws.com/echo.api/é.pem",
        "https://ѕ3.amazonaws.com/echo.api/echo-api-cert.pem".encode().decode("latin-1"),
        "https://s3.amazonaws.com",
        "not a url",
    ],
)
def test_any_other_place_is_not_even_asked(service, url):
    service.assert_refused(service.post(headers={"SignatureCertChainUrl": url}), "certificate_url")
    assert service.fetched == []


# --- who vouches for it -----------------------------------------------------------------------


def test_the_root_may_come_along_and_others_too(service):
    service.served = pem(LEAF, authority("nobody"), MIDDLE, ROOT)
    service.assert_answered(service.post())


def test_two_names_are_fine_if_one_is_amazons(service):
    service.served = pem(leaf(MIDDLE, names=["example.com", SIGNER]), MIDDLE)
    service.assert_answered(service.post())


BROKEN = {
    "expired": pem(leaf(MIDDLE, valid=(-2 * DAY, -DAY)), MIDDLE),
    "not_yet": pem(leaf(MIDDLE, valid=(DAY, 2 * DAY)), MIDDLE),
    "wrong_san": pem(leaf(MIDDLE, names=["example.com"]), MIDDLE),
    "longer_san": pem(leaf(MIDDLE, names=["echo-api.amazon.com.example.com"]), MIDDLE),
    "wildcard_san": pem(leaf(MIDDLE, names=["*.amazon.com"]), MIDDLE),
    "common_name_only": pem(leaf(MIDDLE, names=[]), MIDDLE),  # the common name alone says whose it is
    "leaf_is_ca": pem(leaf(MIDDLE, is_authority=True, usage="key_cert_sign"), MIDDLE),
    "leaf_claims_ca": pem(leaf(MIDDLE, is_authority=True), MIDDLE),
    "cannot_sign": pem(leaf(MIDDLE, usage="key_encipherment"), MIDDLE),
    "for_clients": pem(leaf(MIDDLE, purpose=ExtendedKeyUsageOID.CLIENT_AUTH), MIDDLE),
    "elliptic": pem(leaf(MIDDLE, key=ec.generate_private_key(ec.SECP256R1())), MIDDLE),
    "short_key": pem(leaf(MIDDLE, key=rsa_key(bits=1024)), MIDDLE),
    "self_signed": pem(leaf(None)),
    "self_signed_and_root": pem(leaf(None), ROOT),
    "other_root": pem(leaf(ANOTHER_ROOT), ANOTHER_ROOT),
    "same_names": pem(leaf(CROSS_SIGNED), CROSS_SIGNED, ANOTHER_ROOT),  # the same names as ours
    "same_names_and_ours": pem(leaf(CROSS_SIGNED), MIDDLE, ROOT),
    "by_a_leaf": pem(leaf(LEAF), LEAF, MIDDLE),  # vouched for by one who may not
    "too_deep": pem(leaf(NARROW), NARROW, MIDDLE),
    "no_intermediate": pem(LEAF),
    "intermediate_missing": pem(LEAF, ROOT),
    "wrong_order": pem(MIDDLE, LEAF),
    "empty": b"",
    "html": b"<html>",
    "broken": b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    "broken_after": pem(LEAF) + b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    "real": REAL,
}


@pytest.mark.parametrize("served", BROKEN.values(), ids=BROKEN)
def test_a_chain_that_does_not_hold(service, served):
    service.served = served
    service.assert_refused(service.post(), "certificate_chain")


def test_our_own_chain_is_nothing_to_the_public_roots():
    keys = Certificates(public_roots(), lambda _: pem(LEAF, MIDDLE, ROOT))
    with pytest.raises(RefusedError, match="certificate_chain"):
        keys.key(URL)


def test_amazons_real_chain_held_in_its_year_and_no_longer(monkeypatch):
    keys = Certificates(public_roots(), lambda _: REAL)
    with pytest.raises(RefusedError, match="certificate_chain"):
        keys.key(URL)
    monkeypatch.setattr(certificates, "now", lambda: datetime(2023, 6, 1, tzinfo=UTC))
    assert keys.key(URL).key_size == 2048


# --- how long it is kept ----------------------------------------------------------------------


def test_it_is_fetched_once_and_again_after_an_hour(service, monkeypatch):
    for times in (1, 2, 3):
        service.assert_answered(service.post(), times)
    assert service.fetched == [URL]
    later(monkeypatch, timedelta(minutes=61))
    service.assert_answered(service.post(), 4)
    assert service.fetched == [URL, URL]


def test_a_kept_certificate_that_runs_out_is_trusted_no_longer(service, monkeypatch):
    service.served = pem(leaf(MIDDLE, valid=(-DAY, timedelta(minutes=10))), MIDDLE)
    service.assert_answered(service.post())
    service.heard.clear()
    later(monkeypatch, timedelta(minutes=11))
    service.assert_refused(service.post(), "certificate_chain")


def test_a_kept_chain_is_verified_at_each_use(service, monkeypatch):
    passing = authority("intermediate", ROOT, ends=timedelta(minutes=10))
    service.served = pem(leaf(passing), passing)
    service.assert_answered(service.post())
    service.heard.clear()
    later(monkeypatch, timedelta(minutes=11))
    service.assert_refused(service.post(), "certificate_chain")


def test_what_did_not_hold_or_did_not_come_is_not_kept(service):
    for served in (pem(LEAF), RefusedError("certificate_download")):
        service.served = served
        service.assert_refused(service.post(), "certificate_chain", "certificate_download")
    service.served = pem(LEAF, MIDDLE)
    service.assert_answered(service.post())


def test_only_a_few_are_kept():
    keys = Certificates([ROOT.certificate], lambda _: pem(LEAF, MIDDLE))
    for number in range(KEPT + 3):
        keys.key(f"{URL}{number}")
    assert list(keys._kept) == [f"{URL}{number}" for number in range(3, KEPT + 3)]


# --- how it is fetched ------------------------------------------------------------------------


class Shelf(BaseHTTPRequestHandler):
    """What can go wrong with a download, each at its own path."""

    def do_GET(self):
        kind = self.path.strip("/")
        if kind == "stalled":
            time.sleep(1)
            return
        self.send_response({"missing": 404, "failing": 500, "moved": 302, "empty": 204}.get(kind, 200))
        if kind == "moved":
            self.send_header("Location", "/good")
        if kind == "cut":
            self.send_header("Content-Length", "100")
        self.end_headers()
        if kind == "endless":
            for _ in range(100):
                self.wfile.write(b"x" * 4096)
        elif kind == "trickle":
            for _ in range(30):
                self.wfile.write(b"x")
                time.sleep(0.05)
        elif kind != "empty":
            self.wfile.write(b"good")

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def shelf():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shelf)
    server.handle_error = lambda *_: None  # the one who asked has left
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def test_what_lies_there_is_fetched(shelf):
    assert download(f"{shelf}/good") == b"good"


@pytest.mark.parametrize(
    "kind", ["missing", "failing", "moved", "empty", "endless", "trickle", "stalled", "cut"]
)
def test_a_download_that_fails_or_takes_too_long(shelf, monkeypatch, kind):
    monkeypatch.setattr(certificates, "LONGEST", 0.3)
    began = time.monotonic()
    with pytest.raises(RefusedError, match="certificate_download"):
        download(f"{shelf}/{kind}")
    assert time.monotonic() - began < 0.9


def test_nobody_is_there():
    with pytest.raises(RefusedError, match="certificate_download"):
        download("http://127.0.0.1:9")
