"""Spoken lengths of time -> ISO 8601, as AMAZON.DURATION gives them."""

from __future__ import annotations

from functools import cache

from isodate import Duration, ISO8601Error, duration_isoformat, parse_duration
from num2words import num2words

MOST = 400  # people count days, weeks and months, not thousands of them
UNITS = {"hour": "hours", "day": "days", "week": "weeks", "month": "months", "year": "years"}


@cache
def _numbers() -> dict[str, int]:
    """As in "three" -> 3, "twenty one" -> 21, "10" -> 10, "a" -> 1."""
    words = {num2words(n).replace("-", " ").replace(" and ", " "): n for n in range(1, MOST)}
    return words | {str(n): n for n in range(1, MOST)} | {"a": 1, "an": 1}


def is_iso(text: str) -> bool:
    """Is it ISO 8601 already?"""
    try:
        parse_duration(text.upper())
    except ISO8601Error:
        return False
    return True


def duration_of(words: tuple[str, ...]) -> str | None:
    """("three", "weeks") -> "P3W"; None where it isn't a length of time."""
    if len(words) < 2:
        return None
    unit = UNITS.get(words[-1].rstrip("s"))
    number = _numbers().get(" ".join(words[:-1]))
    if unit is None or number is None:
        return None
    if unit == "weeks":
        return f"P{number}W"
    if unit == "hours":
        return f"PT{number}H"
    return str(duration_isoformat(Duration(**{unit: number})))
