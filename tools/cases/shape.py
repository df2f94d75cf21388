"""The shape of tests/cases/*.yaml: people, what they say, and the level that they need."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tools.facts import CONTENT, LevelName, read_facts
from tools.sources_on_disk import ROOT, ContentError, name_of, read_as

CASES = ROOT / "tests" / "cases"
# From the least urgent to the most. "none": the skill gave no level at all.
LEVELS = ("none", "self_care", "soon", "today", "emergency")

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Truth(_Strict):
    """What is true of the person, so that any question of the check can be answered truly.

    signs:     ids of content/signs.yaml; every other sign isn't there
    twitching: for how long, in the words in which it is told: "three days"
    weakness:  the same for the weakness
    unsure:    ids of questions to which the person doesn't know the answer, asked once or twice
    """

    signs: list[str] = []
    twitching: Text = "three days"
    weakness: Text | None = None
    unsure: list[str] = []


class Case(_Strict):
    """One person. The name (the key in the file) is a sentence that says what is shown.

    who:        the person that it is about
    told_by:    who speaks, where that is somebody else
    says:       what is said, turn by turn
    facts:      what is true; the check's questions that follow are answered from it
    level:      the right level, from the clinical base, decided before the case was played
    because:    why, in one line, with the sources that say so
    known_miss: what the skill does instead; such a case is counted as a miss, by name
    """

    who: Text
    told_by: Text | None = None
    says: list[Text] = Field(min_length=1)
    facts: Truth | None = None
    level: LevelName
    because: Text
    sources: list[str] = Field(min_length=1)
    known_miss: Text | None = None
    locale: str = "en-US"


def load_cases(folder: Path = CASES) -> dict[str, Case]:
    """Every case, by its sentence. Raises ContentError with all that is wrong, file and key first."""
    faults: list[str] = []
    cases: dict[str, Case] = {}
    found_in: dict[str, str] = {}
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise ContentError([f"{name_of(folder)}: no cases here, expected *.yaml"])
    for path in files:
        try:
            found = read_as(path, dict[Text, Case])
        except ContentError as error:
            faults += error.faults
            continue
        for name, case in found.items():
            if name in cases:
                faults.append(f"{name_of(path)}: {name}: this sentence is a case of {found_in[name]} already")
            cases[name], found_in[name] = case, name_of(path)
    known = _Known()
    faults += [
        f"{found_in[name]}: {name}: {fault}" for name, case in cases.items() for fault in known.faults(case)
    ]
    if faults:
        raise ContentError(faults)
    return cases


class _Known:
    """The ids that a case may name."""

    def __init__(self) -> None:
        facts = read_facts(CONTENT)
        self.ids = {
            "source": set(facts.sources),
            "sign": set(facts.signs.signs),
            "question": {q.id for q in facts.check.questions},
            "locale": set(facts.locales),
        }

    def faults(self, case: Case) -> list[str]:
        truth = case.facts or Truth()
        named = {
            "source": case.sources,
            "sign": truth.signs,
            "question": truth.unsure,
            "locale": [case.locale],
        }
        found = [
            f"{id_!r} is no known {kind}"
            for kind, ids in named.items()
            for id_ in ids
            if id_ not in self.ids[kind]
        ]
        if "weakness" in truth.signs and truth.weakness is None:
            found.append("facts: there is weakness, but `weakness` doesn't say for how long")
        return found
