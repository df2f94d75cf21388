"""Reads what people write, and says exactly where it is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

ROOT = Path(__file__).resolve().parent.parent
T = TypeVar("T")
TO_TRANSLATE = "# TO TRANSLATE"  # how a file begins that is still in another language


class ContentError(Exception):
    """Something that a person wrote doesn't hold; each line says file, key and what was expected."""

    def __init__(self, faults: list[str]) -> None:
        """Take the faults, one sentence each."""
        self.faults = faults
        super().__init__("\n".join(faults))


def name_of(path: Path) -> str:
    """The path as a person sees it, from the project's root where it lies there."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def language_faults(folder: Path) -> list[str]:
    """What keeps a language from being built: no folder, or files in it that aren't translated yet."""
    if not folder.is_dir():
        return [f"{name_of(folder)}: this language has no folder; `make new-locale` begins one"]
    return [
        f"{name_of(path)}: still to be translated; take out its head when it is"
        for path in sorted(folder.rglob("*.yaml"))
        if path.read_text(encoding="utf-8").startswith(TO_TRANSLATE)
    ]


def read_yaml(path: Path) -> Any:  # noqa: ANN401  what a file holds is anybody's guess until it is checked
    """What a YAML file holds. Raises ContentError where it is missing or isn't YAML."""
    try:
        return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ContentError([f"{name_of(path)}: this file is missing"]) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark
        line = f":{mark.line + 1}" if mark else ""
        raise ContentError([f"{name_of(path)}{line}: not readable as YAML: {error.problem}"]) from None


def read_as(path: Path, shape: type[T]) -> T:
    """What a YAML file holds, checked against `shape`. Raises ContentError, one fault a line."""
    try:
        return TypeAdapter(shape).validate_python(read_yaml(path))
    except ValidationError as error:
        raise ContentError(
            [
                f"{name_of(path)}: {'.'.join(str(part) for part in fault['loc']) or 'the whole file'}: "
                f"{fault['msg']} (found {fault['input']!r:.60})"
                for fault in error.errors()
            ]
        ) from None
