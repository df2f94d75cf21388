"""A reply as a page for a screen, free of any platform; loaded only where there is a screen. Layer 4.

Anybody in the room can read it, so nothing on it tells back what a person said (content/screen.yaml).
A touch is the same turn as the words that it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from twitching.catalogue import Catalogue, Words, read_compiled
from twitching.dialogue.result import level_told
from twitching.dialogue.routes import intent_of_topic
from twitching.dialogue.session import AGAIN, ASK, Session
from twitching.dialogue.turn import Heard, Reply, Turn
from twitching.speech import Voice, days_in_words, plain, voice_of
from twitching.triage.ahead import most_questions
from twitching.triage.model import UNSURE, Level, Question

PAGE, QUESTION, RESULT = "page", "question", "result"
SHORT_LABEL = 8  # letters; of such labels three fit beside each other on the smallest screen
SHORT_TITLE = 20  # letters; such a title can be set very large
DURATION = "DurationIntent"
REPEAT = "AMAZON.RepeatIntent"
_AFTER_A_SENTENCE = re.compile(r"(?<=[.?]) ")


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to touch, and which one from the left."""

    id: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Screen:
    """One page. `token` says which question it asks: a touch gives it back.

    `lead` stands above `lines`, `ask` below them. `steps` has a part for each question of the
    check that may come, true as far as this one. `long_title` and `long_labels` say
    what needs room.
    `level` is set on a result, and never stands there without its `title`.
    """

    kind: str
    token: str
    name: str
    title: str
    long_title: bool
    lead: str = ""
    lines: tuple[str, ...] = ()
    ask: str = ""
    choices: tuple[Choice, ...] = ()
    long_labels: bool = False
    level: str = ""
    progress: str = ""
    steps: tuple[bool, ...] = ()
    note: str = ""
    footer: str = ""


@cache
def load_document() -> Mapping[str, Any]:
    """The APL document: how a page looks, without a word in it."""
    return _mapping("screen/document.json")


def screen_of(reply: Reply, words: Words, catalogue: Catalogue, variety: int = 0) -> Screen:
    """The page that goes with a reply, in the wordings that `speech.speak` chooses for it."""
    maker = _Maker(reply, words, catalogue, voice_of(reply, words, variety))
    level = level_told(reply.say)
    if level is not None:
        return maker.result(level)
    return maker.question() if reply.session.question else maker.page()


def touched(token: str, choice: str, session: Session, catalogue: Catalogue) -> Turn | None:
    """The turn that a touch amounts to; None where there was no such thing to touch.

    A touch on a page whose question waits no longer answers nothing: what waits is said again.
    """
    if token != token_of(session):
        return Turn(REPEAT, session)
    if choice not in _choices(session, catalogue):
        return None
    question = catalogue.check.question(session.question or "")
    if question and question.is_duration and choice != UNSURE:
        least, most = _spans(question)[choice]
        return Turn(DURATION, session, {"duration": Heard(span=(least, least * 2 if most is None else most))})
    meant = _rules()["choices"][choice]
    return Turn(meant["intent"] or intent_of_topic(meant["topic"]), session)


def token_of(session: Session) -> str:
    """Names the question that ended a reply, this time that it was asked."""
    return f"{session.asked or ''}.{session.turn}"


