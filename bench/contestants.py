"""What is measured against each other: the skill, and three references made of its own artefact.

skill           the artefact that `make smoke` builds for this machine
hello_bytecode  the SDK's hello world with bytecode: the target for the cold start
hello           the same as `sam build` ships it, without bytecode
bare            a function that knows no SDK: the floor
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from tools.aws.build import HERE, LOCK, OUTPUT, add_bytecode
from tools.aws.emulator import HANDLER
from tools.aws.interpreter import runtime_python

FOLDER = OUTPUT / "bench"
NOT_THE_SDKS = {"twitching", "jinja2", "markupsafe"}

# As in the SDK's documentation: one handler a request type, and one for what breaks.
HELLO = """\
from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_core.utils import is_request_type


class Hello(AbstractRequestHandler):
    def can_handle(self, handler_input):
        return is_request_type("IntentRequest")(handler_input)

    def handle(self, handler_input):
        return handler_input.response_builder.speak("Hello").ask("Hello?").response


class Broken(AbstractExceptionHandler):
    def can_handle(self, handler_input, exception):
        return True

    def handle(self, handler_input, exception):
        return handler_input.response_builder.speak("Sorry").response


builder = SkillBuilder()
builder.add_request_handler(Hello())
builder.add_exception_handler(Broken())
handler = builder.lambda_handler()
"""
BARE = """\
ANSWER = {
    "version": "1.0",
    "response": {"outputSpeech": {"type": "SSML", "ssml": "<speak>Hello</speak>"}, "shouldEndSession": True},
}


def handler(event, context):
    return ANSWER
"""


@dataclass(frozen=True)
class Contestant:
    """A folder as Lambda unpacks it, and the handler in it."""

    name: str
    artefact: Path
    handler: str


def contestants() -> list[Contestant]:
    """All four, made anew but for the skill, which `make smoke` builds."""
    hello = _reference("hello", HELLO, with_sdk=True)
    hello_bytecode = _reference("hello_bytecode", HELLO, with_sdk=True)
    add_bytecode(runtime_python(), hello_bytecode)
    bare = _reference("bare", BARE, with_sdk=False)
    return [
        Contestant("skill", HERE, HANDLER),
        Contestant("hello_bytecode", hello_bytecode, "function.handler"),
        Contestant("hello", hello, "function.handler"),
        Contestant("bare", bare, "function.handler"),
    ]


def _reference(name: str, code: str, *, with_sdk: bool) -> Path:
    """The SDK's packages as they lie in the skill's artefact, and one module beside them."""
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for part in HERE.iterdir() if with_sdk else ():
        if part.name.split("-")[0].lower() in NOT_THE_SDKS or part.name in {LOCK.name, "__pycache__"}:
            continue
        if part.is_dir():
            shutil.copytree(part, folder / part.name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(part, folder)
    (folder / "function.py").write_text(code, encoding="utf-8")
    return folder


def warm_the_disk(contestant: Contestant) -> None:
    """Reads every file once, so that the first round isn't a measure of the disk."""
    for path in contestant.artefact.rglob("*"):
        if path.is_file():
            path.read_bytes()
