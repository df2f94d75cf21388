"""python -m bench.costs: what a month costs at AWS, written into docs/operations.md. An estimate.

Durations are the benchmark's (bench/results/skill.json), made longer as Lambda's share of a processor
is smaller. How long a real conversation is, and when people have them, nobody knows yet.
"""

from __future__ import annotations

import io
import json
import math
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from twitching import entry
from twitching.telemetry import EACH_TURN, POOLED, Telemetry

from bench.__main__ import RESULTS
from bench.engine import SAYINGS
from simulator.device import Device
from tools.aws.alarm_rules import MUST_ALARM
from tools.aws.build import ROOT
from tools.aws.emulator import MEMORY

CONVERSATIONS = (1_000, 100_000, 10_000_000)  # a month
TURNS = len(SAYINGS)  # a whole check, and a little more
MONTH = 30 * 24 * 3600
# "At 1,769 MB, a function has the equivalent of one vCPU", and less in proportion (AWS Lambda, memory).
ONE_PROCESSOR = 1769
KEPT_WARM = 300  # seconds that an idle environment is thought to live; Amazon promises nothing
LAMBDAS_LINES = 1_000  # bytes: platform.start, .runtimeDone and .report of each request, as JSON
PER_LINE = 26  # bytes that CloudWatch counts for each line on top
PEAK = 10  # times the mean
PAGE = ROOT / "docs" / "operations.md"
BEGIN, END = "<!-- costs: made by `make costs` -->", "<!-- end of costs -->"
COLUMNS = (
    "conversations a month",
    "computing",
    "logs",
    "metrics, alarms, dashboard",
    "together",
    "memory, if wanted",
    "turns a second at the peak",
    "at once",
)
PER_SECOND = 10  # requests for each concurrent execution, at most (AWS Lambda, scaling)


@dataclass(frozen=True)
class Month:
    """What one number of conversations comes to. Dollars a month, but for `peak`."""

    conversations: int
    computing: float
    logs: float
    watching: float
    memory: float  # only with RememberVisits
    peak: float  # turns a second
    at_once: int  # concurrent executions that Lambda wants for that peak

    @property
    def total(self) -> float:
        """Without memory."""
        return self.computing + self.logs + self.watching


def prices() -> dict[str, float]:
    """By name, in dollars."""
    listed = YAML(typ="safe", pure=True).load(Path(__file__).parent / "prices.yaml")["prices"]
    return {name: float(one["price"]) for name, one in listed.items()}


def logged() -> float:
    """Bytes a turn in the log: what the skill prints in a conversation, and Lambda's own lines."""
    device, printed = Device(), io.StringIO()
    quiet, entry._telemetry = entry._telemetry, Telemetry("SkillFunction")  # noqa: SLF001  as on Lambda
    try:
        with redirect_stdout(printed):
            for text in SAYINGS:
                device.say(text)
    finally:
        entry._telemetry = quiet  # noqa: SLF001
    lines = printed.getvalue().encode().splitlines()
    return sum(len(line) + PER_LINE for line in lines) / TURNS + LAMBDAS_LINES


def billed(milliseconds: float) -> int:
    """As Lambda bills it: with its share of a processor, rounded up to a millisecond."""
    return math.ceil(milliseconds * ONE_PROCESSOR / MEMORY)


def month(conversations: int, measured: dict[str, float], bytes_a_turn: float) -> Month:
    """The estimate for so many conversations a month."""
    price, turns = prices(), conversations * TURNS
    cold = conversations * math.exp(-conversations / MONTH * KEPT_WARM)  # nobody spoke shortly before
    seconds = (turns * billed(measured["warm"]) + cold * billed(measured["cold"])) / 1000
    peak = turns / MONTH * PEAK
    return Month(
        conversations,
        computing=turns / 1e6 * price["million_requests"]
        + seconds * MEMORY / 1024 * price["gigabyte_second"],
        logs=turns * bytes_a_turn / 1e9 * price["gigabyte_logged"],
        watching=len({*EACH_TURN, *POOLED}) * price["metric"]
        + len(MUST_ALARM) * price["alarmed_metric"]
        + price["dashboard"],
        memory=conversations / 1e6 * (price["million_table_reads"] + price["million_table_writes"]),
        peak=peak,
        at_once=math.ceil(max(peak / PER_SECOND, peak * billed(measured["warm"]) / 1000)),
    )


def table(measured: dict[str, float], bytes_a_turn: float) -> str:
    """As Markdown, a row for each number of conversations."""
    lines = [
        f"| {' | '.join(COLUMNS)} |",
        f"|{' --- |' * len(COLUMNS)}",
    ]
    for conversations in CONVERSATIONS:
        m = month(conversations, measured, bytes_a_turn)
        dollars = " | ".join(f"${d:,.2f}" for d in (m.computing, m.logs, m.watching, m.total, m.memory))
        lines.append(f"| {conversations:,} | {dollars} | {m.peak:,.2f} | {m.at_once} |")
    return "\n".join(lines)


def estimate() -> str:
    """The table, and what it was made of, as Markdown."""
    measured: dict[str, Any] = json.loads((RESULTS / "skill.json").read_text(encoding="utf-8"))
    bytes_a_turn = round(logged(), -1)
    return (
        f"{table(measured, bytes_a_turn)}\n\n"
        f"{TURNS} turns a conversation; {billed(measured['warm'])} ms billed a turn, and "
        f"{billed(measured['cold'])} ms more where the environment is new; "
        f"{bytes_a_turn:,.0f} bytes a turn in the log."
    )


def written(page: str, told: str) -> str:
    """The page with this estimate between its marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{told}\n{END}{after}"


def main() -> None:
    """Print the estimate, and write it into the handbook."""
    told = estimate()
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), told), encoding="utf-8")
    print(told)


if __name__ == "__main__":
    main()
