"""Do facts, words and what people say agree? Every id here must be known there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from twitching.triage.model import NO, UNSURE, YES

from tools.alexa_locales import LOCALES
from tools.facts import EMERGENCY_NUMBER, Facts, QuestionFacts, Reviewed
from tools.words import LanguageWords, QuestionWords

GOOD_FOR = timedelta(days=365)  # clinical base, section 6, M18


def disagreements(facts: Facts, words: dict[str, LanguageWords], today: date) -> list[str]:
    """Every disagreement, a sentence each that says where and what was expected."""
    return [
        *missing_numbers(facts),
        *_locales(facts),
        *_between_facts(facts),
        *_reviews(facts, today),
        *(fault for language, said in words.items() for fault in _between(facts, language, said)),
    ]


def missing_numbers(facts: Facts) -> list[str]:
    """Each locale of a country names what to call there."""
    return [
        f"content/locales.yaml: {id_}: no {EMERGENCY_NUMBER}, expected what to call there and its sources"
        for id_, place in facts.locales.items()
        if id_ != place.language and place.emergency_number is None
    ]


def _locales(facts: Facts) -> Iterator[str]:
    """Alexa's locales only, each in its own language; a language without a country names no number."""
    for id_, place in facts.locales.items():
        if id_ == place.language:
            yield from (f"content/locales.yaml: {id_}: {name} in no country" for name in place.numbers)
        elif id_ not in LOCALES:
            yield f"content/locales.yaml: {id_} is no locale of Alexa's ({', '.join(LOCALES)})"
        elif (expected := id_.split("-")[0]) != place.language:
            yield f"content/locales.yaml: {id_}: its language is {place.language}, expected {expected}"


def _between_facts(facts: Facts) -> Iterator[str]:
    yield from _used_once(facts)
    for where, named, known, kind in _named(facts):
        yield from (f"content/{where} names {id_}, which is no {kind}" for id_ in named if id_ not in known)
    for owner, sources in _cited(facts):
        for source in sources:
            if source not in facts.sources:
                yield f"content: {owner} cites {source}, which content/sources.yaml doesn't have"


def _used_once(facts: Facts) -> Iterator[str]:
    statements = [s.id for t in facts.topics.values() for breath in t.breaths for s in breath]
    topics = [t for file in facts.topic_files.values() for t in file.topics]
    for kind, ids in (("statement", [*statements, *facts.check.statements]), ("topic", topics)):
        for id_, times in Counter(ids).items():
            if times > 1:
                yield f"content/topics: the {kind} {id_} stands {times} times; an id is used once"
    for id_ in set(topics) & set(facts.signs.signs):
        yield f"content: {id_} is both a topic and a sign; a slot's value must mean one thing"


def _named(facts: Facts) -> Iterator[tuple[str, Iterable[str], Collection[str], str]]:
    """Where one thing names others: (where, which ids, which are known, what they are)."""
    topics, signs, statements = facts.topics, facts.signs.signs, facts.check.statements
    for id_, topic in topics.items():
        yield f"topics: {id_}.near", topic.near, topics, "topic"
        yield f"topics: {id_}.again", filter(None, [topic.again]), topics, "topic"
        yield f"topics: {id_}.tells", filter(None, [topic.tells]), signs, "sign"
    yield "check.yaml: likely", facts.check.likely, topics, "topic"
    for level, about in facts.check.levels.items():
        yield f"check.yaml: levels.{level}.offer", filter(None, [about.offer]), topics, "topic"
    asked = {question.id for question in facts.check.questions}
    for question in facts.check.questions:
        sudden = [question.sudden.question] if question.sudden else []
        yield f"check.yaml: {question.id}.sudden", sudden, asked, "question"
    for rule in facts.check.rules:
        yield f"check.yaml: rules.{rule.id}.advice", rule.advice, statements, "statement of check.yaml"
    for id_, sign in signs.items():
        yield f"signs.yaml: {id_}.in_a_child", filter(None, [sign.in_a_child]), signs, "sign"
        yield f"signs.yaml: {id_}.advice", sign.advice, statements, "statement of check.yaml"


