"""Collects what is heard: the replies of the conversations, and each text on its own, in a locale's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from jinja2 import DictLoader
from twitching.catalogue import load_catalogue
from twitching.dialogue.session import AGAIN, ASK, OFFER
from twitching.speech import environment, plain

from tools.facts import Facts, Id, grounds, read_facts
from tools.plain_language.conversations import Told, conversations
from tools.plain_language.data import PlainLanguage
from tools.plain_language.spoken import REPROMPT, SOURCE, Everything, Part, Spoken
from tools.render import ECHOED_FACTS, Rendered, render_all
from tools.words import LanguageWords, read_words

TOLD, CHECKED, DOCTOR, WHY = ".told", "checked.", "doctor.", "why."
OF_A_RESULT = ("level.", "sign.", "because.")


def read_everything(rules: PlainLanguage) -> list[Everything]:
    """All that each locale of the rules' language says, from disk. The catalogue must have been compiled."""
    facts = read_facts()
    places = {id_: place for id_, place in facts.locales.items() if place.language == rules.language}
    facts = facts.model_copy(update={"locales": places})
    words = {rules.language: read_words(rules.language)}
    replies = conversations(load_catalogue())
    return [of_locale(facts, replies, words, made, rules) for made in render_all(facts, words)]


def of_locale(
    facts: Facts,
    replies: Sequence[Told],
    words: Mapping[str, LanguageWords],
    made: Rendered,
    rules: PlainLanguage,
) -> Everything:
    """All that one locale says, in `replies` and on its own."""
    place = facts.locales[made.locale]
    language = words[place.language]
    own, foreign = _local_words(facts, language, made.locale)
    turns: dict[Spoken, None] = {}  # each once, in order
    texts: dict[Spoken, None] = {}
    for voice in _voices(made):
        here = list(_turns(replies, voice))
        alone = [*_topics_and_prompts(facts, voice), *_sources(facts, voice)]
        alone += _results_and_talk(facts, language, here)
        alone += _unheard(facts, language, (*here, *alone), voice)
        turns |= dict.fromkeys(here)
        texts |= dict.fromkeys(alone)
    return Everything(
        locale=made.locale,
        place=place,
        facts=facts,
        rules=rules,
        texts=tuple(texts),
        turns=tuple(turns),
        own_words=own,
        foreign_words=foreign - own - set(rules.at_home_everywhere),
        missing_words=missing_words(language, made.locale),
        units=frozenset(form for forms in made.units.values() for form in forms) | set(rules.counted),
    )


def _voices(made: Rendered) -> Iterator[Rendered]:
    """The sentences as said to the person whom it is about, and as said about each kind of other."""
    yield made
    for about in made.about.values():
        if about["say"] or about["ask"]:
            yield replace(made, say={**made.say, **about["say"]}, ask={**made.ask, **about["ask"]})


def _wordings(id_: Id, made: Rendered) -> list[Part]:
    """A sentence in each of its wordings; with a fact in it, where it tells one back."""
    if id_ in made.told:
        _, source = made.told[id_]
        return [Part(id_, _with_facts(source))]
    return [Part(id_, ssml) for ssml in made.say[id_]]


@cache
def _with_facts(source: str) -> str:
    return environment(DictLoader({})).from_string(source).render(ECHOED_FACTS)


def _turns(replies: Iterable[Told], made: Rendered) -> Iterator[Spoken]:
    """Each reply, in each of its wordings, with a length of time told back and without."""
    for reply in replies:
        asks = [[Part(reply.ask, text) for text in made.ask[reply.ask]["ask"]]] if reply.ask else []
        plainly = tuple(id_.removesuffix(TOLD) if id_ in made.told else id_ for id_ in reply.say)
        for say in dict.fromkeys([reply.say, plainly]):
            if not all(id_ in made.say or id_ in made.told for id_ in say):
                continue  # the summary for the doctor has no plain form of a time
            wordings = [*(_wordings(id_, made) for id_ in say), *asks]
            for n in range(max(map(len, wordings))):
                parts = tuple(each[n % len(each)] for each in wordings)
                yield Spoken("turn", parts, introduces=reply.introduces, asks=bool(asks))


