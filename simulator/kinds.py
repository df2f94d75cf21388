"""The devices that can be simulated, and what each tells a skill of its screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

APL = "Alexa.Presentation.APL"
VERSION = "1.4"  # what the viewhost that draws our pages can do; today's devices claim more


@dataclass(frozen=True)
class Kind:
    """A device with a screen: its size in pixels, as an Echo of that kind sends it."""

    mode: str
    shape: str
    width: int
    height: int
    dpi: int
    touch: bool = True

    def supported_interfaces(self) -> dict[str, Any]:
        """context.System.device.supportedInterfaces."""
        return {APL: {"runtime": {"maxVersion": VERSION}}}

    def context(self) -> dict[str, Any]:
        """What stands in the request's context besides System."""
        size = {"pixelWidth": self.width, "pixelHeight": self.height}
        return {
            "Viewport": {
                "experiences": [{"arcMinuteWidth": 246, "arcMinuteHeight": 144, "canRotate": False}],
                "mode": self.mode,
                "shape": self.shape,
                **size,
                "currentPixelWidth": self.width,
                "currentPixelHeight": self.height,
                "dpi": self.dpi,
                **({"touch": ["SINGLE"]} if self.touch else {"keyboard": ["DIRECTION"]}),
            },
            "Viewports": [
                {
                    "type": "APL",
                    "id": "main",
                    "shape": self.shape,
                    "dpi": self.dpi,
                    "presentationType": "STANDARD",
                    "canRotate": False,
                    "configuration": {
                        "current": {"mode": self.mode, "size": {"type": "DISCRETE", **size}},
                    },
                }
            ],
        }


SPEAKER = "speaker"
KINDS: dict[str, Kind | None] = {
    SPEAKER: None,
    "hub_small": Kind("HUB", "RECTANGLE", 1024, 600, 160),  # Echo Show of the first two generations
    "hub_large": Kind("HUB", "RECTANGLE", 1280, 800, 160),  # Echo Show 8 and 10
    "round": Kind("HUB", "ROUND", 480, 480, 160),  # Echo Spot
    "tv": Kind("TV", "RECTANGLE", 1920, 1080, 320, touch=False),  # Fire TV
}
WITH_SCREEN = tuple(name for name, kind in KINDS.items() if kind)
DEFAULT = "hub_small"
# Sizes that our pages are drawn in besides, and that the skill claims to support.
OTHER_SIZES = {
    "hub_low": Kind("HUB", "RECTANGLE", 960, 480, 160),  # Echo Show 5
    "hub_very_large": Kind("HUB", "RECTANGLE", 1920, 1080, 160),  # Echo Show 15
}
