"""The flow of the check as a picture, for people who want to see the whole of it: Mermaid or SVG.

The walk through the check and the layout are the review pack's. Here they stand on their own:
with colours, the gates in the boxes, and a legend. Colour never says anything that words don't.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from twitching.catalogue import load_catalogue, load_words
from twitching.speech import plain
from twitching.triage.model import Check, Level, Question

from tools.review_pack.check import either
from tools.review_pack.graph import HEIGHT, Flow, Line, draw, flow
from tools.review_pack.spoken import named

# White text on each can be read by people with weak sight (contrast of 4.5 and more).
COLOURS = {
    Level.EMERGENCY: "#a3211c",
    Level.TODAY: "#a4560b",
    Level.SOON: "#6b5a00",
    Level.SELF_CARE: "#2c6a3a",
}
INK, SOFT, LIGHT, PAPER, QUESTION = "#1d2126", "#59616b", "#c9ced4", "#ffffff", "#f5f3ee"
MARGIN, LINE_HEIGHT, INSET, HEAD = 20, 19, 12, 30
WRAP = 300  # the width of a box in Mermaid, above which its text is broken
FONT = "system-ui, 'Liberation Sans', Arial, sans-serif"
LEFTWARD = re.compile(r"M(\d+) \d+ H(\d+) ")
ENDS_IN = re.compile(r"V(\d+) H\d+$")  # an arrow that ends in a level: at the level's height
TITLE, HOW_TO_READ, ASKED = "The flow of the check", "How to read it", "What the questions ask, in short"


@dataclass(frozen=True)
class Node:
    """A box: a question, when it is asked and what it asks in short, or a level and what is said there."""

    id: str
    name: str
    below: str
    asks: str = ""
    level: Level | None = None


@dataclass(frozen=True)
class Graph:
    """The flow, its boxes by id, and what has to be known to read it."""

    flow: Flow
    nodes: Mapping[str, Node]
    legend: tuple[str, ...]
    numbers: Mapping[str, int]


def graph(locale: str) -> Graph:
    """The check that is compiled, in the locale's words."""
    check, words = load_catalogue().check, load_words(locale)
    numbers = {q.id: n for n, q in enumerate((q for q in check.questions if not q.told), 1)}
    nodes = [
        Node(
            q.id,
            f"{numbers[q.id]}. {named(q.id)}",
            _gate(q, numbers),
            plain(words.ask[f"ask.{q.id}"].reprompt),
        )
        for q in check.questions
        if not q.told
    ]
    nodes += [
        Node(level.id, named(level.id), plain(words.titles[f"level.{level.id}"]), level=level)
        for level in sorted(Level, reverse=True)
    ]
    return Graph(flow(check), {node.id: node for node in nodes}, tuple(_legend(check)), numbers)


def _gate(question: Question, numbers: Mapping[str, int]) -> str:
    """When a question is asked, if not of everybody: "only if 5: yes or not sure"."""
    return "; ".join(
        f"only if {numbers[q]}: {either(answers)}" if q in numbers else f"only if told: {named(q)}"
        for q, answers in question.ask_if.items()
    )


def _legend(check: Check) -> Iterator[str]:
    signs = sum(sign.level is Level.EMERGENCY for sign in check.signs.values())
    yield "A rounded box is a question; they are numbered in the order asked. A square box is a level."
    yield "A question is asked only while its answer could make things more urgent."
    yield "What was told before isn't asked again."
    yield "Not sure is asked again once, in simpler words. Only the second time does it count."
    for question in check.questions:
        if question.told:
            yield f"({named(question.id)}): only where that was told. It is never asked."
    yield (
        f"Not in the picture: each of {signs} warning signs, told at any moment, "
        f"leads to {named(Level.EMERGENCY.id)} at once."
    )


def mermaid(shown: Graph) -> str:
    """The flow for whatever draws Mermaid, such as GitHub."""
    lines = [f'%%{{init: {{"flowchart": {{"wrappingWidth": {WRAP}}}}}}}%%', "flowchart TD"]
    for node in shown.nodes.values():
        if node.level is None:
            parts = (f"<b>{node.name}</b>", node.below and f"<i>{node.below}</i>", node.asks)
            lines.append(f'    {node.id}(["{"<br/>".join(filter(None, parts))}"]):::question')
        else:
            colour = COLOURS[node.level]
            lines.append(f'    {node.id}["<b>{node.name}</b><br/>{node.below}"]')
            lines.append(f"    style {node.id} fill:{colour},stroke:{colour},color:{PAPER}")
    lines += [f'    {arrow.start} -->|"{arrow.label}"| {arrow.end}' for arrow in shown.flow.arrows]
    lines.append(f'    legend["<b>{HOW_TO_READ}</b><br/>{"<br/>".join(shown.legend)}"]')
    lines.append(f"    style legend fill:{PAPER},stroke:{LIGHT},color:{INK}")
    lines.append(f"    classDef question fill:{QUESTION},stroke:{INK},color:{INK}")
    return "\n".join(lines) + "\n"


