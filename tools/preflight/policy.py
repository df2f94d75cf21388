"""P: Amazon's policy, for a skill about health that keeps nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import fields
from io import StringIO

from twitching.catalogue import load_catalogue
from twitching.dialogue.session import Session
from twitching.triage.model import NO, UNSURE, YES

from tools.aws.memory_rules import as_deployed
from tools.aws.source import read_template
from tools.manifest_rules import (
    ADVERTISING,
    addresses,
    advertising,
    amazons_names,
    claims,
    disclaimer,
    privacy,
)
from tools.plain_language.rules_medical import m8_banned
from tools.preflight.explored import Told
from tools.preflight.row import Examined, Row, bare

ON_A_CARD = "OnACardIntent"  # the one way for an answer to get onto a card, and only because it was asked for
OF_THE_PERSON = ("because.", "sign.", "doctor.")  # sentences that tell an answer
LEFT_AFTERWARDS = {"said", "turn", "misses"}  # what a closing reply may carry
_I = r"\b(?:i|it|this skill|the skill|the check)(?:'ll| will| can| could)?"
SPOKEN_CLAIM = re.compile(rf"\blife-? ?saving\b|\bsav\w+ lives\b|{_I} (?:cure|heal|treat|diagnose)s?\b")
CONTACT = re.compile(
    r"\b(?:i'll|i will|i can|i'm|it can|it will|let me|shall i|want me to) (?:now )?"
    r"(?:call|calling|dial|ring|phone|contact|alert|get help|get you)"
    r"|\bconnect(?:ing)? you\b|\bput you through\b"
)


def _disclaimer(of: Examined) -> Iterator[str]:
    return (f"description: {fault}" for fault in disclaimer(of.listing["description"]))


def _claims(of: Examined) -> Iterator[str]:
    yield from claims(of.listing, of.samples.invocation_name)
    yield from map(str, m8_banned(of.said))
    yield from _spoken(SPOKEN_CLAIM, "no medical claim", of.sentences)


def _spoken(forbidden: re.Pattern[str], expected: str, texts: Iterable[tuple[str, str]]) -> Iterator[str]:
    for where, text in texts:
        if found := forbidden.search(text.lower()):
            yield f"{where}: {found[0]!r} in {text!r}, expected {expected}"


def _nothing_kept(of: Examined) -> Iterator[str]:
    yield from _attributes(of.explored.told)
    yield from _cards(of)
    yield from _logged(of)
    yield from privacy(of.package)
    for name, resource in as_deployed(read_template(of.template))["Resources"].items():
        if re.search("dynamodb|s3::bucket", json.dumps(resource), re.IGNORECASE):
            yield f"{of.template.name}: {name}: a place to store, expected none unless RememberVisits is true"


def _attributes(told: Iterable[Told]) -> Iterator[str]:
    """They hold the skill's own ids, never what was said; and at the end nothing of the person."""
    known, keys = _known_ids(), {field.name for field in fields(Session)}
    for each in told:
        attributes = each.heard.response.get("sessionAttributes") or {}
        for key in attributes.keys() - (keys if each.heard.open else LEFT_AFTERWARDS):
            yield f"{each.where}: session attribute {key}, expected none such"
        for text in _texts(attributes):
            if text not in known:
                yield f"{each.where}: {text!r} in the session attributes, expected ids of the skill's own"


def _known_ids() -> set[str]:
    catalogue = load_catalogue()
    check = catalogue.check
    spans = {span.id for question in check.questions for span in question.spans}
    return {
        *({YES, NO, UNSURE} | spans),
        *(question.id for question in check.questions),
        *(*check.signs, *catalogue.topics, *catalogue.persons, *catalogue.sentences, *catalogue.prompts),
    }


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _cards(of: Examined) -> Iterator[str]:
    """No card names an answer, but for the summary that a person asks for."""
    private = {text for id_, text in of.sentences if id_.startswith(OF_THE_PERSON)}
    for told in of.explored.told:
        asked_for = told.heard.intent == ON_A_CARD or told.state.startswith("offer_card")
        card = told.heard.card
        if card and not asked_for and (shown := [text for text in private if text in str(card)]):
            yield f"{told.where}: a card with {shown[0]!r}, expected nothing of the person"


def _logged(of: Examined) -> Iterator[str]:
    """What the skill writes while people answer."""
    log = StringIO()
    with redirect_stdout(log), redirect_stderr(log):
        for state in of.explored.states:
            of.device(state).send(bare("AMAZON.YesIntent"), "yes")
    if written := log.getvalue():
        yield f"the log: {written[:120]!r}, expected nothing"


def _no_contact(of: Examined) -> Iterator[str]:
    yield from _spoken(CONTACT, "no offer to call or connect anybody", of.sentences)
    yield from _spoken(CONTACT, "no offer to call or connect anybody", [("description", _description(of))])


def _description(of: Examined) -> str:
    return str(of.listing["description"])


def _privacy_page(of: Examined) -> Iterator[str]:
    return addresses(of.package)


def _amazons_names(of: Examined) -> Iterator[str]:
    yield from amazons_names(of.listing, of.samples.invocation_name)
    yield from (fault for fault in addresses(of.package) if "Amazon" in fault)


def _no_advertising(of: Examined) -> Iterator[str]:
    yield from advertising(of.listing, of.samples.invocation_name)
    yield from _spoken(ADVERTISING, "no advertising, no plea for a rating", of.sentences)
    if of.package.inside["privacyAndCompliance"].get("containsAds") is not False:
        yield "skill.json: containsAds, expected false"


def _for_adults(of: Examined) -> Iterator[str]:
    if of.package.inside["privacyAndCompliance"].get("isChildDirected") is not False:
        yield "skill.json: isChildDirected, expected false"
    if not re.search(r"\b(for adults|isn't for children|not for children)\b", _description(of)):
        yield "description: expected that it is for adults"


ROWS = (
    Row("P1", "the description has the health disclaimer", "policy", _disclaimer),
    Row(
        "P2",
        "no claim to cure, diagnose, treat or save lives, in the store or in speech",
        "policy",
        _claims,
        person="a clinician judges if anything misleads by what it leaves out",
    ),
    Row(
        "P3",
        "no answer about health is stored, logged or shown",
        "policy",
        _nothing_kept,
        person="read the policy's section on health: it doesn't say if a question alone collects",
        decided="answers stand in the running conversation's session attributes (README, Privacy)",
    ),
    Row("P4", "no offer to contact an emergency service", "policy", _no_contact),
    Row(
        "P5",
        "a privacy policy over HTTPS that names the skill, in its language",
        "privacy pages",
        _privacy_page,
        person="fill in what `make blanks` names, then open the address from outside",
    ),
    Row(
        "P6",
        "none of Amazon's names as ours, in the store or in an address",
        "names",
        _amazons_names,
        person="look at the icons: no Echo, no logo of somebody else's",
    ),
    Row("P7", "no advertising, no plea for a rating, no other skills", "policy", _no_advertising),
    Row("P8", "not directed at children", "policy", _for_adults),
)
