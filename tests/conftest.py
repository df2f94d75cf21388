"""The content is compiled once; every reply that any test provokes is held against Alexa's rules."""

import pytest

from tools.compile_content import compile_content
from tools.skill_package import build

compile_content()

# These need the compiled content.
from twitching import entry  # noqa: E402
from twitching.catalogue import load_catalogue  # noqa: E402

from simulator.device import Device  # noqa: E402
from simulator.understanding import understanding  # noqa: E402
from tests.logged import Lambda  # noqa: E402
from tools.reply_rules import WAS_AT_A_LOSS, faults  # noqa: E402


@pytest.fixture(autouse=True)
def every_reply_obeys_alexa(monkeypatch, request):
    answer = entry.handler
    allowed = {WAS_AT_A_LOSS} if "broken" in request.fixturenames else set()

    def checked(event, context):
        response = answer(event, context)
        wrong = [fault for fault in faults(event, response) if fault not in allowed]
        assert not wrong, (wrong, response)
        return response

    monkeypatch.setattr(entry, "handler", checked)


@pytest.fixture
def catalogue():
    return load_catalogue()


@pytest.fixture(scope="session")
def package():
    """The skill package as it is built of what lies in interaction_model/."""
    return build()


@pytest.fixture
def device():
    return Device("en-US")


@pytest.fixture
def broken():
    """The skill may be at a loss; without this, a reply that says so fails the test."""


@pytest.fixture
def on_lambda(monkeypatch, capsys):
    """The skill as it runs on Lambda, with all that it prints."""
    assert understanding("en-US").learnt  # the recogniser prints, too, while it learns
    return Lambda(monkeypatch, capsys)


def pytest_addoption(parser):
    parser.addoption("--write-transcripts", action="store_true", help="write tests/transcripts anew")
