"""What a person may say at any time: hello, help, again, slower, from the beginning, stop, and noise."""

from __future__ import annotations

from dataclasses import replace

from twitching.catalogue import Catalogue
from twitching.dialogue import afterwards, check, topics
from twitching.dialogue.session import OFFER, Session
from twitching.dialogue.turn import Reply

NOT_REPEATED = frozenset(
    {"not_understood", "out_of_scope", "noted", "no_problem", "noted_sign", "just_to_be_clear"}
)
PATIENCE = 3  # the third turn in a row that isn't understood ends the conversation, safely


def launch(session: Session, catalogue: Catalogue) -> Reply:
    """Hello, what this is and isn't, and one question; in short, with a tip, for who has heard it before."""
    if not catalogue.remembers:
        return Reply(session, ("welcome", "disclaimer"), ask="why_or_check")
    if session.disclaimer is None:
        session = replace(session, disclaimer=catalogue.disclaimer)
        return Reply(session, ("welcome", "disclaimer"), ask="why_or_check")
    tip, session = topics.next_tip(session, catalogue)
    return Reply(session, ("welcome_again", "if_urgent"), ask=OFFER + tip)


def help_(session: Session, catalogue: Catalogue) -> Reply:
    """What can be said here and now."""
    if session.question:
        return check.ask_again(session, _check_help(session, catalogue))
    return Reply(session, ("help", "disclaimer", "if_urgent"), ask="what_next")


def repeat(session: Session, catalogue: Catalogue) -> Reply:
    """The last reply once more, question included."""
    if not session.said and not session.asked:
        return help_(session, catalogue)
    said = tuple(id_ for id_ in session.said if id_ not in NOT_REPEATED)
    return Reply(session, said, ask=session.asked or "what_next")


def not_clear(session: Session, catalogue: Catalogue) -> Reply:
    """What was said wasn't clear to them: the question in its simpler form, or help."""
    if session.question:
        return check.ask_again(session, _check_help(session, catalogue))
    return repeat(session, catalogue)


def _check_help(session: Session, catalogue: Catalogue) -> str:
    """What can be answered here."""
    question = check.waiting(session, catalogue)
    return "check_help_time" if question and question.is_duration else "check_help"


def thanks(session: Session, _: Catalogue) -> Reply:
    """You're welcome, and whatever is open."""
    if session.question:
        return check.ask_again(session, "welcome_back")
    return Reply(session, ("goodbye",))


def slower(session: Session, catalogue: Catalogue) -> Reply:
    """From now on with longer pauses, beginning with the last reply."""
    return repeat(replace(session, slow=True), catalogue)


def shorter(session: Session, catalogue: Catalogue) -> Reply:
    """From now on with fewer sentences, beginning with the last reply."""
    session = replace(session, brief=True)
    if session.question:
        return check.ask_again(session)
    if session.topic:
        return topics.tell(session, session.topic, catalogue, session.breath)
    return repeat(session, catalogue)


def in_full(session: Session, catalogue: Catalogue) -> Reply:
    """From now on at the usual length and speed."""
    return repeat(replace(session, slow=False, brief=False), catalogue)


def skip(session: Session, catalogue: Catalogue) -> Reply:
    """No question of the check can be left out: leaving it open counts as not sure."""
    if session.question:
        return check.not_sure(session, catalogue, first="cant_skip")
    return topics.go_on(session, catalogue)


def start_over(session: Session, catalogue: Catalogue) -> Reply:
    """The check from its first question if one is on, otherwise the whole conversation."""
    fresh = check.without_answers(session, catalogue)
    if session.question:
        return check.start(replace(fresh, asked=None), catalogue)
    return Reply(session.afresh(), ("start_again",), ask="why_or_check")


def stop(session: Session, catalogue: Catalogue) -> Reply:
    """Goodbye; in the middle of the check, when to get help."""
    if session.question:
        return check.leave(session, catalogue)
    return Reply(session, ("goodbye",))


def privacy(session: Session, catalogue: Catalogue) -> Reply:
    """What is kept: nothing, or only a little between visits."""
    kept = "privacy_visits" if catalogue.remembers else "privacy"
    if session.question:
        return check.ask_again(session, kept)
    return Reply(session, (kept,), ask="what_next")


def forget_me(session: Session, catalogue: Catalogue) -> Reply:
    """Whatever was told is forgotten at once, not only at the end; earlier visits, too."""
    gone = Session(turn=session.turn, forget=catalogue.remembers)
    said = "forgotten_visits" if catalogue.remembers else "forgotten"
    return Reply(gone, (said,), ask="what_next", forget=catalogue.remembers)


def not_forgotten(reply: Reply) -> Reply:
    """The reply to "forget me" where earlier visits couldn't be forgotten: what else can be done."""
    say = ("not_forgotten",)
    return replace(reply, session=replace(reply.session, said=say), say=say)


def not_understood(session: Session, catalogue: Catalogue) -> Reply:
    """Help that grows: ask again, then say what can be said, then the safe advice and goodbye."""
    return _help_that_grows(session, catalogue, "not_understood")


def who_are_you(session: Session, _: Catalogue) -> Reply:
    """No doctor, and what it is for; then whatever was open before."""
    return Reply(session, ("disclaimer", "what_i_can"), ask=session.again or session.asked or "what_next")


def out_of_scope(session: Session, catalogue: Catalogue) -> Reply:
    """The same where it was understood, and is somebody else's business."""
    return _help_that_grows(session, catalogue, "out_of_scope")


def _help_that_grows(session: Session, catalogue: Catalogue, because: str) -> Reply:
    session = replace(session, misses=session.misses + 1)
    if session.misses >= PATIENCE:
        if session.question:
            return check.leave(session, catalogue)
        return Reply(session, ("when_in_doubt", "goodbye"))
    if session.question:
        more = (_check_help(session, catalogue),) if session.misses > 1 else ()
        return check.ask_again(session, because, *more)
    if session.misses > 1:
        return Reply(session, ("can_ask", "if_urgent"), ask="what_next")
    return Reply(session, (because,), ask=session.asked or "what_next")


def yes(session: Session, catalogue: Catalogue) -> Reply:
    """Yes to whatever the last reply offered."""
    asked = session.asked or ""
    accept = {
        "offer_more": topics.go_on,
        "offer_check": check.start,
        "offer_repeat": repeat,
        afterwards.ON_A_CARD: afterwards.on_a_card,
    }.get(asked)
    if accept:
        return accept(session, catalogue)
    if asked == "why_or_check":
        return topics.tell(session, topics.OVERVIEW, catalogue)
    if asked.startswith(OFFER):
        return topics.tell(session, asked.removeprefix(OFFER), catalogue)
    return Reply(session, ("what_i_can",), ask="what_next")


def no(session: Session, catalogue: Catalogue) -> Reply:
    """No, thank you: the next best offer, then goodbye."""
    asked = session.asked
    if asked == "why_or_check":
        return Reply(session, ("no_problem",), ask="offer_check")
    if asked == "offer_more":
        return Reply(session, ("no_problem",), ask=topics.next_offer(session, catalogue))
    if asked == "offer_check":
        return Reply(replace(session, declined=True), ("no_problem",), ask="what_next")
    if asked in (None, "what_next", "offer_repeat"):
        return Reply(session, ("goodbye",))
    return Reply(session, ("no_problem",), ask="what_next")
