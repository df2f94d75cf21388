"""Memory of visits, as the manifest and the privacy policy tell of it: both or neither."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

# What docs/privacy.md says where visits are remembered, and what it says where they aren't.
REMEMBERED = ("**Your visits: three things.**", "90 days")
NOTHING_KEPT = ("There is no database.", "keeps nothing about you", "neither reads them")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def events(endpoint: str | None) -> dict[str, Any]:
    """What the manifest subscribes to where visits are remembered (Amazon: "Add Events to Your Skill")."""
    return {"endpoint": {"uri": endpoint}, "subscriptions": [{"eventName": "SKILL_DISABLED"}]}


def memory_of_visits(manifest: Mapping[str, Any], pages: Mapping[str, str]) -> Iterator[str]:
    """Who remembers hears of it when somebody leaves, and the page says so; who doesn't, neither."""
    subscribed = manifest.get("events")
    expected = events(manifest["apis"]["custom"].get("endpoint", {}).get("uri"))
    if subscribed is not None and subscribed != expected:
        yield f"skill.json: events is {subscribed}, expected nothing or {expected}"
    if subscribed is not None and str(expected["endpoint"]["uri"]).startswith("https:"):
        yield "skill.json: events: visits are remembered on Lambda only; a web service takes no skill events"
    page = " ".join(COMMENT.sub("", pages.get("privacy", "")).split())
    wanted, unwanted = (NOTHING_KEPT, REMEMBERED[:1]) if subscribed is None else (REMEMBERED, NOTHING_KEPT)
    because = "as publisher.remembers_visits (with endpoint) says"
    for words in wanted:
        if words not in page:
            yield f"docs/privacy.md: expected {words!r}, {because}"
    for words in unwanted:
        if words in page:
            yield f"docs/privacy.md: {words!r}, expected without, {because}"