def _topics_and_prompts(facts: Facts, made: Rendered) -> Iterator[Spoken]:
    for id_, topic in facts.topics.items():
        for breath in topic.breaths:
            yield Spoken("topic", tuple(_wordings(s.id, made)[0] for s in breath), id_)
    for id_, prompt in made.ask.items():
        kind = "question" if id_.startswith((ASK, AGAIN)) else "offer"
        topic_id = id_.removeprefix(OFFER) if id_.startswith(OFFER) else None
        for wording in prompt["ask"]:
            yield Spoken(kind, (Part(id_, wording),), topic_id)
        yield Spoken(kind, (Part(id_ + REPROMPT, prompt["reprompt"]),), topic_id)


def _results_and_talk(facts: Facts, language: LanguageWords, turns: Iterable[Spoken]) -> Iterator[Spoken]:
    """What is said besides topics and prompts; what opens the check with its question."""
    stated = _statements(facts)
    for turn in turns:
        said = tuple(part for part in turn.parts[: -1 if turn.asks else None] if part.id not in stated)
        if not said or said[0].id.startswith(SOURCE):
            continue
        kind = _kind([part.id for part in said], facts, language)
        opens = kind == "result" and turn.asks and turn.ids[-1].startswith((ASK, AGAIN))
        yield Spoken("opening", turn.parts) if opens else Spoken(kind, said)


def _unheard(
    facts: Facts, language: LanguageWords, texts: Iterable[Spoken], made: Rendered
) -> Iterator[Spoken]:
    """What no conversation came by, each sentence on its own."""
    heard = {id_ for text in texts for id_ in text.ids}
    for id_ in (*made.say, *made.told):
        if id_ not in heard and not id_.startswith((SOURCE, CHECKED)):
            kind = _kind([id_], facts, language)
            yield from (Spoken(kind, (part,)) for part in _wordings(id_, made))


def _kind(ids: Sequence[Id], facts: Facts, language: LanguageWords) -> str:
    if any(id_.startswith(DOCTOR) for id_ in ids):
        return "summary"
    if all(id_ in language.conversation.say for id_ in ids):
        return "talk"
    of_a_result = any(id_.startswith(OF_A_RESULT) or id_ in facts.check.statements for id_ in ids)
    return "result" if of_a_result and not any(id_.startswith(WHY) for id_ in ids) else "reason"


def _statements(facts: Facts) -> set[Id]:
    return {s.id for topic in facts.topics.values() for breath in topic.breaths for s in breath}


def _sources(facts: Facts, made: Rendered) -> Iterator[Spoken]:
    """What "who says so" tells after each sentence: one or two sources, and when they were checked."""
    checked = next(id_ for id_ in made.say if id_.startswith(CHECKED))
    told = {tuple(g.sources[:2]): None for g in grounds(facts).values()}
    for first, *others in [*told, *((key,) for key in facts.sources)]:
        ids = (SOURCE + first, *(f"{SOURCE}{key}.also" for key in others), checked)
        yield Spoken("source", tuple(_wordings(id_, made)[0] for id_ in ids))


def _differing(language: LanguageWords) -> dict[Id, dict[str, str]]:
    """The words that have a form for each locale."""
    return {word: forms for word, forms in language.local.words.items() if isinstance(forms, dict)}


def missing_words(language: LanguageWords, locale: str) -> tuple[str, ...]:
    """The words that have no form here."""
    return tuple(word for word, forms in _differing(language).items() if not {locale, "default"} & {*forms})


def _local_words(facts: Facts, language: LanguageWords, locale: str) -> tuple[frozenset[str], frozenset[str]]:
    """The locale's own words and numbers, and those of all others."""
    of: dict[bool, set[str]] = {True: set(), False: set()}
    for id_, place in facts.locales.items():
        said = of[id_ == locale]
        said.update(number.call for number in place.numbers.values())
        for forms in _differing(language).values():
            form = forms.get(id_, forms.get("default", ""))
            # Numbers are held themselves; this is what stands around them.
            said.update(plain(piece).strip(" .") for piece in re.split(r"{{.*?}}", form))
    return frozenset(of[True] - {""}), frozenset(of[False] - {""})
