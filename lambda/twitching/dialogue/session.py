"""What is remembered while a conversation runs: ids and answers, in Alexa's session attributes.

Nowhere else: never stored, never logged (decisions, section 2). Only OF_VISITS, which says nothing
about health, outlasts the conversation, and only where the publisher has turned that on. Whatever
comes back from outside may be old or broken, so reading it drops what isn't understood and never fails.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from twitching.catalogue import Catalogue
from twitching.triage.model import Level

ASK, AGAIN, OFFER = "ask.", "again.", "offer."  # prompts of a question, its simpler form, a topic
OF_VISITS = ("disclaimer", "brief", "tip")  # what may be remembered from one visit to the next


@dataclass(frozen=True, slots=True)
class Session:
    """The state of one conversation.

    answers  fact by question id: an answer, or a number of days
    path     the questions that were asked and answered, in that order
    doubts   questions answered "not sure" once
    hedged   questions answered with a hesitant no once
    signs    signs that were told unasked
    triggers causes that were mentioned unasked
    person   whom it is about, where that isn't the one who speaks
    place    where it twitches
    highest  the most urgent level that was told so far (Level's number)
    asked    the prompt that ended the last reply
    said     the sentences of the last reply
    topic    the topic being told, breath how far, heard which ones before
    slow     with longer pauses; brief: with fewer sentences
    declined the check was offered, and wasn't wanted
    misses   turns in a row that weren't understood
    disclaimer which one was heard
    tip      which tip comes next
    forget   asked to be forgotten, so nothing of this visit is remembered
    """

    answers: Mapping[str, str | int] = field(default_factory=dict)
    path: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    hedged: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    person: str | None = None
    place: str | None = None
    highest: int = 0
    asked: str | None = None
    said: tuple[str, ...] = ()
    topic: str | None = None
    breath: int = 0
    heard: tuple[str, ...] = ()
    slow: bool = False
    brief: bool = False
    declined: bool = False
    misses: int = 0
    turn: int = 0
    disclaimer: str | None = None
    tip: int = 0
    forget: bool = False

    @property
    def question(self) -> str | None:
        """The question of the check that waits for its answer."""
        asked = self.asked or ""
        for prefix in (ASK, AGAIN):
            if asked.startswith(prefix):
                return asked.removeprefix(prefix)
        return None

    @property
    def again(self) -> str | None:
        """The prompt that asks the waiting question again, simpler."""
        return AGAIN + self.question if self.question else None

    def knowing(self, question: str, fact: str | int) -> Session:
        """The session with one more answer; the question is no longer in doubt."""
        return replace(
            self,
            answers={**self.answers, question: fact},
            doubts=tuple(d for d in self.doubts if d != question),
        )

    def afresh(self) -> Session:
        """Another conversation with the same person."""
        kept = {name: getattr(self, name) for name in OF_VISITS}
        return Session(turn=self.turn, forget=self.forget, **kept)

    def visits_since(self, before: Session) -> dict[str, str | bool | int]:
        """What there is to remember of this visit, as far as it was otherwise before."""
        if self.forget:
            return {}
        now = {name: getattr(self, name) for name in OF_VISITS}
        return {name: value for name, value in now.items() if value != getattr(before, name)}

    def to_attributes(self) -> dict[str, Any]:
        """As JSON; what is empty is left out."""
        told = {f.name: value for f in fields(self) if (value := getattr(self, f.name))}
        return {
            name: list(value) if isinstance(value, tuple) else dict(value) if name == "answers" else value
            for name, value in told.items()
        }


def read_session(attributes: object, catalogue: Catalogue) -> Session:
    """The session that these attributes describe; what isn't understood is dropped."""
    data: Mapping[Any, Any] = attributes if isinstance(attributes, Mapping) else {}
    told = data.get("answers")
    facts: Mapping[Any, Any] = told if isinstance(told, Mapping) else {}
    questions = {q.id: q for q in catalogue.check.questions}
    topics = catalogue.topics
    session = Session(
        answers={id_: facts[id_] for id_, q in questions.items() if q.answer_of(facts.get(id_))},
        path=_known(data.get("path"), questions),
        doubts=_known(data.get("doubts"), questions),
        hedged=_known(data.get("hedged"), questions),
        signs=_known(data.get("signs"), catalogue.check.signs),
        triggers=_known(data.get("triggers"), topics),
        person=_one(data.get("person"), catalogue.persons),
        place=_one(data.get("place"), topics),
        highest=min(_count(data.get("highest")), max(Level)),
        asked=_one(data.get("asked"), catalogue.prompts),
        said=_known(data.get("said"), catalogue.sentences),
        topic=_one(data.get("topic"), topics),
        heard=_known(data.get("heard"), topics),
        slow=data.get("slow") is True,
        brief=data.get("brief") is True,
        declined=data.get("declined") is True,
        misses=_count(data.get("misses")),
        turn=_count(data.get("turn")),
        disclaimer=_one(data.get("disclaimer"), (catalogue.disclaimer,)),
        tip=_count(data.get("tip")),
        forget=data.get("forget") is True,
    )
    if session.topic is None:
        return session
    last = len(topics[session.topic].breaths) - 1
    return replace(session, breath=min(_count(data.get("breath")), last))


def _one(value: object, known: Container[str]) -> str | None:
    return value if isinstance(value, str) and value in known else None


def _known(value: object, known: Container[str]) -> tuple[str, ...]:
    found = value if isinstance(value, list) else []
    return tuple(v for v in found if isinstance(v, str) and v in known)


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10_000 else 0
