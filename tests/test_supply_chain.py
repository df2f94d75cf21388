"""What the audit says of each answer, and that every lock is by hash and names no server."""

import json
import re
import subprocess
from types import SimpleNamespace

import pytest

from tools.aws import audit
from tools.sources_on_disk import ROOT

LOCKS = [ROOT / "lambda" / "requirements.txt", *sorted((ROOT / "requirements").glob("*.txt"))]
CLEAN = {"name": "six", "version": "1.17.0", "vulns": []}
UNKNOWN = {"name": "jinja2", "version": "3.1.6", "skip_reason": "Dependency not found"}
HOLE = {"name": "jinja2", "version": "3.1.0", "vulns": [{"id": "CVE-1", "fix_versions": ["3.1.6"]}]}


@pytest.mark.parametrize(
    ("dependencies", "status", "said"),
    [
        ([CLEAN], 0, "No known hole in 1 packages."),
        ([CLEAN, UNKNOWN], 0, "doesn't know jinja2"),
        ([UNKNOWN], 0, "Skipped"),
        ([CLEAN, HOLE], 1, "jinja2 3.1.0: CVE-1, mended in 3.1.6"),
    ],
)
def test_the_audits_verdict(dependencies, status, said):
    found, told = audit.verdict({"dependencies": dependencies})
    assert found == status
    assert said in "\n".join(told)


def test_without_a_database_the_audit_is_skipped_with_the_reason(monkeypatch):
    broken = SimpleNamespace(stdout="", stderr="noise\nConnectionError: no route")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: broken)
    assert audit.verdict(audit.asked()) == (
        0,
        ["Skipped: no database of known holes can be reached (ConnectionError: no route)."],
    )


def test_what_the_audit_said_is_read(monkeypatch):
    answer = SimpleNamespace(stdout=json.dumps({"dependencies": [HOLE]}), stderr="")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: answer)
    assert audit.verdict(audit.asked())[0] == 1


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_every_package_is_locked_by_hash_and_no_server_is_named(lock):
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    packages = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE | re.IGNORECASE)
    for package in filter(str.strip, packages):
        assert "==" in package.splitlines()[0]
        assert "--hash=sha256:" in package, package.splitlines()[0]
