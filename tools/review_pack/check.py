"""The check as a person hears it. Each reply comes from the skill's own code; none is put together here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from twitching.catalogue import Catalogue
from twitching.dialogue import check as dialogue
from twitching.dialogue.session import AGAIN, ASK, Session
from twitching.triage.model import UNSURE, Check, Level, Question, Rule
from twitching.triage.soundness import Path, paths, volunteered
from twitching.triage.whatif import facts_for

from tools.facts import Facts
from tools.review_pack.replies import heard
from tools.review_pack.spoken import REPROMPT, Sentence, named

Told = Mapping[str, str | int]  # facts that were told before the check began
FORMS = {
    "Asked first": ASK + "{}",
    "Asked again, after “not sure” or something that wasn't understood": AGAIN + "{}",
    "After eight seconds of silence": ASK + "{}" + REPROMPT,
    "If somebody asks why": "why.{}",
}


@dataclass(frozen=True)
class LevelView:
    """How urgent: 1 is the most urgent of four."""

    id: str
    rank: int
    name: str
    title: str
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class QuestionView:
    """A question of the check, when it is asked, and each of its forms."""

    id: str
    number: int | None  # None: never asked
    name: str
    when: str
    answers: str
    sources: tuple[str, ...]
    forms: Mapping[str, Sentence]


@dataclass(frozen=True)
class Result:
    """A reply that ends the check, one way there, and how many ways there are."""

    text: str
    example: str
    ways: int


@dataclass(frozen=True)
class RuleView:
    """A row of the rule table and everything that is heard when it decides."""

    id: str
    name: str
    conditions: tuple[str, ...]
    level: LevelView
    because: tuple[Sentence, ...]
    advice: tuple[Sentence, ...]
    sources: tuple[str, ...]
    results: tuple[Result, ...]


def levels(spoken: Mapping[str, Sentence]) -> dict[Level, LevelView]:
    """The levels, most urgent first."""
    return {
        level: LevelView(
            level.id,
            rank,
            named(level.id),
            spoken[f"title.level.{level.id}"].says[0],
            tuple(s for part in ("action", "do", "net") if (s := spoken.get(f"level.{level.id}.{part}"))),
        )
        for rank, level in enumerate(sorted(Level, reverse=True), 1)
    }


def questions(facts: Facts, check: Check, spoken: Mapping[str, Sentence]) -> list[QuestionView]:
    """The questions in the order in which they are asked."""
    rests_on = {q.id: tuple(q.sources) for q in facts.check.questions}
    numbers = _numbers(check)
    return [
        QuestionView(
            q.id,
            numbers.get(q.id),
            named(q.id),
            _when(check, q),
            either(q.answers),
            rests_on[q.id],
            {title: s for title, form in FORMS.items() if (s := spoken.get(form.format(q.id)))},
        )
        for q in check.questions
    ]


def _numbers(check: Check) -> dict[str, int]:
    """The number of each question that is asked."""
    return {q.id: number for number, q in enumerate((q for q in check.questions if not q.told), 1)}


def _when(check: Check, question: Question) -> str:
    if question.told:
        return "Never asked. It counts where somebody says so."
    conditions = "; ".join(in_words(check, question.ask_if))
    return f"Asked only after {conditions}." if conditions else "Asked unless the result is clear before."


def rules(facts: Facts, catalogue: Catalogue, spoken: Mapping[str, Sentence]) -> list[RuleView]:
    """The rule table, with every result that each rule leads to."""
    check, as_seen = catalogue.check, levels(spoken)
    rests_on = {rule.id: tuple(rule.sources) for rule in facts.check.rules}
    return [
        RuleView(
            rule.id,
            named(rule.id),
            tuple(in_words(check, rule.when)),
            as_seen[rule.level],
            tuple(s for end in ("", ".told") if (s := spoken.get(f"because.{rule.id}{end}"))),
            tuple(spoken[id_] for id_ in rule.advice),
            rests_on[rule.id],
            tuple(_results(rule, catalogue)),
        )
        for rule in check.rules
    ]


def every_way(check: Check) -> list[tuple[Told, Path]]:
    """Every way through the check, from each place where it can start."""
    return [(told, way) for told in volunteered(check) for way in paths(check, told)]


def facts_of(told: Told, way: Path, check: Check) -> dict[str, str | int]:
    """The facts that a way stands for."""
    asked = {q.id: q for q in check.questions}
    return {**told, **{id_: facts_for(asked[id_])[answer] for id_, answer in way.answers}}


def _results(rule: Rule, catalogue: Catalogue) -> list[Result]:
    """The different replies where this rule decides; of the ways to each, the shortest is told."""
    check = catalogue.check
    by_text: dict[str, list[tuple[Told, Path]]] = {}
    for told, way in every_way(check):
        if way.rule == rule.id:
            session = Session(answers=facts_of(told, way, check))
            by_text.setdefault(heard(dialogue.go_on(session, catalogue)), []).append((told, way))
    return [
        Result(text, _in_short(*min(ways, key=lambda at: len(at[1].answers))), len(ways))
        for text, ways in by_text.items()
    ]


def _in_short(told: Told, way: Path) -> str:
    answers = [*((q, str(a)) for q, a in told.items()), *way.answers]
    return ", ".join(f"{named(question)}: {in_answer(answer)}" for question, answer in answers)


def in_words(check: Check, when: Mapping[str, Iterable[str]]) -> list[str]:
    """Conditions as a person reads them: "2. recent danger: yes or not sure"."""
    numbers = _numbers(check)
    return [
        f"{f'{numbers[q]}. ' if q in numbers else 'told, '}{named(q)}: {either(answers)}"
        for q, answers in when.items()
    ]


def in_answer(answer: str) -> str:
    """An answer as a person reads it."""
    return "not sure" if answer == UNSURE else named(answer)


def either(answers: Iterable[str]) -> str:
    """One of several answers: "yes or not sure"."""
    *first, last = map(in_answer, answers)
    return f"{', '.join(first)} or {last}" if first else last
