"""The key that Amazon signs with: where its certificate may lie, and who must vouch for it.

The rules are Amazon's ("Host a Custom Skill as a Web Service", check-request-signature:
https://developer.amazon.com/docs/custom-skills/host-a-custom-skill-as-a-web-service.html).
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from posixpath import normpath
from time import monotonic

import certifi
import requests
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509 import (
    Certificate,
    DNSName,
    ExtensionNotFound,
    KeyUsage,
    SubjectAlternativeName,
    load_pem_x509_certificates,
)
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError
from urllib3.exceptions import HTTPError

Fetch = Callable[[str], bytes]

SIGNER = "echo-api.amazon.com"
PLACE = "https://s3.amazonaws.com"
FOLDER = "/echo.api/"
# Scheme and host in any case, the path as it is; letters that need no decoding, and no query.
_URL = re.compile(r"(?i:https://s3\.amazonaws\.com)(?::443)?(/[A-Za-z0-9._/-]+)")

SHORTEST_KEY = 2048  # bits; what browsers ask for, and what Amazon has

LONGEST = 3.0  # seconds for a download; Alexa waits eight for the whole answer
LARGEST = 64 * 1024  # bytes; a chain is 7 kB
KEPT = 4  # chains; Amazon signs with one at a time, and with two while it changes over
KEPT_FOR = timedelta(hours=1)  # so that what Amazon takes back isn't trusted for long


class RefusedError(Exception):
    """The request isn't shown to come from Alexa. `reason` is a fixed word for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def now() -> datetime:
    """The time that certificates and requests are held against."""
    return datetime.now(tz=UTC)


def address(url: str) -> str:
    """The address to fetch, spelled by us: what Amazon's rules allow, ".." resolved. Raises RefusedError."""
    match = _URL.fullmatch(url)
    path = normpath(match[1]) if match else ""
    if not path.startswith(FOLDER):
        raise RefusedError("certificate_url")
    return PLACE + path


def download(url: str) -> bytes:
    """What lies there. Raises RefusedError where that is too much, takes too long, or lies somewhere else."""
    ends, found = monotonic() + LONGEST, b""
    headers = {"Accept-Encoding": "identity"}
    try:
        with requests.get(
            url, headers=headers, timeout=LONGEST / 2, stream=True, allow_redirects=False
        ) as answer:
            if answer.status_code != requests.codes.ok:
                raise RefusedError("certificate_download")
            while chunk := answer.raw.read1(LARGEST):  # what has come, so that a trickle can be left
                found += chunk
                if len(found) > LARGEST or monotonic() > ends:
                    raise RefusedError("certificate_download")
    except (requests.RequestException, HTTPError, OSError) as error:
        raise RefusedError("certificate_download") from error
    return found


def public_roots() -> list[Certificate]:
    """Those that browsers trust, Amazon's among them. Amazon has changed over before and asks not to pin."""
    with warnings.catch_warnings():  # a root among them has a serial number that is no longer allowed
        warnings.simplefilter("ignore")
        return load_pem_x509_certificates(Path(certifi.where()).read_bytes())


@dataclass(frozen=True)
class _Kept:
    chain: list[Certificate]
    until: datetime


class Certificates:
    """Amazon's signing keys by the address of their certificate.

    A chain that has held is kept for an hour, a few of them. What is kept is verified at each use again,
    so a certificate that runs out is not trusted a second longer.
    """

    def __init__(self, roots: Sequence[Certificate], fetch: Fetch) -> None:
        self._store = Store(list(roots))
        self._fetch = fetch
        self._kept: dict[str, _Kept] = {}

    def key(self, url: str) -> RSAPublicKey:
        """The public key of the certificate at this address. Raises RefusedError unless all holds."""
        place = address(url)
        kept = self._kept.get(place)
        if kept and now() < kept.until:
            return self._trusted(kept.chain)
        chain = _read(self._fetch(place))
        key = self._trusted(chain)
        self._keep(place, chain)
        return key

    def _keep(self, place: str, chain: list[Certificate]) -> None:
        self._kept.pop(place, None)
        while len(self._kept) >= KEPT:
            self._kept.pop(next(iter(self._kept)), None)  # the oldest; another thread may have been quicker
        ends = chain[0].not_valid_after_utc
        self._kept[place] = _Kept(chain, min(now() + KEPT_FOR, ends))

    def _trusted(self, chain: list[Certificate]) -> RSAPublicKey:
        """The leaf's key, once the leaf is Amazon's, valid now and vouched for by a root."""
        leaf, *others = chain
        builder = PolicyBuilder().store(self._store).time(now())
        try:
            builder.build_server_verifier(DNSName(SIGNER)).verify(leaf, others)
            names = leaf.extensions.get_extension_for_class(SubjectAlternativeName).value
            may_sign = leaf.extensions.get_extension_for_class(KeyUsage).value.digital_signature
        except (VerificationError, ExtensionNotFound, ValueError) as error:
            raise RefusedError("certificate_chain") from error
        key = leaf.public_key()
        # Browsers would take *.amazon.com, too; Amazon's rule is the name itself.
        if SIGNER not in names.get_values_for_type(DNSName) or not may_sign:
            raise RefusedError("certificate_chain")
        if not isinstance(key, RSAPublicKey) or key.key_size < SHORTEST_KEY:
            raise RefusedError("certificate_chain")
        return key


def _read(pem: bytes) -> list[Certificate]:
    """The certificates in the order that Amazon gives: its own first."""
    try:
        return load_pem_x509_certificates(pem)
    except ValueError as error:
        raise RefusedError("certificate_chain") from error
