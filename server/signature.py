"""Does a request come from Alexa, now, and for this skill?

Amazon's rules for a skill on the web ("Host a Custom Skill as a Web Service", check-request-signature and
check-request-timestamp: https://developer.amazon.com/docs/custom-skills/host-a-custom-skill-as-a-web-service.html).
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from server import certificates
from server.certificates import Certificates, RefusedError

URL_HEADER = "SignatureCertChainUrl"
# Amazon sends a second one, `Signature`, over SHA-1; a collision there can be bought, so it isn't looked at.
SIGNATURE_HEADER = "Signature-256"
TOLERANCE = timedelta(seconds=150)  # for skill events Amazon allows an hour; the skill takes none


class FromAlexa:
    """Refuses whatever Amazon hasn't signed, in the last 150 seconds, for this skill.

    What costs least is looked at first, so that nothing is fetched for a request that can't be right.
    `verify` has the form that the SDK's adapter calls.
    """

    def __init__(self, skill_id: str, keys: Certificates) -> None:
        self._skill_id = skill_id
        self._keys = keys

    def verify(
        self,
        headers: Mapping[str, str],
        serialized_request_env: str,
        deserialized_request_env: Mapping[str, Any],
    ) -> None:
        """Raises RefusedError unless all holds. The names are the SDK's: the body as sent, and as read."""
        url, signature = headers.get(URL_HEADER), headers.get(SIGNATURE_HEADER)
        if not url or not signature:
            raise RefusedError("missing_headers")
        _check_skill(deserialized_request_env, self._skill_id)
        _check_time(deserialized_request_env)
        try:
            signed = b64decode(signature, validate=True)
        except (binascii.Error, ValueError) as error:
            raise RefusedError("signature") from error
        # The adapter has decoded the body as UTF-8, strictly, so these are the bytes that came.
        body = serialized_request_env.encode()
        try:
            self._keys.key(url).verify(signed, body, PKCS1v15(), SHA256())
        except InvalidSignature as error:
            raise RefusedError("signature") from error


def _check_skill(event: Mapping[str, Any], skill_id: str) -> None:
    """Amazon signs the requests of all skills alike; somebody else's is no request of ours."""
    if _at(event, "context", "System", "application", "applicationId") != skill_id:
        raise RefusedError("another_skill")


def _check_time(event: Mapping[str, Any]) -> None:
    """A request that was overheard is of no use for long."""
    sent = _at(event, "request", "timestamp")
    try:
        age = certificates.now() - datetime.fromisoformat(sent if isinstance(sent, str) else "")
    except (ValueError, TypeError, OverflowError) as error:  # no time, or one without a zone
        raise RefusedError("timestamp") from error
    if abs(age) > TOLERANCE:
        raise RefusedError("timestamp")


def _at(value: object, *keys: str) -> object:
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value
