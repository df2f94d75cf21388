"""The replies that are drawn: one page of each sort, and the fullest ones."""

from __future__ import annotations

from simulator.device import Device
from simulator.script import play

CALM = ["!intent StartCheckIntent", *["!touch no"] * 4]
# name -> the script that leads to the page
REPLIES: dict[str, list[str]] = {
    "welcome": ["!launch"],
    "help": ["!launch", "!intent AMAZON.HelpIntent"],
    "not_understood": ["!launch", "!intent AMAZON.FallbackIntent"],
    "topic": ["!intent AboutSummaryIntent"],
    "topic_eyelid": ["!intent AboutPlaceEyelidIntent"],
    "what_next": ["!intent AboutSummaryIntent", "!touch no"],
    "question_1": ["!intent StartCheckIntent"],
    "question_2": CALM[:2],
    "question_3": CALM[:3],
    "question_4": CALM[:4],
    "question_why": [*CALM[:3], "!intent WhyIntent"],
    "question_help": [*CALM[:2], "!intent AMAZON.HelpIntent"],
    "how_long": CALM,
    "how_long_weak": [*CALM[:4], "!touch yes", "!touch yes"],
    "question_last": [*CALM, "!touch under_14_days"],
    "emergency": [*CALM[:1], "!touch yes"],
    "today": [*CALM[:3], "!touch yes"],
    "soon": [*CALM, "!touch from_14_days"],
    "self_care": [*CALM, "!touch under_14_days", "!touch no"],
    "unfinished": [*CALM[:2], "!intent AMAZON.StopIntent"],
    "privacy": ["!launch", "!intent PrivacyIntent"],
    "doctor": [*CALM, "!touch from_14_days", "!intent ForTheDoctorIntent"],
    "goodbye": ["!launch", "!intent AMAZON.StopIntent"],
}


def played(name: str, locale: str, kind: str) -> Device:
    """A device of this kind that shows this page."""
    device = Device(locale, kind=kind)
    for _ in play(REPLIES[name], device):
        pass
    return device
