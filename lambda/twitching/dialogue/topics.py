"""Topics as a conversation: tell one a breath at a time, go on, go back, offer what is near."""

from __future__ import annotations

from dataclasses import replace

from twitching.catalogue import Catalogue
from twitching.dialogue import check
from twitching.dialogue.session import OFFER, Session
from twitching.dialogue.turn import Card, Reply

OVERVIEW = "summary"  # the answer to "why does my skin twitch"
TIPS = "tips_overview"
SIGNS = "warning_signs"
TIP = "tip_"  # begins the name of each topic that is a tip of its own
BRIEF = 2  # statements of a breath, for somebody who wants it short


def asked_for(session: Session, topic_id: str, catalogue: Catalogue) -> Reply:
    """A topic that a person asks for. Some aren't told twice: what helps then is told instead."""
    tells = catalogue.topics[topic_id].tells
    if tells and catalogue.guided:
        session = check.noting(session, catalogue.check.signs[tells])
    instead = catalogue.topics[topic_id].again
    if instead is None or topic_id not in session.heard:
        return tell(session, topic_id, catalogue)
    if instead not in session.heard:
        return tell(session, instead, catalogue)
    last = len(catalogue.topics[instead].breaths) - 1
    further = min(session.breath + 1, last) if session.topic == instead else last
    return tell(session, instead, catalogue, further)


def tell(session: Session, topic_id: str, catalogue: Catalogue, breath: int = 0) -> Reply:
    """One breath of a topic. In the middle of the check the waiting question follows it."""
    topic = catalogue.topics[topic_id]
    say = topic.breaths[breath]
    if session.brief:
        say = _in_short(say, catalogue)
    session = replace(
        session,
        topic=topic_id,
        breath=breath,
        heard=tuple(dict.fromkeys((*session.heard, topic_id))),
    )
    return Reply(session, say, ask=_after(session, catalogue), card=Card(topic_id, say))


def _in_short(breath: tuple[str, ...], catalogue: Catalogue) -> tuple[str, ...]:
    """The first statement with all that says when to be seen or what not to do; without such, two."""
    kept = {id_ for id_ in breath if id_ in catalogue.keeps} - {breath[0]}
    told = {breath[0], *(kept or breath[1:BRIEF])}
    return tuple(id_ for id_ in breath if id_ in told)


def _after(session: Session, catalogue: Catalogue) -> str:
    """The question that follows a breath."""
    if session.again:
        return session.again
    topic = catalogue.topics[session.topic or OVERVIEW]
    first = session.breath == 0
    if first and (topic.offers_check or session.answers) and may_offer_check(session, catalogue):
        return "offer_check"
    if session.breath + 1 < len(topic.breaths):
        return "offer_more"
    return next_offer(session, catalogue)


def go_on(session: Session, catalogue: Catalogue) -> Reply:
    """The next breath; after the last one, what is near."""
    if session.question:
        return check.ask_again(session)
    if session.topic is None:
        return Reply(session, ("what_i_can",), ask="what_next")
    if session.breath + 1 < len(catalogue.topics[session.topic].breaths):
        return tell(session, session.topic, catalogue, session.breath + 1)
    return Reply(session, ("all_told",), ask=next_offer(session, catalogue))


def go_back(session: Session, catalogue: Catalogue) -> Reply:
    """The breath before."""
    if session.topic is None:
        return Reply(session, ("what_i_can",), ask="what_next")
    if session.breath == 0:
        return Reply(session, ("nothing_before",), ask="offer_more")
    return tell(session, session.topic, catalogue, session.breath - 1)


def next_offer(session: Session, catalogue: Catalogue) -> str:
    """The prompt that offers what to hear next: the check once, then a topic near this one."""
    if may_offer_check(session, catalogue) and session.asked != "offer_check":
        return "offer_check"
    near = catalogue.topics[session.topic].near if session.topic else ()
    fresh = next((t for t in near if t not in session.heard), None)
    return OFFER + fresh if fresh else "what_next"


def next_tip(session: Session, catalogue: Catalogue) -> tuple[str, Session]:
    """The tip whose turn it is, and the session in which it's the turn of the one after it."""
    tips = [id_ for id_ in catalogue.topics if id_.startswith(TIP)]
    here = session.tip % len(tips)
    return tips[here], replace(session, tip=(here + 1) % len(tips))


def may_offer_check(session: Session, catalogue: Catalogue) -> bool:
    """Not once it has been declined or gone through."""
    return not session.declined and not check.is_finished(session, catalogue)
