"""Amazon's rules for a skill's manifest and package, and Amazon's own classes, as checks.

The rules are those of the developer documentation (policy requirements; functional testing; skill
manifest schema) and of certification e-mails that developers have published. Each fault says where,
and what was expected. The greatest lengths of name, description, keywords and phrase aren't on a page
that we could read: `ask smapi get-resource-schema` has the true ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from ask_smapi_model.v1.skill.manifest.skill_manifest_envelope import SkillManifestEnvelope

from tools.icon import icons
from tools.manifest_memory import memory_of_visits
from tools.model_rules import unread_by_amazon
from tools.phrases import LAUNCH, Samples, samples_of

MANIFEST = "skill.json"
CATEGORY = "HEALTH_AND_FITNESS"
SHORTEST_NAME, LONGEST = 2, {"name": 50, "summary": 160, "description": 4000}
MOST_KEYWORDS, PHRASES, LONGEST_PHRASE = 30, 3, 200
# Where a package may hold files, as far as we use it: the schema that ask-cli and its editors check against.
MAY_LIE = re.compile(
    r"skill\.json|interactionModels/custom/[a-z]{2}-[A-Z]{2}\.json|assets/images/[A-Za-z0-9_.-]{1,64}\.png"
)
# The alias, not the function: the permission to call it hangs on the alias (template.yaml).
ENDPOINT = re.compile(r"arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]+:live")
# Or where server/ answers, for those who don't host on Lambda; Amazon calls port 443 alone.
WEB_SERVICE = re.compile(r"https://(?:[a-z0-9-]+\.)+[a-z]{2,}/alexa")
ANSWERS = {
    "allowsPurchases": False,
    "usesPersonalInfo": False,
    "isChildDirected": False,
    "isExportCompliant": True,
    "containsAds": False,
}
DISCLAIMER = ("not a substitute", "medical advice", "educational", "emergency")
_CLAIM = r"cur(e|es|ed|ing)|diagnos\w+|treat\w*|life-?\s?sav\w+|sav\w+ lives"
CLAIM = re.compile(rf"\b({_CLAIM})\b")
# In what stands in lists, not even the words: reviewers have refused a skill for them.
NOT_IN_LISTS = re.compile(rf"\b({_CLAIM}|doctors?|gps?|physicians?)\b")
ADVERTISING = re.compile(
    r"\b((rate|review) (us|it|this)|(leave|write) (us )?a (rating|review)|(five|5)[- ]stars?"
    r"|(my|our) other skills?|buy|discount|sponsor\w*|special offer|subscribe)\b"
)
TRADE_MARKS = re.compile(r"\b(alexa|amazon|echo|aws)\b")
NOT_OURS = re.compile(r"\b(alexa skill|amazon skill|echo)\b")
QUOTED = re.compile(r'"([^"]*)"')


@dataclass(frozen=True)
class Package:
    """All that Amazon gets, and the pages that it links to.

    `models` goes by locale, `files` by the path in the package, `pages` by the name in the address.
    """

    manifest: dict[str, Any]
    models: Mapping[str, dict[str, Any]]
    files: Mapping[str, bytes]
    pages: Mapping[str, str]

    @property
    def inside(self) -> dict[str, Any]:
        """What the manifest holds."""
        held: dict[str, Any] = self.manifest["manifest"]
        return held

    @property
    def listings(self) -> dict[str, dict[str, Any]]:
        """What the store shows, by locale."""
        shown: dict[str, dict[str, Any]] = self.inside["publishingInformation"]["locales"]
        return shown

    @cached_property
    def samples(self) -> dict[str, Samples]:
        """What the skill understands, by locale."""
        return {locale: samples_of(model) for locale, model in self.models.items()}


def faults(package: Package) -> list[str]:
    """Everything that Amazon would refuse, or that wouldn't be true of the skill."""
    found = [
        *_publishing(package),
        *privacy(package),
        *addresses(package),
        *_files(package),
        *(f"{MANIFEST}: {fault}" for fault in unread_by_amazon(package.manifest, SkillManifestEnvelope)),
    ]
    for locale in sorted(package.listings.keys() | package.models.keys()):
        listing, samples = package.listings.get(locale), package.samples.get(locale)
        wrong = (
            _listing(listing, samples, package.files)
            if listing and samples
            else ["expected both a text for the store and an interaction model"]
        )
        found += [f"{MANIFEST}: {locale}: {fault}" for fault in wrong]
    return list(dict.fromkeys(found))


