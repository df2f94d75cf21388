"""Talking to the skill: what the tests say, and what the skill then knows."""

from simulator.device import Device

# noes and a length of time, as far as each level
SOON = ("no", "no", "no", "no", "three weeks")
SELF_CARE = ("no", "no", "no", "no", "three days", "no")
TODAY = ("no", "no", "yes")
NOISE = "asdf qwer"  # what no recogniser makes anything of
CALM_ANSWERS = ["no"] * 4  # as far as the question how long


def say(device, *utterances):
    """Say these in order; the last turn."""
    return [device.say(text) for text in utterances][-1]


def start_check(device):
    """Open the skill and ask for the check; its first question."""
    device.launch()
    return device.say("start the check")


def in_the_check(*utterances, locale="en-US"):
    """A device in the middle of the check, after these were said."""
    device = Device(locale)
    say(device, "start the check", *utterances)
    return device


def asked(device):
    """The question that is waiting."""
    return device.attributes["asked"].split(".")[1]


def answers(device):
    """What is known: question id to answer."""
    return device.attributes.get("answers", {})


def page_of(turn):
    """What the screen shows."""
    return turn.screen["datasources"]["screen"]


def labels(turn):
    """What can be touched there."""
    return [choice["label"].replace("\N{NO-BREAK SPACE}", " ") for choice in page_of(turn)["choices"]]
