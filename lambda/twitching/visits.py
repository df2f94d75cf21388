"""What is remembered from one visit to the next: three things that say nothing about health, in one table.

Loaded only where the publisher wants it (RememberVisits; docs/decisions/0013-memory-of-visits.md), and
the only module that knows boto3. Whatever happens to the table, the conversation goes on: each call
says by what it returns that there was nothing, or that it didn't work, and never raises. Its fault is
logged, by a name from a closed set and without anybody's id.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from hashlib import sha256
from time import monotonic, time
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

KEY, EXPIRES = "visitor", "expires"  # as in template.yaml
DAYS = 90
# What may be in an item besides, and the type that it has in DynamoDB. The session says what it means.
TYPES = {"disclaimer": "S", "brief": "BOOL", "tip": "N"}
# A person waits meanwhile. A call that takes longer is given up, and for a while none is tried: so a table
# that has become slow costs one turn a second, and not each turn. The second attempt is for a connection
# that has died while Lambda slept, which the first one finds out; the wait between them is 50 ms.
SECONDS = 0.5
ATTEMPTS = 2
PAUSE = 60.0
# Names that may stand in a log line. A message may not: it can hold what was asked for.
FAULTS = frozenset(
    {
        *("AccessDeniedException", "ExpiredTokenException", "InternalServerError", "RequestLimitExceeded"),
        *("ProvisionedThroughputExceededException", "ResourceNotFoundException", "ThrottlingException"),
        *("UnrecognizedClientException", "ValidationException", "ServiceUnavailable"),
    }
)

Remembered = Mapping[str, str | bool | int]


class Visits:
    """The table. `user` is Alexa's id of the account for this skill, which isn't stored: its hash is."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._client: Any = None
        self._resumes = 0.0
        self._connect()  # now, in Lambda's init phase, rather than when somebody waits

    def read(self, user: str) -> dict[str, str | bool | int]:
        """What is remembered; nothing where there is nothing, or where it can't be read."""
        answer = self._call("get_item", user, ConsistentRead=True)  # right after "forget me", too
        item = (answer or {}).get("Item", {})
        expires = _value(item.get(EXPIRES), "N")
        if not isinstance(expires, int) or expires <= time():  # DynamoDB takes days to delete it
            return {}
        held = {name: _value(item.get(name), type_) for name, type_ in TYPES.items()}
        return {name: value for name, value in held.items() if value is not None}

    def write(self, user: str, changes: Remembered) -> bool:
        """Remember these, beside what is remembered already, for 90 days from now."""
        told = {name: {TYPES[name]: _text(value)} for name, value in changes.items()}
        told[EXPIRES] = {"N": str(int(time()) + DAYS * 24 * 60 * 60)}
        sets = ", ".join(f"#{name} = :{name}" for name in told)
        answer = self._call(
            "update_item",
            user,
            UpdateExpression=f"SET {sets}",
            ExpressionAttributeNames={f"#{name}": name for name in told},
            ExpressionAttributeValues={f":{name}": value for name, value in told.items()},
        )
        return answer is not None

    def forget(self, user: str) -> bool:
        """Delete whatever is remembered. False where that couldn't be done. Tried even in a pause."""
        self._resumes = 0.0
        return self._call("delete_item", user) is not None

    def _call(self, action: str, user: str, **more: object) -> dict[str, Any] | None:
        """DynamoDB's answer, or None where there is none."""
        if monotonic() < self._resumes or not self._connect():
            return None
        key = {KEY: {"S": sha256(user.encode()).hexdigest()}}
        try:
            answer: dict[str, Any] = getattr(self._client, action)(TableName=self._table, Key=key, **more)
        except Exception as error:  # noqa: BLE001  nothing that is only remembered may cost an answer
            self._resumes = monotonic() + PAUSE
            _log(action, error)
            return None
        return answer

    def _connect(self) -> bool:
        try:
            self._client = self._client or boto3.client(
                "dynamodb",
                config=Config(
                    connect_timeout=SECONDS,
                    read_timeout=SECONDS,
                    retries={"mode": "legacy", "total_max_attempts": ATTEMPTS},
                ),
            )
        except Exception as error:  # noqa: BLE001  see _call
            _log("connect", error)
            return False
        return True


def _value(attribute: Mapping[str, Any] | None, type_: str) -> str | bool | int | None:
    """An attribute of an item, if it is there and of that type; a number only where it is whole."""
    value: str | bool | None = (attribute or {}).get(type_)
    if type_ != "N":
        return value
    return int(value) if isinstance(value, str) and value.isdecimal() else None


def _text(value: str | bool | int) -> str | bool:
    """A number goes to DynamoDB as text."""
    return value if isinstance(value, bool) else str(value)


def _log(action: str, error: Exception) -> None:
    """What failed, and why. Not the message: see FAULTS."""
    name = type(error).__name__
    if isinstance(error, ClientError):
        code = error.response.get("Error", {}).get("Code")
        name = code if code in FAULTS else "another error of DynamoDB's"
    print(json.dumps({"level": "WARNING", "memory": action, "error": name}), file=sys.stderr)
