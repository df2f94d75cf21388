"""The shape of responses/<language>/: the words, under the ids of content/."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from tools.facts import Id
from tools.sources_on_disk import ROOT, read_as

RESPONSES = ROOT / "responses"
Variants = str | list[str]  # several wordings, taken in turn


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Prompt(_Strict):
    """A question that ends a reply, and what is said after eight seconds of silence."""

    ask: Variants
    reprompt: str


class TopicWords(_Strict):
    """A topic's headline, the question that offers it, and its statements' sentences."""

    title: str
    offer: Prompt
    say: dict[Id, str]


class LevelWords(_Strict):
    """What is said at a level: the action, what to do, and what would change it."""

    title: str
    action: str
    do: str | None = None
    net: str
    would: str


class QuestionWords(_Strict):
    """A question of the check; `again` is the simpler form. One that is never asked has only the last two."""

    ask: str | None = None
    again: str | None = None
    reprompt: str | None = None
    why: str | None = None
    doctor: dict[str, str] = {}
    if_: dict[str, str] = Field(alias="if")


class RuleWords(_Strict):
    """Why this level; `because_told` echoes what the person said, where there is a fact to echo."""

    because: str
    because_told: str | None = None
    why: str


class SignWords(_Strict):
    """Why a sign matters, and what it adds to the summary for the doctor."""

    because: str | None = None
    doctor: str | None = None


class CheckWords(_Strict):
    """responses/<language>/check.yaml."""

    levels: dict[Id, LevelWords]
    questions: dict[Id, QuestionWords]
    rules: dict[Id, RuleWords]
    statements: dict[Id, str]
    likely: dict[Id, str]
    ask_more: str


class GroundsWords(_Strict):
    """How a source is named, and when the content was last held against it."""

    first: str
    also: str
    checked: str


class ConversationWords(_Strict):
    """responses/<language>/conversation.yaml."""

    say: dict[Id, Variants]
    grounds: GroundsWords
    place: str
    doctor_title: str
    ask: dict[Id, Prompt]


class LocalWords(_Strict):
    """responses/<language>/words.yaml: words that differ by locale, under {{ word }}."""

    words: dict[Id, str | dict[str, str]]
    persons: dict[Id, tuple[str, str, str]]
    units: dict[str, tuple[str, str]]
    months: list[str] = Field(min_length=12, max_length=12)


class LanguageWords(_Strict):
    """All of one language."""

    topic_files: dict[str, dict[Id, TopicWords]]
    check: CheckWords
    signs: dict[Id, SignWords]
    conversation: ConversationWords
    local: LocalWords
    sources: dict[str, str]

    @property
    def topics(self) -> dict[Id, TopicWords]:
        """Every topic's words, by id."""
        return {id_: t for file in self.topic_files.values() for id_, t in file.items()}


def read_words(language: str, responses: Path = RESPONSES) -> LanguageWords:
    """Read one language's folder. Raises ContentError."""
    folder = responses / language
    return LanguageWords(
        topic_files={
            path.stem: read_as(path, dict[Id, TopicWords])
            for path in sorted((folder / "topics").glob("*.yaml"))
        },
        check=read_as(folder / "check.yaml", CheckWords),
        signs=read_as(folder / "signs.yaml", dict[Id, SignWords]),
        conversation=read_as(folder / "conversation.yaml", ConversationWords),
        local=read_as(folder / "words.yaml", LocalWords),
        sources=read_as(folder / "sources.yaml", dict[str, str]),
    )
