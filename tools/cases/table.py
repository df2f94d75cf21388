"""What share is right: the table of the design's targets, and every miss by name. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tools.cases.shape import LEVELS, Case
from tools.share import Share

# As published checkers are compared: emergency, see somebody, look after yourself.
COARSE = {
    "none": "none",
    "self_care": "self-care",
    "soon": "doctor",
    "today": "doctor",
    "emergency": "emergency",
}
HONEST = "Cases, not patients; written by the makers of the skill, not by clinicians."


@dataclass(frozen=True)
class Outcome:
    """One playing of a case: what was right, what came out, and in which manner it was told."""

    name: str
    gold: str
    level: str
    manner: str = "as written"
    known: bool = False  # a miss that the case itself declares

    @property
    def steps(self) -> int:
        """Levels above (positive) or below (negative) the right one."""
        return LEVELS.index(self.level) - LEVELS.index(self.gold)


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    id: str
    what: str
    target: str
    share: Share | None
    met: bool
    note: str = ""

    def __str__(self) -> str:
        figure = str(self.share) if self.share else self.note
        return f"{self.id:3} {'met ' if self.met else 'MISS'}  {self.what:58} {self.target:14} {figure}"


def rows(base: list[Outcome], variants: list[Outcome]) -> list[Row]:
    """T1 to T7 of the design's targets (section 4.3)."""
    emergencies = [o for o in (*base, *variants) if o.gold == "emergency"]
    urgent = [o for o in base if o.gold in ("emergency", "today")]
    calm = [o for o in base if o.gold == "self_care"]
    level = {o.name: LEVELS.index(o.level) for o in base}
    under = _share(emergencies, (o for o in emergencies if o.level != "emergency"))
    strict = _share(base, (o for o in base if o.steps >= 0))
    urgent_safe = _share(urgent, (o for o in urgent if o.steps >= 0))
    within_one = _share(base, (o for o in base if o.steps >= -1))
    exact = _share(base, (o for o in base if COARSE[o.level] == COARSE[o.gold]))
    told_calm = _share(calm, (o for o in calm if o.level == "self_care"))
    down = _share(variants, (o for o in variants if LEVELS.index(o.level) < level[o.name]))
    return [
        Row(
            "T1",
            "emergencies under-called, cases and variants",
            "0 of 300",
            under,
            not under.hits and under.of >= 300,
        ),
        Row("T2", "never below the right level", "99 %", strict, _at_least(strict, 99)),
        Row("", "the same, emergency and today only", "100 %", urgent_safe, _at_least(urgent_safe, 100)),
        Row("T3", "at most one level below", "100 %", within_one, _at_least(within_one, 100)),
        Row("T4", "right, of three levels", "92 % of 120", exact, _at_least(exact, 92) and exact.of >= 120),
        Row("", "right, of four levels", "-", _share(base, (o for o in base if not o.steps)), met=True),
        Row("T5", "self-care told self-care", "90 %", told_calm, _at_least(told_calm, 90)),
        Row("T6", "variants that lower the level", "0", down, not down.hits),
        Row(
            "T7",
            "a sign or a longer time never lowers the level",
            "proved",
            None,
            met=True,
            note="tests/test_triage.py",
        ),
    ]


def matrix(base: Iterable[Outcome]) -> str:
    """Right level by spoken level."""
    counts = Counter((o.gold, o.level) for o in base)
    spoken = list(reversed(LEVELS))
    lines = [f"{'right, then spoken':20}" + "".join(f"{level:>11}" for level in spoken)]
    lines += [
        f"{gold:20}" + "".join(f"{counts[gold, level] or '.':>11}" for level in spoken)
        for gold in reversed(LEVELS[1:])
    ]
    return "\n".join(lines)


def misses(base: Iterable[Outcome], cases: Mapping[str, Case]) -> Iterable[str]:
    """Every case that isn't at its level, the most dangerous first."""
    wrong = sorted((o for o in base if o.steps), key=lambda o: (o.steps > 0, -LEVELS.index(o.gold), o.name))
    for o in wrong:
        case = cases[o.name]
        known = f" Known: {case.known_miss}" if case.known_miss else " NOT KNOWN BEFORE."
        yield f"{'below' if o.steps < 0 else 'above'}: {o.name}: {o.level} instead of {o.gold}.{known}"


def _share(of: Iterable[Outcome], hits: Iterable[Outcome]) -> Share:
    return Share(len(list(hits)), len(list(of)))


def _at_least(share: Share, percent: float) -> bool:
    return bool(share.of) and 100 * share.hits >= percent * share.of
