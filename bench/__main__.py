"""python -m bench [ROUNDS]: measures, prints a table, writes bench/results/.

Milliseconds are this machine's; the ratios are what counts. Targets: docs/decisions/0011.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bench.contestants import Contestant, contestants
from bench.engine import growth, turns_a_second
from bench.measure import Timings, race, ratios
from bench.plot import svg
from tools.aws.build import megabytes
from tools.aws.emulator import EmulatorError
from tools.aws.interpreter import InterpreterMissingError

RESULTS = Path(__file__).parent / "results"
ROUNDS = 9
MOST_COLD, MOST_WARM, MOST_MEGABYTES = 1.0, 1.25, 12.0  # against the hello world with bytecode


def table(found: dict[str, Timings], entered: list[Contestant]) -> str:
    """The figures as Markdown: median, least to most, and the ratio to the hello world with bytecode."""
    cold = dict(ratios(found, "cold", "hello_bytecode"))
    warm = dict(ratios(found, "warm", "hello_bytecode"))
    lines = [
        "| | cold, ms | to hello, bytecode | warm, ms | to hello, bytecode | size, MB | bytecode, MB |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for contestant in entered:
        name, timings = contestant.name, found[contestant.name]
        size, bytecode = megabytes(contestant.artefact)
        lines.append(
            f"| {name.replace('_', ', ')} | {_range(timings, 'cold')} | {cold[name]:.2f} "
            f"| {_range(timings, 'warm')} | {warm[name]:.2f} | {size:.1f} | {bytecode:.1f} |"
        )
    return "\n".join(lines)


def _range(timings: Timings, kind: str) -> str:
    least, middle, most = timings.row(kind)
    digits = 0 if kind == "cold" else 2
    return f"{middle:.{digits}f} ({least:.{digits}f} to {most:.{digits}f})"


def medians(timings: Timings) -> dict[str, float]:
    """Milliseconds, for the estimate of what it costs (bench/costs.py)."""
    return {kind: round(timings.row(kind)[1], 2) for kind in ("cold", "warm")}


def verdicts(found: dict[str, Timings], skill: Contestant) -> list[tuple[str, float, float]]:
    """(what, figure, the most that it may be)."""
    return [
        ("cold", dict(ratios(found, "cold", "hello_bytecode"))["skill"], MOST_COLD),
        ("warm", dict(ratios(found, "warm", "hello_bytecode"))["skill"], MOST_WARM),
        ("megabytes", megabytes(skill.artefact)[0], MOST_MEGABYTES),
    ]


def main(arguments: list[str]) -> int:
    """Exit status 1 where a target is missed, 2 where nothing can be measured here."""
    rounds = int(arguments[0]) if arguments else ROUNDS
    try:
        entered = contestants()
        found = race(entered, rounds, lambda said: print(said, file=sys.stderr))
    except (EmulatorError, InterpreterMissingError, FileNotFoundError) as problem:
        print(problem, file=sys.stderr)
        return 2
    early, late = growth()
    text = (
        f"{table(found, entered)}\n\n"
        f"{rounds} rounds, in turn; median (least to most). "
        f"Cold: from the request that starts the runtime to its answer.\n\n"
        f"The engine alone: {turns_a_second():,.0f} turns a second. Memory held after 100 turns: "
        f"{early / 1e6:.2f} MB; after 1,000 more: {late / 1e6:.2f} MB.\n"
    )
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "table.md").write_text(text, encoding="utf-8")
    (RESULTS / "skill.json").write_text(json.dumps(medians(found["skill"])) + "\n", encoding="utf-8")
    for kind in ("cold", "warm"):
        (RESULTS / f"{kind}.svg").write_text(svg(f"{kind} turn, milliseconds", found, kind), encoding="utf-8")
    print(text)
    missed = [v for v in verdicts(found, entered[0]) if v[1] > v[2]]
    for what, figure, most in missed:
        print(f"missed: {what} is {figure:.2f}, at most {most:.2f} was wanted")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
