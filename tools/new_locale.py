"""Begins a locale, and says what it still lacks.

    python -m tools.new_locale en-CA

A locale of a language that is there already needs a number to call, and the words that differ. A new
language begins as a copy of the English files, each with a head that says what to translate; the
build refuses a file as long as it has that head.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from twitching.catalogue import ANY_LOCALE

from tools.alexa_locales import LOCALES
from tools.compile_content import compile_content
from tools.facts import CONTENT, read_facts
from tools.skill_package import build
from tools.sources_on_disk import ROOT, TO_TRANSLATE, ContentError
from tools.utterances import INTERACTION_MODEL
from tools.words import RESPONSES

COPIED = {
    RESPONSES.name: "Translate what is spoken. The ids before the colon and the {{ words }} stay.",
    INTERACTION_MODEL.name: "Write what people say there, under the same ids, rather than word for word.",
}


def begin(locale: str, root: Path = ROOT) -> list[Path]:
    """Enter the locale and, for a new language, copy its folders; all paths that were written.

    Raises ContentError, and writes nothing, where Alexa doesn't have the locale or anything of it is there.
    """
    if locale not in LOCALES:
        raise ContentError([f"{locale!r} is no locale of Alexa's; it has {', '.join(LOCALES)}"])
    facts = read_facts(root / CONTENT.name)
    if locale in facts.locales:
        raise ContentError([f"{locale} is in content/locales.yaml already"])
    language = locale.split("-", maxsplit=1)[0]
    folders = [root / name / language for name in COPIED]
    is_new = language not in {place.language for place in facts.locales.values()}
    if is_new and (there := [folder for folder in folders if folder.exists()]):
        raise ContentError([f"{folder.relative_to(root)} is there already" for folder in there])
    places = root / CONTENT.name / "locales.yaml"
    places.write_text(
        f"{places.read_text(encoding='utf-8').rstrip()}\n"
        f"  {locale}:\n    language: {language}\n    numbers: {{}}\n",
        encoding="utf-8",
    )
    if not is_new:
        return [places]
    for folder in folders:
        _copy(folder.with_name(ANY_LOCALE), folder, COPIED[folder.parent.name])
    return [places, *folders]


def _copy(of: Path, into: Path, what: str) -> None:
    shutil.copytree(of, into)
    for path in into.rglob("*.yaml"):
        head = f"{TO_TRANSLATE} from {of.name} into {into.name}. {what}\n# Then take out these two lines.\n"
        path.write_text(head + path.read_text(encoding="utf-8"), encoding="utf-8")


def lacking(root: Path = ROOT) -> list[str]:
    """What the build finds wrong with content, words and what people say."""
    found: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        for made in (
            lambda: compile_content(root / CONTENT.name, root / RESPONSES.name, Path(scratch) / "compiled"),
            lambda: build(root),
        ):
            try:
                made()
            except ContentError as error:
                found += error.faults
    return list(dict.fromkeys(found))


def main(arguments: list[str]) -> int:
    """Begin the locale, and say what comes next."""
    if len(arguments) != 1:
        print("Name one locale: make new-locale LOCALE=de-DE", file=sys.stderr)
        return 2
    try:
        written = begin(arguments[0])
    except ContentError as error:
        print(*error.faults, sep="\n", file=sys.stderr)
        return 1
    print(*(f"wrote {path.relative_to(ROOT)}" for path in written), sep="\n")
    print("What is missing:", *lacking(), sep="\n  ")
    print("How to go on: docs/how-to-add.md, A locale")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
