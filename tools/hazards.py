"""The hazard log: what could go wrong, what stands against it, and which tests prove that it does.

example: a control of H13 names tests/test_hazards.py::test_no_sentence_tells_anyone_to_stop_a_medicine;
rename that test and `faults` says that H13 names a test that is gone
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from tools.sources_on_disk import ROOT, read_as

HAZARDS = ROOT / "docs" / "safety" / "hazards.yaml"
TESTS = ROOT / "tests"
MUST_BE_SMALLER = 4  # a risk that nobody may be exposed to; the scale is in the log itself

Text = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Risk(_Strict):
    """How bad and how likely, in words of the log's scales."""

    severity: Text
    likelihood: Text


class ResidualRisk(Risk):
    """The risk that is left, and why we think so."""

    why: Text


class Control(_Strict):
    """Something in the product that stands against a hazard, and the tests that prove it (`file::test`)."""

    does: Text
    tests: list[Text]


class Hazard(_Strict):
    """Something that could harm somebody."""

    id: Annotated[str, Field(pattern=r"^H\d{2}$")]
    title: Text
    what_could_happen: Text
    to_whom: Text
    causes: Annotated[list[Text], Field(min_length=1)]
    before: Risk
    controls: list[Control]
    after: ResidualRisk
    open: Annotated[list[Text], Field(min_length=1)]
    owner: Text | None


class HazardLog(_Strict):
    """docs/safety/hazards.yaml."""

    reviewed: date
    signed_off: Text | None
    severity: dict[str, Text]
    likelihood: dict[str, Text]
    matrix: dict[str, list[int]]
    risks: dict[int, Text]
    hazards: list[Hazard]

    def risk(self, risk: Risk) -> int:
        """What severity and likelihood amount to, from 1 (acceptable) up."""
        return self.matrix[risk.likelihood][list(self.severity).index(risk.severity)]

    @property
    def too_high(self) -> list[Hazard]:
        """The hazards whose risk, controls and all, must be made smaller before anybody uses the skill."""
        return [hazard for hazard in self.hazards if self.risk(hazard.after) >= MUST_BE_SMALLER]


def read_hazards(path: Path = HAZARDS) -> HazardLog:
    """Read the log. Raises ContentError where it is missing or its shape is wrong."""
    return read_as(path, HazardLog)


def faults(log: HazardLog, collected_tests: Collection[str]) -> list[str]:
    """Everything that is wrong with the log; empty where each control is proved by a test that exists."""
    scales = list(_scale_faults(log))
    return scales or [
        *_twice(hazard.id for hazard in log.hazards),
        *(fault for hazard in log.hazards for fault in _faults(hazard, log, collected_tests)),
    ]


def _scale_faults(log: HazardLog) -> Iterator[str]:
    if list(log.matrix) != list(log.likelihood):
        yield f"the matrix needs a row for each likelihood, in this order: {', '.join(log.likelihood)}"
    for likelihood, row in log.matrix.items():
        if len(row) != len(log.severity):
            yield f"the matrix's row {likelihood!r} needs {len(log.severity)} risks, not {len(row)}"
        for risk in sorted(set(row) - set(log.risks)):
            yield f"the matrix's row {likelihood!r} has the risk {risk}, which isn't explained"
    columns = zip(*log.matrix.values(), strict=False)
    if any(a > b for line in (*log.matrix.values(), *columns) for a, b in pairwise(line)):
        yield "the matrix gets less risky somewhere as severity or likelihood grows"


def _twice(ids: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            yield f"{id_} stands twice"
        seen.add(id_)


def _faults(hazard: Hazard, log: HazardLog, collected: Collection[str]) -> Iterator[str]:
    words = [fault for name in ("before", "after") for fault in _unknown_words(hazard, name, log)]
    yield from words
    if not words and log.risk(hazard.after) > log.risk(hazard.before):
        yield f"{hazard.id}: the risk is greater with the controls than without them"
    if not hazard.controls:
        yield f"{hazard.id} has no control"
    for control in hazard.controls:
        if not control.tests:
            yield f"{hazard.id}: no test proves {control.does!r}"
        for test in control.tests:
            if "[" in test:
                yield f"{hazard.id}: name the test, not one of its cases: {test}"
            elif test not in collected:
                yield f"{hazard.id} names a test that is gone: {test}"


def _unknown_words(hazard: Hazard, name: str, log: HazardLog) -> Iterator[str]:
    risk: Risk = getattr(hazard, name)
    for scale, word in (("severity", risk.severity), ("likelihood", risk.likelihood)):
        known: dict[str, str] = getattr(log, scale)
        if word not in known:
            yield f"{hazard.id}.{name}.{scale}: {word!r} isn't on the scale ({', '.join(known)})"


def find_tests(folder: Path = TESTS) -> frozenset[str]:
    """Every test as pytest names it, a parametrised one without its cases. Runs and imports nothing."""
    return frozenset(
        f"{path.relative_to(folder.parent).as_posix()}::{test}"
        for path in folder.rglob("test_*.py")
        for test in _tests(ast.parse(path.read_text(encoding="utf-8")).body)
    )


def _tests(body: Iterable[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            yield node.name
        elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            yield from (f"{node.name}::{test}" for test in _tests(node.body))
