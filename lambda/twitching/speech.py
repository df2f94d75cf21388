"""A reply's sentences, in the locale's words. Layer 3.

Nearly every sentence was rendered and checked when the content was compiled, so it is looked up
here. Only a sentence that echoes a fact ("... for 3 weeks") is a template at run time, and only
then is Jinja2 loaded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

from twitching.catalogue import COMPILED, Words

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment
    from markupsafe import Markup

    from twitching.dialogue.session import Session
    from twitching.dialogue.turn import Reply

CHILD = "child"
_TAG = re.compile(r"<[^>]*>")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.?]) ")
PAUSE = ' <break time="700ms"/> '  # between sentences, for somebody who asked for it slower


@dataclass(frozen=True, slots=True)
class Speech:
    """What is said, as SSML without its <speak>; `reprompt` is None where the session closes."""

    ssml: str
    reprompt: str | None
    card_title: str | None = None
    card_text: str | None = None


def speak(reply: Reply, words: Words, variety: int = 0) -> Speech:
    """The reply in this locale's words. `variety` is where this conversation starts among wordings."""
    session = reply.session
    voice = voice_of(reply, words, variety)
    spoken = [voice.sentence(id_) for id_ in reply.say]
    reprompt = None
    if reply.ask is not None:
        asked, reprompt = voice.question(reply.ask)
        spoken.append(asked)
    ssml = " ".join(spoken)
    if session.slow:
        ssml = _BETWEEN_SENTENCES.sub(PAUSE, ssml)
    card = reply.card
    title = words.titles[card.title] if card else None
    text = plain(" ".join(voice.sentence(id_) for id_ in card.say)) if card else None
    return Speech(ssml, reprompt, title, text)


def voice_of(reply: Reply, words: Words, variety: int = 0) -> Voice:
    """How the sentences of this reply sound."""
    session = reply.session
    return Voice(_about(words, reply), session.turn + variety, _facts(words, session))


def _about(words: Words, reply: Reply) -> Words:
    """The words for the person that it is about."""
    if reply.about is None:
        return words
    return (words.child if reply.about == CHILD else words.other) or words


def _facts(words: Words, session: Session) -> dict[str, str]:
    """The lengths of time that were told, in words, by question."""
    return {
        question: days_in_words(words, fact)
        for question, fact in session.answers.items()
        if isinstance(fact, int)
    }


@dataclass(frozen=True, slots=True)
class Voice:
    """How the sentences of one reply sound: in which words, in which of the wordings, with which facts."""

    words: Words
    turn: int
    facts: Mapping[str, str]

    def sentence(self, id_: str) -> str:
        """The sentence of that id."""
        fact = self.words.told.get(id_)
        if fact in self.facts:
            return _templates(self.words.locale).get_template(id_).render(self.facts)
        if fact is not None:
            id_ = id_.removesuffix(".told")  # nothing to tell back: the plain sentence
        wordings = self.words.say[id_]
        return wordings[self.turn % len(wordings)]

    def question(self, id_: str) -> tuple[str, str]:
        """The question and its reprompt."""
        prompt = self.words.ask[id_]
        return prompt.ask[self.turn % len(prompt.ask)], prompt.reprompt


def days_in_words(words: Words, days: int) -> str:
    """A number of days as a person would put it: 21 -> "3 weeks", in the locale's words."""
    n, unit = days, "day"
    if days >= 7 and days % 7 == 0:
        n, unit = days // 7, "week"
    if days >= 30 and days % 30 == 0:
        n, unit = days // 30, "month"
    if days >= 365 and days % 365 == 0:
        n, unit = days // 365, "year"
    one, many = words.units[unit]
    return f"{n} {one if n == 1 else many}"


def plain(ssml: str) -> str:
    """SSML as plain text, for cards, screens and terminals."""
    return " ".join(unescape(_TAG.sub("", ssml)).split())


def environment(loader: BaseLoader) -> Environment:
    """The one Jinja2 environment, for the build and for run time: a fact is always escaped."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415  40 ms that most turns don't need

    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    made.filters.update(digits=_digits, telephone=_telephone)
    return made


@cache
def _templates(locale: str) -> Environment:
    from jinja2 import ModuleLoader  # noqa: PLC0415  see environment()

    return environment(ModuleLoader(COMPILED / "templates" / locale))


def _digits(number: str) -> Markup:
    """911 -> said digit by digit."""
    from markupsafe import Markup  # noqa: PLC0415  see environment()

    return Markup('<say-as interpret-as="digits">{}</say-as>').format(number)


def _telephone(number: str) -> Markup:
    """A telephone number, said in its groups."""
    from markupsafe import Markup  # noqa: PLC0415  see environment()

    return Markup('<say-as interpret-as="telephone">{}</say-as>').format(number)
