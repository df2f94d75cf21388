"""The shape of a row, and what it looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from twitching.catalogue import Words

from simulator.device import Device, Invoke
from simulator.envelope import envelope, new_session
from simulator.understanding import Understood
from tools.manifest_rules import Package
from tools.phrases import Samples
from tools.plain_language.spoken import Everything
from tools.preflight.explored import Explored, device_at


@dataclass(frozen=True)
class Examined:
    """One locale of the skill, as a tester meets it.

    `package` holds this locale alone; `said` is every sentence that it can speak, `words` the same as the
    skill reads them; `explored` is every state and reply; `invoke` is the skill.
    """

    locale: str
    package: Package
    said: Everything
    words: Words
    explored: Explored
    invoke: Invoke
    template: Path

    @property
    def listing(self) -> dict[str, Any]:
        """What the store shows."""
        return self.package.listings[self.locale]

    @property
    def language_model(self) -> dict[str, Any]:
        """What Alexa listens for."""
        held: dict[str, Any] = self.package.models[self.locale]["interactionModel"]["languageModel"]
        return held

    @property
    def samples(self) -> Samples:
        """The same, to look phrases up."""
        return self.package.samples[self.locale]

    @property
    def sentences(self) -> Iterable[tuple[str, str]]:
        """Every sentence that can be spoken: its id, and its words in one of its wordings."""
        return ((part.id, part.text) for _, part in self.said.parts)

    def device(self, state: str | None = None) -> Device:
        """A device, fresh or in this state."""
        return device_at(self.explored.states[state] if state else {}, self.locale, self.invoke)

    def answer(self, request: dict[str, Any], state: str) -> dict[str, Any]:
        """The response to any request at all in this state."""
        session = {**new_session(), "attributes": dict(self.explored.states[state])}
        return self.invoke(envelope(request, session, self.locale))


def bare(intent: str) -> Understood:
    """An intent without slots."""
    return Understood(intent)


class NotHereError(Exception):
    """Something that a row needs isn't installed on this machine; the message says what to do."""


Check = Callable[[Examined], Iterable[str]]


@dataclass(frozen=True)
class Row:
    """One thing that Amazon asks.

    `check` yields what is wrong, each as where, what and what was expected. `person` is what is left
    to a person. `decided` says where the project goes by another figure, and where that stands.
    """

    id: str
    asks: str
    source: str
    check: Check | None = None
    person: str = ""
    decided: str = ""