def svg(shown: Graph) -> str:
    """The flow as a picture that needs nothing else."""
    drawing = draw(shown.flow, shown.numbers)
    asked = [f"{shown.numbers[node.id]}. {node.asks}" for node in shown.nodes.values() if node.asks]
    legend = [HOW_TO_READ, *shown.legend, "", ASKED, *asked]
    width = drawing.width + 2 * MARGIN
    height = drawing.height + HEAD + 3 * MARGIN + LINE_HEIGHT * len(legend)
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width} {height}",
            "width": f"{width}",
            "height": f"{height}",
            "font-family": FONT,
            "role": "img",
        },
    )
    ET.SubElement(root, "title").text = TITLE
    told = (f"{named(a.start)}, {a.label}: {named(a.end)}." for a in shown.flow.arrows)
    ET.SubElement(root, "desc").text = " ".join(told)
    heads = ET.SubElement(root, "defs")
    for colour in (SOFT, *COLOURS.values()):
        _arrowhead(heads, colour)
    ET.SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": PAPER})
    _text(root, MARGIN, MARGIN + 8, TITLE, {"font-size": "17", "font-weight": "600"})
    picture = ET.SubElement(root, "g", {"transform": f"translate({MARGIN} {MARGIN + HEAD})"})
    levels = {str(box.line): shown.nodes[box.id].level for box in drawing.boxes if box.is_level}
    for line in drawing.lines:
        ends = ENDS_IN.search(line.path)
        level = levels.get(ends[1]) if ends else None
        colour = SOFT if level is None else COLOURS[level]
        style = {"fill": "none", "stroke": colour, "stroke-width": "1.3"}
        ET.SubElement(picture, "path", {"d": line.path, "marker-end": f"url(#{_head(colour)})", **style})
    for line in drawing.lines:
        halo = {"font-size": "12", "stroke": PAPER, "stroke-width": "4", "paint-order": "stroke"}
        _text(picture, _label_x(line), line.y, line.label, halo)
    for box in drawing.boxes:
        _box(picture, shown.nodes[box.id], box.x, box.line, box.width)
    for n, text in enumerate(legend):
        weight = "600" if text in (HOW_TO_READ, ASKED) else "400"
        y = drawing.height + HEAD + 3 * MARGIN + n * LINE_HEIGHT
        _text(root, MARGIN, y, text, {"font-size": "12", "font-weight": weight})
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"


def _label_x(line: Line) -> int:
    """Where a label begins: on its arrow, also where that leaves to the left."""
    leaves = LEFTWARD.match(line.path)
    if leaves and int(leaves[2]) < int(leaves[1]):
        return int(leaves[2]) + 8
    return line.x


def _head(colour: str) -> str:
    return f"head-{colour.removeprefix('#')}"


def _arrowhead(parent: ET.Element, colour: str) -> None:
    shape = {"viewBox": "0 0 8 8", "refX": "7", "refY": "4", "markerWidth": "7", "markerHeight": "7"}
    marker = ET.SubElement(parent, "marker", {"id": _head(colour), "orient": "auto", **shape})
    ET.SubElement(marker, "path", {"d": "M0 0 L8 4 L0 8 z", "fill": colour})


def _box(parent: ET.Element, node: Node, x: int, middle: int, width: int) -> None:
    is_level = node.level is not None
    fill, ink = (COLOURS[node.level], PAPER) if node.level is not None else (QUESTION, INK)
    group = ET.SubElement(parent, "g", {"class": "level" if is_level else "question", "id": node.id})
    frame = {"fill": fill, "stroke": fill if is_level else INK, "stroke-width": "1.2"}
    size = {"x": f"{x}", "y": f"{middle - HEIGHT // 2}", "width": f"{width}", "height": f"{HEIGHT}"}
    ET.SubElement(group, "rect", {**size, "rx": "2" if is_level else "10", **frame})
    weight = {"font-size": "13.5", "font-weight": "600" if is_level else "400", "fill": ink}
    _text(group, x + INSET, middle - 3 if node.below else middle + 5, node.name, weight)
    if node.below:
        _text(group, x + INSET, middle + 14, node.below, {"font-size": "12", "fill": ink})


def _text(parent: ET.Element, x: int, y: int, text: str, style: Mapping[str, str]) -> None:
    ET.SubElement(parent, "text", {"x": f"{x}", "y": f"{y}", "fill": INK, **style}).text = text
