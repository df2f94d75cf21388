"""What is heard: sentences, texts of several sentences, all that a locale says; and what breaks a rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from twitching.speech import plain

from tools.facts import Facts, Id, Locale
from tools.plain_language.data import PlainLanguage

OF_THE_CHECK = ("opening", "question", "result")  # kinds of text that are held more strictly
EMERGENCY, SOURCE, REPROMPT = "level.emergency.", "source.", ".reprompt"


@dataclass(frozen=True)
class Breach:
    """A rule that a reply breaks."""

    rule: str
    locale: str
    ids: tuple[Id, ...]
    expected: str
    found: str

    def __str__(self) -> str:
        """One line: rule, where, what was expected, and what was found."""
        where = f"{self.rule} {self.locale} {' + '.join(self.ids)}"
        return f"{where}: expected {self.expected}, found {self.found}"


@dataclass(frozen=True)
class Part:
    """One sentence id as it is spoken: its words in one of its wordings."""

    id: Id
    ssml: str

    @cached_property
    def text(self) -> str:
        """Without markup."""
        return plain(self.ssml)


@dataclass(frozen=True)
class Spoken:
    """Something that a person hears in one go.

    kind: topic (a breath's statements); opening (with its question), question (of the check),
    result (also a warning sign, and leaving the check); reason (why a question, why a result, what
    would change it), summary (for the doctor); offer (any other prompt), talk, source. A turn is a
    whole reply.
    """

    kind: str
    parts: tuple[Part, ...]
    topic: Id | None = None
    introduces: bool = False  # a turn: is the disclaimer due?
    asks: bool = False  # does it end with a prompt?

    @cached_property
    def ids(self) -> tuple[Id, ...]:
        """What it is made of."""
        return tuple(part.id for part in self.parts)

    @cached_property
    def text(self) -> str:
        """What is heard, without markup."""
        return " ".join(part.text for part in self.parts)


@dataclass(frozen=True)
class Everything:
    """All that one locale says.

    texts: what is held on its own, such as a breath or a question; turns: whole replies.
    """

    locale: str
    place: Locale
    facts: Facts
    rules: PlainLanguage
    texts: tuple[Spoken, ...]
    turns: tuple[Spoken, ...]
    own_words: frozenset[str]  # words and numbers of this locale, where locales differ
    foreign_words: frozenset[str]  # those of the others
    missing_words: tuple[str, ...]  # those that have no form here
    units: frozenset[str]

    def breach(self, rule: str, ids: Iterable[Id], expected: str, found: str) -> Breach:
        """A breach in this locale."""
        return Breach(rule, self.locale, tuple(ids), expected, found)

    def of_kind(self, *kinds: str) -> list[Spoken]:
        """The texts of these kinds."""
        return [text for text in self.texts if text.kind in kinds]

    @cached_property
    def parts(self) -> list[tuple[Spoken, Part]]:
        """Each sentence in each of its wordings once, with the first text in which it stands."""
        first: dict[Part, Spoken] = {}
        for text in (*self.texts, *self.turns):
            for part in text.parts:
                first.setdefault(part, text)
        return [(text, part) for part, text in first.items()]

    @cached_property
    def topics(self) -> dict[Id, list[Spoken]]:
        """A topic's breaths, in order."""
        told: dict[Id, list[Spoken]] = {}
        for text in self.of_kind("topic"):
            told.setdefault(text.topic or "", []).append(text)
        return told
