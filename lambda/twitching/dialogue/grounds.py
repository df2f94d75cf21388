"""Who says so: what the sentences just spoken rest on."""

from __future__ import annotations

from collections import Counter

from twitching.catalogue import Catalogue, load_grounds
from twitching.dialogue.session import Session
from twitching.dialogue.turn import Reply

MOST_SOURCES = 2  # more is a list that nobody can follow by ear


def who_says_so(session: Session, _: Catalogue) -> Reply:
    """The sources of the last reply, and when they were checked; then whatever was open before."""
    ask = session.again or session.asked or "what_next"
    if ask == "offer_repeat":  # it would repeat the sources
        ask = "what_next"
    if any(id_.startswith("source.") for id_ in session.said):
        return Reply(session, session.said, ask=ask)
    known = load_grounds()
    reasons = tuple(id_ for id_ in session.said if id_.startswith(("because.", "sign.")))
    spoken = (session.asked or "",) if session.question else reasons or session.said
    told = [known[id_] for id_ in spoken if id_ in known]
    if not told:
        return Reply(session, ("no_source",), ask=ask)
    # Those on which most of the sentences rest; of equals, the better one stands first already.
    sources = [key for key, _ in Counter(key for keys, _ in told for key in keys).most_common(MOST_SOURCES)]
    first, *others = sources
    oldest = min((month for _, month in told), key=_in_time)
    say = (f"source.{first}", *(f"source.{key}.also" for key in others), f"checked.{oldest}")
    return Reply(session, say, ask=ask)


def first_source(sentence: str) -> tuple[str, ...]:
    """The sentence that names the best source of this one."""
    known = load_grounds().get(sentence)
    return (f"source.{known[0][0]}",) if known else ()


def _in_time(month: str) -> tuple[int, ...]:
    return tuple(int(part) for part in month.split("-"))