def _cited(facts: Facts) -> Iterator[tuple[str, list[str]]]:
    for id_, topic in facts.topics.items():
        for statement in (s for breath in topic.breaths for s in breath):
            yield f"{id_}.{statement.id}", statement.sources
    check = facts.check
    yield from ((f"level {id_}", level.sources) for id_, level in check.levels.items())
    yield from ((f"question {q.id}", q.sources) for q in check.questions)
    yield from ((f"rule {r.id}", r.sources) for r in check.rules)
    yield from ((f"statement {id_}", s.sources) for id_, s in check.statements.items())
    yield from ((f"likely {id_}", s.sources) for id_, s in check.likely.items())
    yield from ((f"sign {id_}", s.sources) for id_, s in facts.signs.signs.items())
    yield from ((f"locale {id_}", place.sources) for id_, place in facts.locales.items())


def _reviews(facts: Facts, today: date) -> Iterator[str]:
    files: dict[str, Reviewed] = {"check.yaml": facts.check, "signs.yaml": facts.signs}
    files |= {f"topics/{name}.yaml": file for name, file in facts.topic_files.items()}
    for name, file in files.items():
        if file.reviewed > today:
            yield f"content/{name}: reviewed on {file.reviewed}, which is still to come"
        elif today - file.reviewed > GOOD_FOR:
            yield f"content/{name}: reviewed on {file.reviewed}; that is good for 12 months, review it again"


def _between(facts: Facts, language: str, said: LanguageWords) -> Iterator[str]:
    where = f"responses/{language}"
    for name, file in facts.topic_files.items():
        spoken = said.topic_files.get(name, {})
        yield from _same(f"{where}/topics/{name}.yaml", file.topics, spoken)
        for id_, topic in file.topics.items():
            if id_ in spoken:
                stated = [s.id for breath in topic.breaths for s in breath]
                yield from _same(f"{where}/topics/{name}.yaml: {id_}.say", stated, spoken[id_].say)
    check = facts.check
    yield from _same(f"{where}/check.yaml: levels", check.levels, said.check.levels)
    yield from _same(f"{where}/check.yaml: questions", [q.id for q in check.questions], said.check.questions)
    yield from _same(f"{where}/check.yaml: rules", [r.id for r in check.rules], said.check.rules)
    yield from _same(f"{where}/check.yaml: likely", check.likely, said.check.likely)
    yield from _questions(where, check.questions, said.check.questions)
    yield from _same(f"{where}/check.yaml: statements", check.statements, said.check.statements)
    yield from _same(f"{where}/signs.yaml", facts.signs.signs, said.signs)
    yield from _said_at_all(where, facts, said)
    yield from _same(f"{where}/sources.yaml", facts.sources, said.sources)
    locales = {id_ for id_, place in facts.locales.items() if place.language == language}
    for word, forms in said.local.words.items():
        if isinstance(forms, dict):
            for locale in set(forms) - locales - {"default"}:
                yield f"{where}/words.yaml: {word}: {locale} isn't a locale of content/locales.yaml"


def _said_at_all(where: str, facts: Facts, said: LanguageWords) -> Iterator[str]:
    """What a result can't do without."""
    for id_, level in said.check.levels.items():
        if not level.do and id_ != "emergency":
            yield f"{where}/check.yaml: levels.{id_}.do is missing"
    for id_, sign in facts.signs.signs.items():
        if sign.level and id_ in said.signs and not said.signs[id_].because:
            yield f"{where}/signs.yaml: {id_}.because is missing: it is the reason that is spoken"


def _questions(where: str, questions: list[QuestionFacts], said: dict[str, QuestionWords]) -> Iterator[str]:
    """A question that is asked has all its forms; each condition names one of its answers."""
    for question in questions:
        words = said.get(question.id)
        if words is None:
            continue
        at = f"{where}/check.yaml: questions.{question.id}"
        for form in ("ask", "again", "reprompt", "why"):
            if bool(getattr(words, form)) == question.told:
                yield f"{at}: {form} {'is never said' if question.told else 'is missing'}"
        answers = [*(s.id for s in question.spans), UNSURE] if question.spans else [YES, NO, UNSURE]
        for answer in {*words.doctor, *words.if_} - {*answers, "told"}:
            yield f"{at}: {answer!r} is no answer ({', '.join(answers)})"


def _same(where: str, wanted: Iterable[str], found: Iterable[str]) -> Iterator[str]:
    wanted, found = list(wanted), list(found)
    yield from (f"{where}: {id_} has no words" for id_ in wanted if id_ not in found)
    yield from (f"{where}: {id_} has words but no facts in content/" for id_ in found if id_ not in wanted)
