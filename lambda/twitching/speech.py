"""A reply's sentences, in the locale's words. Layer 3.

Nearly every sentence was rendered and checked when the content was compiled, so it is looked up
here. Only a sentence that echoes a fact ("... for 3 weeks") is a template at run time, and only
then is Jinja2 loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

from twitching.catalogue import COMPILED, Words

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment
    from markupsafe import Markup

    from twitching.dialogue.turn import Reply

_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Speech:
    """What is said, as SSML without its <speak>; `reprompt` is None where the session closes."""

    ssml: str
    reprompt: str | None
    card_title: str | None = None
    card_text: str | None = None


def speak(reply: Reply, words: Words, variety: int = 0) -> Speech:
    """The reply in this locale's words. `variety` is where this conversation starts among wordings."""
    facts = {} if reply.days is None else {"duration": days_in_words(words, reply.days)}
    turn = reply.session.turn + variety
    spoken = sentences(words, reply.say, facts, turn)
    card = reply.card
    title = words.titles[card.title] if card else None
    text = plain(" ".join(sentences(words, card.say, facts, turn))) if card else None
    if reply.ask is None:
        return Speech(" ".join(spoken), None, title, text)
    asked, reprompt = question(words, reply.ask, turn)
    return Speech(" ".join([*spoken, asked]), reprompt, title, text)


def sentences(words: Words, ids: Iterable[str], facts: Mapping[str, str], turn: int = 0) -> list[str]:
    """The sentences of these ids, in order. `turn` picks the wording where there are several."""
    return [_sentence(words, id_, facts, turn) for id_ in ids]


def _sentence(words: Words, id_: str, facts: Mapping[str, str], turn: int) -> str:
    if id_ in words.told and not facts:
        id_ = id_.removesuffix(".told")  # nothing to tell back: the plain sentence
    if id_ in words.told:
        return _templates(words.locale).get_template(id_).render(facts)
    wordings = words.say[id_]
    return wordings[turn % len(wordings)]


def question(words: Words, id_: str, turn: int = 0) -> tuple[str, str]:
    """A prompt's question and its reprompt."""
    prompt = words.ask[id_]
    return prompt.ask[turn % len(prompt.ask)], prompt.reprompt


def days_in_words(words: Words, days: int) -> str:
    """A number of days as a person would put it: 21 -> "3 weeks", in the locale's words."""
    n, unit = days, "day"
    if days >= 7 and days % 7 == 0:
        n, unit = days // 7, "week"
    if days >= 30 and days % 30 == 0:
        n, unit = days // 30, "month"
    one, many = words.units[unit]
    return f"{n} {one if n == 1 else many}"


def plain(ssml: str) -> str:
    """SSML as plain text, for cards, screens and terminals."""
    return unescape(_TAG.sub("", ssml))


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
