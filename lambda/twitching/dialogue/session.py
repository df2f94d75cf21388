"""What is remembered while a conversation runs: ids and answers, in Alexa's session attributes.

Nowhere else: never stored, never logged (decisions, section 2). Whatever comes back from outside
may be old or broken, so reading it drops what isn't understood and never fails.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from twitching.catalogue import Catalogue

ASK, AGAIN, OFFER = "ask.", "again.", "offer."  # prompts of a question, its simpler form, a topic


@dataclass(frozen=True, slots=True)
class Session:
    """The state of one conversation.

    answers  fact by question id: an answer, or a number of days
    signs    signs that were told unasked
    doubts   questions answered "not sure" once
    asked    the prompt that ended the last reply
    said     the sentences of the last reply
    topic    the topic being told, breath how far, heard which ones before
    declined the check was offered, and wasn't wanted
    misses   turns in a row that weren't understood
    """

    answers: Mapping[str, str | int] = field(default_factory=dict)
    signs: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    asked: str | None = None
    said: tuple[str, ...] = ()
    topic: str | None = None
    breath: int = 0
    heard: tuple[str, ...] = ()
    declined: bool = False
    misses: int = 0
    turn: int = 0

    @property
    def question(self) -> str | None:
        """The question of the check that waits for its answer."""
        asked = self.asked or ""
        for prefix in (ASK, AGAIN):
            if asked.startswith(prefix):
                return asked.removeprefix(prefix)
        return None

    def answering(self, question: str, fact: str | int) -> Session:
        """The session with one more answer; the question is no longer in doubt."""
        return replace(
            self,
            answers={**self.answers, question: fact},
            doubts=tuple(d for d in self.doubts if d != question),
        )

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
    check, topics = catalogue.check, catalogue.topics
    topic = _text(data.get("topic"))
    session = Session(
        answers={q.id: facts[q.id] for q in check.questions if q.answer_of(facts.get(q.id))},
        signs=_known(data.get("signs"), check.signs),
        doubts=_known(data.get("doubts"), [q.id for q in check.questions]),
        asked=asked if (asked := _text(data.get("asked"))) in catalogue.prompts else None,
        said=_known(data.get("said"), catalogue.sentences),
        heard=_known(data.get("heard"), topics),
        declined=data.get("declined") is True,
        misses=_count(data.get("misses")),
        turn=_count(data.get("turn")),
    )
    if topic is None or topic not in topics:
        return session
    last = len(topics[topic].breaths) - 1
    return replace(session, topic=topic, breath=min(_count(data.get("breath")), last))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _known(value: object, known: Container[str]) -> tuple[str, ...]:
    found = value if isinstance(value, list) else []
    return tuple(v for v in found if isinstance(v, str) and v in known)


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10_000 else 0
