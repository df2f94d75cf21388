"""Something hangs, and the person hears a reply all the same."""

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from twitching import deadline as watch
from twitching import entry
from twitching.deadline import OutOfTimeError, deadline

from simulator.device import Device
from simulator.envelope import envelope, launch, new_session


def left(milliseconds):
    return SimpleNamespace(get_remaining_time_in_millis=lambda: milliseconds)


def hang(*_):
    time.sleep(20)


def spin():
    while True:
        pass


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("context", [left(1_200), left(0), left(-5)], ids=["little", "none", "less"])
def test_a_turn_that_hangs_ends_in_the_safe_reply_before_lambdas_time_is_up(monkeypatch, capsys, context):
    monkeypatch.setattr(entry, "_answer", hang)
    began = time.monotonic()
    response = entry.handler(envelope(launch(), new_session(), "en-US"), context)
    assert time.monotonic() - began < 1
    assert "call your local emergency number now" in response["response"]["outputSpeech"]["ssml"]
    assert "OutOfTimeError" in capsys.readouterr().err


def test_without_lambdas_context_the_longest_turn_is_five_seconds(monkeypatch):
    monkeypatch.setattr(watch, "LONGEST", 0.05)
    with pytest.raises(OutOfTimeError), deadline(None):
        hang()


def test_a_loop_that_never_sleeps_is_ended_too(monkeypatch):
    monkeypatch.setattr(watch, "LONGEST", 0.05)
    with pytest.raises(OutOfTimeError), deadline(None):
        spin()


def test_nothing_is_left_behind(monkeypatch):
    before = signal.getsignal(signal.SIGALRM)
    monkeypatch.setattr(watch, "LONGEST", 0.05)
    with deadline(None):
        pass
    time.sleep(0.1)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) is before


def test_in_another_thread_the_skill_answers_without_a_watch():
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: Device().say("why does my skin twitch").speech).result(timeout=10)
