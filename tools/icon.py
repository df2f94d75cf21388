"""The icon's drawing -> the pictures that the store takes, and whether they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import resvg_py
from PIL import Image, ImageChops, UnidentifiedImageError

from tools.utterances import INTERACTION_MODEL

DRAWING = INTERACTION_MODEL / "icon.svg"
ICONS = {"smallIconUri": 108, "largeIconUri": 512}
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


def icons(listing: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[str]:
    """The two icons, in their sizes."""
    for key, size in ICONS.items():
        picture = files.get(listing[key].removeprefix("file://"))
        found = _kind(picture) if picture is not None else "missing"
        if found != f"PNG {size} x {size}":
            yield f"{key} is {found}, expected PNG {size} x {size}"


def _kind(picture: bytes) -> str:
    try:
        image = Image.open(BytesIO(picture))
    except UnidentifiedImageError:
        return "no picture"
    return f"{image.format} {image.width} x {image.height}"
