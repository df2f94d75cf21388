"""The page's endpoint: what it takes, what it refuses and how, and what a browser may do with the page."""

import json
import re

import pytest
from twitching import entry

from simulator import page, web
from simulator.device import Device
from simulator.kinds import KINDS
from simulator.script import play_line
from simulator.understanding import locales

JSON = {"Content-Type": "application/json"}
LOCAL = "http://localhost"


@pytest.fixture
def client():
    return web.create_app().test_client()


@pytest.fixture
def talk(client):
    """Says a line, and sends the session along as the page does."""
    session = {}

    def say(line, locale="en-US", device="hub_small"):
        nonlocal session
        answer = client.post("/turn", json=turn(line, locale, device, session))
        assert answer.status_code == 200, answer.text
        session = answer.json["session"]
        return answer.json

    return say


def turn(line="why does my skin twitch", locale="en-US", device="speaker", session=None):
    return {"line": line, "locale": locale, "device": device, "session": session or {}}


def without_chance(heard):
    """What doesn't change from one run to the next."""
    request = {**heard["request"]["request"], "requestId": "", "timestamp": ""}
    return {**heard, "request": {**heard["request"], "request": request}}


@pytest.mark.parametrize("device", KINDS)
def test_the_page_has_the_conversation_that_a_script_has(talk, device):
    lines = ["start the check", "no", "i don't know", "!new", "!launch", "my eyelid is twitching", "stop"]
    lines += ["start the check", "!end", "i have chest pain"]
    played = Device("en-US", kind=device)
    for line in lines:
        heard = play_line(line, played)
        told = talk(line, device=device)["turn"]
        assert (told is None) == (heard is None)
        if heard:
            assert without_chance(told) == without_chance(_as_json(heard))


def _as_json(heard):
    return json.loads(heard.to_json())


def test_a_touch_answers_the_question_that_waits(talk):
    asked = talk("start the check")
    assert [choice["id"] for choice in asked["session"]["choices"]] == ["yes", "no", "unsure"]
    touched = talk("!touch no")
    assert touched["turn"]["request"]["request"]["type"] == "Alexa.Presentation.APL.UserEvent"
    assert touched["inside"]["steps"] == [{"question": "sudden_signs", "answer": "no", "fact": "no"}]
    assert touched["inside"]["asks"] == "recent_danger"


def test_the_trace_tells_the_rule_that_decides(talk):
    for line in ["start the check", "no", "no", "no", "no", "three weeks"]:
        told = talk(line)
    assert told["turn"]["level"] == "soon"
    assert {"id": "long_lasting", "level": "soon", "decides": True} in told["inside"]["rules"]
    assert {"question": "duration", "answer": "two_weeks_or_more", "fact": 21} in told["inside"]["steps"]


def test_locale_and_device_may_change_between_turns(talk):
    talk("start the check", locale="en-US", device="speaker")
    told = talk("yes", locale="en-GB", device="round")["turn"]
    assert told["speech"].startswith("Call 999 now.")
    assert told["screen"]["datasources"]["screen"]["level"] == "emergency"


BAD = {
    "no JSON": (400, b"{", JSON),
    "not text": (400, b"\xff", JSON),
    "a list": (400, b"[]", JSON),
    "brackets without end": (400, b"[" * 200_000, JSON),
    "nothing": (400, b"{}", JSON),
    "another type": (415, b"{}", {"Content-Type": "text/plain"}),
    "a form": (415, b"line=yes", {"Content-Type": "application/x-www-form-urlencoded"}),
    "no type": (415, b"{}", {}),
    "too big": (413, b'"' + b"x" * web.LARGEST + b'"', JSON),
    "another site": (403, b"{}", JSON | {"Origin": "http://example.com"}),
    "a frame without an origin": (403, b"{}", JSON | {"Origin": "null"}),
    "another port": (403, b"{}", JSON | {"Origin": f"{LOCAL}:81"}),
    "cross-site, as the browser says": (403, b"{}", JSON | {"Sec-Fetch-Site": "cross-site"}),
    "same site only": (403, b"{}", JSON | {"Sec-Fetch-Site": "same-site", "Origin": LOCAL}),
    "another name for this machine": (400, b"{}", JSON | {"Host": "example.com"}),
}


@pytest.mark.parametrize("name", BAD)
def test_what_the_page_would_not_send_is_refused_in_a_sentence(client, monkeypatch, name):
    monkeypatch.delattr(entry, "handler")  # the skill never sees it
    status, body, headers = BAD[name]
    refused = client.post("/turn", data=body, headers=headers)
    assert refused.status_code == status
    assert list(refused.json) == ["error"]
    assert refused.json["error"].endswith(".")
    assert "Traceback" not in refused.text


