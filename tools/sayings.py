"""Every sentence and question of a language, under the id by which the skill says it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from tools.words import CheckWords, LanguageWords, Variants

Month = tuple[int, int]


@dataclass(frozen=True)
class Extent:
    """What decides which sentences there are: the months of the reviews, and the changes that can be told."""

    months: Sequence[Month]
    changes: Collection[str]  # "change.yes.soon": question, answer, and the level then, or "more"


def sayings(language: LanguageWords, extent: Extent) -> Iterator[tuple[str, Variants]]:
    """(id, template or templates) of each sentence."""
    for topic in language.topics.values():
        yield from topic.say.items()
    yield from language.conversation.say.items()
    yield from _check(language.check, extent.changes)
    for sign, about in language.signs.items():
        if about.because:
            yield f"sign.{sign}", about.because
        if about.doctor:
            yield f"doctor.sign.{sign}", about.doctor
    for id_, words in language.topics.items():
        if id_.startswith("place_"):
            yield f"doctor.{id_}", language.conversation.place.replace("{{ place }}", words.title.lower())
    yield from _grounds(language, extent.months)


def prompts(language: LanguageWords) -> Iterator[tuple[str, Variants, str]]:
    """(id, question or its wordings, reprompt) of each prompt."""
    for id_, prompt in language.conversation.ask.items():
        yield id_, prompt.ask, prompt.reprompt
    for topic, words in language.topics.items():
        yield f"offer.{topic}", words.offer.ask, words.offer.reprompt
    for id_, question in language.check.questions.items():
        if question.ask and question.again and question.reprompt:
            yield f"ask.{id_}", question.ask, question.reprompt
            yield f"again.{id_}", question.again, question.reprompt


def titles(language: LanguageWords) -> Iterator[tuple[str, str]]:
    """(id, headline) of each topic and level."""
    for topic, words in language.topics.items():
        yield topic, words.title
    for level, about in language.check.levels.items():
        yield f"level.{level}", about.title
    yield "for_the_doctor", language.conversation.doctor_title


def _check(check: CheckWords, changes: Collection[str]) -> Iterator[tuple[str, str]]:
    yield from check.statements.items()
    yield from ((f"likely.{id_}", sentence) for id_, sentence in check.likely.items())
    for id_, level in check.levels.items():
        for part in ("action", "do", "net"):
            if sentence := getattr(level, part):
                yield f"level.{id_}.{part}", sentence
    for id_, rule in check.rules.items():
        yield f"because.{id_}", rule.because
        yield f"why.rule.{id_}", rule.why
        if rule.because_told:
            yield f"because.{id_}.told", rule.because_told
    yield from _questions(check, changes)


def _questions(check: CheckWords, changes: Collection[str]) -> Iterator[tuple[str, str]]:
    """What is said of a question: why it is asked, its answers for the doctor, and as conditions."""
    for id_, question in check.questions.items():
        if question.why:
            yield f"why.{id_}", question.why
        yield from ((f"doctor.{id_}.{answer}", said) for answer, said in question.doctor.items())
        for answer, condition in question.if_.items():
            then = {level_id: level.would for level_id, level in check.levels.items()} | {
                "more": check.ask_more
            }
            for level_id, would in then.items():
                if f"{id_}.{answer}.{level_id}" in changes:
                    yield f"if.{id_}.{answer}.{level_id}", f"If {condition}, {would}."


def _grounds(language: LanguageWords, months: Sequence[Month]) -> Iterator[tuple[str, str]]:
    """A sentence for each source, in first and in second place, and for each month of a review."""
    form = language.conversation.grounds
    for key, name in language.sources.items():
        yield f"source.{key}", form.first.replace("{{ source }}", name)
        yield f"source.{key}.also", form.also.replace("{{ source }}", name)
    for year, month in months:
        named = f"{language.local.months[month - 1]} {year}"
        yield f"checked.{year}-{month}", form.checked.replace("{{ month }}", named)
