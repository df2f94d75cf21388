"""The page in the system's Chromium, with Amazon's renderer; skipped with a reason where one is missing.

A headless Chromium has no voice and no ears: pretend ones stand in, and write down what is said.
"""

import shutil
from threading import Thread

import pytest
from playwright.sync_api import sync_playwright

from simulator import page as served
from simulator.web import HOST, server
from tools.screens.viewhost import BROWSERS

CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
AXE = served.VIEWHOST.parent / "axe-core" / "axe.min.js"
VOICE = """
window.spoken = [];
let saying = null;
Object.defineProperty(window, 'speechSynthesis', { value: {
  getVoices: () => [],
  speak(said) { spoken.push({ text: said.text, lang: said.lang }); saying = said; if (!window.holdsForth) setTimeout(said.onend); },
  cancel() { if (saying) spoken.push('stopped'); saying?.onerror(); saying = null; },
} });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
EARS = """
window.ears = [];
window.webkitSpeechRecognition = class {
  start() { ears.push(this); }
  stop() { this.onend(); }
  abort() { this.onend(); }
  hear(words) {
    const result = Object.assign([{ transcript: words }], { isFinal: true });
    this.onresult({ results: [result] });
    this.onend();
  }
};
window.SpeechRecognition = undefined;
"""


NO_EARS = "window.webkitSpeechRecognition = window.SpeechRecognition = undefined;"
CHOSEN = """
const key = 'skin-twitch-guide'; // the frame of the screen has no storage, and needs none
if (window === top && !localStorage.getItem(key)) localStorage.setItem(key, '{"device": "%s"}');
"""


@pytest.fixture(scope="package")  # Playwright bears no second one of its kind, and others draw screens
def chromium():
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here: `make chromium` says how to get one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def renderer():
    if not (served.VIEWHOST / "index.js").exists():
        pytest.skip("Amazon's renderer isn't installed: `make test` does that, with npm")


@pytest.fixture(scope="session")
def axe():
    if not AXE.exists():
        pytest.skip("axe-core isn't installed: `make test` does that, with npm")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="package")
def address():
    serving = server(0)
    thread = Thread(target=serving.serve_forever)
    thread.start()
    yield f"http://{HOST}:{serving.port}"
    serving.shutdown()
    thread.join()
    serving.server_close()


@pytest.fixture(scope="package")
def browser(chromium, address):
    """One for all, so that the renderer is fetched and compiled once."""
    context = chromium.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    context.set_default_timeout(15_000)
    return context


@pytest.fixture
def open_page(browser, address):
    """Opens the page; whatever it complains of or fetches from outside fails the test."""
    pages, wrong = [], []

    def opened(device="hub_small", width=1280, height=900, ears=True, **media):
        page = browser.new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(**{"reduced_motion": "reduce", **media})  # and time is saved
        page.add_init_script(VOICE + (EARS if ears else NO_EARS))
        page.add_init_script(CHOSEN % device)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("response", lambda answer: _is_ours(answer.url, address) or wrong.append(answer.url))
        page.goto(address)
        page.locator("html[data-ready]").wait_for()
        return page

    yield opened
    for page in pages:
        page.evaluate("localStorage.clear()")
        page.close()
    assert wrong == []


def _is_ours(url, address):
    return url.startswith((address, "data:"))
