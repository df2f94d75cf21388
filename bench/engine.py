"""The skill without Lambda around it: turns a second, and memory over a thousand turns."""

from __future__ import annotations

import gc
import time
import tracemalloc
from itertools import cycle, islice

from simulator.device import Device

TURNS = 1000
FIRST = 10
SAYINGS = (
    "why does my skin twitch",
    "yes",
    "start the check",
    "no",
    "no",
    "no",
    "no",
    "three weeks",
    "why",
    "stop",
)


def turns_a_second() -> float:
    """Whole turns through the handler, the requests made beforehand."""
    device = Device()
    events = [device.say(text).request for text in SAYINGS]
    from twitching import entry  # noqa: PLC0415  after the device has loaded everything

    began = time.perf_counter()
    for event in islice(cycle(events), TURNS):
        entry.handler(event, None)
    return TURNS / (time.perf_counter() - began)


def growth() -> tuple[int, int]:
    """Bytes held by Python objects after the first turns, and after a thousand."""
    device = Device()
    talk = cycle(SAYINGS)
    tracemalloc.start()
    for text in islice(talk, 10 * FIRST):
        device.say(text)
    gc.collect()
    early = tracemalloc.get_traced_memory()[0]
    for text in islice(talk, TURNS):
        device.say(text)
    gc.collect()
    late = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return early, late
