"""What `twitching nlu` prints."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from simulator.understanding import Understanding, understanding
from tools.nlu.conflicts import Conflict, conflicts
from tools.nlu.cross import Left, leave_out, recovered, stolen, weakest
from tools.nlu.labels import UTTERANCES, read_key, read_labels
from tools.nlu.measure import Figures, measure
from tools.sources_on_disk import ContentError

HONEST = "The simulator's recogniser, which learns from the samples alone; Amazon's may do better or worse."
MOST = 15


def report_on(labels: Path | None, show: Collection[str], locale: str) -> int:
    """Print the figures of the labelled files, or of `labels`, and what else is to be shown.

    `show` holds any of "meanings", "misses", "conflicts" and "cross"; the last two stand for
    themselves where no file is named. Gives the exit status: 2 where a file can't be read.
    """
    console = Console(width=None if sys.stdout.isatty() else 110)
    recogniser = understanding(locale)
    if "conflicts" in show:
        conflicting(conflicts(recogniser.model), console)
    if "cross" in show:
        crossed(list(leave_out(recogniser.model, Console(stderr=True).print)), console)
    if labels is None and {"conflicts", "cross"} & set(show):
        return 0
    try:
        key = read_key()
        for path in [labels] if labels else sorted(UTTERANCES.glob("*.jsonl")):
            figures = measure(read_labels(path, recogniser, key), recogniser, key)
            labelled(path, figures, recogniser, console)
            if "meanings" in show:
                meanings(figures, console)
            if "misses" in show:
                misses(figures, console)
    except ContentError as error:
        print(*error.faults, sep="\n", file=sys.stderr)
        return 2
    return 0


def labelled(path: Path, figures: Figures, understanding: Understanding, console: Console) -> None:
    """The figures of one labelled file."""
    console.print(f"\n[bold]{path.name}[/bold]: {len(figures.heard)} utterances. {HONEST}\n")
    table = Table("", "share (95 %)", box=None, pad_edge=False)
    table.add_row("understood", str(figures.accuracy))
    table.add_row("  of what is the skill's business", str(figures.in_scope))
    table.add_row("  of what isn't, left alone", str(figures.out_of_scope))
    table.add_row("warning signs caught", str(figures.warnings_caught))
    table.add_row("false alarms", str(figures.false_alarms))
    for slot, share in figures.slots(understanding).items():
        table.add_row(f"slot {slot} filled as told", str(share))
    console.print(table)
    confusions = Table("expected", "understood", "times", title="taken for something else", box=None)
    for (expected, got), times in figures.confusions().most_common(MOST):
        confusions.add_row(expected, got, str(times))
    console.print(confusions)


def meanings(figures: Figures, console: Console) -> None:
    """Precision and recall of each label."""
    table = Table("meaning", "right of what was understood so", "understood of what was meant so", box=None)
    for name, (precision, recall) in figures.by_meaning().items():
        table.add_row(name, str(precision), str(recall))
    console.print(table)


def misses(figures: Figures, console: Console) -> None:
    """Every utterance that wasn't understood."""
    for h in figures.heard:
        if not h.right:
            console.print(f"{h.meaning} <- {'/'.join(h.utterance.labels)}: {h.utterance.text}", markup=False)


def crossed(left: list[Left], console: Console) -> None:
    """The model against itself."""
    console.print(f"\n[bold]Left out and understood all the same[/bold]: {recovered(left)}. {HONEST}\n")
    weak = Table("meaning", "recovered", title="weakest", box=None)
    for meaning, share in weakest(left)[:MOST]:
        weak.add_row(f"{meaning.intent} {meaning.subject}", str(share))
    console.print(weak)
    thieves = Table("written for", "taken by", "times", title="stolen", box=None)
    for (owner, thief), times in stolen(left).most_common(MOST):
        thieves.add_row(owner, thief, str(times))
    console.print(thieves)


def conflicting(found: Iterable[Conflict], console: Console) -> None:
    """What the model itself leaves open."""
    for conflict in found:
        console.print(f"{conflict.kind}: {conflict.what}", markup=False)
