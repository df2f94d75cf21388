"""The shape of interaction_model/<language>/: what people say, and its patterns written out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from hassil import SlotList, TextSlotList, parse_sentence, sample_expression
from hassil.errors import MissingListError, MissingRuleError
from hassil.parser import ParseError
from pydantic import BaseModel, ConfigDict

from tools.facts import Id
from tools.sources_on_disk import ROOT, ContentError, read_as

INTERACTION_MODEL = ROOT / "interaction_model"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Intents(_Strict):
    """intents.yaml: slot types, shared phrases, and each intent's patterns."""

    slots: dict[str, str]
    rules: dict[str, str]
    intents: dict[str, list[str]]


class TopicNames(_Strict):
    """What people call a topic, and the whole sentences that ask for it."""

    names: list[str]
    asks: list[str] = []


class Utterances(_Strict):
    """All that people say in one language; patterns still folded."""

    language: str
    intents: Intents
    topic_files: dict[str, dict[Id, TopicNames]]
    signs: dict[Id, list[str]]
    spans: dict[Id, list[str]]
    persons: dict[Id, list[str]]
    triggers: dict[Id, list[str]]
    answers: dict[Id, list[str]]
    bounds: dict[Id, list[str]]
    denied: dict[Id, list[str]]

    @property
    def topics(self) -> dict[Id, TopicNames]:
        """Every topic's names and questions, by id."""
        return {id_: t for file in self.topic_files.values() for id_, t in file.items()}


def read_utterances(language: str, folder: Path = INTERACTION_MODEL) -> Utterances:
    """Read one language's folder. Raises ContentError."""
    here = folder / language
    return Utterances(
        language=language,
        intents=read_as(here / "intents.yaml", Intents),
        topic_files={
            path.stem: read_as(path, dict[Id, TopicNames])
            for path in sorted((here / "topics").glob("*.yaml"))
        },
        signs=read_as(here / "signs.yaml", dict[Id, list[str]]),
        spans=read_as(here / "spans.yaml", dict[Id, list[str]]),
        persons=read_as(here / "persons.yaml", dict[Id, list[str]]),
        triggers=read_as(here / "triggers.yaml", dict[Id, list[str]]),
        answers=read_as(here / "answers.yaml", dict[Id, list[str]]),
        bounds=read_as(here / "bounds.yaml", dict[Id, list[str]]),
        denied=read_as(here / "denied.yaml", dict[Id, list[str]]),
    )


class Patterns:
    """The shared phrases and slots of one language, ready to write patterns out."""

    def __init__(self, intents: Intents) -> None:
        self._rules = {name: parse_sentence(text) for name, text in intents.rules.items()}
        # A slot stands for itself.
        self._slots: dict[str, SlotList] = {
            name: TextSlotList.from_strings([f"⟨{name}⟩"], name=name) for name in intents.slots
        }

    def written_out(self, patterns: Iterable[str], where: str) -> list[str]:
        """Every sentence of these patterns, each once, in order; slots stay as {slot}.

        Raises ContentError, with `where`, for a pattern that can't be read.
        """
        found: dict[str, None] = {}
        for pattern in patterns:
            try:
                expression = parse_sentence(pattern).expression
                sentences = list(sample_expression(expression, self._slots, self._rules))
            except (ParseError, MissingRuleError, MissingListError, ValueError) as error:
                raise ContentError([f"{where}: the pattern {pattern!r} can't be read: {error}"]) from None
            for sentence in sentences:
                found[" ".join(sentence.replace("⟨", "{").replace("⟩", "}").split())] = None
        return list(found)
