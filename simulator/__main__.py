"""python -m simulator VERB, installed as `twitching`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

import click
from twitching.entry import AT_A_LOSS

from simulator.device import Device
from simulator.kinds import DEFAULT, KINDS
from simulator.script import ScriptError, play
from simulator.understanding import locales

locale_option = click.option(
    "--locale", default="en-US", show_default=True, type=click.Choice(locales()), help="Which English."
)

device_option = click.option(
    "--device", "kind", default=DEFAULT, show_default=True, type=click.Choice(list(KINDS)), help="Which Echo."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Talk to Skin Twitch Guide without an Echo."""


@main.command()
@click.option("--show", is_flag=True, help="Add level, rule, state, card and screen to each reply.")
@click.option("--speak", is_flag=True, help="Read the replies aloud with the system's voice.")
@locale_option
@device_option
def talk(show: bool, speak: bool, locale: str, kind: str) -> None:
    """A conversation in the terminal."""
    from simulator.terminal import converse  # noqa: PLC0415  rich is needed here only

    converse(Device(locale, kind=kind), show=show, speak=speak)


@main.command()
@click.argument("question")
@locale_option
@device_option
def ask(question: str, locale: str, kind: str) -> None:
    """One question, one answer."""
    click.echo(Device(locale, kind=kind).say(question).speech)


@main.command("play")
@click.argument("script", type=click.File(encoding="utf-8"))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@locale_option
@device_option
def play_(script: TextIO, as_json: bool, locale: str, kind: str) -> None:
    """A script, one utterance a line; - reads it from standard input."""
    try:
        broke = False
        for turn in play(script, Device(locale, kind=kind)):
            click.echo(turn.to_json() if as_json else f"> {turn.said}\n{turn.speech}\n")
            broke = broke or AT_A_LOSS in turn.speech
    except ScriptError as error:
        click.echo(f"{script.name}: {error}", err=True)
        sys.exit(2)
    if broke:
        click.echo("The skill broke: see the line on standard error that says where.", err=True)
        sys.exit(1)


@main.command()
@click.option(
    "--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one."
)
def web(port: int) -> None:
    """The page that simulates an Echo, on this machine alone; Alexa requests go to /skill."""
    from simulator.web import server  # noqa: PLC0415  flask is needed here only

    serving = server(port)
    at = f"http://{serving.host}:{serving.port}"
    click.echo(f"Open {at}/ in a browser. {at}/skill takes Alexa requests, unsigned. Ctrl-C ends it.")
    serving.serve_forever()


@main.command("graph")
@click.option(
    "--format", "form", type=click.Choice(["mermaid", "svg"]), help="As the file is named, or mermaid."
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write; else it is printed."
)
@locale_option
def graph_(form: str | None, out: Path | None, locale: str) -> None:
    """The flow of the check: questions, answers, levels."""
    from simulator import graph  # noqa: PLC0415  the build's tools are needed here only

    form = form or ("svg" if out and out.suffix == ".svg" else "mermaid")
    shown = graph.graph(locale)
    text = graph.svg(shown) if form == "svg" else graph.mermaid(shown)
    if out:
        out.write_text(text, encoding="utf-8")
    else:
        click.echo(text, nl=False)


@main.command("nlu")
@click.option("--labels", type=click.Path(path_type=Path), help="A labelled file; else the project's own.")
@click.option(
    "--show",
    multiple=True,
    type=click.Choice(["meanings", "misses", "conflicts", "cross"]),
    help="Precision and recall of each meaning; what wasn't understood; what can't be told apart; "
    "the model against itself, each sample left out (some minutes).",
)
@locale_option
def nlu_(labels: Path | None, show: tuple[str, ...], locale: str) -> None:
    """How well the interaction model is understood."""
    from tools.nlu.report import report_on  # noqa: PLC0415  the build's tools are needed here only

    sys.exit(report_on(labels, show, locale))


@main.command("preflight")
def preflight_() -> None:
    """What Amazon's testers will look at, in every locale; 1 where anything is red."""
    from tools.preflight.table import preflight  # noqa: PLC0415  the build's tools are needed here only

    sys.exit(preflight())


if __name__ == "__main__":
    main()
