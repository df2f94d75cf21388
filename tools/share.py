"""A share that was counted, and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Share:
    """So many of so many, with Wilson's 95 % interval."""

    hits: int
    of: int

    @property
    def interval(self) -> tuple[float, float]:
        """The lower and the upper end, in percent."""
        if not self.of:
            return 0.0, 100.0
        p, n, z2 = self.hits / self.of, self.of, _Z**2
        middle, half = p + z2 / (2 * n), _Z * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        low, high = ((middle + sign * half) / (1 + z2 / n) for sign in (-1, 1))
        return max(0.0, 100 * low), min(100.0, 100 * high)

    def __str__(self) -> str:
        if not self.of:
            return "no case"
        low, high = self.interval
        return f"{self.hits} of {self.of}, {100 * self.hits / self.of:.1f} % ({low:.1f} to {high:.1f})"
