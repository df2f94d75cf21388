"""The skill package is within Amazon's rules. If it's fresh, and true of the skill: test_what_the_store_says."""

import pytest

from simulator.understanding import locales
from tests.package_changes import (
    ARN,
    about,
    answers,
    append,
    british,
    called,
    changed,
    endpoint,
    example,
    icon,
    page,
    privacy_at,
    put,
    without,
)
from tools.icon import drawn
from tools.manifest_rules import faults
from tools.store import SMALL_ICON


def test_a_sound_package_has_no_faults(package):
    assert faults(package) == []
    assert set(package.listings) == set(package.models) == set(locales())


@pytest.mark.parametrize(
    ("change", "told"),
    [
        # policy: the disclaimer
        (
            without("not a substitute"),
            "description: expected the health disclaimer, with 'not a substitute'",
        ),
        (without("medical advice"), "with 'medical advice'"),
        (without("educational"), "with 'educational'"),
        (without("emergency"), "with 'emergency'"),
        # policy: no claims, and no doctor in what stands in lists
        (put(british, "name", "Twitch Cure"), "en-GB: name: 'cure', expected no medical claim"),
        (append("summary", "It diagnoses."), "en-GB: summary: 'diagnoses'"),
        (append("summary", "Ask your doctor."), "en-GB: summary: 'doctor'"),
        (
            called("twitch doctor"),
            "en-GB: invocation name: 'doctor', expected no medical claim and no doctor",
        ),
        (append("keywords", "twitch treatment"), "en-GB: keyword 'twitch treatment': 'treatment'"),
        (append("keywords", "virtual GP"), "en-GB: keyword 'virtual GP': 'gp'"),
        (append("description", "It is life-saving."), "en-GB: description: 'life-saving'"),
        (append("description", "It treats twitches."), "en-GB: description: 'treats'"),
        # policy: the pages that the store links to
        (
            privacy_at("http://example.com/privacy.html"),
            "en-GB: privacyPolicyUrl is 'http://example.com/privacy.html', expected an address with https",
        ),
        (
            lambda p: answers(p)["locales"].pop("en-GB"),
            "en-GB: termsOfUseUrl is '', expected an address with https",
        ),
        (
            privacy_at("https://example.com/datenschutz.html"),
            "expected one of the pages privacy, terms in docs/",
        ),
        (
            page("privacy", "Skin Twitch Guide", "the skill"),
            "docs/privacy.md: doesn't name the skill, expected 'Skin Twitch Guide'",
        ),
        (
            page("terms", "educational", "general"),
            "docs/terms.md: expected the health disclaimer, with 'educational'",
        ),
        # policy: Amazon's names
        (put(british, "name", "Alexa Twitch Guide"), "en-GB: name: 'alexa', expected none of Amazon's names"),
        (append("keywords", "echo"), "en-GB: keyword 'echo': 'echo'"),
        (append("description", "The best Alexa skill."), "en-GB: description: 'alexa skill'"),
        (
            privacy_at("https://my-alexa-skill.example/privacy.html"),
            "expected a domain without Amazon's names",
        ),
        # policy: no advertising
        (append("description", "Please rate us."), "en-GB: description: 'rate us', expected no advertising"),
        (append("description", "Try our other skills."), "'our other skills'"),
        (put(answers, "containsAds", True), "privacyAndCompliance.containsAds is True, expected False"),
        # policy: for adults
        (
            put(answers, "isChildDirected", True),
            "privacyAndCompliance.isChildDirected is True, expected False",
        ),
        (
            lambda p: (without("for adults ")(p), without("This skill isn't for children. ")(p)),
            "expected that it is for adults",
        ),
        # the form
        (
            put(answers, "usesHealthInfo", False),
            "privacyAndCompliance.usesHealthInfo is False, expected that it isn't there",
        ),
        (
            put(answers, "usesPersonalInfo", True),
            "privacyAndCompliance.usesPersonalInfo is True, expected False",
        ),
        (
            put(answers, "allowsPurchases", True),
            "privacyAndCompliance.allowsPurchases is True, expected False",
        ),
        (
            lambda p: answers(p).pop("isExportCompliant"),
            "privacyAndCompliance.isExportCompliant is None, expected True",
        ),
        (
            lambda p: p.inside.update(permissions=[{"name": "alexa::devices:all:address:full:read"}]),
            "permissions: nothing is stored",
        ),
        (lambda p: p.inside.update(events={"subscriptions": []}), "events: nothing is stored"),
        # function: example phrases
        (
            example(0, "Alexa, open twitch guide"),
            "examplePhrases: 'Alexa, open twitch guide', expected 'Alexa, <open, ask",
        ),
        (example(0, "ask skin twitch guide why does my skin twitch"), "expected 'Alexa, <open, ask"),
        (example(0, "Alexa, use skin twitch guide what helps"), "expected 'Alexa, <open, ask"),
        (
            example(1, "Alexa, open skin twitch guide"),
            "'Alexa, open skin twitch guide', expected a sample of the interaction model",
        ),
        (
            example(1, "Alexa, tell skin twitch guide my cat keeps twitching"),
            "expected a sample of the interaction model after the name",
        ),
        (
            example(2, "Alexa, tell skin twitch guide to desist"),
            "expected a sample of the interaction model after the name",
        ),
        (
            example(
                1, "Alexa, tell skin twitch guide it started two days ago"
            ),  # DURATION is Amazon's to know
            "expected a sample of the interaction model after the name",
        ),
        # function: the description
        (
            append("description", 'Say "asdf qwer".'),
            "en-GB: description: 'asdf qwer' isn't understood",
        ),
        (
            append("description", 'Say "Alexa, open my twitch guide".'),
            "'Alexa, open my twitch guide', expected 'Alexa,",
        ),
        (append("description", "This app is free."), "expected 'skill', never 'app'"),
        # function: the icons
        (lambda p: p.files.pop(SMALL_ICON), "en-GB: smallIconUri is missing, expected PNG 108 x 108"),
        (icon(drawn(128)), "smallIconUri is PNG 128 x 128, expected PNG 108 x 108"),
        (icon(b"<svg/>"), "smallIconUri is no picture, expected PNG 108 x 108"),
        (
            put(british, "largeIconUri", f"file://{SMALL_ICON}"),
            "largeIconUri is PNG 108 x 108, expected PNG 512 x 512",
        ),
        # function: testing instructions
        (put(about, "testingInstructions", " "), "testingInstructions: empty"),
        (put(about, "testingInstructions", 'Say "sing".'), "testingInstructions: 'sing' isn't understood"),
        # lengths
        (put(british, "name", "X"), "en-GB: name: 1 characters, expected 2 to 50"),
        (
            append("summary", "And so on, and so on. " * 3),
            "en-GB: summary: 171 characters, expected 1 to 160",
        ),
        (append("description", "And so on. " * 200), "characters, expected 1 to 4000"),
        (put(british, "keywords", ["twitch"] * 31), "en-GB: keywords: 31 of them, expected 1 to 30"),
        (
            append("examplePhrases", "Alexa, ask skin twitch guide what helps"),
            "examplePhrases: 4 of them, expected 3",
        ),
        (
            example(0, f"Alexa, ask skin twitch guide what {'really ' * 30}helps"),
            "examplePhrases: 249 characters, expected at most 200",
        ),
        # where it is sold, and what is called
        (put(about, "category", "GAMES"), "category is 'GAMES', expected 'HEALTH_AND_FITNESS'"),
        (put(about, "isAvailableWorldwide", True), "isAvailableWorldwide is True, expected False"),
        (
            put(about, "distributionCountries", ["US", "DE"]),
            "distributionCountries are ['US', 'DE'], expected those of the models",
        ),
        (endpoint(ARN.removesuffix(":live")), "expected the alias's ARN, which ends in :live"),
        (endpoint("https://example.com/skill"), "expected the alias's ARN"),
        (lambda p: p.inside["apis"]["custom"].update(interfaces=[]), "apis.custom.interfaces: [], expected"),
        (
            lambda p: p.inside["apis"]["custom"]["interfaces"].append({"type": "AUDIO_PLAYER"}),
            "expected ALEXA_PRESENTATION_APL alone",
        ),
        (lambda p: p.inside["apis"]["custom"].update(tasks=[]), "apis.custom.tasks: not used"),
        # the whole
        (
            lambda p: p.models.pop("en-GB"),
            "en-GB: expected both a text for the store and an interaction model",
        ),
        (lambda p: p.files.update({"assets/icon.svg": b""}), "assets/icon.svg: a package has no such file"),
        (lambda p: about(p).update(subtitle="x"), "Amazon's classes don't know all of its keys"),
        (put(about, "distributionMode", "SECRET"), "Amazon's classes can't read it"),
    ],
)
def test_what_amazon_would_refuse_is_found_here(package, change, told):
    found = faults(changed(package, change))
    assert any(told in fault for fault in found), found


def test_the_alias_is_where_a_deployed_skill_is_called(package):
    assert faults(changed(package, endpoint(ARN))) == []
