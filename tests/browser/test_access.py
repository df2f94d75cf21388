"""Can everybody use the page? axe-core, by Deque, finds what a machine can find of that; it is no proof."""

import pytest

from simulator.kinds import KINDS
from tests.browser.test_the_page import answered, choose, say, screen

pytestmark = pytest.mark.usefixtures("renderer")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


def faults(frame, axe):
    """What axe finds: rule and element."""
    frame.evaluate(axe)
    found = frame.evaluate("axe.run(document, { iframes: false })")
    return [(rule["id"], node["html"][:200]) for rule in found["violations"] for node in rule["nodes"]]


def open_all(page):
    page.evaluate("for (const panel of document.querySelectorAll('.panel')) panel.open = true")


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "dark"), (DESK, "light")], ids=["phone", "desk"])
def test_axe_finds_nothing(open_page, axe, size, scheme):
    page = open_page(**size, color_scheme=scheme)
    say(page, "start the check")
    answered(page, lambda: screen(page).get_by_text("No", exact=True).click())
    open_all(page)
    assert faults(page, axe) == []
    assert faults(next(frame for frame in page.frames if frame.url.endswith("/screen")), axe) == []
    choose(page, "speaker")
    say(page, "i have chest pain")
    page.fill("#say", "!dance")
    page.press("#say", "Enter")
    page.locator("#problem").wait_for()
    assert faults(page, axe) == []


def test_at_phone_width_nothing_is_cut_off(open_page):
    page = open_page(**PHONE)
    say(page, "why does my skin twitch")
    open_all(page)
    for device in KINDS:
        choose(page, device)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        for part in ["#say", "#mic", "#send", ".glass" if device != "speaker" else ".speaker", "#log"]:
            box = page.locator(part).bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= PHONE["width"]


def test_dark_and_light_can_be_chosen_and_are_kept(open_page):
    page = open_page("speaker", color_scheme="dark")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    dark = page.evaluate(ground)
    page.locator("#theme").click()
    light = page.evaluate(ground)
    assert light != dark
    page.reload()
    page.locator("html[data-ready]").wait_for()
    assert page.evaluate(ground) == light


def test_who_wants_no_motion_sees_none(open_page):
    page = open_page("speaker", reduced_motion="no-preference")
    page.locator("#mic").click()
    page.locator("#scene[data-state=listening]").wait_for()
    assert page.evaluate("document.getAnimations().length") > 0
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate("document.getAnimations().length") == 0
