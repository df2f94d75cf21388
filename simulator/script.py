"""Scripts: one utterance a line, as `twitching play` takes them."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator

from simulator.device import Device, Heard


class ScriptError(Exception):
    """A line that can't be played: which one, and what was expected."""


def play(lines: Iterable[str], device: Device) -> Iterator[Heard]:
    """Play the lines, a turn each. Raises ScriptError at a command that doesn't exist."""
    for number, line in enumerate(lines, start=1):
        try:
            turn = play_line(line, device)
        except ScriptError as error:
            raise ScriptError(f"line {number}: {error}") from None
        if turn:
            yield turn


def play_line(line: str, device: Device) -> Heard | None:
    """Play one line; None where it makes no turn. Raises ScriptError at a command that doesn't exist."""
    text = line.strip()
    if not text or text.startswith("#"):
        return None
    return _command(text, device) if text.startswith("!") else device.say(text)


def _command(text: str, device: Device) -> Heard | None:
    try:
        command, *words = shlex.split(text)
    except ValueError as error:
        raise ScriptError(f"{error}: {text}") from None
    if command == "!launch":
        return device.launch(text)
    if command == "!end":
        return device.end()
    if command == "!new":
        device.new()
        return None
    if command == "!touch" and words:
        try:
            return device.touch_choice(" ".join(words), text)
        except LookupError as error:
            raise ScriptError(str(error)) from None
    if command == "!intent" and words:
        name, *slots = words
        pairs = [slot.partition("=") for slot in slots]
        if all(equals for _, equals, _ in pairs):
            return device.intent(name, said=text, **{slot: value for slot, _, value in pairs})
    known = "!launch, !end, !new, !touch Yes or !intent Name slot=value"
    raise ScriptError(f"expected {known}: {text}")
