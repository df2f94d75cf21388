"""Sentences that come in families, and those that no chapter names: so that none is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from twitching.catalogue import Catalogue
from twitching.dialogue import afterwards
from twitching.dialogue.session import Session
from twitching.triage.soundness import paths
from twitching.triage.whatif import facts_for

from tools.facts import Facts
from tools.review_pack.check import every_way, facts_of
from tools.review_pack.spoken import REPROMPT, Sentence

WHAT_IF = "if."
# Beginnings of ids that other chapters show: the check, the signs, the topics, the sources.
SHOWN = ("level.", "because.", "sign.", "ask.", "again.", "offer.", "title.level.", "source.", "why.")
FAMILIES = {
    "why.rule.": ("If somebody asks why, after the result", ""),
    "likely.": ("What may be behind it", "Said where a person mentioned it, and nothing is urgent."),
    "doctor.": ("The summary for the doctor", "Said when somebody asks what to tell the doctor."),
}
HEARD = ("What would change the result", "Said when somebody asks for it, after the result.")
NEVER = "What would change it, never heard"
WHY_NEVER = (
    "Made by combining parts. No way through the check leads to these, not even where one answer was told "
    "before. There is nothing to sign here; they are shown so that nothing is hidden."
)


@dataclass(frozen=True)
class Family:
    """Sentences of one kind, and when they are said."""

    title: str
    text: str
    sentences: tuple[Sentence, ...]
    to_sign: bool = True


def of_the_check(facts: Facts, catalogue: Catalogue, spoken: Mapping[str, Sentence]) -> list[Family]:
    """What is said about the check beside its questions and results."""
    topics = _statements(facts)
    families = [
        Family(
            title, text, tuple(s for s in spoken.values() if s.id.startswith(begin) and s.id not in topics)
        )
        for begin, (title, text) in FAMILIES.items()
    ]
    heard = _what_ifs(catalogue)
    what_if = [s for s in spoken.values() if s.id.startswith(WHAT_IF)]
    families.append(Family(*HEARD, tuple(s for s in what_if if s.id in heard)))
    families.append(Family(NEVER, WHY_NEVER, tuple(s for s in what_if if s.id not in heard), to_sign=False))
    return [family for family in families if family.sentences]


def _what_ifs(catalogue: Catalogue) -> set[str]:
    """The sentences that are said after some way through the check to "what would change that"."""
    check, found = catalogue.check, set[str]()
    before = [{q.id: fact} for q in check.questions for fact in facts_for(q).values()]
    ways = [(told, way) for told in before for way in paths(check, told)]
    for told, way in [*every_way(check), *ways]:
        session = Session(answers=facts_of(told, way, check))
        found |= set(afterwards.what_would_change(session, catalogue).say)
    return found


def the_rest(facts: Facts, spoken: Mapping[str, Sentence]) -> list[tuple[Sentence, Sentence | None]]:
    """Every sentence that no other chapter shows, each question with what follows after silence."""
    shown = _statements(facts) | set(facts.check.statements) | {f"title.{id_}" for id_ in facts.topics}
    begin = (*SHOWN, *FAMILIES, WHAT_IF)
    rest = [s for s in spoken.values() if s.id not in shown and not s.id.startswith(begin)]
    return [(s, spoken.get(s.id + REPROMPT)) for s in rest if not s.is_reprompt]


def _statements(facts: Facts) -> set[str]:
    return {s.id for topic in facts.topics.values() for breath in topic.breaths for s in breath}
