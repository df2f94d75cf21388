"""Labelled utterances: what was said, and what a sensible designer would accept as its meaning."""

from __future__ import annotations

import fnmatch
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from twitching.catalogue import load_catalogue
from twitching.dialogue.routes import topic_of_intent
from twitching.triage.model import Level

from simulator.understanding import Understanding, Understood
from simulator.understanding.examples import SUBJECTS
from simulator.understanding.model import FALLBACK, resolved
from tools.sources_on_disk import ROOT, ContentError, name_of, read_as

UTTERANCES = ROOT / "tests" / "utterances"
NAMES = UTTERANCES / "labels.yaml"
OTHER_MATTERS = frozenset({FALLBACK, "OutOfScopeIntent"})


class Labels(BaseModel):
    """labels.yaml: what other collections call things."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    labels: dict[str, list[str]]  # a label -> the meanings that it covers; * stands for anything
    slots: dict[str, str]  # a slot's name there -> its name here


class _Line(BaseModel):
    """One line of a file, in either of the two forms."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    text: str
    expect: list[str] = []
    label: str | None = None
    alt_labels: list[str] = []
    slots: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True)
class Utterance:
    """One labelled utterance. The first label is the best."""

    text: str
    labels: tuple[str, ...]
    slots: Mapping[str, str]

    @property
    def in_scope(self) -> bool:
        """Is it the skill's business?"""
        return self.labels[0] not in OTHER_LABELS


OTHER_LABELS = OTHER_MATTERS | {"out_of_scope"}


class Key:
    """What a label covers."""

    def __init__(self, names: Labels) -> None:
        self._names = names
        catalogue = load_catalogue()
        self._signs = {id_: sign.level for id_, sign in catalogue.check.signs.items()}
        self._topics = set(catalogue.topics)

    def accepts(self, label: str, meaning: str) -> bool:
        """Is this meaning right where that label stands?"""
        return any(
            fnmatch.fnmatchcase(meaning, pattern) for pattern in self._names.labels.get(label, [label])
        )

    def right(self, utterance: Utterance, meaning: str) -> bool:
        """Is it one of the accepted meanings?"""
        return any(self.accepts(label, meaning) for label in utterance.labels)

    def is_warning(self, meaning: str) -> bool:
        """Does it end any conversation?"""
        return self._signs.get(meaning) is Level.EMERGENCY

    def slot(self, name: str) -> str:
        """Our name of a slot."""
        return self._names.slots.get(name, name)

    def known(self, label: str, intents: set[str]) -> bool:
        """Is there such a label?"""
        return label in self._names.labels or label in self._topics | set(self._signs) | intents


def meaning_of(understood: Understood) -> str:
    """The topic or sign that the reply will be about, otherwise the intent."""
    if understood.intent in OTHER_MATTERS:
        return FALLBACK
    if topic := topic_of_intent(understood.intent, load_catalogue()):
        return topic
    if understood.intent != "DenySignIntent":
        for name in SUBJECTS:
            if name in understood.slots and (id_ := resolved(understood.slots[name])):
                return id_
    return "summary" if understood.intent == "TwitchIntent" else understood.intent


def read_labels(path: Path, understanding: Understanding, key: Key) -> list[Utterance]:
    """The utterances of a file, JSON Lines. Raises ContentError with the line and what was expected."""
    faults: list[str] = []
    found: list[Utterance] = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([f"{name_of(path)}: can't be read: {error}"]) from None
    intents = set(understanding.model.samples)
    for number, text in enumerate(lines, 1):
        where = f"{name_of(path)}:{number}"
        if not text.strip():
            continue
        try:
            line = _Line.model_validate(json.loads(text))
        except (ValueError, ValidationError):
            faults.append(f'{where}: expected {{"text": ..., "expect": [...]}} or {{"text", "label"}}')
            continue
        labels = tuple(line.expect or ([line.label, *line.alt_labels] if line.label else []))
        unknown = [label for label in labels if not key.known(label, intents)]
        if not labels or unknown:
            faults.append(f"{where}: {unknown or 'no label'}: expected a topic, a sign or an intent")
            continue
        found.append(Utterance(line.text, labels, line.slots))
    if faults:
        raise ContentError(faults)
    return found


def read_key() -> Key:
    """The labels that other collections use. Raises ContentError."""
    return Key(read_as(NAMES, Labels))
