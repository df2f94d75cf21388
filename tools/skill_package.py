"""interaction_model/ -> interaction_model/skill-package/, which is what Alexa gets.

    python -m tools.skill_package [--check | --blanks]

The package is committed, so that a reviewer sees what Alexa gets; --check fails where it is stale.
--blanks says what the publisher has still to fill in, and fails while there is any.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from twitching.catalogue import ANY_LOCALE

from tools.build_model import models
from tools.facts import CONTENT, read_facts
from tools.icon import ICONS, drawn, same_picture
from tools.manifest_rules import MANIFEST, Package, faults
from tools.sources_on_disk import ROOT, ContentError, name_of
from tools.store import LARGE_ICON, SMALL_ICON, manifest, read_skill, read_store
from tools.utterances import INTERACTION_MODEL
from tools.words import RESPONSES, read_words

PACKAGE = INTERACTION_MODEL / "skill-package"
PAGES = ("privacy", "terms")
MODELS = "interactionModels/custom/"
# Addresses that belong to nobody, for use in examples: RFC 2606.
NOBODYS = re.compile(r"(.*\.)?(example(\.(com|net|org))?|test|invalid|localhost)")
BLANK = re.compile(r"\[[^\]]+\](?!\()")  # in brackets, and no link


def build(root: Path = ROOT) -> Package:
    """The whole package of the project at `root`. Raises ContentError where anything in it is wrong."""
    said = root / INTERACTION_MODEL.name
    facts, skill = read_facts(root / CONTENT.name), read_skill(said)
    places = {locale: place for locale, place in facts.locales.items() if locale != ANY_LOCALE}
    languages = {place.language for place in places.values()}
    of_locale = models(facts, skill.invocation_name, said)
    stores = {language: read_store(language, said) for language in languages}
    words = {language: read_words(language, root / RESPONSES.name) for language in languages}
    about = manifest(skill, stores, places, words)
    files = {
        MANIFEST: _json(about, 1),
        # A sample a line, for the reader of a diff; not indented, since Alexa counts the bytes.
        **{f"{MODELS}{locale}.json": _json(model, 0) for locale, model in of_locale.items()},
        SMALL_ICON: drawn(ICONS["smallIconUri"]),
        LARGE_ICON: drawn(ICONS["largeIconUri"]),
    }
    package = Package(about, of_locale, files, _pages(root))
    if wrong := faults(package):
        raise ContentError(wrong)
    return package


def read(folder: Path = PACKAGE) -> Package:
    """The package as it lies there, which is what Amazon would get; nothing in it is checked."""
    files = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    models = {Path(name).stem: json.loads(held) for name, held in files.items() if name.startswith(MODELS)}
    return Package(json.loads(files[MANIFEST]), models, files, _pages(ROOT))


def _pages(root: Path) -> dict[str, str]:
    """What the store links to."""
    return {name: (root / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in PAGES}


def _json(data: object, indent: int) -> bytes:
    return (json.dumps(data, indent=indent) + "\n").encode()


def stale(package: Package, folder: Path) -> Iterator[Path]:
    """The files in `folder` that aren't what they should be, be it that they are missing or too many."""
    for name, wanted in package.files.items():
        path = folder / name
        same = same_picture if path.suffix == ".png" else bytes.__eq__
        if not path.exists() or not same(path.read_bytes(), wanted):
            yield path
    yield from sorted(
        p for p in folder.rglob("*") if p.is_file() and str(p.relative_to(folder)) not in package.files
    )


def blanks(package: Package) -> Iterator[str]:
    """What only the publisher knows, and hasn't said yet."""
    of = package.inside["privacyAndCompliance"]["locales"].values()
    for host in sorted({urlsplit(a).hostname or "" for addresses in of for a in addresses.values()}):
        if NOBODYS.fullmatch(host):
            yield f"interaction_model/skill.yaml: publisher.pages: {host} is nobody's, expected your own"
    if "endpoint" not in package.inside["apis"]["custom"]:
        yield "interaction_model/skill.yaml: publisher.endpoint: expected the ARN that `make deploy` prints"
    for name, page in package.pages.items():
        for number, line in enumerate(page.splitlines(), start=1):
            yield from (f"docs/{name}.md:{number}: {blank}" for blank in BLANK.findall(line))


def main(arguments: list[str]) -> int:
    """Write the package, or say what is stale or blank."""
    try:
        package = build()
    except ContentError as error:
        print("The skill package can't be built:", *error.faults, sep="\n  ", file=sys.stderr)
        return 1
    if "--blanks" in arguments:
        found = list(blanks(package))
        print(*found or ["Nothing is left for the publisher to fill in."], sep="\n")
        return 1 if found else 0
    old = list(stale(package, PACKAGE))
    if "--check" in arguments:
        for path in old:
            print(f"{name_of(path)} is stale: run `make model` and commit what it writes", file=sys.stderr)
        return 1 if old else 0
    for path in old:
        wanted = package.files.get(str(path.relative_to(PACKAGE)))
        if wanted is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wanted)
        print(f"{'removed' if wanted is None else 'wrote'} {name_of(path)}")
    largest = max(map(len, package.files.values())) / 1e6
    print(f"the package has {len(package.files)} files, {largest:.2f} MB the largest")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