CHOICE = {"id": "yes", "label": "Yes"}
WRONG = {
    "line": [None, 7, "", "  ", "x" * (page.LONGEST + 1), "yes\nno", "yes\rno"],
    "locale": [None, 7, "de-DE", "../en-US", ["en-US"]],
    "device": [None, 7, "toaster", ["speaker"]],
    "session": [None, [], "x", {"number": -1}, {"number": "1"}, {"number": 10**9}, {"attributes": []}],
    "session.choices": [{}, [CHOICE, {}], [{**CHOICE, "id": 7}]],
}


@pytest.mark.parametrize(
    ("field", "value"),
    [(f, v) for f, values in WRONG.items() for v in values],
    ids=lambda value: repr(value)[:40],
)
def test_a_field_of_another_kind_is_refused_by_its_name(client, monkeypatch, field, value):
    monkeypatch.delattr(entry, "handler")
    part, _, name = field.partition(".")
    refused = client.post("/turn", json={**turn(), part: {name: value} if name else value})
    assert refused.status_code == 400
    assert re.match(rf"Not a turn: {field}", refused.json["error"])
    assert refused.json["error"].endswith(".")


@pytest.mark.parametrize(
    "line", ["!dance", "!intent", "!intent X y", '!intent "', "!touch", "!touch nowhere"]
)
def test_a_line_of_nonsense_is_refused_with_what_was_expected(client, line):
    refused = client.post("/turn", json=turn(line, device="hub_small"))
    assert refused.status_code == 400
    assert re.match(r"This line can't be played: .*(expected|quotation|touch)", refused.json["error"])


@pytest.mark.parametrize(
    "attributes", [{}, {"answers": 7}, {"asked": "ask.nothing", "path": [[]], "turn": "x"}]
)
def test_a_broken_session_breaks_nothing(client, attributes):
    told = client.post("/turn", json=turn("yes", session={"number": 3, "attributes": attributes}))
    assert told.status_code == 200
    assert told.json["turn"]["speech"]


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": LOCAL}, {"Origin": LOCAL, "Sec-Fetch-Site": "same-origin"}]
)
def test_the_page_itself_may_ask(client, headers):
    assert client.post("/turn", json=turn(), headers=headers).status_code == 200


def test_nothing_from_outside_is_let_into_the_page(client):
    policy = client.get("/", buffered=True).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not re.search(r"unsafe|https?:|\*", policy)
    for name in sorted(page.FILES.iterdir()):
        assert not re.search(r"(src|href|url\(|from|import\()\W*https?:", name.read_text(encoding="utf-8")), (
            name
        )


def test_what_draws_screens_has_no_origin_and_no_network(client):
    policy = client.get("/screen", buffered=True).headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-scripts;")
    assert "allow-same-origin" not in policy
    assert "connect-src data:;" in policy
    assert not re.search(r"https?:|\*|font-src", policy)


@pytest.mark.parametrize("path", ["/", "/screen", "/icon.svg", "/static/main.js", "/static/base.css"])
def test_its_files_are_served_as_what_they_are(client, path):
    answer = client.get(path, buffered=True)
    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "charset=utf-8" in answer.content_type or "svg" in answer.content_type


@pytest.mark.parametrize(
    "path", ["/static/../page.py", "/static/%2e%2e/page.py", "/static/nothing.js", "/static/"]
)
def test_no_other_file_is_served(client, path):
    refused = client.get(path, buffered=True)
    assert refused.status_code in {404, 405}
    assert refused.json["error"]


def test_without_the_renderer_the_page_is_told_and_a_sentence_says_how_to_get_it(
    client, monkeypatch, tmp_path
):
    monkeypatch.setattr(page, "VIEWHOST", tmp_path)
    assert client.get("/about", buffered=True).json["viewhost"] is False
    missing = client.get("/viewhost.js", buffered=True)
    assert missing.status_code == 404
    assert "make web" in missing.json["error"]


def test_it_offers_each_locale_with_its_number_and_phrases_that_are_understood(client):
    offered = {locale["id"]: locale for locale in client.get("/about", buffered=True).json["locales"]}
    assert sorted(offered) == sorted(locales())
    assert offered["en-GB"]["emergency"] == "Call 999 now"
    for id_, locale in offered.items():
        for phrase in locale["phrases"]:
            assert Device(id_).say(phrase).intent != "AMAZON.FallbackIntent"
