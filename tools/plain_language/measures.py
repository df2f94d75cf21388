"""How words are found, and how sentences, grades, lists and the passive voice are counted.

The grades count a number as one syllable and "911" as one word, so they flatter a sentence that is
full of numbers; M7 is what keeps those few.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import textstat  # type: ignore[import-untyped]  # it has types and doesn't say so

from tools.plain_language.data import PlainLanguage
from tools.plain_language.spoken import OF_THE_CHECK, SOURCE, Part, Spoken

A_NAME = re.compile(r"(?<=\w )(?:[A-Z][\w']*(?: (?:and|of|for|the) (?=[A-Z]))?\s*)+")
FIGURE = "112"  # what stands for a number to call


def first(phrases: Iterable[str], text: str) -> re.Match[str] | None:
    """The first of these phrases in the text, as whole words; "..." is any words of a sentence."""
    return _first(tuple(phrases), text)


def without(phrases: Iterable[str], text: str) -> str:
    """The text with these phrases blanked out; the rest stays where it is."""
    return _without(tuple(phrases), text)


@cache
def _first(phrases: tuple[str, ...], text: str) -> re.Match[str] | None:
    return _any_of(phrases).search(text)


@cache
def _without(phrases: tuple[str, ...], text: str) -> str:
    return _any_of(phrases).sub(lambda match: " " * len(match[0]), text)


@cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    parts = ([re.escape(part.strip()) for part in phrase.split("...")] for phrase in longest_first)
    either = "|".join(r"[^.?!]*?".join(each) for each in parts)
    return re.compile(rf"(?<![\w-])(?:{either or '(?!)'})(?!\w|-\w|'t\b)", re.IGNORECASE)


@cache
def sentences_of(text: str) -> tuple[str, ...]:
    """The text's sentences."""
    return tuple(sentence for sentence in re.split(r"(?<=[.?!])\s+", text.strip()) if sentence)


def words_in(text: str) -> int:
    """The number of words."""
    return len(text.split())


def quoted(text: str) -> str:
    """In quotation marks."""
    return f'"{text}"'


def with_numbers(text: str, rules: PlainLanguage) -> str:
    """As in the locales that have a number to call; a rule on length shouldn't hinge on its name."""
    return text.replace(rules.instead_of_a_number, FIGURE)


def graded(text: Spoken, rules: PlainLanguage) -> float:
    """The school grade that M1 takes: outside the check, without needed terms and names of publishers."""
    if text.kind in OF_THE_CHECK:
        return _grade(with_numbers(text.text, rules))
    heard = " ".join(without_names(part) for part in text.parts)
    return _grade(without(rules.terms, with_numbers(heard, rules)))


def without_names(part: Part) -> str:
    """A source without its publisher's name, such as "the Mayo Clinic": it can't be put plainer."""
    return A_NAME.sub("", part.text) if part.id.startswith(SOURCE) else part.text


@cache
def _grade(text: str) -> float:
    return round(float(textstat.flesch_kincaid_grade(_counted(text))), 1)


@cache
def smog(text: str) -> float:
    """The SMOG grade; it takes 30 sentences to mean something."""
    return round(float(textstat.smog_index(_counted(text))), 1)


def _counted(text: str) -> str:
    """Without sentences of one or two words: textstat counts their words, but not the sentences."""
    return " ".join(sentence for sentence in sentences_of(text) if words_in(sentence) > 2)


def things(sentence: str) -> Iterator[int]:
    """The lengths of a sentence's lists: "a, b or c" is 3.

    What a list ends with may begin the next, and so does "like" or "such as".
    """
    for part in re.split(r",?\s(?:like|such as)\s", sentence):
        length = 1
        for separator in re.findall(r",\s*(?:or|and)\s|,\s|\s(?:or|and)\s", part):
            length += 1
            if separator.strip(" ,"):
                yield length
                length = 1
        yield length


def groups(said: Sequence[str]) -> Sequence[str]:
    """What stands in front of a question, a sentence each, without a lead-in such as "Last one."."""
    lead_in = bool(said) and re.match(r"(?:First|Now|Next|Last)\b[^,]*$", said[0])
    return said[1 if lead_in else 0 : -1]


def is_passive(sentence: str, rules: PlainLanguage) -> bool:
    """A form of "be" or "get", up to two other words, then a past participle that isn't an adjective.

    A rough rule, on the careful side: it takes "is called" and "is linked" for passive. It doesn't
    see a passive without "be" ("a nerve pressed by ..."), nor a participle that the data doesn't list.
    """
    participle = rf"(?:\w+ed|{'|'.join(rules.participles)})"
    be = r"(?:be|been|being|is|are|was|were|am|isn't|aren't|wasn't|weren't|\w+'re|\w+'s|get|gets|got|getting)"
    found = re.finditer(rf"\b{be}(?: (?!{be}\b)[\w']+){{0,2}}? ({participle})\b", sentence, re.IGNORECASE)
    return any(match[1].lower() not in rules.adjectives for match in found)
