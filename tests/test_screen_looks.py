"""How a page looks: by its colours, by Amazon's checker of APL, and as Amazon's renderer draws it."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from twitching.screen import load_document

from simulator.kinds import KINDS, OTHER_SIZES
from tools.screens.replies import REPLIES, played
from tools.screens.viewhost import viewhost, why_not

APL = Path(__file__).parent / "apl"
DOCUMENT = load_document()
COLORS = DOCUMENT["resources"][0]["colors"]
TEXT_AA, EDGE_AA = 4.5, 3.0  # WCAG 2.1, 1.4.3 and 1.4.11
ON = {  # what is written or drawn on what
    "night": ["paper", "quiet", "accent"],
    "surface": ["paper"],
    "accent": ["onAccent"],
    "emergency": ["onEmergency"],
    "today": ["onToday"],
    "soon": ["onSoon"],
    "selfCare": ["onSelfCare"],
}
EDGES = [("night", "rim"), ("surface", "rim"), ("night", "accent"), ("track", "accent")]


def luminance(color):
    def linear(channel):
        return channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(color[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted(luminance(COLORS[name]) for name in (one, other))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("ground", "ink"), [(ground, ink) for ground, inks in ON.items() for ink in inks])
def test_what_is_written_can_be_read(ground, ink):
    assert contrast(ground, ink) >= TEXT_AA


@pytest.mark.parametrize(("ground", "edge"), EDGES)
def test_what_can_be_touched_and_how_far_it_is_can_be_seen(ground, edge):
    assert contrast(ground, edge) >= EDGE_AA


def test_every_colour_is_among_those_that_are_measured():
    used = {name for name in COLORS if f"@{name}" in without_resources()}
    measured = {*ON, *(ink for inks in ON.values() for ink in inks), *(c for pair in EDGES for c in pair)}
    assert used == measured == set(COLORS)
    grounds = set(re.findall(r'"backgroundColor": "@(\w+)"', without_resources()))
    assert grounds <= {"surface", "accent", "track"}


def test_no_colour_stands_outside_the_resources():
    drawn = re.sub(r'"default": "#\w+"', "", without_resources())
    assert re.findall(r"#[0-9A-Fa-f]{6}", drawn) == []


def test_a_level_has_a_sign_of_its_own_beside_its_colour():
    paths = [
        json.dumps(DOCUMENT["graphics"][level]["items"])
        for level in ("emergency", "today", "soon", "self_care")
    ]
    assert len(set(paths)) == 4


def test_the_document_is_large_print():
    sizes = [resource["dimensions"] for resource in DOCUMENT["resources"] if "dimensions" in resource]
    assert min(s["small"] for s in sizes if "small" in s) >= 20
    assert min(s["text"] for s in sizes if "text" in s) >= 22
    assert min(s["choice"] for s in sizes if "choice" in s) >= 48  # a finger


def without_resources():
    return json.dumps({**DOCUMENT, "resources": []})


@pytest.mark.skipif(
    not (shutil.which("node") and (APL / "node_modules" / "ready").exists()),
    reason="Amazon's checker of APL isn't installed: `make test` does that, with npm",
)
def test_amazons_checker_finds_nothing():
    def found(document):
        checked = subprocess.run(
            ["node", APL / "check.cjs"],
            input=json.dumps(document),
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(checked.stdout)

    assert found(DOCUMENT) == []
    wrong = json.loads(json.dumps(DOCUMENT))
    wrong["layouts"]["Alone"]["item"]["justifyContent"] = "middle"
    assert found(wrong)


# --- drawn -------------------------------------------------------------------------------------

drawn = pytest.mark.skipif(why_not() is not None, reason=str(why_not()))
SHOWN = ("question_1", "topic", "how_long_weak", "today", "emergency", "what_next")
SIZES = {name: kind for name, kind in {**KINDS, **OTHER_SIZES}.items() if kind}


@pytest.fixture(scope="module")
def host():
    with viewhost() as found:
        yield found


@pytest.fixture(scope="module")
def screens():
    return {name: played(name, "en-US", "hub_small").screen for name in REPLIES}


def what_can_be_seen(host):
    """Each piece of text with the rectangle in which it is seen, as left, top, right, bottom."""
    return host.page.evaluate(
        """() => {
          const seen = [];
          const walk = document.createTreeWalker(document.getElementById("view"), NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const range = document.createRange();
            range.selectNodeContents(walk.currentNode);
            for (const r of range.getClientRects()) {
              let [left, top, right, bottom] = [r.left, r.top, r.right, r.bottom];
              for (let e = walk.currentNode.parentElement; e && e.id !== "view"; e = e.parentElement) {
                if (!/hidden|auto|scroll/.test(getComputedStyle(e).overflowY)) continue;
                const b = e.getBoundingClientRect();
                left = Math.max(left, b.left), right = Math.min(right, b.right);
                top = Math.max(top, b.top), bottom = Math.min(bottom, b.bottom);
              }
              if (right - left > 1 && bottom - top > 1)
                seen.push([walk.currentNode.data, left, top, right, bottom]);
            }
          }
          return seen;
        }"""
    )


@drawn
@pytest.mark.parametrize("size", SIZES)
def test_what_is_written_stays_on_the_screen(host, screens, size):
    kind = SIZES[size]
    width, height = kind.width, kind.height
    for name in SHOWN:
        host.show(screens[name], kind)
        seen = what_can_be_seen(host)
        page = screens[name]["datasources"]["screen"]
        written = " ".join(text for text, *_ in seen)
        assert all(word in written for word in page["title"].split())
        for choice in page["choices"]:
            assert all(word in written for word in choice["label"].split())
        for text, left, top, right, bottom in seen:
            assert 0 <= left < right <= width, (name, text)
            assert 0 <= top < bottom <= height, (name, text)
            if kind.shape == "ROUND":
                corners = [
                    (x - width / 2, y - height / 2) for x in (left, right) for y in (top + 4, bottom - 4)
                ]
                assert all(x * x + y * y <= (width / 2) ** 2 for x, y in corners), (name, text)


@drawn
@pytest.mark.parametrize("size", SIZES)
def test_what_is_listed_in_a_question_is_seen_whole(host, screens, size):
    for name in ("question_1", "question_2", "question_3", "question_4", "question_last"):
        host.show(screens[name], SIZES[size])
        written = " ".join(text for text, *_ in what_can_be_seen(host))
        for line in screens[name]["datasources"]["screen"]["lines"]:
            assert line.split()[-1] in written, (name, line)


@drawn
@pytest.mark.parametrize("size", ["hub_small", "round"])
def test_a_touch_sends_what_the_skill_expects_and_only_once(host, screens, size):
    for name in ("question_1", "how_long_weak"):
        page = screens[name]["datasources"]["screen"]
        host.show(screens[name], SIZES[size])
        host.touch("Not sure")
        host.touch(page["choices"][0]["label"].split()[0], tries=2)
        assert host.touches() == [[page["token"], "unsure"]]
