"""Known holes in what ships, as far as a database can be reached.

    python -m tools.aws.audit

Asks pip-audit about every package of lambda/requirements.txt and, for those who don't host on Lambda,
of requirements/https.txt. Exit status 1 for a known hole; 0 where none is known, and where nothing could
be asked, which it says.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tools.aws.build import LOCK, ROOT

LOCKS = (LOCK, ROOT / "requirements" / "https.txt")
PROGRAM = ROOT / ".venv-supply" / "bin" / "pip-audit"


def asked() -> dict[str, Any] | str:
    """pip-audit's answer, or what kept it from answering."""
    command = [str(PROGRAM), *(f"--requirement={lock}" for lock in LOCKS)]
    command += ["--disable-pip", "--require-hashes", "--format", "json", "--progress-spinner", "off"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except json.JSONDecodeError:
        return (done.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1]
    return answer


def verdict(answer: dict[str, Any] | str) -> tuple[int, list[str]]:
    """The exit status, and what is to be said."""
    if isinstance(answer, str):
        return 0, [f"Skipped: no database of known holes can be reached ({answer})."]
    packages = answer["dependencies"]
    holes = [_told(package, hole) for package in packages for hole in package.get("vulns", [])]
    if holes:
        return 1, holes
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    if len(unknown) == len(packages):
        return 0, ["Skipped: the database that can be reached knows none of the packages."]
    told = [f"No known hole in {len(packages) - len(unknown)} packages."]
    return 0, told + ([f"The database doesn't know {', '.join(unknown)}."] if unknown else [])


def _told(package: dict[str, Any], hole: dict[str, Any]) -> str:
    mended = ", ".join(hole["fix_versions"]) or "no version"
    return f"{package['name']} {package['version']}: {hole['id']}, mended in {mended}"


def main() -> int:
    """Print the verdict."""
    status, told = verdict(asked())
    print(*told, sep="\n", file=sys.stderr if status else sys.stdout)
    return status


if __name__ == "__main__":
    sys.exit(main())
