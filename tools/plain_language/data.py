"""The shape of content/plain_language.yaml: the words and limits that the rules go by."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from tools.facts import CONTENT, Id
from tools.sources_on_disk import read_as


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=lambda name: name.rstrip("_"))


class Limits(_Strict):
    """The figures that no reply goes beyond."""

    grade: float
    grade_of_the_check: float
    smog: float
    smog_sentences: int
    words_in_a_sentence: int
    words_in_a_sentence_on_average: float
    words_in_a_reply: int
    words_in_a_first_breath: int
    words_in_a_question: int
    things_in_a_list: int
    numbers_in_a_reply: int
    passive_share: float


class Term(_Strict):
    """Plain words, one of which stands with a medical term; before it, unless `after`."""

    plain: list[str]
    after: bool = False


class Ban(_Strict):
    """Phrases that aren't said; with `before`, only in front of one of those."""

    say: list[str]
    before: list[str] = []
    except_: list[str] = []


class SafetyNet(_Strict):
    """What tells when to be seen, and the kinds of topic that must."""

    kinds: list[str]
    phrases: list[str]


class Medicines(_Strict):
    """Words for medicines, and the cautions one of which goes with them."""

    words: list[str]
    cautions: list[str]
    except_: list[str] = []


class Metaphors(_Strict):
    """The signs of a metaphor, and the one topic that has one."""

    only_in: Id
    say: list[str]
    except_: list[str] = []


class Excuse(_Strict):
    """A sentence for which a rule is wrong, and why."""

    rule: str
    id: Id
    why: str


class PlainLanguage(_Strict):
    """content/plain_language.yaml."""

    language: str
    limits: Limits
    terms: dict[str, Term]
    banned: list[Ban]
    abbreviations: list[str]
    counted: list[str]
    participles: list[str]
    adjectives: list[str]
    safety_net: SafetyNet
    medicines: Medicines
    must_say: dict[Id, list[str]]
    hedges: list[str]
    disclaimer: str
    instead_of_a_number: str
    metaphors: Metaphors
    at_home_everywhere: list[str]
    excused: list[Excuse]


def read_plain_language(content: Path = CONTENT) -> PlainLanguage:
    """The words and limits. Raises ContentError."""
    return read_as(content / "plain_language.yaml", PlainLanguage)
