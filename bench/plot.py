"""The timings as a picture: a bar from least to most, a mark at the median."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from bench.measure import Timings

ROW, LEFT, TOP, SCALE_WIDTH = 44, 170, 56, 500


def svg(title: str, found: dict[str, Timings], kind: str) -> str:
    """One row a contestant; milliseconds from nought."""
    rows = {name.replace("_", ", "): timings.row(kind) for name, timings in found.items()}
    step = _step(max(most for _, _, most in rows.values()))
    ticks = int(max(most for _, _, most in rows.values()) / step) + 1
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    return environment.get_template("plot.svg.jinja").render(
        title=title,
        rows=rows,
        scale=SCALE_WIDTH / (ticks * step),
        ticks=[tick * step for tick in range(ticks + 1)],
        row=ROW,
        left=LEFT,
        top=TOP,
    )


def _step(most: float) -> float:
    """A round distance between grid lines, for at most eight of them."""
    return next((step for step in (0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500) if most / step <= 8), 1000)
