"""Every source once, and what rests on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tools.article import Article
from tools.facts import Facts, Source
from tools.review_pack.spoken import WEAK, Sentence

GRADES = {
    "O": "the official page itself",
    "M": "a mirror or copy of an official page",
    "P": "peer-reviewed",
    "S": "secondary and weak: news, a blog, an encyclopedia",
}


@dataclass(frozen=True)
class SourceView:
    """A source, and what rests on it."""

    key: str
    number: int
    source: Source
    addresses: tuple[str, ...]
    sentences: tuple[str, ...]
    locales: tuple[str, ...]
    corrections: tuple[str, ...]
    said: tuple[Sentence, ...]


def all_sources(facts: Facts, spoken: Mapping[str, Sentence], article: Article) -> list[SourceView]:
    """The sources, numbered in their order."""
    return [
        SourceView(
            key,
            number,
            source,
            tuple(filter(None, [source.url, *_as_list(source.read_at)])),
            tuple(s.id for s in spoken.values() if key in s.sources and not s.is_reprompt),
            tuple(id_ for id_, place in facts.locales.items() if key in place.sources),
            tuple(id_ for id_, c in article.corrections.items() if key in c.sources),
            tuple(s for end in ("", ".also") if (s := spoken.get(f"source.{key}{end}"))),
        )
        for number, (key, source) in enumerate(facts.sources.items(), 1)
    ]


def is_weak(sources: list[str], facts: Facts) -> bool:
    """Does it rest on weak sources alone?"""
    return bool(sources) and all(facts.sources[key].grade == WEAK for key in sources)


def _as_list(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []
