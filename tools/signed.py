"""Requests signed as Alexa signs hers, with certificates of our own making, for tests and measurements.

A server that trusts the public roots refuses all of it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256, HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

SIGNER = "echo-api.amazon.com"
URL = "https://s3.amazonaws.com/echo.api/echo-api-cert-99.pem"
DAY = timedelta(days=1)
SHA_256 = SHA256()


@cache
def rsa_key(number: int = 0, bits: int = 2048) -> rsa.RSAPrivateKey:
    """A key as Alexa's; the same for the same number, since making one takes a while."""
    del number
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@dataclass(frozen=True)
class Holder:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: Key


def authority(
    name: str, by: Holder | None = None, *, depth: int | None = None, ends: timedelta = 30 * DAY
) -> Holder:
    """One that may vouch for others; a root where nobody vouches for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _begun(name, key, by, (-DAY, ends))
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=depth), critical=True)
    builder = builder.add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
    return Holder(builder.sign(by.key if by else key, SHA_256), key)


def leaf(  # noqa: PLR0913  each is one thing that can be wrong with it
    by: Holder | None,
    *,
    key: Key | None = None,
    names: Sequence[str] = (SIGNER,),
    common_name: str = SIGNER,
    valid: tuple[timedelta, timedelta] = (-DAY, DAY),
    is_authority: bool = False,
    usage: str = "digital_signature",
    purpose: x509.ObjectIdentifier = ExtendedKeyUsageOID.SERVER_AUTH,
) -> Holder:
    """A signing certificate like Alexa's, unless told otherwise; nobody vouches for it where `by` is None."""
    key = key or rsa_key()
    builder = _begun(common_name, key, by, valid)
    builder = builder.add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    builder = builder.add_extension(_usage(usage), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
    if names:
        alternatives = x509.SubjectAlternativeName([x509.DNSName(name) for name in names])
        builder = builder.add_extension(alternatives, critical=False)
    return Holder(builder.sign(by.key if by else key, SHA_256), key)


def pem(*holders: Holder) -> bytes:
    """The certificates as Amazon serves them: the signing one first."""
    return b"".join(holder.certificate.public_bytes(Encoding.PEM) for holder in holders)


def headers(body: bytes, key: rsa.RSAPrivateKey, *, with_: HashAlgorithm = SHA_256) -> dict[str, str]:
    """What Alexa sends along with this body."""
    signature = b64encode(key.sign(body, PKCS1v15(), with_)).decode()
    return {
        "Content-Type": "application/json;charset=UTF-8",
        "SignatureCertChainUrl": URL,
        "Signature-256": signature,
    }


def _begun(
    name: str, key: Key, by: Holder | None, valid: tuple[timedelta, timedelta]
) -> x509.CertificateBuilder:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    public, issuer = key.public_key(), by.key.public_key() if by else key.public_key()
    begins, ends = (datetime.now(tz=UTC) + span for span in valid)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer), critical=False)
    )


def _usage(*allowed: str) -> x509.KeyUsage:
    kinds = (
        "digital_signature content_commitment key_encipherment data_encipherment key_agreement"
        " key_cert_sign crl_sign encipher_only decipher_only"
    )
    return x509.KeyUsage(**{kind: kind in allowed for kind in kinds.split()})
