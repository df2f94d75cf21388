"""Is the artefact what the sources say today? `make deploy` ships nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools import skill_package
from tools.aws.build import COMPILED, DEPLOYED, ROOT
from tools.compile_content import compile_content
from tools.sources_on_disk import ContentError

PACKAGE = COMPILED.parent
REBUILD = "run `make build`"


def faults(artefact: Path = DEPLOYED, package: Path = PACKAGE) -> Iterator[str]:
    """Each file of the artefact that is missing, stale or too much; and what is stale of the package."""
    with tempfile.TemporaryDirectory() as folder:
        compiled = Path(folder, COMPILED.name)
        try:
            compile_content(into=compiled)
            listed = skill_package.build()
        except ContentError as error:
            yield from error.faults
            return
        code = {path: text for path, text in _files(package).items() if path.parts[0] != COMPILED.name}
        content = {Path(COMPILED.name, path): text for path, text in _files(compiled).items()}
    found = _files(artefact / package.name)
    yield from _differences(code | content, found)
    for path in found:
        if path.suffix == ".py" and not _has_bytecode(artefact / package.name / path):
            yield f"{path} has no bytecode in the artefact: {REBUILD}"
    for path in skill_package.stale(listed, skill_package.PACKAGE):
        yield f"{path.relative_to(ROOT)} is stale: run `make model` and commit what it writes"


def _differences(wanted: dict[Path, bytes], found: dict[Path, bytes]) -> Iterator[str]:
    if not found:
        yield f"nothing is built: {REBUILD}"
        return
    for path in sorted({*wanted, *found}):
        if path not in found:
            yield f"{path} is missing in the artefact: {REBUILD}"
        elif path not in wanted:
            yield f"{path} is in the artefact and in no source: {REBUILD}"
        elif found[path] != wanted[path]:
            yield f"{path} is stale in the artefact: {REBUILD}"


def _files(folder: Path) -> dict[Path, bytes]:
    """What lies in the folder, without bytecode."""
    return {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def _has_bytecode(source: Path) -> bool:
    return any((source.parent / "__pycache__").glob(f"{source.stem}.*.pyc"))
