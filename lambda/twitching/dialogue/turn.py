"""What comes in and what goes out, free of any platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from twitching.dialogue.session import Session

UNDER, OVER = "under", "over"
LAUNCH = "LaunchRequest"  # a turn without an intent: the skill was opened by name


@dataclass(frozen=True, slots=True)
class Heard:
    """One slot: the id that it resolved to, and the time that it amounts to; None where it did neither.

    `days` is a number that was counted ("three weeks" -> 21). `span` is the least and the most that
    a vague time can mean ("a few days" -> 2 to 6).
    """

    id: str | None = None
    days: int | None = None
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that a person said: the intent's name (or LAUNCH) and the slots that were filled."""

    intent: str
    session: Session
    slots: Mapping[str, Heard] = field(default_factory=dict)

    def heard(self, slot: str) -> str | None:
        """The id that a slot resolved to."""
        return self.slots[slot].id if slot in self.slots else None

    @property
    def time(self) -> tuple[int, int] | None:
        """The length of time that was told, in days: the least and the most that it can mean."""
        spans = (h.span if h.days is None else (h.days, h.days) for h in self.slots.values())
        told = next((span for span in spans if span is not None), None)
        if told is None:
            return None
        least, most = told
        if self.heard("bound") == UNDER:
            return 0, max(least - 1, 0)
        if self.heard("bound") == OVER:
            return most + 1, most * 2
        return told

    @property
    def counted_days(self) -> int | None:
        """The number of days, where somebody gave just that."""
        told = next((h.days for h in self.slots.values() if h.days is not None), None)
        return told if self.heard("bound") is None else None


@dataclass(frozen=True, slots=True)
class Card:
    """What the companion app shows: a title's id and sentences' ids.

    Never a person's answer, except the summary for the doctor, and that only when asked for.
    """

    title: str
    say: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What to say, as ids of sentences; the session stays open exactly when there is a question."""

    session: Session
    say: tuple[str, ...]
    ask: str | None = None
    card: Card | None = None
    about: Literal["other", "child"] | None = None  # whom, where it isn't the one who speaks
    remember: Mapping[str, str | bool | int] = field(default_factory=dict)  # for the next visit: what changed
    forget: bool = False  # delete what was remembered of earlier visits