def _publishing(package: Package) -> Iterator[str]:
    about = package.inside["publishingInformation"]
    for key, expected in (("category", CATEGORY), ("isAvailableWorldwide", False)):
        if about.get(key) != expected:
            yield f"{MANIFEST}: {key} is {about.get(key)!r}, expected {expected!r}"
    # Elsewhere the number that the skill says to call would be wrong.
    sold, spoken = about.get("distributionCountries"), sorted({locale[3:] for locale in package.models})
    if sold != spoken:
        yield f"{MANIFEST}: distributionCountries are {sold}, expected those of the models, {spoken}"
    instructions = about.get("testingInstructions") or ""
    if not instructions.strip():
        yield f"{MANIFEST}: testingInstructions: empty; say how to reach each part"
    for locale, samples in package.samples.items():
        yield from (
            f"{MANIFEST}: testingInstructions: {fault} in {locale}" for fault in quoted(instructions, samples)
        )


def privacy(package: Package) -> Iterator[str]:
    """The form "Privacy & Compliance", and that nothing is asked for, nor stored unless the page says so."""
    answers = {k: v for k, v in package.inside["privacyAndCompliance"].items() if k != "locales"}
    for key in sorted({*answers, *ANSWERS}):
        if answers.get(key) != ANSWERS.get(key):
            expected = ANSWERS.get(key, "that it isn't there")
            yield f"{MANIFEST}: privacyAndCompliance.{key} is {answers.get(key)}, expected {expected}"
    if "permissions" in package.inside:
        yield f"{MANIFEST}: permissions: nothing is asked for, so expected that it isn't there"
    yield from memory_of_visits(package.inside, package.pages)
    custom = package.inside["apis"]["custom"]
    shows = [interface.get("type") for interface in custom.get("interfaces", [])]
    if shows != ["ALEXA_PRESENTATION_APL"]:
        yield f"{MANIFEST}: apis.custom.interfaces: {shows}, expected ALEXA_PRESENTATION_APL alone"
    for key in custom.keys() - {"endpoint", "interfaces"}:
        yield f"{MANIFEST}: apis.custom.{key}: not used, so expected that it isn't there"
    if "endpoint" in custom:
        yield from called_at(custom["endpoint"])


def called_at(endpoint: Mapping[str, str]) -> Iterator[str]:
    """Where Alexa calls the skill: a Lambda function, or a web service that shows a trusted certificate."""
    uri, certificate = endpoint.get("uri", ""), endpoint.get("sslCertificateType")
    is_web_service = WEB_SERVICE.fullmatch(uri) is not None
    if not is_web_service and not ENDPOINT.fullmatch(uri):
        yield (
            f"{MANIFEST}: the endpoint is {uri!r}, expected the alias's ARN, which ends in :live, "
            "or https://<your server>/alexa"
        )
    expected = "Trusted" if is_web_service else None
    if certificate != expected:
        yield f"{MANIFEST}: the endpoint's sslCertificateType is {certificate}, expected {expected}"


def addresses(package: Package) -> Iterator[str]:
    """The pages that the store links to."""
    of = package.inside["privacyAndCompliance"].get("locales", {})
    for locale, listing in package.listings.items():
        for key in ("privacyPolicyUrl", "termsOfUseUrl"):
            where, address = f"{MANIFEST}: {locale}: {key}", of.get(locale, {}).get(key, "")
            parts = urlsplit(address)
            if parts.scheme != "https" or not parts.hostname:
                yield f"{where} is {address!r}, expected an address with https"
                continue
            if re.search("amazon|alexa|aws", parts.hostname):
                yield f"{where} is {address!r}, expected a domain without Amazon's names"
            name = parts.path.rpartition("/")[2].removesuffix(".html")
            page = package.pages.get(name)
            if page is None:
                yield f"{where} is {address!r}, expected one of the pages {', '.join(package.pages)} in docs/"
            elif listing["name"] not in page:
                yield f"docs/{name}.md: doesn't name the skill, expected {listing['name']!r}"
            else:
                yield from (f"docs/{name}.md: {fault}" for fault in disclaimer(page))


def _files(package: Package) -> Iterator[str]:
    for path in package.files:
        if not MAY_LIE.fullmatch(path):
            yield f"{path}: a package has no such file; expected {MAY_LIE.pattern.replace('|', ' or ')}"


def _listing(listing: Mapping[str, Any], samples: Samples, files: Mapping[str, bytes]) -> Iterator[str]:
    yield from _lengths(listing)
    yield from claims(listing, samples.invocation_name)
    yield from amazons_names(listing, samples.invocation_name)
    yield from advertising(listing, samples.invocation_name)
    yield from description(listing["description"], samples)
    yield from phrases(listing["examplePhrases"], samples)
    yield from icons(listing, files)


