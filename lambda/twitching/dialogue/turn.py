"""What comes in and what goes out, free of any platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from twitching.dialogue.session import Session

LAUNCH = "LaunchRequest"  # a turn without an intent: the skill was opened by name


@dataclass(frozen=True, slots=True)
class Heard:
    """One slot: the id that it resolved to, the days that it amounts to; None where it did neither."""

    id: str | None = None
    days: int | None = None


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
    def days(self) -> int | None:
        """The length of time that was told, in days."""
        return next((h.days for h in self.slots.values() if h.days is not None), None)


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
