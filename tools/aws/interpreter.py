"""The Python of the Lambda runtime, on this machine: bytecode is good for one minor version only."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

# The same as Runtime in template.yaml; template_rules.py compares them.
RUNTIME = "python3.13"


class InterpreterMissingError(Exception):
    """There is no Python of the runtime's version on this machine."""

    def __str__(self) -> str:
        return (
            f"{RUNTIME} is not on this machine. Lambda runs the skill with it, so the build needs it, too: "
            f"put it on PATH, or `pyenv install {RUNTIME.removeprefix('python')}`."
        )


def runtime_python() -> Path:
    """An interpreter of the runtime's minor version. Raises InterpreterMissingError where there is none."""
    for candidate in _candidates():
        if candidate.is_file() and _runs_the_right_version(candidate):
            return candidate
    raise InterpreterMissingError


def _candidates() -> Iterator[Path]:
    for folder in os.get_exec_path():
        yield Path(folder, RUNTIME)
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for version in sorted((pyenv / "versions").glob(f"{RUNTIME.removeprefix('python')}*"), reverse=True):
        yield version / "bin" / RUNTIME


def _runs_the_right_version(python: Path) -> bool:
    """Ask it: pyenv's shims carry every version's name, and fail for those that aren't switched on."""
    code = "import sys; print('python%d.%d' % sys.version_info[:2])"
    answer = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return answer.stdout.strip() == RUNTIME
