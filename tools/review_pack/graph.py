"""The flow of the check as a graph, found by walking every way through the engine, and its drawing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from twitching.triage.model import Check, Level
from twitching.triage.soundness import Path

from tools.review_pack.check import either, every_way
from tools.review_pack.spoken import named

# The drawing, in its own units: a column of questions, one for side steps, one of levels.
BOX, LEVEL_BOX, HEIGHT, ROW = 170, 226, 46, 78
COLUMNS, LEVELS_AT, WIDTH, EDGE = (4, 190), 580, 810, 4
LANE = 9  # between the arrows that lead to one level and those that lead to the next


@dataclass(frozen=True)
class Arrow:
    """From a question to what comes next after these answers: another question, or a level.

    `only_told` are answers that lead there only where something was told before, such as "child".
    """

    start: str
    end: str
    answers: tuple[str, ...]
    only_told: tuple[tuple[str, str], ...] = ()

    @property
    def label(self) -> str:
        """The answers, as a person reads them."""
        told: dict[str, list[str]] = {}
        for fact, answer in self.only_told:
            told.setdefault(fact, []).append(answer)
        plain = [either(self.answers)] if self.answers else []
        return "; ".join([*plain, *(f"{either(answers)} ({named(fact)})" for fact, answers in told.items())])


@dataclass(frozen=True)
class Flow:
    """Questions in the order asked, levels from the most urgent, arrows, and the calmest way."""

    questions: tuple[str, ...]
    levels: tuple[str, ...]
    arrows: tuple[Arrow, ...]
    spine: tuple[str, ...]


@dataclass(frozen=True)
class Box:
    """A node where it is drawn; `line` is its middle."""

    id: str
    name: str
    x: int
    line: int
    width: int
    is_level: bool


@dataclass(frozen=True)
class Line:
    """An arrow where it is drawn, and its label."""

    path: str
    label: str
    x: int
    y: int


@dataclass(frozen=True)
class Drawing:
    """Everything that the page needs to draw the flow."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def flow(check: Check) -> Flow:
    """The graph of the check, as the engine really walks it."""
    plain: dict[tuple[str, str], dict[str, None]] = {}
    told: dict[tuple[str, str], dict[tuple[str, str], None]] = {}
    spine: tuple[str, ...] = ()
    asked = set()
    for facts, way in every_way(check):
        asked |= {question for question, _ in way.answers}
        if way.level is min(Level) and not facts:
            spine = tuple(question for question, _ in way.answers)
        for start, answer, end in _steps(way):
            if not facts:
                plain.setdefault((start, end), {})[answer] = None
            elif answer not in plain.get((start, end), {}):  # the ways with nothing told come first
                told.setdefault((start, end), {}).update({(fact, answer): None for fact in facts})
    ends = dict.fromkeys([*plain, *told])
    return Flow(
        tuple(q.id for q in check.questions if q.id in asked),
        tuple(level.id for level in sorted(Level, reverse=True)),
        tuple(
            Arrow(*ends_at, tuple(plain.get(ends_at, ())), tuple(told.get(ends_at, ()))) for ends_at in ends
        ),
        spine,
    )


def _steps(way: Path) -> Iterable[tuple[str, str, str]]:
    ends = [*(question for question, _ in way.answers[1:]), way.level.id]
    return ((start, answer, end) for (start, answer), end in zip(way.answers, ends, strict=True))


def draw(graph: Flow, numbers: Mapping[str, int]) -> Drawing:
    """Questions one below the other, side steps indented, each level beside those that lead to it."""
    rows = {question: row for row, question in enumerate(graph.questions)}
    boxes = {
        q: Box(
            q, f"{numbers[q]}. {named(q)}", COLUMNS[q not in graph.spine], _middle(row), BOX, is_level=False
        )
        for q, row in rows.items()
    }
    lowest = -1.0
    for level in graph.levels:
        from_ = [rows[arrow.start] for arrow in graph.arrows if arrow.end == level]
        lowest = max(sum(from_) / len(from_), lowest + 1) if from_ else lowest + 1
        boxes[level] = Box(level, named(level), LEVELS_AT, _middle(lowest), LEVEL_BOX, is_level=True)
    height = max(box.line for box in boxes.values()) + HEIGHT // 2 + EDGE
    lines = tuple(line for box in boxes.values() for line in _lines(box, graph, boxes))
    return Drawing(WIDTH, height, tuple(boxes.values()), lines)


def _middle(row: float) -> int:
    return round(row * ROW) + HEIGHT // 2 + EDGE


def _lines(box: Box, graph: Flow, boxes: Mapping[str, Box]) -> Iterable[Line]:
    """The arrows out of one box: down to the next question, to the right all others."""
    out = [arrow for arrow in graph.arrows if arrow.start == box.id]
    right, below = box.x + box.width, box.line + HEIGHT // 2
    aside = [a for a in out if boxes[a.end].x != box.x]
    aside.sort(key=lambda a: (not boxes[a.end].is_level, boxes[a.end].line))
    for place, arrow in enumerate(aside):
        end = boxes[arrow.end]
        y = box.line + (place * 2 - len(aside) + 1) * LANE  # one above the other
        lane = LEVELS_AT - (len(graph.levels) - graph.levels.index(end.id) + 1) * LANE if end.is_level else 0
        to_level = f"H{lane} V{end.line} H{end.x - 2}"
        path = f"M{right} {y} {to_level if end.is_level else _down_to(end, end.x + BOX // 2)}"
        yield Line(path, arrow.label, right + 8, y - 6 if place == 0 else y + 15)
    for arrow in out:
        if arrow not in aside:
            x = box.x + BOX // 3
            path = f"M{x} {below} {_down_to(boxes[arrow.end], x)}"
            yield Line(path, arrow.label, x + 8, below + 20)


def _down_to(end: Box, x: int) -> str:
    return f"H{x} V{end.line - HEIGHT // 2 - 2}"
