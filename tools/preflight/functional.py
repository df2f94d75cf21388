"""F: what the store says works, in the words that the store gives for it."""

from __future__ import annotations

from collections.abc import Iterator

from twitching.catalogue import load_catalogue
from twitching.dialogue.routes import COMMANDS
from twitching.dialogue.tellings import TELLINGS
from twitching.dialogue.turn import LAUNCH

from simulator.understanding.model import BUILT_IN
from tools.icon import icons
from tools.manifest_rules import PHRASES, QUOTED, description, phrases, quoted
from tools.model_rules import invocation
from tools.phrases import Samples, own_wording
from tools.preflight.explored import AT_ONCE
from tools.preflight.row import Examined, Row
from tools.reply_rules import WAS_AT_A_LOSS, faults

LONGEST_CARD = 8_000  # characters, title and text
# Answers, and what keeps a conversation going: they are in every skill, and nobody looks for them in a store.
NOT_A_FEATURE = frozenset(
    {
        "OutOfScopeIntent",  # what it does not do
        *(
            f"AMAZON.{name}Intent"
            for name in ("Cancel", "Fallback", "NavigateHome", "Next", "Previous", "StartOver")
        ),
        *("RatherYesIntent", "RatherNoIntent", "SkipIntent", "NotClearIntent", "ThanksIntent"),
        *("SignIntent", "DenySignIntent", "DurationIntent"),
    }
)


def _example_phrases(of: Examined) -> Iterator[str]:
    examples = of.listing["examplePhrases"]
    if not 1 <= len(examples) <= PHRASES:
        yield f"examplePhrases: {len(examples)} of them, expected 1 to {PHRASES}"
    yield from phrases(examples, of.samples)


def _examples_are_answered(of: Examined) -> Iterator[str]:
    for phrase in of.listing["examplePhrases"]:
        rest = of.samples.after_the_name(phrase)
        understood = of.samples.understood(rest) if rest else None
        if understood is None:
            yield f"examplePhrases: {phrase!r} isn't understood, expected a sample of the model"
            continue
        told = of.device().send(understood, phrase)
        wrong = faults(told.request, told.response)
        if wrong or told.topic is None:
            found = WAS_AT_A_LOSS if WAS_AT_A_LOSS in wrong else told.speech
            yield f"examplePhrases: {phrase!r} hears {found!r}, expected an answer of its own"


def _own_wordings(of: Examined) -> Iterator[str]:
    """A phrase for a built-in intent, wherever it is quoted, is the one that the intent is named for."""
    instructions = of.package.inside["publishingInformation"].get("testingInstructions", "")
    for where, text in (("description", of.listing["description"]), ("testingInstructions", instructions)):
        for phrase in QUOTED.findall(text):
            intent = of.samples.intent_of(phrase)
            if intent in BUILT_IN and phrase.lower() != own_wording(intent):
                yield f"{where}: {phrase!r}, expected {own_wording(intent)!r}"


def _described(of: Examined) -> Iterator[str]:
    yield from description(of.listing["description"], of.samples)
    for name in unnamed_features(of.listing["description"], of.samples):
        yield f"description: nothing to say for {name}, expected a quoted phrase for every feature"


def unnamed_features(description_: str, samples: Samples) -> list[str]:
    """The intents that a description quotes no phrase for; what isn't sold belongs to NOT_A_FEATURE."""
    offered = {samples.intent_of(phrase) for phrase in QUOTED.findall(description_)}
    return sorted({*COMMANDS, *TELLINGS} - {LAUNCH} - NOT_A_FEATURE - offered)


def _invocation_name(of: Examined) -> Iterator[str]:
    return invocation(of.samples.invocation_name)


def _icons(of: Examined) -> Iterator[str]:
    return icons(of.listing, of.package.files)


def _instructions(of: Examined) -> Iterator[str]:
    text = of.package.inside["publishingInformation"].get("testingInstructions") or ""
    if not text.strip():
        yield "testingInstructions: empty, expected how to reach each part"
    yield from (f"testingInstructions: {fault}" for fault in quoted(text, of.samples))


def _cards(of: Examined) -> Iterator[str]:
    topics = load_catalogue().topics
    for told in of.explored.told:
        card = told.heard.card
        if card is None:
            if told.state == AT_ONCE and told.heard.topic in topics:
                yield f"{told.where}: no card, expected one with what was said"
            continue
        title, text = card.get("title", ""), card.get("content", "")
        if not title.strip() or not text.strip() or "<" in text:
            yield f"{told.where}: a card {card!r}, expected a title and plain text"
        if len(title) + len(text) > LONGEST_CARD:
            yield f"{told.where}: a card of {len(title) + len(text)} characters, expected {LONGEST_CARD}"


ROWS = (
    Row(
        "F1",
        "the example phrases begin with Alexa, a launch word and the skill's name",
        "functional",
        _example_phrases,
    ),
    Row(
        "F2",
        "each example phrase is made of a sample, and answered at once",
        "functional",
        _examples_are_answered,
    ),
    Row(
        "F3",
        "phrases for built-in intents are the plainest: their own names",
        "built-in intents",
        _own_wordings,
    ),
    Row(
        "F4",
        "the description names every feature and none that isn't there, and says skill",
        "common failures",
        _described,
        person="read it aloud for what no program sees: a misspelt word, a promise",
    ),
    Row(
        "F5",
        "the rules for an invocation name",
        "invocation name",
        _invocation_name,
        person="try it on an Echo before publication: it can't be changed later",
    ),
    Row("F6", "icons of 108 and 512 pixels", "manifest", _icons),
    Row("F7", "testing instructions, with phrases that work", "functional", _instructions),
    Row(
        "F8",
        "cards are useful and plain",
        "functional",
        _cards,
        person="look at a card of each kind in the Alexa app",
    ),
)
