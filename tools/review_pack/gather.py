"""Gathers all that the review pack shows, from the data alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jinja2 import DictLoader
from twitching.catalogue import load_catalogue
from twitching.speech import environment, plain

from tools.article import Article, Correction, Row, notes_of, read_article
from tools.facts import Facts, Locale, Reviewed, Statement, Topic, read_facts
from tools.hazards import MUST_BE_SMALLER, read_hazards
from tools.render import local_words
from tools.review_pack import check, families, graph, replies, signed
from tools.review_pack.sources import GRADES, all_sources, is_weak
from tools.review_pack.spoken import ABOUT, HOME, Sentence, all_sentences
from tools.utterances import read_utterances
from tools.words import LanguageWords, read_words

LANGUAGE = "en"


@dataclass(frozen=True)
class Stated:
    """A statement of a topic: how it stands to the article, and why."""

    sentence: Sentence
    stance: str
    rows: Mapping[int, Row]
    notes: Mapping[str, Correction]
    explained: frozenset[str]  # notes that were told earlier in this topic


@dataclass(frozen=True)
class TopicView:
    """A topic, a breath at a time."""

    id: str
    title: Sentence
    offer: Sentence
    offer_reprompt: Sentence
    offers_check: bool
    breaths: tuple[tuple[Stated, ...], ...]


@dataclass(frozen=True)
class Page:
    """A file of content, which is what a clinician signs."""

    id: str
    file: str
    title: str
    reviewed: date | None
    signed_off: str | None
    topics: tuple[TopicView, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """A chapter of the pack."""

    number: int
    id: str
    title: str


def gather(today: date) -> dict[str, Any]:
    """All that the templates need. The content must have been compiled."""
    facts, catalogue, article = read_facts(), load_catalogue(), read_article()
    words, said = read_words(LANGUAGE), read_utterances(LANGUAGE)
    spoken = all_sentences(facts)
    pages, local = list(_pages(facts, spoken, article)), _local_words(facts.locales, words)
    flow, entries = graph.flow(catalogue.check), signed.entries(facts, spoken)
    offs = signed.sign_offs()
    questions = check.questions(facts, catalogue.check, spoken)
    pack: dict[str, Any] = {
        "home": HOME,
        "about": list(ABOUT),
        "today": today,
        "hash": signed.content_hash(),
        "grades": GRADES,
        "pages": pages,
        "chapters": _chapters(pages),
        "opening": spoken["opening"],
        "questions": questions,
        "rules": check.rules(facts, catalogue, spoken),
        "levels": check.levels(spoken),
        "flow": flow,
        "drawing": graph.draw(flow, {q.id: q.number for q in questions if q.number}),
        "left_midway": replies.left_midway(catalogue),
        "check_statements": [spoken[id_] for id_ in facts.check.statements if id_ != "opening"],
        "families": families.of_the_check(facts, catalogue, spoken),
        "signs": replies.signs(catalogue, spoken, said),
        "article": article,
        "spoken_in": _spoken_in(pages),
        "followers": {id_: _followers(pages).get(id_, []) for id_ in article.corrections},
        "sources": all_sources(facts, spoken, article),
        "weak": [s for s in spoken.values() if s.weak and not s.is_reprompt],
        "weak_locales": [id_ for id_, place in facts.locales.items() if is_weak(place.sources, facts)],
        "rest": families.the_rest(facts, spoken),
        "locales": facts.locales,
        "words": local,
        "persons": _person_words(words, {word: said[HOME] for word, said in local}),
        "emergency_replies": replies.emergency_replies(catalogue),
        "hazards": read_hazards(),
        "must_be_smaller": MUST_BE_SMALLER,
        "sign_offs": offs,
        "changes": signed.changes(offs[-1].entries, entries) if offs else None,
        "spoken": spoken,
    }
    return pack | {"counts": _counts(pack, spoken), "source_of": {s.key: s for s in pack["sources"]}}


def _pages(facts: Facts, spoken: Mapping[str, Sentence], article: Article) -> Iterator[Page]:
    yield _page("check", "The check", "content/check.yaml", facts.check)
    yield _page("signs", "Signs that people tell unasked", "content/signs.yaml", facts.signs)
    for name, file in facts.topic_files.items():
        topics = tuple(_topic(id_, topic, spoken, article) for id_, topic in file.topics.items())
        title = name.replace("_", " ").capitalize()
        yield _page(f"topics-{name}", title, f"content/topics/{name}.yaml", file, topics)
    yield Page("conversation", "responses/en/conversation.yaml", "Everything else it says", None, None)
    yield Page("locales", "responses/en/words.yaml", "Words that differ by country", None, None)


def _chapters(pages: list[Page]) -> list[Chapter]:
    """The pages of content in their order, with what explains them between the last topic and the rest."""
    titles = {"sign-off": "Who signs what"} | {page.id: page.title for page in pages[:-2]}
    titles |= {
        "article": "The article, statement by statement",
        "corrections": "Where the article was corrected, and why",
        "sources": "Sources",
        "hazards": "What could go wrong",
        "changes": "What changed since the last sign-off",
    }
    titles |= {page.id: page.title for page in pages[-2:]}
    return [Chapter(number, id_, title) for number, (id_, title) in enumerate(titles.items(), 1)]


def _page(id_: str, title: str, path: str, file: Reviewed, topics: tuple[TopicView, ...] = ()) -> Page:
    return Page(id_, path, title, file.reviewed, file.signed_off, topics)


def _topic(id_: str, topic: Topic, spoken: Mapping[str, Sentence], article: Article) -> TopicView:
    told: set[str] = set()
    breaths = []
    for breath in topic.breaths:
        views = []
        for statement in breath:
            views.append(_stated(statement, spoken, article, frozenset(told)))
            if views[-1].stance in ("hedged", "corrected"):
                told.update(views[-1].notes)
        breaths.append(tuple(views))
    return TopicView(
        id_,
        spoken[f"title.{id_}"],
        spoken[f"offer.{id_}"],
        spoken[f"offer.{id_}.reprompt"],
        topic.offers_check,
        tuple(breaths),
    )


def _stated(
    statement: Statement, spoken: Mapping[str, Sentence], article: Article, told: frozenset[str]
) -> Stated:
    return Stated(
        spoken[statement.id],
        statement.stance,
        {number: article.rows[number] for number in statement.article},
        {note: article.corrections[note] for note in notes_of(statement)},
        told,
    )


def _statements(pages: Iterable[Page]) -> Iterator[Stated]:
    for page in pages:
        for topic in page.topics:
            for breath in topic.breaths:
                yield from breath


def _spoken_in(pages: Iterable[Page]) -> dict[int, list[str]]:
    """Row -> the statements that carry it."""
    carried: dict[int, list[str]] = {}
    for stated in _statements(pages):
        for number in stated.rows:
            carried.setdefault(number, []).append(stated.sentence.id)
    return carried


def _followers(pages: Iterable[Page]) -> dict[str, list[str]]:
    """Correction -> the statements that follow it."""
    follow: dict[str, list[str]] = {}
    for stated in _statements(pages):
        for note in stated.notes:
            follow.setdefault(note, []).append(stated.sentence.id)
    return follow


def _local_words(locales: Mapping[str, Locale], words: LanguageWords) -> list[tuple[str, dict[str, str]]]:
    """Each word that differs, as every locale says it."""
    said = {locale: local_words(locale, place, words)[0] for locale, place in locales.items()}
    return [(word, {locale: plain(of[word]) for locale, of in said.items()}) for word in words.local.words]


def _person_words(words: LanguageWords, local: Mapping[str, str]) -> list[list[str]]:
    """Each word that differs by whom it is about, as the pack's own locale says it."""
    env = environment(DictLoader({}))
    return [[env.from_string(form).render(local) for form in forms] for forms in words.local.persons.values()]


def _counts(pack: Mapping[str, Any], spoken: Mapping[str, Sentence]) -> dict[str, Any]:
    stated = list(_statements(pack["pages"]))
    corrections = pack["article"].corrections.values()
    return {
        "topics": sum(len(page.topics) for page in pack["pages"]),
        "statements": len(stated),
        "stances": {s: sum(x.stance == s for x in stated) for s in ("agree", "hedged", "corrected", "added")},
        "medical": sum(bool(s.sources) and not s.is_reprompt for s in spoken.values()),
        "sentences": len(spoken),
        "rows": len(pack["article"].rows),
        "corrections": len(corrections),
        "severe": sum(c.severity == "S1" for c in corrections),
        "sources": len(pack["sources"]),
        "grades": {g: sum(s.source.grade == g for s in pack["sources"]) for g in GRADES},
        "questions": sum(q.number is not None for q in pack["questions"]),
        "rules": len(pack["rules"]),
        "signs": sum(map(len, pack["signs"].values())),
    }
