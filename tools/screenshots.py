"""python -m tools.screenshots: the pictures of the page in docs/images/, each of what a script leads to.

Look at them before you commit them.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from threading import Thread

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from simulator.web import HOST, server
from tools.screens.viewhost import BROWSERS, why_not
from tools.sources_on_disk import ROOT

FOLDER = ROOT / "docs" / "images"
STEP = 4  # of 256 shades: half the size of a PNG, and nobody sees it
WHOLE, SCENE = "body", "#scene"
CALM = ["start the check", *["!touch no"] * 4]


@dataclass(frozen=True)
class Picture:
    """What is said on which device, and how much of the page is shown."""

    device: str
    script: list[str]
    part: str = SCENE
    scheme: str = "light"
    width: int = 1440
    height: int = 900
    opens: list[str] = field(default_factory=list)


PICTURES = {
    "page": Picture("hub_large", ["why does my skin twitch"], WHOLE, height=880),
    "page-dark": Picture(
        "hub_small", [*CALM, "!touch from_14_days"], WHOLE, "dark", height=1000, opens=["#why"]
    ),
    "page-phone": Picture("round", CALM[:2], WHOLE, "dark", 390, 844),
    "device-speaker": Picture("speaker", ["why does my skin twitch"], scheme="dark"),
    "device-hub_small": Picture("hub_small", ["my eyelid keeps twitching"]),
    "device-hub_large": Picture("hub_large", CALM[:1], scheme="dark"),
    "device-round": Picture("round", CALM),
    "device-tv": Picture("tv", CALM[:4], scheme="dark"),
    "level-emergency": Picture("hub_small", ["i have chest pain"]),
    "level-today": Picture("hub_small", [*CALM[:3], "!touch yes"]),
    "level-soon": Picture("hub_small", [*CALM, "!touch from_14_days"]),
    "level-self_care": Picture("hub_small", [*CALM, "!touch under_14_days", "!touch no"]),
}


def main() -> int:
    """Take them all, or say what is missing."""
    if missing := why_not():
        print(f"No pictures can be taken: {missing}.", file=sys.stderr)
        return 1
    found = next(filter(None, map(shutil.which, BROWSERS)))
    FOLDER.mkdir(parents=True, exist_ok=True)
    with _serving() as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for name, picture in PICTURES.items():
            taken = Image.open(BytesIO(_taken(chromium, address, picture))).convert("RGB")
            if picture.part == SCENE:
                taken = taken.resize((taken.width * 3 // 4, taken.height * 3 // 4), Image.Resampling.LANCZOS)
            taken.point(lambda shade: min(255, (shade + STEP // 2) // STEP * STEP)).save(
                FOLDER / f"{name}.png", optimize=True
            )
        chromium.close()
    size = sum((FOLDER / f"{name}.png").stat().st_size for name in PICTURES)
    print(f"{len(PICTURES)} pictures in {FOLDER.relative_to(ROOT)}, {size // 1024} kB")
    return 0


def _taken(chromium: Browser, address: str, picture: Picture) -> bytes:
    page = chromium.new_page(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page.goto(address)
    page.locator("html[data-ready]").wait_for()
    page.locator("#mute").click()
    page.locator(f"input[name=device][value={picture.device}]").check(force=True)
    for line in picture.script:
        _say(page, line)
    if picture.device != "speaker":
        page.locator("#scene[data-drawn=yes]").wait_for()
    else:
        page.evaluate("document.getElementById('scene').dataset.state = 'speaking'")
    for panel in picture.opens:
        page.locator(f"{panel} summary").click()
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(400)  # until the device has drawn what it was sent
    taken = page.screenshot() if picture.part == WHOLE else page.locator(picture.part).screenshot()
    page.close()
    return taken


def _say(page: Page, line: str) -> None:
    before = page.locator(".bubble.guide").count()
    page.fill("#say", line)
    page.press("#say", "Enter")
    page.locator(".bubble.guide").nth(before).wait_for()


@contextmanager
def _serving() -> Iterator[str]:
    serving = server(0)
    thread = Thread(target=serving.serve_forever)
    thread.start()
    yield f"http://{HOST}:{serving.port}"
    serving.shutdown()
    thread.join()
    serving.server_close()


if __name__ == "__main__":
    sys.exit(main())
