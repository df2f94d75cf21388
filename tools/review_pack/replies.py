"""What is heard as a whole: the reply to a sign, to stopping midway, to an emergency in each country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from twitching.catalogue import Catalogue, load_words
from twitching.dialogue import check, result
from twitching.dialogue.session import Session
from twitching.dialogue.turn import Reply
from twitching.speech import plain, speak
from twitching.triage.engine import assess
from twitching.triage.model import NO, Level, Sign
from twitching.triage.whatif import facts_for

from tools.review_pack.spoken import HOME, Sentence, named
from tools.utterances import Patterns, Utterances

EXAMPLES = 5
ANSWER = "answer"  # a sign without a level of its own


@dataclass(frozen=True)
class SignView:
    """Something that people tell unasked: how they put it, and the reply."""

    id: str
    name: str
    level: Level | None
    questions: tuple[str, ...]
    because: Sentence | None  # None where a rule gives the reason
    examples: tuple[str, ...]
    phrases: int
    reply: str

    @property
    def is_heard(self) -> bool:
        """Is its own sentence part of the reply?"""
        return self.because is None or self.because.says[0] in self.reply


def heard(reply: Reply, locale: str = HOME) -> str:
    """A reply as it is spoken."""
    return plain(speak(reply, load_words(locale)).ssml)


def signs(
    catalogue: Catalogue, spoken: Mapping[str, Sentence], said: Utterances
) -> dict[str, list[SignView]]:
    """The signs by what they lead to: emergency, today, or no more than an answer."""
    groups: dict[str, list[SignView]] = {}
    for sign in catalogue.check.signs.values():
        phrases = Patterns(said.intents).written_out(said.signs[sign.id], sign.id)
        step = max(1, len(phrases) // EXAMPLES)
        view = SignView(
            sign.id,
            named(sign.id),
            sign.level,
            tuple(map(named, sign.answers)),
            spoken.get(f"sign.{sign.id}"),
            tuple(phrases[::step][:EXAMPLES]),
            len(phrases),
            heard(_reply_to(sign, catalogue)),
        )
        groups.setdefault(ANSWER if sign.level is None else sign.level.id, []).append(view)
    return groups


def _reply_to(sign: Sign, catalogue: Catalogue) -> Reply:
    """The reply to a sign: at once where it has a level, else when everything else is answered calmly."""
    if sign.level is Level.EMERGENCY:
        return result.warn(sign, Session())
    if sign.level is not None:
        return check.tell_sign(sign, Session(), catalogue)
    session = check.noting(Session(), sign)
    while question := assess(catalogue.check, session.answers).question:
        calm = question.spans[0].id if question.is_duration else NO
        session = session.knowing(question.id, facts_for(question)[calm])
    return check.go_on(session, catalogue)


def left_midway(catalogue: Catalogue) -> list[tuple[str, str]]:
    """(when, what is said) to somebody who stops: with nothing known, and after telling a sign."""
    replies = {heard(check.leave(Session(), catalogue)): "nothing known yet"}
    for sign in catalogue.check.signs.values():
        if sign.level is not Level.EMERGENCY:  # an emergency leaves nothing to stop
            reply = check.leave(check.noting(Session(), sign), catalogue)
            replies.setdefault(heard(reply), f"something told already, for example {named(sign.id)}")
    return [(when, text) for text, when in replies.items()]


def emergency_replies(catalogue: Catalogue) -> list[tuple[str, list[str]]]:
    """By locale: the reply to the first warning sign, and to those that add advice of their own."""
    warnings = [s for s in catalogue.check.signs.values() if s.level is Level.EMERGENCY]
    shown = [warnings[0], *(s for s in warnings[1:] if s.advice)]
    return [
        (locale, [heard(result.warn(sign, Session()), locale) for sign in shown])
        for locale in catalogue.locales
    ]
