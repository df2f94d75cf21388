"""python -m tools.cases: plays every case and every variant, and prints what share is right."""

from __future__ import annotations

import sys

from tools.cases.player import PLAIN, Manner, manners, play_case
from tools.cases.shape import CASES, Case, load_cases
from tools.cases.table import HONEST, Outcome, matrix, misses, rows
from tools.compile_content import compile_content
from tools.sources_on_disk import ContentError


def main() -> int:
    """Print the table. The exit code is 1 where a case misses its level that doesn't say so itself."""
    try:
        compile_content()
        cases = load_cases(CASES)
    except ContentError as error:
        print(error, file=sys.stderr)
        return 2
    base = [outcome(name, case, PLAIN) for name, case in cases.items()]
    variants = [
        outcome(name, case, manner)
        for name, case in cases.items()
        for manner, fits in manners()
        if fits(case)
    ]
    print(f"{len(base)} cases, {len(variants)} variants. {HONEST}\n")
    print(*rows(base, variants), sep="\n")
    print(f"\n{matrix(base)}\n")
    unheard = sum(len(play_case(case).missed) for case in cases.values())
    print(f"{unheard} of the cases' own utterances weren't understood by the simulated recogniser.\n")
    for line in misses(base, cases):
        print(line)
    for o in shifted(base, variants):
        print(f"lowered: {o.name}, {o.manner}: {o.level}")
    return int(any(o.steps and not o.known for o in base))


def outcome(name: str, case: Case, manner: Manner) -> Outcome:
    """The case, played in this manner."""
    return Outcome(name, case.level, play_case(case, manner).level, manner.name, bool(case.known_miss))


def shifted(base: list[Outcome], variants: list[Outcome]) -> list[Outcome]:
    """The variants that came out lower than the case as it is written."""
    plain = {o.name: o for o in base}
    return [o for o in variants if o.steps < plain[o.name].steps]


if __name__ == "__main__":
    sys.exit(main())
