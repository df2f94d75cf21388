"""A reply before Alexa stops listening, even where something hangs.

Alexa gives up after 8 seconds, and template.yaml ends the function after 7. Both are silence to the
person, so the skill stops itself earlier and says the safe reply.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST = 5.0  # seconds; a turn takes milliseconds
LEFT_FOR_THE_REPLY = 1.0


class OutOfTimeError(BaseException):
    """The turn took too long. No Exception, or a library may take it for a fault of its own and go on."""


@contextmanager
def deadline(context: object) -> Iterator[None]:
    """Raises OutOfTimeError in the block before Lambda's time is up; `context` is Lambda's own, or anything.

    Works by a signal, so in the main thread only, where Lambda runs the handler; elsewhere nothing
    is watched.
    """
    try:
        before = signal.signal(signal.SIGALRM, _out_of_time)
    except (ValueError, AttributeError):  # another thread, or a system without this signal
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, _seconds(context))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _seconds(context: object) -> float:
    remaining = getattr(context, "get_remaining_time_in_millis", None)
    if remaining is None:
        return LONGEST
    return max(0.001, min(LONGEST, float(remaining()) / 1000 - LEFT_FOR_THE_REPLY))


def _out_of_time(*_: object) -> None:
    raise OutOfTimeError
