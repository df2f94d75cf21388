"""The page as a person uses it, in a real browser."""

import pytest

from simulator.device import Device
from simulator.kinds import WITH_SCREEN
from simulator.script import play

pytestmark = pytest.mark.usefixtures("renderer")
WHY = "why does my skin twitch"
TO_EACH_LEVEL = {
    "emergency": ["Yes"],
    "today": ["No", "No", "Yes"],
    "soon": ["No", "No", "No", "No", "2 weeks or more"],
    "self_care": ["No", "No", "No", "No", "Less than 2 weeks", "No"],
}
LEVELS = {
    "emergency": "Emergency, now",
    "today": "Medical help today",
    "soon": "See a doctor soon",
    "self_care": "Look after yourself",
}


def say(page, words):
    """Type it; wait until it is answered."""
    answered(page, lambda: (page.fill("#say", words), page.press("#say", "Enter")))


def answered(page, act):
    before = page.locator(".bubble.guide").count()
    act()
    page.locator(".bubble.guide").nth(before).wait_for()


def replies(page):
    return [text.removeprefix("Guide: ") for text in page.locator(".bubble.guide p").all_text_contents()]


def screen(page):
    """What the device's screen shows, once it is drawn."""
    page.locator("#scene[data-drawn=yes]").wait_for()
    return page.frame_locator("#screen")


def choose(page, device):
    page.locator(f"input[name=device][value={device}]").check(force=True)


def spoken(page):
    return page.evaluate("spoken")


def test_a_typed_question_is_answered_aloud_and_on_the_screen(open_page):
    page = open_page()
    say(page, WHY)
    heard = Device().say(WHY)
    assert replies(page) == [heard.speech]
    page.locator("#scene[data-state=idle]").wait_for()
    said = spoken(page)
    assert " ".join(one["text"] for one in said) == heard.speech
    assert {one["lang"] for one in said} == {"en-US"}
    screen(page).get_by_text("Why skin twitches").wait_for()


def test_numbers_are_said_digit_by_digit_and_pauses_are_kept(open_page):
    page = open_page("speaker")
    told = page.evaluate(
        """async () => (await import('/static/ssml.js')).pieces('<speak>One. Call <say-as interpret-as="digits">911</say-as> now. '
        + '<break time="700ms"/> Or <say-as interpret-as="telephone">1-800-222</say-as>? <break strength="strong"/>R&amp;D</speak>')"""
    )
    assert told == [
        {"text": "One.", "pause": 0},
        {"text": "Call 9 1 1 now.", "pause": 700},
        {"text": "Or 1, 8 0 0, 2 2 2?", "pause": 700},
        {"text": "R&D", "pause": 0},
    ]


@pytest.mark.parametrize("level", TO_EACH_LEVEL)
def test_touched_through_the_check_to_each_level(open_page, level):
    page = open_page()
    say(page, "start the check")
    for label in TO_EACH_LEVEL[level]:
        answered(page, lambda label=label: screen(page).get_by_text(label, exact=True).click())
    assert page.locator(".bubble.guide .badge").all_inner_texts() == [LEVELS[level]]
    assert page.locator("#level").inner_text() == LEVELS[level]
    page.locator("#why summary").click()
    trace = page.locator("#trace").inner_text()
    assert ("forgotten" if level == "emergency" else "decides") in trace
    assert "Because" in trace or level == "self_care"
    played = list(play(_script(page).splitlines(), Device(kind="hub_small")))
    assert played[-1].level == level
    screen(page).get_by_text(played[-1].screen["datasources"]["screen"]["title"]).first.wait_for()


def test_each_device_draws_the_screen_within_its_glass(open_page):
    page = open_page()
    say(page, "start the check")
    for device in WITH_SCREEN:
        choose(page, device)
        for label in ["Yes", "No", "Not sure"]:
            button = screen(page).get_by_text(label, exact=True).bounding_box()
            glass = page.locator(".glass").bounding_box()
            assert glass["x"] <= button["x"]
            assert button["x"] + button["width"] <= glass["x"] + glass["width"]
            assert glass["y"] <= button["y"]
            assert button["y"] + button["height"] <= glass["y"] + glass["height"]


def test_another_device_shows_the_same_conversation_and_another_english_begins_anew(open_page):
    page = open_page()
    say(page, "start the check")
    choose(page, "round")
    answered(page, lambda: screen(page).get_by_text("No", exact=True).click())
    assert "recent" in page.locator("#attributes").text_content()
    choose(page, "speaker")
    assert page.locator("#screen").is_hidden()
    page.select_option("#locale", "en-GB")
    assert page.locator("#attributes").text_content() == "{}"
    assert "999" in page.locator("#emergency").inner_text()
    say(page, "i have chest pain")
    assert replies(page)[-1].startswith("Call 999 now.")
    assert '"new": true' in page.locator("#request").text_content()
    assert spoken(page)[-1]["lang"] == "en-GB"


