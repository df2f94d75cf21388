"""The icon's drawing -> the pictures that the store takes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import resvg_py
from PIL import Image, ImageChops

from tools.utterances import INTERACTION_MODEL

DRAWING = INTERACTION_MODEL / "icon.svg"
SHADE = 4  # of 255: processors round differently at the edge of a line


def drawn(size: int, drawing: Path = DRAWING) -> bytes:
    """The drawing as a PNG of this width and height."""
    picture = resvg_py.svg_to_bytes(svg_path=str(drawing), width=size, height=size, skip_system_fonts=True)
    return bytes(picture)


def same_picture(one: bytes, other: bytes) -> bool:
    """Do they look alike, to a shade that nobody can see?"""
    a, b = (Image.open(BytesIO(picture)).convert("RGBA") for picture in (one, other))
    if a.size != b.size:
        return False
    difference = ImageChops.difference(a, b).getextrema()
    return all(most <= SHADE for _, most in difference)  # type: ignore[misc]
