"""The picture of the check shows what the engine does, and can be read in black and white."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from twitching.catalogue import load_catalogue
from twitching.triage.model import Level
from twitching.triage.soundness import paths, volunteered

from simulator import graph
from simulator.__main__ import main

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*options):
    result = CliRunner().invoke(main, ["graph", *options])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def shown():
    return graph.graph("en-US")


@pytest.fixture(scope="module")
def picture(shown):
    return ET.fromstring(graph.svg(shown))


def texts(picture):
    return [element.text for element in picture.iter(f"{SVG}text") if element.text]


def group(picture, id_):
    (found,) = [g for g in picture.iter(f"{SVG}g") if g.get("id") == id_]
    return found


def test_it_has_every_step_that_the_engine_can_take_and_no_other():
    check = load_catalogue().check
    steps = set()
    for told in volunteered(check):
        for way in paths(check, told):
            stops = [*(question for question, _ in way.answers), way.level.id]
            steps |= set(pairwise(stops))
    arrows = re.findall(r'^    (\w+) -->\|"[^"]+"\| (\w+)$', drawn(), re.MULTILINE)
    assert set(arrows) == steps
    assert len(arrows) == len(steps)


def test_both_forms_name_every_question_in_order_and_every_level(picture):
    check = load_catalogue().check
    questions = [q.id.replace("_", " ") for q in check.questions if not q.told]
    numbered = [f"{number}. {name}" for number, name in enumerate(questions, 1)]
    in_svg = [t for t in texts(picture) if t in numbered]
    in_mermaid = re.findall(r"<b>(\d+\. [^<]+)</b>", drawn())
    assert in_svg == in_mermaid == numbered
    for level in Level:
        name = level.id.replace("_", " ")
        assert name in texts(picture)
        assert f"<b>{name}</b><br/>" in drawn()
    assert "Call 911 now" in texts(picture)


def test_a_question_that_not_everybody_is_asked_says_when_it_is(picture):
    for question, gate in (
        ("child_movement", "only if told: child"),
        ("weakness", "only if 5: yes or not sure"),
    ):
        assert gate in [t.text for t in group(picture, question).iter(f"{SVG}text")]
        assert f"<i>{gate}</i>" in drawn()


def test_each_level_has_a_colour_of_its_own_and_so_have_the_arrows_that_lead_there(shown, picture):
    assert len(set(graph.COLOURS.values())) == len(Level)
    for level, colour in graph.COLOURS.items():
        assert group(picture, level.id).find(f"{SVG}rect").get("fill") == colour
        assert f"style {level.id} fill:{colour}" in drawn()
        arrows = [path for path in picture.iter(f"{SVG}path") if path.get("stroke") == colour]
        assert len(arrows) == sum(arrow.end == level.id for arrow in shown.flow.arrows)


@pytest.mark.parametrize("colour", graph.COLOURS.values())
def test_white_on_each_colour_can_be_read_with_weak_sight(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5


def test_the_legend_tells_what_the_picture_cannot_show(picture):
    signs = [s for s in load_catalogue().check.signs.values() if s.level is Level.EMERGENCY]
    for form in (" ".join(texts(picture)), drawn()):
        assert "How to read it" in form
        assert f"each of {len(signs)} warning signs, told at any moment" in form
        assert "(child): only where that was told" in form
        assert "A hit to the head, a poison" in form  # what a question asks, in short


def test_no_label_leaves_the_picture_or_its_box(picture):
    """Counted in broad letters; what fits so fits in any font."""
    wide, high = float(picture.get("width")), float(picture.get("height"))
    for text in picture.iter(f"{SVG}text"):
        size = float(text.get("font-size"))
        if text.text:
            assert float(text.get("x")) + len(text.text) * size * 0.55 <= wide, text.text
            assert 0 < float(text.get("y")) <= high - 8
    for node in picture.iter(f"{SVG}g"):
        for text in node.findall(f"{SVG}text") if node.get("id") else []:
            rect = node.find(f"{SVG}rect")
            inside = float(rect.get("x")) + float(rect.get("width")) - float(text.get("x"))
            assert len(text.text) * float(text.get("font-size")) * 0.5 <= inside, text.text


def test_a_label_is_on_its_arrow_also_where_that_leaves_to_the_left(shown, picture):
    """Left of the box of a side step, not beyond it."""
    rect = group(picture, "child_movement").find(f"{SVG}rect")
    (back,) = [
        text
        for text in picture.iter(f"{SVG}text")
        if text.text == "no (child)" and abs(float(text.get("y")) - float(rect.get("y")) - 43) < 12
    ]
    assert float(back.get("x")) < float(rect.get("x"))


def test_the_picture_needs_nothing_else(picture):
    assert not [
        element.tag
        for element in picture.iter()
        if element.tag in (f"{SVG}image", f"{SVG}script", f"{SVG}use")
    ]
    text = ET.tostring(picture, encoding="unicode")
    assert "var(" not in text
    assert "None" not in text
    assert set(re.findall(r"https?://[^\"]+", text)) == {"http://www.w3.org/2000/svg"}


def test_it_speaks_the_locales_words():
    assert "Call 999 now" in drawn("--locale", "en-GB")
    assert "911" not in drawn("--locale", "en-GB", "--format", "svg")


@pytest.mark.parametrize(
    ("name", "options", "begins"),
    [
        ("check.svg", [], "<svg"),
        ("check.mmd", [], "%%{init"),
        ("check.txt", ["--format", "svg"], "<svg"),
        ("check.svg", ["--format", "mermaid"], "%%{init"),
    ],
)
def test_a_file_is_written_in_the_form_that_its_name_or_the_option_says(tmp_path, name, options, begins):
    assert drawn("--out", str(tmp_path / name), *options) == ""
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