def _lengths(listing: Mapping[str, Any]) -> Iterator[str]:
    for key, most in LONGEST.items():
        least = SHORTEST_NAME if key == "name" else 1
        if not least <= len(listing[key]) <= most:
            yield f"{key}: {len(listing[key])} characters, expected {least} to {most}"
    if not 1 <= len(listing["keywords"]) <= MOST_KEYWORDS:
        yield f"keywords: {len(listing['keywords'])} of them, expected 1 to {MOST_KEYWORDS}"
    if len(listing["examplePhrases"]) != PHRASES:
        yield f"examplePhrases: {len(listing['examplePhrases'])} of them, expected {PHRASES}"
    for phrase in listing["examplePhrases"]:
        if len(phrase) > LONGEST_PHRASE:
            yield f"examplePhrases: {len(phrase)} characters, expected at most {LONGEST_PHRASE}"


def claims(listing: Mapping[str, Any], invocation_name: str) -> Iterator[str]:
    """Claims to heal, outside the disclaimer; in what stands in lists not even a doctor."""
    yield from _refused(NOT_IN_LISTS, "no medical claim and no doctor", _in_lists(listing, invocation_name))
    yield from _refused(CLAIM, "no medical claim outside the disclaimer", _described(listing))


def amazons_names(listing: Mapping[str, Any], invocation_name: str) -> Iterator[str]:
    """Amazon's names as ours."""
    yield from _refused(TRADE_MARKS, "none of Amazon's names", _in_lists(listing, invocation_name))
    yield from _refused(NOT_OURS, "nothing that reads as Amazon's own", _described(listing))


def advertising(listing: Mapping[str, Any], invocation_name: str) -> Iterator[str]:
    """Advertising, and pleas for a rating."""
    texts = {**_in_lists(listing, invocation_name), **_described(listing)}
    yield from _refused(ADVERTISING, "no advertising, no plea for a rating", texts)


def _refused(forbidden: re.Pattern[str], expected: str, texts: Mapping[str, str]) -> Iterator[str]:
    for where, text in texts.items():
        for match in forbidden.finditer(text.lower()):
            yield f"{where}: {match[0]!r}, expected {expected}"


def _in_lists(listing: Mapping[str, Any], invocation_name: str) -> dict[str, str]:
    """What a store shows without its context."""
    shown = {"name": listing["name"], "invocation name": invocation_name, "summary": listing["summary"]}
    return shown | {f"keyword {word!r}": word for word in listing["keywords"]}


def _described(listing: Mapping[str, Any]) -> dict[str, str]:
    return {"description": _without_disclaimer(listing["description"])}


def _without_disclaimer(description: str) -> str:
    """Amazon's own words for the disclaimer name what we may not claim."""
    return " ".join(s for s in re.split(r"(?<=\.)\s", description) if DISCLAIMER[0] not in s)


def disclaimer(text: str) -> Iterator[str]:
    """Amazon's own example of the health disclaimer, in its main words."""
    plain = " ".join(text.lower().split())
    for words in DISCLAIMER:
        if words not in plain:
            yield f"expected the health disclaimer, with {words!r}"


def description(text: str, samples: Samples) -> Iterator[str]:
    """The description: disclaimer, phrases that work, for adults, and a skill."""
    yield from (f"description: {fault}" for fault in disclaimer(text))
    yield from (f"description: {fault}" for fault in quoted(text, samples))
    if not re.search(r"\b(for adults|isn't for children|not for children)\b", text):
        yield "description: expected that it is for adults"
    if "skill" not in text or re.search(r"(?<!alexa )\bapps?\b", text.lower()):
        yield "description: expected 'skill', never 'app' (but for the Alexa app)"


def quoted(text: str, samples: Samples) -> Iterator[str]:
    """What is in quotes is what a person will say."""
    for phrase in QUOTED.findall(text):
        if phrase.startswith("Alexa"):
            rest = samples.after_the_name(phrase)
            if rest is None:
                yield f"{phrase!r}, expected {_opening(samples)}"
                continue
            phrase = rest  # noqa: PLW2901  the name alone opens the skill
        if phrase and samples.intent_of(phrase) is None:
            yield f"{phrase!r} isn't understood, expected a sample of the interaction model"


def phrases(examples: list[str], samples: Samples) -> Iterator[str]:
    """The example phrases: Alexa, the skill's name, and a sample."""
    for phrase in examples:
        rest = samples.after_the_name(phrase)
        if rest is None:
            yield f"examplePhrases: {phrase!r}, expected {_opening(samples)}"
        elif samples.intent_of(rest) is None:
            yield f"examplePhrases: {phrase!r}, expected a sample of the interaction model after the name"


def _opening(samples: Samples) -> str:
    return f"'Alexa, <{', '.join(LAUNCH)}> {samples.invocation_name} ...'"
