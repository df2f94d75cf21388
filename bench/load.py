"""python -m bench.load [SECONDS]: how many signed requests one gunicorn worker answers, by wrk.

The requests are signed with a certificate made for the run, by an authority that only this run trusts.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import requests

from bench import signed_skill
from simulator import envelope
from simulator.device import Device
from tools import signed
from tools.sources_on_disk import ROOT

SECONDS = 10  # well below the 150 for which a signed request may be repeated
CONNECTIONS = 4  # more only wait: a worker answers one at a time
STARTING = 20  # seconds that gunicorn may take
APP = "bench.signed_skill:create_app()"


@contextmanager
def gunicorn(app: str, settings: dict[str, str]) -> Iterator[str]:
    """One worker, as docs/hosting.md has it; yields its address. Raises RuntimeError where it can't start."""
    with socket.create_server(("127.0.0.1", 0)) as place:
        bound = f"fd://{place.fileno()}"
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "--workers",
            "1",
            "--timeout",
            "10",
            "--bind",
            bound,
            app,
        ]
        environment = os.environ | {"SKILL_ID": envelope.APPLICATION} | settings
        with subprocess.Popen(  # noqa: S603  our own server
            command, cwd=ROOT, env=environment, pass_fds=[place.fileno()], stderr=subprocess.DEVNULL
        ) as server:
            try:
                address = f"http://127.0.0.1:{place.getsockname()[1]}"
                _wait_for(f"{address}/health", server)
                yield address
            finally:
                server.terminate()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + STARTING
    session = requests.Session()
    session.trust_env = False  # no proxy lies between this machine and itself
    while server.poll() is None and time.monotonic() < ends:
        try:
            session.get(address, timeout=1).raise_for_status()
        except requests.RequestException:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("gunicorn didn't start")


def write_authority(folder: Path) -> signed.Holder:
    """Root and chain for the application; what comes back signs requests."""
    root = signed.authority("root")
    leaf = signed.leaf(root)
    (folder / signed_skill.ROOT).write_bytes(signed.pem(root))
    (folder / signed_skill.CHAIN).write_bytes(signed.pem(leaf, root))
    return leaf


def cases() -> dict[str, dict[str, Any]]:
    """What is asked, as Alexa sends it."""
    opening = Device().launch().request
    question = Device().say("why does my skin twitch").request
    device = Device()
    device.say("start the check")
    return {"opening": opening, "question": question, "answer in the check": device.say("no").request}


def measured(
    address: str, event: dict[str, Any], leaf: signed.Holder, folder: Path, seconds: int
) -> list[str]:
    """Requests a second, milliseconds in the middle and for the slowest in a hundred, and how many failed."""
    event["request"]["timestamp"] = envelope.envelope({}, event["session"], "")["request"]["timestamp"]
    body = json.dumps(event).encode()
    (folder / "body").write_bytes(body)
    headers = signed.headers(body, leaf.key)  # type: ignore[arg-type]  # a leaf's is RSA
    lines = [
        'wrk.method = "POST"',
        f'wrk.body = io.open("{folder / "body"}", "rb"):read("*a")',
        *(f"wrk.headers[{json.dumps(name)}] = {json.dumps(value)}" for name, value in headers.items()),
    ]
    (folder / "request.lua").write_text("\n".join(lines), encoding="utf-8")
    command = [
        "wrk",
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{seconds}s",
        "--latency",
        "-s",
        str(folder / "request.lua"),
    ]
    said = subprocess.run([*command, f"{address}/alexa"], capture_output=True, text=True, check=True).stdout  # noqa: S603
    return figures(said)


def figures(said: str) -> list[str]:
    """The four figures in what wrk prints."""
    patterns = r"^Requests/sec:\s+(\S+)", r"^\s+50%\s+(\S+)", r"^\s+99%\s+(\S+)"
    rate, middle, slowest = (match[1] for p in patterns for match in re.finditer(p, said, re.MULTILINE))
    failed = re.findall(r"(?:Non-2xx or 3xx responses:|connect|read|write|timeout) (\d+)", said)
    return [rate, middle, slowest, str(sum(map(int, failed)))]


def main(arguments: list[str]) -> int:
    """Print the table; exit status 0 and the reason where wrk is missing, 1 where a request was refused."""
    if shutil.which("wrk") is None:
        print("Skipped: wrk isn't installed (Debian and Ubuntu: apt-get install wrk).")
        return 0
    seconds = int(arguments[0]) if arguments else SECONDS
    refused = 0
    print("| one worker | requests a second | median | slowest in a hundred | not answered |")
    print("| --- | --- | --- | --- | --- |")
    with TemporaryDirectory() as name:
        folder = Path(name)
        leaf = write_authority(folder)
        with gunicorn(APP, {signed_skill.FOLDER: name}) as address:
            for case, event in cases().items():
                row = measured(address, event, leaf, folder, seconds)
                refused += int(row[-1])
                print(f"| {case} | {' | '.join(row)} |", flush=True)
            forger = signed.leaf(None, key=signed.rsa_key(1))
            row = measured(address, cases()["opening"], forger, folder, seconds)
            print(f"| a forged opening | {' | '.join(row)} |")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
