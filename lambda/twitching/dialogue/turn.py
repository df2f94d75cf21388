"""What comes in and what goes out, free of any platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True)
class Card:
    """What the companion app shows: a title's id and sentences' ids. Never a person's answer."""

    title: str
    say: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What to say, as ids of sentences; the session stays open exactly when there is a question."""

    session: Session
    say: tuple[str, ...]
    ask: str | None = None
    card: Card | None = None
    days: int | None = None  # a duration that a sentence echoes
