"""content/ and responses/ -> lambda/twitching/_compiled/, or a list of what is wrong with them.

python -m tools.compile_content
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import DictLoader
from twitching.catalogue import COMPILED
from twitching.speech import environment
from twitching.triage.soundness import faults

from tools import article
from tools.agreement import disagreements, missing_numbers
from tools.facts import CONTENT, Facts, grounds, read_facts
from tools.render import Rendered, render_all
from tools.screen_content import screen_files
from tools.sources_on_disk import ContentError, language_faults
from tools.the_check import check_of, written_down
from tools.words import RESPONSES, read_words


def compile_content(content: Path = CONTENT, responses: Path = RESPONSES, into: Path = COMPILED) -> Facts:
    """Check everything, then write it. Raises ContentError and writes nothing where anything is wrong."""
    facts = read_facts(content)
    languages = sorted({place.language for place in facts.locales.values()})
    if wrong := [fault for language in languages for fault in language_faults(responses / language)]:
        raise ContentError(wrong + missing_numbers(facts))
    words = {language: read_words(language, responses) for language in languages}
    wrong = [
        *disagreements(facts, words, datetime.now(tz=UTC).date()),
        *article.disagreements(facts, article.read_article(content)),
    ]
    wrong = wrong or [f"content/check.yaml: {fault}" for fault in faults(check_of(facts))]
    if wrong:
        raise ContentError(wrong)
    rendered = render_all(facts, words)
    if wrong := list(dict.fromkeys(fault for made in rendered for fault in made.faults)):
        raise ContentError(wrong)
    said = frozenset({*rendered[0].say, *rendered[0].told})
    _write(into, facts, rendered, screen_files(facts, words, said, content, responses))
    return facts


def _catalogue(facts: Facts, rendered: Rendered) -> dict[str, Any]:
    """What catalogue.load_catalogue reads back."""
    return {
        "check": written_down(facts),
        "topics": {
            id_: {
                "breaths": [[s.id for s in breath] for breath in topic.breaths],
                **topic.model_dump(include={"near", "offers_check", "tells", "again"}),
            }
            for id_, topic in facts.topics.items()
        },
        "spans": facts.spans,
        "persons": {id_: person.child for id_, person in facts.persons.items()},
        "locales": list(facts.locales),
        "sentences": sorted({*rendered.say, *rendered.told}),
        "prompts": sorted(rendered.ask),
    }


def _write(into: Path, facts: Facts, rendered: list[Rendered], screen: dict[str, Any]) -> None:
    """What is there already stays untouched: somebody may be reading it."""
    into.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into.parent) as folder:
        fresh = Path(folder) / into.name
        _write_anew(fresh, facts, rendered)
        (fresh / "screen").mkdir()
        for name, data in screen.items():
            _write_json(fresh / "screen" / name, data)
        if _files(fresh) != _files(into):
            shutil.rmtree(into, ignore_errors=True)
            fresh.rename(into)


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def _write_anew(into: Path, facts: Facts, rendered: list[Rendered]) -> None:
    (into / "words").mkdir(parents=True)
    _write_json(into / "catalogue.json", _catalogue(facts, rendered[0]))
    _write_json(
        into / "grounds.json",
        {id_: [g.sources, f"{g.reviewed.year}-{g.reviewed.month}"] for id_, g in grounds(facts).items()},
    )
    for made in rendered:
        _write_json(
            into / "words" / f"{made.locale}.json",
            {
                "say": made.say,
                "ask": made.ask,
                "about": made.about,
                "titles": made.titles,
                "told": {id_: fact for id_, (fact, _) in made.told.items()},
                "units": made.units,
            },
        )
        env = environment(DictLoader({id_: source for id_, (_, source) in made.told.items()}))
        env.compile_templates(into / "templates" / made.locale, zip=None, ignore_errors=False)


def _write_json(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def main() -> int:
    """Compile, or print what is wrong, a line each."""
    try:
        facts = compile_content()
    except ContentError as error:
        print("The content can't be compiled:", *error.faults, sep="\n  ", file=sys.stderr)
        return 1
    statements = sum(len(b) for t in facts.topics.values() for b in t.breaths)
    print(f"compiled {len(facts.topics)} topics, {statements} statements, {len(facts.locales)} locales")
    return 0


if __name__ == "__main__":
    sys.exit(main())
