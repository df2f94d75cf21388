"""python -m tools.soak [TIMES] [SEED]: breaks that many requests, and says what the skill made of each.

Exit status 1 with the request where a reply is refused by Alexa's rules, or an exception came out.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from rich.progress import track
from twitching import entry

from tools.compile_content import compile_content
from tools.reply_rules import WAS_AT_A_LOSS, faults
from tools.soak.envelopes import requests
from tools.soak.mutations import mutated

TIMES, SEED = 1_000_000, 1
SHOWN = 5


def broken_requests(times: int, seed: int) -> Iterator[dict[str, Any]]:
    """That many broken requests; the same ones for the same seed."""
    chance = random.Random(seed)  # noqa: S311  a choice of tests, no secret
    whole = requests()
    for _ in range(times):
        yield mutated(chance.choice(whole), chance)


def complaints(event: Any) -> list[str]:  # noqa: ANN401  that it may be anything is the point
    """What is wrong with the reply to this request; an exception is one, too."""
    try:
        response = entry.handler(event, None)
    except Exception as error:  # noqa: BLE001  none may come out
        return [f"{type(error).__name__}: {error}"]
    return faults(event, response)


def main(arguments: list[str]) -> int:
    """Say how many were answered, and show the first that weren't."""
    times = int(arguments[0]) if arguments else TIMES
    seed = int(arguments[1]) if len(arguments) > 1 else SEED
    compile_content()
    kinds: Counter[str] = Counter()
    for event in track(broken_requests(times, seed), description="broken requests", total=times):
        for complaint in complaints(event):
            kinds[complaint.split(",")[0][:60]] += 1
            if sum(kinds.values()) <= SHOWN:
                print(complaint, json.dumps(event)[:2000], sep="\n")
    print(
        f"{times:,} broken requests (seed {seed}): {sum(kinds.values())} complaints.",
        *kinds.items(),
        sep="\n",
    )
    at_a_loss = kinds.pop(WAS_AT_A_LOSS.split(",")[0][:60], 0)
    if at_a_loss:
        print(f"The safe reply that closes the conversation was needed {at_a_loss} times.")
    return int(bool(kinds or at_a_loss))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
