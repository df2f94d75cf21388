"""Cold start and warm turn of each contestant, in turn, so that a slow minute is slow for all."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from bench.contestants import Contestant, warm_the_disk
from simulator import envelope
from tools.aws.emulator import SKILL_ID, Lambda, emulated

WARM_TURNS = 60


@dataclass
class Timings:
    """Milliseconds of one contestant, one figure a round."""

    cold: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)

    def row(self, kind: str) -> tuple[float, float, float]:
        """Least, median, most."""
        figures = getattr(self, kind)
        return min(figures), median(figures), max(figures)


def question() -> dict[str, Any]:
    """A one-shot question: "ask skin twitch guide why does my skin twitch"."""
    session = envelope.new_session(SKILL_ID, 1)
    return envelope.envelope(envelope.intent("AboutSummaryIntent", {}), session, "en-US")


def race(contestants: list[Contestant], rounds: int, told: Callable[[str], None]) -> dict[str, Timings]:
    """Each contestant once a round: start, first answer, then warm turns."""
    found = {contestant.name: Timings() for contestant in contestants}
    for contestant in contestants:
        warm_the_disk(contestant)
    for number in range(1, rounds + 1):
        told(f"round {number} of {rounds}")
        for contestant in contestants:
            with emulated(contestant.artefact, handler=contestant.handler) as function:
                timings = found[contestant.name]
                timings.cold.append(_milliseconds(function))
                timings.warm.append(median(_milliseconds(function) for _ in range(WARM_TURNS)))
    return found


def _milliseconds(function: Lambda) -> float:
    """From the request to the answer; the first one starts the runtime and imports everything."""
    event = question()
    began = time.perf_counter()
    function.invoke(event)
    return 1000 * (time.perf_counter() - began)


def ratios(found: dict[str, Timings], kind: str, against: str) -> Iterator[tuple[str, float]]:
    """Each contestant's median over another's, round by round: noise that all share falls out."""
    base = getattr(found[against], kind)
    for name, timings in found.items():
        pairs = zip(getattr(timings, kind), base, strict=True)
        yield name, median(one / other for one, other in pairs)
