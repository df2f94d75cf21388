"""Runs a built artefact as Lambda would: Amazon's runtime emulator around Amazon's runtime client."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tools.aws.build import CLIENT, VENV, this_architecture
from tools.aws.interpreter import RUNTIME

HANDLER = "twitching.entry.handler"
SKILL_ID = "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"
TIMEOUT, MEMORY = 7, 1769  # as in template.yaml; the emulator keeps to the first only

_START_SECONDS = 10
_STOP_SECONDS = 3


class EmulatorError(Exception):
    """The emulator can't run, or broke; the message ends with what it said last."""


class FunctionError(Exception):
    """The function raised, or ran out of time: Lambda would report a failed invocation."""


@dataclass(frozen=True)
class Lambda:
    """A running function."""

    port: int
    log: IO[bytes]

    def invoke(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """Send one event, return the function's answer. The first call is a cold start."""
        url = f"http://127.0.0.1:{self.port}/2015-03-31/functions/function/invocations"
        request = urllib.request.Request(url, json.dumps(event).encode())
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT + _STOP_SECONDS) as response:  # noqa: S310
                body = response.read().decode()
        except urllib.error.HTTPError as error:  # the runtime itself ended, at import for one
            error.close()
            raise FunctionError(f"{error}. It said:\n{self.said()}") from None
        except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
            raise EmulatorError(f"no answer from the emulator ({error}). It said:\n{self.said()}") from error
        try:
            answer = json.loads(body)
        except json.JSONDecodeError:  # "Task timed out after 7.00 seconds" is no JSON
            raise FunctionError(body) from None
        if not isinstance(answer, dict) or "errorType" in answer:
            raise FunctionError(body)
        return answer

    def said(self) -> str:
        """What the function, its runtime and the emulator have logged."""
        return Path(self.log.name).read_text(errors="replace")


def emulator_program() -> Path:
    """Amazon's emulator, which aws-sam-cli carries. Raises EmulatorError where it can't be had."""
    program = f"lib/python*/site-packages/samcli/local/rapid/aws-lambda-rie-{this_architecture()}"
    found = next(VENV.glob(program), None)
    if found is None:
        raise EmulatorError("Amazon's runtime emulator comes with aws-sam-cli, and .venv-aws has none")
    if os.uname().sysname != "Linux":
        raise EmulatorError("Amazon's runtime emulator runs on Linux only")
    return found


@contextmanager
def emulated(
    artefact: Path, environment: Mapping[str, str] | None = None, handler: str = HANDLER
) -> Iterator[Lambda]:
    """Run the artefact until the block ends."""
    python = CLIENT / "bin" / "python"
    for needed in (artefact, python):
        if not needed.exists():
            raise EmulatorError(
                f"{needed} is missing: run `make smoke`, or `python -m tools.aws.build --here` first"
            )
    port, runtime_port = _free_ports()
    addresses = {"--runtime-interface-emulator-address": port, "--runtime-api-address": runtime_port}
    options = [part for name, at in addresses.items() for part in (name, f"127.0.0.1:{at}")]
    with tempfile.NamedTemporaryFile(prefix="emulator-", suffix=".log") as log:
        process = subprocess.Popen(
            [emulator_program(), *options, python, "-m", "awslambdaric", handler],
            cwd=artefact,  # as in Lambda; `-m` puts it on the import path, and nothing else of ours is there
            env={**_lambda_environment(artefact), "_HANDLER": handler, **(environment or {})},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is ours to handle
        )
        function = Lambda(port, log)
        try:
            _wait_until_it_listens(process, function)
            yield function
        finally:
            _stop(process)


def _lambda_environment(artefact: Path) -> dict[str, str]:
    """What Lambda sets, and nothing of this machine's own: no PYTHONPATH, no credentials."""
    return {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EXECUTION_ENV": f"AWS_Lambda_{RUNTIME}",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(MEMORY),
        "AWS_LAMBDA_FUNCTION_NAME": "SkillFunction",
        "AWS_LAMBDA_FUNCTION_TIMEOUT": str(TIMEOUT),
        "AWS_LAMBDA_FUNCTION_VERSION": "1",
        "AWS_LAMBDA_LOG_FORMAT": "JSON",
        "AWS_LAMBDA_LOG_LEVEL": "INFO",
        "AWS_REGION": "us-east-1",
        "LAMBDA_TASK_ROOT": str(artefact),
        "LANG": "en_US.UTF-8",
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "PYTHONDONTWRITEBYTECODE": "1",  # /var/task can't be written to; this folder could
        "SKILL_ID": SKILL_ID,
        "TZ": ":UTC",
    }


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def _wait_until_it_listens(process: subprocess.Popen[bytes], function: Lambda) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", function.port)) == 0:
                return
        time.sleep(0.02)
    raise EmulatorError(f"the emulator did not start. It said:\n{function.said()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the emulator and the runtime that it started, whatever state they are in."""
    started = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    runtimes = started.read_text().split() if started.exists() else []
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for runtime in runtimes:  # the emulator gives it a process group of its own
        with suppress(ProcessLookupError):
            os.kill(int(runtime), signal.SIGKILL)
