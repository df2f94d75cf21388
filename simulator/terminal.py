"""`talk`: a conversation in the terminal."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

from rich.console import Console
from rich.panel import Panel

from simulator.device import Device, Heard
from simulator.inside import inside
from simulator.script import ScriptError, play

VOICES = ("espeak-ng", "espeak", "say")
console = Console(highlight=False)


def converse(device: Device, *, show: bool, speak: bool) -> None:
    """Greet, then answer until the skill says goodbye, Ctrl-D or Ctrl-C."""
    voice = next((v for v in VOICES if shutil.which(v)), None) if speak else None
    if speak and voice is None:
        console.print(f"[dim]No voice here (looked for {', '.join(VOICES)}); going on in text.[/dim]")
    console.print("[dim]Skin Twitch Guide, simulated. Not medical advice. Ctrl-D leaves.[/dim]\n")
    _told(device.launch(), device, show=show, voice=voice)
    while device.open:
        try:
            said = console.input("[bold cyan]you[/bold cyan]  ").strip()
        except (EOFError, KeyboardInterrupt):
            console.print()
            device.end()
            return
        if not said:
            continue
        try:
            for turn in play([said], device):
                _told(turn, device, show=show, voice=voice)
        except ScriptError as error:
            console.print(f"[red]{error}[/red]")


def _told(turn: Heard, device: Device, *, show: bool, voice: str | None) -> None:
    console.print(f"[bold green]guide[/bold green]  {turn.speech}\n", soft_wrap=False)
    if show:
        console.print(Panel(_inside(turn, device), title="inside", border_style="dim", expand=False))
    if voice:
        subprocess.run([voice, turn.speech], check=False)  # noqa: S603  a fixed list of voices


def _inside(turn: Heard, device: Device) -> str:
    """Level, rule, state, card and screen."""
    trace = inside(device.attributes)
    lines = {
        "intent": f"{turn.intent} {json.dumps(turn.slots) if turn.slots else ''}",
        "level": turn.level,
        "rule": trace.rule,
        "asks": trace.asks,
        "state": json.dumps(device.attributes),
        "card": turn.card and turn.card.get("title"),
        "screen": turn.screen and _page(turn.screen["datasources"]["screen"]),
        "reprompt": turn.reprompt,
    }
    return "\n".join(f"{name:9} {value}" for name, value in lines.items() if value)


def _page(page: dict[str, Any]) -> str:
    """A page of the screen, as text."""
    lines = [
        page["progress"],
        page["note"],
        page["title"] if page["kind"] != "question" else "",
        page["lead"],
        *(f"- {line}" for line in page["lines"]),
        page["title"] if page["kind"] == "question" else page["ask"],
        " ".join(f"\\[{choice['label']}]" for choice in page["choices"]),
        page["footer"],
    ]
    return f"\n{'':9} ".join(line for line in lines if line)
