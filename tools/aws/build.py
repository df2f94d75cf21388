"""Builds what Lambda runs, and what the smoke test runs.

    python -m tools.aws.build           .aws-sam/build: what `sam deploy` uploads
    python -m tools.aws.build --here    .aws-sam/here: the same for this machine's processor,
                                        and Amazon's runtime client to run it with

Three things that `sam build` alone does not do:

- Bytecode. /var/task can't be written to, so without it every cold start compiles everything again.
  SAM dates all files 1980, so only bytecode that isn't compared with its source's date survives.
- Hashes. SAM asks for wheels of another processor by name and version only. Here all wheels are
  fetched first, and compared with the lock; SAM then finds no other place to look.
- The interpreter. SAM takes the first one on PATH, which may be a pyenv shim that is switched off.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.aws.interpreter import InterpreterMissingError, runtime_python

ROOT = Path(__file__).parents[2]
VENV = ROOT / ".venv-aws"
LOCK = ROOT / "lambda" / "requirements.txt"
AWS_LOCK = ROOT / "requirements" / "aws.txt"
COMPILED = ROOT / "lambda" / "twitching" / "_compiled"
OUTPUT = ROOT / ".aws-sam"

FUNCTION = "SkillFunction"  # its name in template.yaml, and so of its folder
DEPLOYED = OUTPUT / "build" / FUNCTION
HERE = OUTPUT / "here" / FUNCTION
# Alone, so that nothing of SAM's own packages can fill a hole in the artefact.
CLIENT = VENV / "runtime-client"
CLIENT_PACKAGES = ("awslambdaric", "simplejson", "snapshot-restore-py")

# Linux wheels, oldest to newest, that Lambda's Amazon Linux 2023 (glibc 2.34) can load.
_GLIBC = ("manylinux2014", "manylinux_2_17", "manylinux_2_28", "manylinux_2_34")
_MACHINE = {"arm64": "aarch64", "x86_64": "x86_64"}


class BuildError(Exception):
    """The build can't go on; the message says what to do."""


def build(artefact: Path, architecture: str) -> None:
    """Build the artefact for the architecture, with its bytecode."""
    if not any(COMPILED.glob("*.json")):
        raise BuildError(f"{COMPILED.relative_to(ROOT)} is empty: `make build` compiles the content first.")
    python = runtime_python()
    wheels = OUTPUT / "wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    _fetch(python, wheels, [])
    _fetch(python, wheels, [f"--platform={libc}_{_MACHINE[architecture]}" for libc in _GLIBC])
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(python.parent), os.environ.get("PATH", "")]),
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(wheels),
        "SAM_CLI_TELEMETRY": "0",
    }
    sam = [VENV / "bin" / "sam", "build", "--template", ROOT / "template.yaml"]
    options = ["--build-dir", artefact.parent, "--parameter-overrides", f"Architecture={architecture}"]
    _run(*sam, *options, env=environment)
    add_bytecode(python, artefact)
    rest, bytecode = megabytes(artefact)
    print(f"{artefact.relative_to(ROOT)}: {architecture}, {rest:.1f} MB and {bytecode:.1f} MB of bytecode")


def this_architecture() -> str:
    """This machine's processor, in Lambda's words."""
    return "arm64" if platform.machine() in {"arm64", "aarch64"} else "x86_64"


def runtime_client() -> None:
    """Amazon's runtime client in an environment of its own, with the runtime's Python."""
    python = runtime_python()
    shutil.rmtree(CLIENT, ignore_errors=True)
    _run(python, "-m", "venv", "--without-pip", CLIENT)
    pip = [python, "-m", "pip", "--python", CLIENT / "bin" / "python", "install"]
    _run(*pip, "--no-deps", "--require-hashes", "-r", _part_of_the_lock(CLIENT_PACKAGES))


def _part_of_the_lock(packages: Sequence[str]) -> Path:
    """The lock's entries of these packages, as a file: pip takes no hashes from a constraint."""
    entry = rf"^(?:{'|'.join(packages)})==(?:.*\\\n)*.*\n"
    part = VENV / "runtime-client.txt"
    part.write_text("".join(re.findall(entry, AWS_LOCK.read_text(), re.MULTILINE)))
    return part


def _fetch(python: Path, wheels: Path, platforms: list[str]) -> None:
    """Fetch the locked wheels for the platforms, or for this machine, which SAM asks for first."""
    pip = [python, "-m", "pip", "download", "--no-deps", "--require-hashes", "--only-binary=:all:"]
    _run(*pip, *platforms, "--dest", wheels, "-r", LOCK)


def add_bytecode(python: Path, artefact: Path) -> None:
    """Bytecode for every module below the folder, which is never compared with its source."""
    # The SDK's docstrings have odd escapes: nothing that anybody here can mend.
    compileall = [python, "-W", "ignore::SyntaxWarning", "-m", "compileall", "-q"]
    # Tracebacks then name the files as they lie in Lambda, and no path of this machine is in the artefact.
    paths = ["-s", artefact, "-p", "/var/task"]
    _run(*compileall, "--invalidation-mode", "unchecked-hash", *paths, artefact)


def megabytes(artefact: Path) -> tuple[float, float]:
    """Without bytecode, and the bytecode."""
    files = [path for path in artefact.rglob("*") if path.is_file()]
    bytecode = sum(path.stat().st_size for path in files if path.suffix == ".pyc")
    rest = sum(path.stat().st_size for path in files) - bytecode
    return rest / 1e6, bytecode / 1e6


def _run(*command: object, env: dict[str, str] | None = None) -> None:
    """Run it, and keep what it says for the case that it fails: SAM's hints lead past `make`."""
    words = [str(part) for part in command]
    subprocess.run(words, env=env, cwd=ROOT, check=True, capture_output=True, text=True)


def main(arguments: Sequence[str]) -> int:
    """Build. Exit status 1 with a sentence where it can't be done."""
    try:
        if "--here" in arguments:
            runtime_client()
            build(HERE, this_architecture())
        else:
            build(DEPLOYED, "arm64")
    except (BuildError, InterpreterMissingError) as problem:
        print(problem, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as failed:
        print(
            f"{failed.stdout}{failed.stderr}The build stopped at {Path(failed.cmd[0]).name}, see above.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