@dataclass(frozen=True, slots=True)
class _Maker:
    reply: Reply
    words: Words
    catalogue: Catalogue
    voice: Voice

    def result(self, level: Level) -> Screen:
        """The level in words; what to do and what would change it. Not why: that tells what was said."""
        own = (f"level.{level.id}.do", f"level.{level.id}.net")
        said = tuple(self._sentence(id_) for id_ in self.reply.say if id_ in own)
        return self._screen(RESULT, self.words.titles[f"level.{level.id}"], lines=said, level=level.id)

    def question(self) -> Screen:
        """A question of the check: what it lists line by line, and how far the check has come."""
        session = self.reply.session
        lead, lines, ask = self._split(self._asked())
        number = len(session.path) + 1
        most = len(session.path) + most_questions(self.catalogue.check, session.answers)
        notes = _rules()["notes"]
        note = next((id_ for id_ in self.reply.say if _is_among(id_, notes)), None)
        return self._screen(
            QUESTION,
            title=ask,
            lead=lead,
            lines=lines,
            note=self._sentence(note) if note else "",
            progress=self._own["progress"].format(number=number, most=most),
            steps=tuple(step < number for step in range(most)),
        )

    def page(self) -> Screen:
        """A topic, or what else is said, as far as it may be shown."""
        own = self._own
        topic = self.catalogue.topics.get(self.reply.session.topic or "")
        told = {id_ for breath in topic.breaths for id_ in breath} if topic else set()
        shown = tuple(i for i in self.reply.say if i in told or i in _rules()["shown"])
        title = self.words.titles[topic.id] if topic and told & set(shown) else None
        title = title or next((own["titles"][i] for i in self.reply.say if i in own["titles"]), None)
        asked = self._asked()
        footer = None if "disclaimer" in shown else "disclaimer"
        lines = tuple(self._sentence(id_) for id_ in shown)
        told_first = {"lines": lines, "ask": asked} if title else {"note": " ".join(lines)}
        return self._screen(
            PAGE,
            title=title or asked or own["name"],
            footer=self._sentence(footer) if footer else "",
            **told_first,
        )

    def _screen(self, kind: str, title: str, **rest: Any) -> Screen:  # noqa: ANN401  the fields of Screen
        footers = {QUESTION: "if_urgent", RESULT: "disclaimer"}
        if kind in footers and rest.get("level") != Level.EMERGENCY.id:
            rest["footer"] = self._sentence(footers[kind])
        if kind == RESULT:
            rest["ask"] = self._asked()
        session = self.reply.session
        ids = _choices(session, self.catalogue)
        choices = tuple(Choice(id_, self._label(id_), number) for number, id_ in enumerate(ids))
        long_labels = any(len(choice.label) > SHORT_LABEL for choice in choices)
        return Screen(
            kind=kind,
            token=token_of(session),
            name=self._own["name"],
            title=title,
            long_title=len(title) > SHORT_TITLE,
            choices=choices,
            long_labels=long_labels,
            **rest,
        )

    @property
    def _own(self) -> Mapping[str, Any]:
        """The words that only a screen has."""
        return _mapping(f"screen/{self.words.locale}.json")

    def _sentence(self, id_: str) -> str:
        return plain(self.voice.sentence(id_))

    def _asked(self) -> str:
        return plain(self.voice.question(self.reply.ask)[0]) if self.reply.ask else ""

    def _split(self, asked: str) -> tuple[str, tuple[str, ...], str]:
        """How a question begins, the things that it lists, and what it asks of them."""
        lead = next((lead for lead in self._own["lead_ins"] if asked.startswith(lead)), "")
        *listed, ask = _AFTER_A_SENTENCE.split(asked.removeprefix(lead).strip())
        return lead.rstrip(",."), tuple(self._thing(text) for text in listed), ask

    def _thing(self, text: str) -> str:
        """One of the things that a question lists, without the "or" before the last."""
        said_or = next((word for word in self._own["list_or"] if text.startswith(word)), "")
        return _capital(text.removeprefix(said_or).rstrip("."))

    def _label(self, choice: str) -> str:
        question = self.catalogue.check.question(self.reply.session.question or "")
        own = self._own
        if question is None or choice in own["choices"]:
            return str(own["choices"][choice])
        least, most = _spans(question)[choice]
        start = self._time(least)
        if most is None:
            return str(own["over"].format(time=start))
        end = self._time(most + 1)
        form = own["between"] if least else own["under"]
        return str(form.format(least=start, most=end, time=end))

    def _time(self, days: int) -> str:
        """A length of time that stays on one line."""
        return days_in_words(self.words, days).replace(" ", "\u00a0")


def _choices(session: Session, catalogue: Catalogue) -> tuple[str, ...]:
    """What can be touched under the question that waits."""
    rules, asked = _rules(), session.asked
    if asked is None:
        return ()
    if asked.startswith((ASK, AGAIN)):
        question = catalogue.check.question(session.question or "")
        return (*_spans(question), UNSURE) if question and question.spans else tuple(rules["check"])
    ids = rules["prompts"].get(asked, rules["offers"])
    return tuple(ids if catalogue.guided else (rules["choices"][id_]["unasked"] or id_ for id_ in ids))


def _spans(question: Question) -> dict[str, tuple[int, int | None]]:
    """The lengths of time that make a difference, in days: the least, and the most if there is one."""
    bounds = {span.under_days for span in question.spans if span.under_days}
    if question.sudden:
        bounds.add(question.sudden.under_days)
    return dict(_named(sorted(bounds)))


def _named(bounds: list[int]) -> Iterator[tuple[str, tuple[int, int | None]]]:
    least = 0
    for bound in bounds:
        yield f"under_{bound}_days", (least, bound - 1)
        least = bound
    yield f"from_{least}_days", (least, None)


def _is_among(id_: str, names: list[str]) -> bool:
    """Is it named, or its kind ("why." for "why.duration")?"""
    return id_ in names or any(name.endswith(".") and id_.startswith(name) for name in names)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def _rules() -> Mapping[str, Any]:
    return _mapping("screen/rules.json")


@cache
def _mapping(name: str) -> Mapping[str, Any]:
    read: Mapping[str, Any] = read_compiled(name)
    return read
