"""What a person may ask about a question or a result: why, what would change it, what to tell the doctor."""

from __future__ import annotations

from twitching.catalogue import Catalogue
from twitching.dialogue import check, grounds, result, topics
from twitching.dialogue.session import Session
from twitching.dialogue.turn import Card, Reply
from twitching.triage.engine import answers_of, assess
from twitching.triage.model import NO, Level
from twitching.triage.whatif import smallest_changes

DOCTOR_TITLE = "for_the_doctor"
ON_A_CARD = "offer_card"


def why(session: Session, catalogue: Catalogue) -> Reply:
    """Why this question, with its source; or why this result, in the words of the rule."""
    if session.question:
        id_ = f"why.{session.question}"
        return check.ask_again(session, id_, *grounds.first_source(id_))
    if session.asked == "why_or_check":
        return topics.tell(session, topics.OVERVIEW, catalogue)  # "why", said to "shall I tell you why"
    rule = assess(catalogue.check, session.answers).rule
    if rule is None or not check.is_finished(session, catalogue):
        return grounds.who_says_so(session, catalogue)
    say = (result.because(session, rule, catalogue), f"why.rule.{rule.id}")
    return Reply(session, say, ask="what_next")


def what_would_change(session: Session, catalogue: Catalogue) -> Reply:
    """The smallest changes of one answer that would raise or lower the level."""
    early = _too_early(session, check.is_finished(session, catalogue))
    if early:
        return early
    raises, lower = smallest_changes(catalogue.check, session.answers)
    changes = [*raises, *([lower] if lower else [])]
    ids = (f"if.{c.question}.{c.answer}.{c.level.id if c.level is not None else 'more'}" for c in changes)
    say = tuple(id_ for id_ in ids if id_ in catalogue.sentences)
    return Reply(session, say or ("nothing_would_change",), ask="what_next")


def for_the_doctor(session: Session, catalogue: Catalogue) -> Reply:
    """What to tell the doctor, in about twenty seconds, with what isn't there."""
    say = _summary(session, catalogue)
    return _too_early(session, say) or Reply(session, ("doctor_opening", *say), ask=ON_A_CARD)


def on_a_card(session: Session, catalogue: Catalogue) -> Reply:
    """The summary on a card in the companion app: only because it was asked for."""
    say = _summary(session, catalogue)
    card = Card(DOCTOR_TITLE, say)
    return _too_early(session, say) or Reply(session, ("on_a_card",), ask="what_next", card=card)


def meanwhile(session: Session, catalogue: Catalogue) -> Reply:
    """What helps until then; where it is urgent, nothing but the action."""
    if session.highest >= Level.TODAY and not session.question:
        said = tuple(f"level.{Level(session.highest).id}.{part}" for part in ("action", "do", "net"))
        return Reply(session, said, ask="what_next")
    return topics.tell(session, topics.TIPS, catalogue)


def _too_early(session: Session, known: object) -> Reply | None:
    """The reply where there is no result to talk about: the check comes first."""
    if session.question:
        return check.ask_again(session, "check_first")
    return None if known else Reply(session, ("no_result_yet",), ask="offer_check")


def _summary(session: Session, catalogue: Catalogue) -> tuple[str, ...]:
    """Where and how long, what is there, what isn't; a sign that was told stands for its question."""
    answers = answers_of(catalogue.check, session.answers)
    say = [f"doctor.{session.place}"] if session.place else []
    told = [q for q in catalogue.check.questions if q.id in answers]
    for question in sorted(told, key=lambda q: (not q.is_duration, answers[q.id] == NO)):
        answer = answers[question.id]
        signs = [s for s in session.signs if catalogue.check.signs[s].answers[:1] == (question.id,)]
        said = [f"doctor.sign.{s}" for s in signs] or [f"doctor.{question.id}.{answer}"]
        if isinstance(session.answers[question.id], int):
            said = [f"doctor.{question.id}.told"]
        say += [id_ for id_ in said if id_ in catalogue.sentences]
    return tuple(dict.fromkeys(say))
