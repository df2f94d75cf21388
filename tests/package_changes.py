"""Changes to a skill package, each one a fault that Amazon or a reader would find."""

import copy
from dataclasses import replace

from tools.store import SMALL_ICON

WEB = "https://skill.example.com/alexa"
ARN = "arn:aws:lambda:us-east-1:123456789012:function:skin-twitch-guide:live"


def changed(package, change):
    """The package with one change, in what Amazon would get."""
    new = replace(
        package,
        manifest=copy.deepcopy(package.manifest),
        models=dict(package.models),
        files=dict(package.files),
        pages=dict(package.pages),
    )
    change(new)
    return new


def about(package):
    return package.inside["publishingInformation"]


def answers(package):
    return package.inside["privacyAndCompliance"]


def british(package):
    return package.listings["en-GB"]


def append(key, text):
    """A change: this text, too, where the British store shows `key`."""

    def change(package):
        held = british(package)[key]
        british(package)[key] = [*held, text] if isinstance(held, list) else f"{held} {text}"

    return change


def without(text):
    """A change: the British description, without this text."""

    def change(package):
        assert text in british(package)["description"]
        british(package)["description"] = british(package)["description"].replace(text, "")

    return change


def put(where, key, value):
    """A change: this value there."""
    return lambda package: where(package).update({key: value})


def example(number, phrase):
    """A change: another example phrase."""
    return lambda package: british(package)["examplePhrases"].__setitem__(number, phrase)


def privacy_at(address):
    """A change: another address of the British privacy policy."""
    return lambda package: answers(package)["locales"]["en-GB"].update(privacyPolicyUrl=address)


def page(name, old, new):
    """A change in one of the pages."""
    return lambda package: package.pages.update({name: package.pages[name].replace(old, new)})


def icon(picture):
    """A change: another small icon."""
    return lambda package: package.files.update({SMALL_ICON: picture})


def endpoint(uri, **certificate):
    """A change: where the skill is called."""
    return lambda package: package.inside["apis"]["custom"].update(endpoint={"uri": uri, **certificate})


def called(name):
    """A change: another invocation name in Britain."""

    def change(package):
        model = copy.deepcopy(package.models["en-GB"])
        model["interactionModel"]["languageModel"]["invocationName"] = name
        package.models["en-GB"] = model

    return change
