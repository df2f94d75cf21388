"""Every sentence as it is heard, in every locale, with what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from twitching.catalogue import Prompt, Words, load_catalogue, load_words
from twitching.dialogue.session import Session
from twitching.dialogue.turn import Reply
from twitching.speech import plain, speak

from tools.facts import Facts, grounds

HOME = "en-US"  # the locale that the pack shows
BESIDE = "en-GB"  # the one that it shows where it differs
ABOUT = {"about another grown-up": "other", "about a child": "child"}  # else about the one who speaks
SOMEBODY_ELSE = "about somebody else"
REPROMPT = ".reprompt"
EXAMPLE_DAYS = 21  # the length of time in the pack, where a sentence tells one back
WEAK = "S"


@dataclass(frozen=True)
class Sentence:
    """A sentence or question: its wordings, those elsewhere where they differ, its sources."""

    id: str
    says: tuple[str, ...]
    elsewhere: Mapping[str, tuple[str, ...]]
    sources: tuple[str, ...]
    weak: bool  # rests on weak sources alone
    is_echo: bool  # tells back what the person said

    @property
    def beside(self) -> tuple[str, ...]:
        """The wordings of the second locale, where they differ."""
        return self.elsewhere.get(BESIDE, ())

    @property
    def others(self) -> dict[str, tuple[str, ...]]:
        """The wordings where it isn't about the one who speaks, by whom, if they differ."""
        said = {who: self.elsewhere.get(_key(HOME, who), self.says) for who in ABOUT}
        if len(set(said.values())) == 1:
            said = {SOMEBODY_ELSE: next(iter(said.values()))}
        return {who: says for who, says in said.items() if says != self.says}

    @property
    def is_reprompt(self) -> bool:
        """Is it what is said after silence?"""
        return self.id.endswith(REPROMPT)


def all_sentences(facts: Facts) -> dict[str, Sentence]:
    """Every compiled sentence by id. A question's `.reprompt` and a `title.` have ids of their own."""
    told = dict(_every_text())
    rests_on, echoes = grounds(facts), load_words(HOME).told
    made = {}
    for id_, says in told[HOME].items():
        known = rests_on.get(id_.removesuffix(REPROMPT))
        sources = tuple(known.sources) if known else ()
        made[id_] = Sentence(
            id_,
            says,
            _elsewhere(id_, told),
            sources,
            weak=bool(sources) and all(facts.sources[key].grade == WEAK for key in sources),
            is_echo=id_ in echoes,
        )
    return made


def _elsewhere(id_: str, told: Mapping[str, Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """The wordings that differ: a locale's from the pack's own, those about others from the locale's."""
    found = {}
    for where, texts in told.items():
        beside = where.split(", ", 1)[0] if ", " in where else HOME
        if texts[id_] != told[beside][id_]:
            found[where] = texts[id_]
    return found


def _every_text() -> Iterator[tuple[str, dict[str, tuple[str, ...]]]]:
    """By locale, and there by whom it is about: every sentence's wordings."""
    for locale in load_catalogue().locales:
        words = load_words(locale)
        own = _texts(words)
        yield locale, own
        for who, form in ABOUT.items():
            others = getattr(words, form)
            yield _key(locale, who), own | (_texts(others) if others else {})


def _key(locale: str, who: str) -> str:
    return f"{locale}, {who}"


def _texts(words: Words) -> dict[str, tuple[str, ...]]:
    found = {id_: _plain(wordings) for id_, wordings in words.say.items()}
    for id_, fact in sorted(words.told.items()):
        reply = Reply(Session(answers={fact: EXAMPLE_DAYS}), (id_,))
        found[id_] = (plain(speak(reply, words).ssml),)
    found |= dict(_asked(words.ask))
    return found | {f"title.{id_}": (plain(title),) for id_, title in words.titles.items()}


def _asked(prompts: Mapping[str, Prompt]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for id_, prompt in prompts.items():
        yield id_, _plain(prompt.ask)
        yield id_ + REPROMPT, (plain(prompt.reprompt),)


def _plain(wordings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(plain, wordings))


def named(id_: str) -> str:
    """An id as words: "sudden_signs" -> "sudden signs"."""
    return id_.replace("_", " ")
