"""Runs the rows for each locale, and prints what came of them."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rich.console import Console
from rich.table import Table
from twitching import entry
from twitching.catalogue import load_words

from simulator.device import Invoke
from tools.manifest_rules import Package
from tools.plain_language.data import read_plain_language
from tools.plain_language.heard import read_everything
from tools.preflight import functional, policy, rules, security, voice
from tools.preflight.explored import explore
from tools.preflight.row import Examined, NotHereError, Row
from tools.preflight.sources import SOURCES
from tools.skill_package import read
from tools.sources_on_disk import ROOT

ROWS: tuple[Row, ...] = (*policy.ROWS, *security.ROWS, *functional.ROWS, *voice.ROWS, *rules.ROWS)
GREEN, RED, PERSON = "green", "red", "by a person"
STYLE = {GREEN: "green", RED: "bold red", PERSON: "yellow"}
TEMPLATE = ROOT / "template.yaml"
MOST_TOLD = 3  # faults of one row; the rest is mostly the same again
NO_CERTIFICATE = "Green is no certificate: Amazon gives one, and nobody has asked it yet."


@dataclass(frozen=True)
class Result:
    """What came of a row: by locale what is wrong there; `left` is what a person has to do."""

    row: Row
    wrong: Mapping[str, Sequence[str]]
    left: str
    ran: bool

    @property
    def status(self) -> str:
        """Red where anything is wrong; by a person where nothing was run."""
        if any(self.wrong.values()):
            return RED
        return GREEN if self.ran else PERSON


def examine(package: Package, invoke: Invoke | None = None) -> list[Examined]:
    """Each locale of the package, with all that it can say."""
    skill = invoke or (lambda event: entry.handler(event, None))
    everything = {said.locale: said for said in read_everything(read_plain_language())}
    found = []
    for locale in sorted(package.listings):
        alone = only(package, locale)
        explored = explore(locale, alone.samples[locale].model, skill)
        words = load_words(locale)
        found.append(Examined(locale, alone, everything[locale], words, explored, skill, TEMPLATE))
    return found


def only(package: Package, locale: str) -> Package:
    """The package, as far as it is this locale's."""
    manifest = copy.deepcopy(package.manifest)
    inside = manifest["manifest"]
    for part in (inside["publishingInformation"], inside["privacyAndCompliance"]):
        part["locales"] = {name: held for name, held in part["locales"].items() if name == locale}
    return replace(package, manifest=manifest, models={locale: package.models[locale]})


def run(row: Row, locales: Iterable[Examined]) -> Result:
    """The row, in each locale. A check that breaks down has found something, too."""
    wrong: dict[str, list[str]] = {}
    left, ran = [row.person] if row.person else [], row.check is not None
    for of in locales:
        wrong[of.locale] = []
        try:
            for fault in row.check(of) if row.check else ():
                wrong[of.locale].append(fault)
        except NotHereError as missing:
            ran = False
            left = list(dict.fromkeys([*left, str(missing)]))
        except Exception as error:  # noqa: BLE001  whatever it is, the row isn't green
            wrong[of.locale].append(f"{type(error).__name__}: {error}, expected an answer that can be read")
    return Result(row, wrong, "; ".join(left), ran)


def faults(result: Result) -> Iterator[str]:
    """What is wrong, each once, with the locales in which it is."""
    where: dict[str, list[str]] = {}
    for locale, found in result.wrong.items():
        for fault in dict.fromkeys(found):
            where.setdefault(fault, []).append(locale)
    told = [f"{result.row.id} {' '.join(locales)}: {fault}" for fault, locales in where.items()]
    yield from told[:MOST_TOLD]
    if len(told) > MOST_TOLD:
        yield f"{result.row.id}: and {len(told) - MOST_TOLD} more"
    if told:
        yield f"{result.row.id} is asked in {SOURCES[result.row.source]}"


def preflight() -> int:
    """Run and print everything; 1 where anything is red."""
    locales = examine(read())
    results = [run(row, locales) for row in ROWS]
    console = Console()
    names = [of.locale for of in locales]
    if console.is_terminal:
        console.print(_table(results, names))
    else:
        print(*(line for result in results for line in _lines(result, names)), sep="\n")
    for result in results:
        for fault in faults(result):
            console.print(fault, style=STYLE[RED], markup=False, soft_wrap=True)
    counted = {status: sum(r.status == status for r in results) for status in STYLE}
    told = ", ".join(f"{count} {status}" for status, count in counted.items())
    partly = sum(bool(result.left) for result in results)
    print(f"{len(results)} rows in {len(names)} locales: {told}; {partly} leave something to a person.")
    print(NO_CERTIFICATE)
    return 1 if counted[RED] else 0


def _table(results: Iterable[Result], locales: Sequence[str]) -> Table:
    table = Table("", "What Amazon asks", *(name[3:] for name in locales), "Left to a person")
    for result in results:
        marks = [_mark(result, name) for name in locales]
        asks = result.row.asks + (f"\n[dim]{result.row.decided}[/]" if result.row.decided else "")
        table.add_row(result.row.id, asks, *(f"[{STYLE[m]}]{m[0]}[/]" for m in marks), result.left)
    table.caption = "g green, r red, b by a person"
    return table


def _lines(result: Result, locales: Sequence[str]) -> Iterator[str]:
    red = [name for name in locales if _mark(result, name) == RED]
    where = f" in {' '.join(red)}" if red else ""
    yield f"{result.row.id:4}{result.status + where}: {result.row.asks}"
    if result.row.decided:
        yield f"      decided: {result.row.decided}"
    if result.left:
        yield f"      by a person: {result.left}"


def _mark(result: Result, locale: str) -> str:
    if result.wrong.get(locale):
        return RED
    return GREEN if result.ran else PERSON
