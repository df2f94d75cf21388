"""Amazon's viewhost in the system's Chromium: draws a page, and touches it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from simulator.kinds import Kind

HERE = Path(__file__).parent
RENDERER = HERE.parents[1] / "simulator/viewhost/node_modules/apl-viewhost-web/index.js"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def why_not() -> str | None:
    """What is missing here to draw a page, or None."""
    if not RENDERER.exists():
        return (
            "Amazon's renderer isn't installed: npm fetches it (`make simulator/viewhost/node_modules/ready`)"
        )
    if _browser() is None:
        return f"no browser (looked for {', '.join(BROWSERS)}); on Debian: apt-get install chromium"
    return None


@contextmanager
def viewhost() -> Iterator[Viewhost]:
    """A viewhost, as long as it is used."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_browser(), args=["--no-sandbox"])
        page = browser.new_page(device_scale_factor=1)
        page.goto((HERE / "viewhost.html").as_uri())
        page.add_script_tag(path=RENDERER)
        page.evaluate("start()")
        yield Viewhost(page)
        browser.close()


class Viewhost:
    """Draws one page at a time."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def show(self, screen: dict[str, Any], kind: Kind) -> None:
        """Draw it as this kind of device would."""
        width, height = kind.width, kind.height
        self.page.set_viewport_size({"width": width, "height": height})
        viewport = {
            "width": kind.width,
            "height": kind.height,
            "dpi": kind.dpi,
            "isRound": kind.shape == "ROUND",
            "mode": kind.mode,
            "shape": kind.shape,
        }
        self.page.evaluate("show", {"page": screen, "viewport": viewport})
        self.page.wait_for_timeout(120)

    def picture(self, path: Path) -> None:
        """What is drawn, as a PNG."""
        self.page.locator("#view").screenshot(path=path)

    def touch(self, label: str, tries: int = 10) -> None:
        """A finger on what has these words. A page just drawn may take a moment to feel it."""
        before = len(self.touches())
        for _ in range(tries):
            self.page.wait_for_timeout(300)
            self.page.get_by_text(label).last.click(delay=50)
            self.page.wait_for_timeout(100)
            if len(self.touches()) > before:
                return

    def touches(self) -> list[list[Any]]:
        """What was sent by what was touched since the page is drawn."""
        sent: list[list[Any]] = self.page.evaluate("window.touches")
        return sent


def _browser() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)