def test_hands_free_the_microphone_opens_after_a_question_and_what_it_hears_is_answered(open_page):
    page = open_page("speaker")
    page.locator("#handsfree").check(force=True)
    say(page, WHY)
    page.locator("#scene[data-state=listening]").wait_for()
    answered(page, lambda: page.evaluate("ears.at(-1).hear('yes')"))
    assert page.locator(".bubble.you").last.inner_text().endswith("yes")
    page.locator("#scene[data-state=listening]").wait_for()
    answered(page, lambda: page.evaluate("ears.at(-1).hear('chest pain')"))
    page.locator("#scene[data-state=idle]").wait_for()  # the conversation is closed: nobody listens
    assert page.evaluate("ears.length") == 2


def test_push_to_talk_interrupts_the_reply(open_page):
    page = open_page("speaker")
    page.evaluate("window.holdsForth = true")
    say(page, WHY)
    assert page.locator("#scene").get_attribute("data-state") == "speaking"
    page.locator("#mic").click()
    assert spoken(page)[-1] == "stopped"
    assert page.locator("#scene").get_attribute("data-state") == "listening"
    answered(page, lambda: page.evaluate("ears[0].hear('no')"))


def test_muted_it_is_silent(open_page):
    page = open_page("speaker")
    page.locator("#mute").click()
    say(page, WHY)
    assert spoken(page) == []


def test_a_browser_without_ears_says_so(open_page):
    page = open_page("speaker", ears=False)
    assert "can't recognise speech; type instead" in page.locator("#ears").inner_text()
    assert page.locator("#mic").is_disabled()


def test_by_keyboard_alone_the_screen_is_touched(open_page):
    page = open_page()
    page.locator("#say").focus()
    page.keyboard.type("start the check")
    page.keyboard.press("Enter")
    screen(page)
    page.locator("#say").press("Shift+Tab")
    for _ in range(20):  # past the suggestions
        if page.evaluate("document.activeElement.className") == "touch":
            break
        page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.textContent") == "Not sure"
    assert page.locator("#touches").bounding_box()["height"] > 30
    answered(page, lambda: page.keyboard.press("Enter"))
    assert page.locator(".bubble.you").last.inner_text().endswith("Touches “Not sure”")


def test_what_was_done_is_copied_as_a_script_and_replayed(open_page):
    page = open_page()
    say(page, "start the check")
    answered(page, lambda: screen(page).get_by_text("No", exact=True).click())
    say(page, "I don't know")
    told = replies(page)
    script = _script(page)
    assert script == "start the check\n!touch no\nI don't know\n"
    page.locator("#replaying summary").click()
    page.fill("#script", f"# again\n\n{script}")
    page.locator("#replay").click()
    page.locator(".bubble.guide").nth(5).wait_for()
    assert replies(page)[3] == told[0]
    assert page.locator("#trace dd").all_text_contents()[-1] == "recent danger"


@pytest.mark.parametrize(
    ("line", "reason"),
    [("!dance", "expected !launch"), ("!touch sky", "can't be touched"), ("x" * 501, "line")],
)
def test_a_script_with_a_line_of_nonsense_stops_there_and_says_where(open_page, line, reason):
    page = open_page()
    page.locator("#replaying summary").click()
    page.fill("#script", f"start the check\n{line}\nyes")
    page.locator("#replay").click()
    page.locator("#problem").wait_for()
    assert page.locator("#problem").inner_text().startswith("Line 2: ")
    assert reason in page.locator("#problem").inner_text()
    assert page.locator(".bubble.guide").count() == 1
    say(page, "no")  # nothing is broken
    assert page.locator("#problem").is_hidden()


def test_a_server_that_is_gone_is_reported_and_the_words_stay_to_be_sent_again(open_page):
    page = open_page("speaker")
    page.route("**/turn", lambda route: route.abort())
    page.fill("#say", WHY)
    page.press("#say", "Enter")
    page.locator("#problem").wait_for()
    assert "make web" in page.locator("#problem").inner_text()
    assert page.input_value("#say") == WHY
    page.unroute("**/turn")
    answered(page, lambda: page.press("#say", "Enter"))


def test_a_screen_that_cannot_be_drawn_is_shown_in_words_that_can_be_touched(open_page):
    page = open_page()
    page.route("**/turn", _with_a_document_of_tomorrow)
    say(page, "start the check")
    page.locator("#problem").get_by_text("words are shown instead").wait_for()
    answered(page, lambda: page.locator("#words button").get_by_text("No", exact=True).click())
    assert "In the last few days" in page.locator("#words").inner_text()


def _with_a_document_of_tomorrow(route):
    answer = route.fetch()
    told = answer.json()
    told["turn"]["screen"]["document"] = {"type": "Tomorrow", "version": "9999.1"}
    route.fulfill(response=answer, json=told)


def _script(page):
    page.locator("#copy").click()
    page.get_by_text("Copied.").wait_for()
    return page.evaluate("navigator.clipboard.readText()")
