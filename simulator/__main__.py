"""python -m simulator VERB, installed as `twitching`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TextIO

import click

from simulator.device import Device
from simulator.script import ScriptError, play
from simulator.understanding import locales

locale_option = click.option(
    "--locale", default="en-US", show_default=True, type=click.Choice(locales()), help="Which English."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Talk to Skin Twitch Guide without an Echo."""


@main.command()
@click.option("--show", is_flag=True, help="Add level, rule, state, card and screen to each reply.")
@click.option("--speak", is_flag=True, help="Read the replies aloud with the system's voice.")
@locale_option
def talk(show: bool, speak: bool, locale: str) -> None:
    """A conversation in the terminal."""
    from simulator.terminal import converse  # noqa: PLC0415  rich is needed here only

    converse(Device(locale), show=show, speak=speak)


@main.command()
@click.argument("question")
@locale_option
def ask(question: str, locale: str) -> None:
    """One question, one answer."""
    click.echo(Device(locale).say(question).speech)


@main.command("play")
@click.argument("script", type=click.File(encoding="utf-8"))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@locale_option
def play_(script: TextIO, as_json: bool, locale: str) -> None:
    """A script, one utterance a line; - reads it from standard input."""
    try:
        for turn in play(_lines(script), Device(locale)):
            click.echo(turn.to_json() if as_json else f"> {turn.said}\n{turn.speech}\n")
    except ScriptError as error:
        click.echo(f"{script.name}: {error}", err=True)
        sys.exit(2)


def _lines(script: TextIO) -> Iterable[str]:
    return script


if __name__ == "__main__":
    main()
