"""Write the review pack, and record that somebody signed it.

python -m tools.review_pack [--out FOLDER] [--record-sign-off "Name, role"]
"""

from __future__ import annotations

import argparse
import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from tools.compile_content import compile_content
from tools.review_pack.gather import gather
from tools.review_pack.signed import SignOff, content_hash, entries, record
from tools.review_pack.spoken import all_sentences
from tools.sources_on_disk import ROOT, ContentError, name_of

TEMPLATES = Path(__file__).parent
OUT = ROOT / "build" / "review-pack"
BLANK_LINES = re.compile(r"\n\s*\n")
MARKDOWN = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>|"})


def render(pack: dict[str, Any]) -> dict[str, str]:
    """The pack's two forms, by file name."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(enabled_extensions=("html.j2", "svg.j2")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters["md"] = lambda text: str(text).translate(MARKDOWN)
    made = {form: env.get_template(f"page.{form}.j2").render(pack) for form in ("html", "md")}
    return {
        "review-pack.html": BLANK_LINES.sub("\n", made["html"]),
        "review-pack.md": BLANK_LINES.sub("\n\n", made["md"]),
    }


def write(out: Path, today: date) -> list[Path]:
    """Write both forms. The content must have been compiled."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in render(gather(today)).items():
        written.append(out / name)
        written[-1].write_text(text, encoding="utf-8")
    return written


def _somebody(text: str) -> str:
    if "," not in text.strip(" ,"):
        raise argparse.ArgumentTypeError('give name and role, as in "Jo Smith, neurologist"')
    return text.strip()


def main(arguments: list[str]) -> int:
    """Compile, record where asked to, and write; or print what is wrong with the content."""
    parser = argparse.ArgumentParser(prog="python -m tools.review_pack", description="Write the review pack.")
    parser.add_argument("--out", type=Path, default=OUT, help="the folder to write to")
    parser.add_argument("--record-sign-off", type=_somebody, metavar='"NAME, ROLE"', help="who signed this")
    given = parser.parse_args(arguments)
    today = datetime.now(tz=UTC).date()
    try:
        facts = compile_content()
        if who := given.record_sign_off:
            covers = entries(facts, all_sentences(facts))
            path = record(SignOff(signed_by=who, signed_on=today, content=content_hash(), entries=covers))
            print(f"recorded in {name_of(path)}; commit it with what was signed")
        written = write(given.out, today)
    except ContentError as error:
        print("The review pack can't be written:", *error.faults, sep="\n  ", file=sys.stderr)
        return 1
    print("wrote", *(name_of(path.resolve()) for path in written))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
