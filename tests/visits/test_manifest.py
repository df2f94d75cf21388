"""The manifest subscribes to "skill disabled" only where visits are remembered, and the privacy policy says which."""

import re

import pytest

from tests.package_changes import ARN, WEB, changed, endpoint
from tools.facts import read_facts
from tools.manifest_memory import events
from tools.manifest_rules import faults
from tools.store import manifest, read_skill, read_store
from tools.words import read_words

# What the comments in docs/privacy.md ask the publisher to take out.
TAKEN_OUT = (
    "The skill keeps nothing about you. ",
    " The skill neither reads them nor writes them down.",
    " There is no database.",
)


def remembering(package):
    """As the publisher fills it in who deploys with RememberVisits=true."""
    endpoint(ARN)(package)
    package.inside["events"] = events(ARN)
    page = package.pages["privacy"]
    for sentence in TAKEN_OUT:
        assert page.count(sentence) == 1
        page = page.replace(sentence, "")
    package.pages["privacy"] = re.sub(r"<!-- Deployed with.*?:\n(.*?)-->\n", r"\1", page, flags=re.DOTALL)
    assert "<!--" not in package.pages["privacy"]


def test_a_package_for_who_remembers_is_sound(package):
    assert faults(changed(package, remembering)) == []


def test_the_event_is_subscribed_to_only_where_visits_are_remembered():
    skill, store, words = read_skill(), {"en": read_store("en")}, {"en": read_words("en")}
    places = {"en-GB": read_facts().locales["en-GB"]}

    def of_publisher(**said):
        own = skill.publisher.model_copy(update=said)
        return manifest(skill.model_copy(update={"publisher": own}), store, places, words)["manifest"]

    assert of_publisher(endpoint=ARN, remembers_visits=True)["events"] == {
        "endpoint": {"uri": ARN},
        "subscriptions": [{"eventName": "SKILL_DISABLED"}],
    }
    assert "events" not in of_publisher(endpoint=ARN, remembers_visits=False)
    assert "events" not in of_publisher(endpoint=None, remembers_visits=True)


def no_page(package):
    package.inside["events"] = events(ARN)
    endpoint(ARN)(package)


def no_event(package):
    remembering(package)
    del package.inside["events"]


def another_event(package):
    remembering(package)
    package.inside["events"]["subscriptions"].append({"eventName": "SKILL_ENABLED"})


def another_place(package):
    remembering(package)
    package.inside["events"]["endpoint"] = {"uri": ARN.replace("skin", "other")}


def a_web_service(package):
    remembering(package)
    endpoint(WEB)(package)
    package.inside["events"] = events(WEB)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (a_web_service, "visits are remembered on Lambda only"),
        (no_page, "docs/privacy.md: expected '**Your visits: three things.**'"),
        (no_page, "docs/privacy.md: 'There is no database.', expected without"),
        (no_event, "docs/privacy.md: expected 'There is no database.'"),
        (another_event, "skill.json: events is"),
        (another_place, "skill.json: events is"),
    ],
)
def test_a_mistake_is_named(change, fault, package):
    assert any(fault in line for line in faults(changed(package, change)))
