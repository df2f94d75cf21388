"""python -m tools.screens [REPLY ...]: each reply on each device, as build/screens/<device>-<reply>.png."""

from __future__ import annotations

import sys

from simulator.kinds import DEFAULT, KINDS, OTHER_SIZES
from tools.screens.replies import REPLIES, played
from tools.screens.viewhost import viewhost, why_not
from tools.sources_on_disk import ROOT

FOLDER = ROOT / "build" / "screens"
LOCALE = "en-US"


def main(names: list[str]) -> int:
    """Draw them, or say what is missing."""
    if missing := why_not():
        print(f"Nothing can be drawn: {missing}.", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    drawn = 0
    with viewhost() as host:
        for name in names or REPLIES:
            screen = played(name, LOCALE, DEFAULT).screen  # the same for every screen
            for device, kind in {**KINDS, **OTHER_SIZES}.items():
                if kind and screen:
                    host.show(screen, kind)
                    host.picture(FOLDER / f"{device}-{name}.png")
                    drawn += 1
    print(f"{drawn} pictures in {FOLDER.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
