"""The article that the skill speaks from: its 126 statements, and where they need care."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from tools.facts import CONTENT, Facts, Id, Statement
from tools.sources_on_disk import read_as

Stance = Literal["agree", "hedged", "corrected"]
MORE_CHANGED = ("agree", "hedged", "corrected")  # each is further from the article than the one before
ADDED = "added"  # the stance of a statement that the article doesn't have
WEAK = "S"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Row(_Strict):
    """One statement of the article, and how the skill says it."""

    claim: str
    topic: Id
    stance: Stance
    notes: list[str] = []


class Section(_Strict):
    """A part of the article."""

    title: str
    rows: dict[int, Row]


class ArticleFile(_Strict):
    """content/article.yaml."""

    sections: list[Section]


class Correction(_Strict):
    """A place where the article needs care: what it says, what the skill says instead, and why."""

    severity: Literal["S1", "S2", "S3"]
    article: str
    instead: str
    why: str
    sources: list[str] = []

    @model_validator(mode="after")
    def _rests_on_something(self) -> Self:
        if self.severity != "S3" and not self.sources:
            raise ValueError(f"a correction of severity {self.severity} needs a source")
        return self


class Article(_Strict):
    """The article's statements by section, and the corrections by their Q-number."""

    sections: list[Section]
    corrections: dict[str, Correction]

    @property
    def rows(self) -> dict[int, Row]:
        """Every row, by number."""
        return {number: row for section in self.sections for number, row in section.rows.items()}


def read_article(content: Path = CONTENT) -> Article:
    """Read content/article.yaml and content/corrections.yaml. Raises ContentError."""
    return Article(
        sections=read_as(content / "article.yaml", ArticleFile).sections,
        corrections=read_as(content / "corrections.yaml", dict[str, Correction]),
    )


def notes_of(statement: Statement) -> list[str]:
    """The corrections that a statement follows: "Q17, Q18" -> Q17 and Q18."""
    return [note.strip() for note in (statement.note or "").split(",") if note.strip()]


def disagreements(facts: Facts, article: Article) -> list[str]:
    """Every disagreement between article and statements, a sentence each that says where and what."""
    carried: dict[int, list[tuple[Id, Statement]]] = {number: [] for number in article.rows}
    for topic, statement in _statements(facts):
        for number in statement.article:
            carried.get(number, []).append((topic, statement))
    return [
        *_numbering(article),
        *(fault for topic, s in _statements(facts) for fault in _statement_faults(topic, s, article)),
        *(fault for number, by in carried.items() for fault in _row_faults(number, by, article, facts)),
        *_correction_faults(facts, article),
    ]


def _numbering(article: Article) -> Iterator[str]:
    numbers = [number for section in article.sections for number in section.rows]
    if numbers != list(range(1, len(numbers) + 1)):
        yield "content/article.yaml: the rows must be numbered from 1 without a gap, each number once"


def _statement_faults(topic: Id, statement: Statement, article: Article) -> Iterator[str]:
    where = f"content/topics: {topic}.{statement.id}"
    for note in notes_of(statement):
        if note not in article.corrections:
            yield f"{where} follows {note}, which content/corrections.yaml doesn't have"
    for number in statement.article:
        if number not in article.rows:
            yield f"{where} carries row {number}, which content/article.yaml doesn't have"
    stances = [article.rows[n].stance for n in statement.article if n in article.rows]
    wanted = max(stances, key=MORE_CHANGED.index) if stances else ADDED
    if statement.stance != wanted and (stances or not statement.article):
        rows = f"rows {', '.join(map(str, statement.article))}" if statement.article else "no row"
        yield f"{where} is {statement.stance}, but carries {rows}: {wanted} was expected"


def _row_faults(number: int, by: list[tuple[Id, Statement]], article: Article, facts: Facts) -> Iterator[str]:
    row, where = article.rows[number], f"content/article.yaml: row {number}"
    if row.topic not in facts.topics:
        yield f"{where} names the topic {row.topic}, which content/topics doesn't have"
        return
    at_home = [statement for topic, statement in by if topic == row.topic]
    if not at_home:
        yield f"{where} isn't carried by any statement of {row.topic}"
    for note in row.notes:
        if note not in article.corrections:
            yield f"{where} follows {note}, which content/corrections.yaml doesn't have"
    followed = {note for statement in at_home for note in notes_of(statement)}
    if at_home and row.notes and not followed & set(row.notes):
        yield f"{where} follows {', '.join(row.notes)}, but no statement of {row.topic} that carries it does"


def _correction_faults(facts: Facts, article: Article) -> Iterator[str]:
    for id_, correction in article.corrections.items():
        unknown = [key for key in correction.sources if key not in facts.sources]
        yield from (
            f"content/corrections.yaml: {id_} cites {key}, which content/sources.yaml doesn't have"
            for key in unknown
        )
        grades = {facts.sources[key].grade for key in correction.sources if key not in unknown}
        if correction.severity == "S1" and grades == {WEAK}:
            yield f"content/corrections.yaml: {id_} is about safety and rests on weak sources alone"


def _statements(facts: Facts) -> Iterator[tuple[Id, Statement]]:
    for topic_id, topic in facts.topics.items():
        for breath in topic.breaths:
            yield from ((topic_id, statement) for statement in breath)
