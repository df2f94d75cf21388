"""V: Amazon's tests of the voice interface, each in every state that a conversation can be in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from twitching.catalogue import load_catalogue
from twitching.dialogue.routes import topic_of_intent
from twitching.dialogue.session import AGAIN, ASK

from simulator.device import Heard
from simulator.envelope import ended, intent
from simulator.understanding import Understood
from simulator.understanding.model import DURATION
from tools.model_rules import NEEDED, shared_or_misspelt
from tools.phrases import Samples, own_wording
from tools.preflight.explored import AT_ONCE, WELCOMED, first_value
from tools.preflight.row import Examined, Row, bare
from tools.reply_rules import ending, faults, silence

HELP, FALLBACK = "AMAZON.HelpIntent", "AMAZON.FallbackIntent"
LEAVING = ("AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent")
ANYTIME = tuple(f"AMAZON.{name}Intent" for name in ("Yes", "No", "Repeat", "Next", "Previous", "StartOver"))
ENDS = ("USER_INITIATED", "ERROR", "EXCEEDED_MAX_REPROMPTS")
HELPS = {"help", "check_help", "check_help_time"}
MORE_HELP = {"can_ask", "check_help", "check_help_time"}
SAFE = ("when_in_doubt", "level.")  # when to be seen: said when the skill gives up asking
FEWEST_SAMPLES = 5
HEARD_NOTHING = frozenset(
    {"missing", "empty", "blank", "not in the list", "of no id", "not resolved in time", "not resolved"}
)
SLOT_STATES = (AT_ONCE, WELCOMED, "ask.change", "ask.duration")
SUGGESTED = re.compile(
    r"(?:^|[.,] |\b(?:or|also|just) )say,? (?!it\b|so\b)([^.?]+)"
    r"|\bask (?:me about )?(why [^.?]+|causes[^.?]*)",
    re.IGNORECASE,
)


def said_ids(heard: Heard) -> tuple[str, ...]:
    """The sentences of a reply."""
    return tuple((heard.response.get("sessionAttributes") or {}).get("said", ()))


def question_of(state: str) -> str | None:
    """The question of the check that waits in a state."""
    asked = state.partition(",")[0]
    return asked.partition(".")[2] if asked.startswith((ASK, AGAIN)) else None


def asked_by(heard: Heard) -> str:
    """The prompt that a reply ends in."""
    return str((heard.response.get("sessionAttributes") or {}).get("asked", ""))


def _open_or_closed(of: Examined) -> Iterator[str]:
    for told in of.explored.told:
        yield from (f"{told.where}: {fault}" for fault in ending(told.heard.response))


def _welcome(of: Examined) -> Iterator[str]:
    device, wordings = of.device(), set()
    for _ in range(6):
        heard = device.launch()
        wordings.add(heard.speech)
        if of.listing["name"] not in heard.speech:
            yield f"!launch: {heard.speech!r}, expected the skill's name, {of.listing['name']!r}"
        if "twitch" not in heard.speech.replace(of.listing["name"], ""):
            yield f"!launch: {heard.speech!r}, expected what it does"
        if not heard.open or not heard.speech.endswith("?") or not heard.reprompt:
            yield f"!launch: {heard.speech!r}, expected a question and a reprompt"
    if len(wordings) < 2:
        yield f"!launch: always {wordings}, expected another welcome the next time"


def _help(of: Examined) -> Iterator[str]:
    for state in of.explored.states:
        heard, question = of.device(state).send(bare(HELP), "help"), question_of(state)
        if not heard.open or not heard.speech.endswith("?"):
            yield f"{state}, help: {heard.speech!r}, expected a question and an open session"
        if not HELPS & {*said_ids(heard)}:
            yield f"{state}, help: {heard.speech!r}, expected what can be said here"
        if question and asked_by(heard) != AGAIN + question:
            yield f"{state}, help: asks {asked_by(heard)!r}, expected the waiting question, {question}"


def _leaving(of: Examined) -> Iterator[str]:
    for name in LEAVING:
        for state in of.explored.states:
            heard = of.device(state).send(bare(name), name)
            if heard.open or "?" in heard.speech or heard.level == "self_care":
                yield f"{state}, {name}: {heard.speech!r}, expected the end, without a question"
        if (means := of.samples.intent_of(own_wording(name))) != name:
            yield f"{own_wording(name)!r} means {means}, expected {name}"


def _built_in(of: Examined) -> Iterator[str]:
    missing = NEEDED - {i["name"] for i in of.language_model["intents"]}
    return (f"the interaction model: {name} is missing, expected it" for name in sorted(missing))


def _noise(of: Examined) -> Iterator[str]:
    """Help that grows: ask again; say what can be said; give the safe advice and end."""
    for state, attributes in of.explored.states.items():
        device = of.device()
        if patient := {key: value for key, value in attributes.items() if key != "misses"}:
            device.resume(patient)
        first, second, third = (device.send(bare(FALLBACK), "noise") for _ in range(3))
        if not first.open:
            yield f"{state}, noise: {first.speech!r}, expected to be asked again"
        if not second.open or second.speech == first.speech or not MORE_HELP & {*said_ids(second)}:
            yield f"{state}, noise twice: {second.speech!r}, expected what can be said"
        if third.open or not any(id_.startswith(SAFE) for id_ in said_ids(third)):
            yield f"{state}, noise three times: {third.speech!r}, expected when to be seen, and the end"


def _session_ended(of: Examined) -> Iterator[str]:
    for state in of.explored.states:
        for reason in ENDS:
            request = {**ended(reason), "error": {"type": "INVALID_RESPONSE", "message": "x"}}
            answer = of.answer(request, state)
            yield from (f"{state}, ended ({reason}): {fault}" for fault in silence(answer))


def _one_shots(of: Examined) -> Iterator[str]:
    """Every intent of our own, with each set of slots that its samples have; at once, and once welcomed."""
    for name, samples in of.samples.model.samples.items():
        if name.startswith("AMAZON."):
            continue
        kinds = {tuple(word[1:-1] for word in sample if word[0] == "{") for sample in samples}
        if len(kinds) > 1:
            kinds.discard(())  # "since Easter": a time that nobody can count is asked for again
        for slots in sorted(kinds):
            for state, refused in (
                (AT_ONCE, {"not_understood", "welcome"}),
                (WELCOMED, {"not_understood"}),  # "slower" says the welcome once more
            ):
                filled = {slot: first_value(of.samples.model, slot) for slot in slots}
                heard = of.device(state).send(Understood(name, filled), name)
                if faults(heard.request, heard.response) or refused & {*said_ids(heard)}:
                    yield f"{state}, {name} with {slots}: {heard.speech!r}, expected an answer"


def _slots(of: Examined) -> Iterator[str]:
    """Each slot of each intent, with everything that Alexa may send in it; in the check and outside."""
    states = [state for state in SLOT_STATES if state in of.explored.states]
    for name, slots in of.samples.model.slots_of.items():
        for slot in slots:
            values = of.samples.model.values.get(of.samples.model.slot_types[slot], {})
            ids = list(dict.fromkeys(value.id for value in values.values()))
            for what, sent in _sent(slot, ids).items():
                for state in states:
                    heard = of.answer(intent(name, sent), state)
                    told = faults({"session": True}, heard)
                    yield from (f"{state}, {name} with {slot} {what}: {fault}" for fault in told)
                    if what in HEARD_NOTHING and heard["response"].get("shouldEndSession") is not False:
                        yield f"{state}, {name} with {slot} {what}: closed, expected a prompt"


def _sent(slot: str, ids: list[str]) -> dict[str, dict[str, Any]]:
    """A slot in every form, by what is the matter with it."""

    def resolved(code: str, *found: str | None) -> dict[str, Any]:
        values = [{"value": {"id": id_, "name": "x"} if id_ else {"name": "x"}} for id_ in found]
        authority = {"authority": "a", "status": {"code": code}, "values": values}
        return {slot: {"name": slot, "value": "x", "resolutions": {"resolutionsPerAuthority": [authority]}}}

    return {
        "missing": {},
        "empty": {slot: {"name": slot, "value": ""}},
        "blank": {slot: {"name": slot, "value": "  "}},
        "not in the list": resolved("ER_SUCCESS_NO_MATCH"),
        "of no id": resolved("ER_SUCCESS_MATCH", None),
        "not resolved in time": resolved("ER_ERROR_TIMEOUT"),
        "not resolved": resolved("ER_ERROR_EXCEPTION"),
        "of two meanings": resolved("ER_SUCCESS_MATCH", *ids[:2]),
    }


def _out_of_place(of: Examined) -> Iterator[str]:
    """An answer to nothing gets a prompt; a no may get a goodbye."""
    for name in ANYTIME:
        for state in of.explored.states:
            heard = of.device(state).send(bare(name), name)
            wrong = faults(heard.request, heard.response)
            yield from (f"{state}, {name}: {fault}" for fault in wrong)
            a_result = heard.level is not None  # an answer may end the check
            if not heard.open and not a_result and name != "AMAZON.NoIntent":
                yield f"{state}, {name}: {heard.speech!r}, expected a prompt"


def suggestions(of: Examined) -> Iterator[tuple[str, str]]:
    """Every phrase that a sentence tells people to say: the sentence's id, and the phrase."""
    for id_, text in of.sentences:
        for match in SUGGESTED.finditer(text):
            listed = re.split(r" to | for ", match[1])[0] if match[1] else match[2]
            for phrase in re.split(r",? or (?:say )?|, ", listed):
                yield id_, phrase.removeprefix("about ")


def unknown_suggestions(of: Examined) -> Iterator[str]:
    """Those that the interaction model doesn't know."""
    for id_, phrase in dict.fromkeys(suggestions(of)):
        if of.samples.intent_of(phrase) is None:
            yield f"{id_}: {phrase!r}, expected a sample of the interaction model"


def _varied_samples(of: Examined) -> Iterator[str]:
    for each in of.language_model["intents"]:
        few = len(each["samples"]) < FEWEST_SAMPLES
        if few and not each["name"].startswith("AMAZON."):
            yield f"{each['name']}: {len(each['samples'])} samples, expected {FEWEST_SAMPLES} or more"
    yield from shared_or_misspelt(of.language_model["intents"])


def _relevant(of: Examined) -> Iterator[str]:
    """Every sample means its own intent, and every topic's intent tells of that topic."""
    yield from _misread(of.samples)
    catalogue = load_catalogue()
    for told in of.explored.told:
        topic = topic_of_intent(told.heard.intent or "", catalogue)
        if topic and told.state == AT_ONCE and told.heard.topic != topic:
            yield f"{told.where}: tells of {told.heard.topic}, expected {topic}"


@cache
def _misread(samples: Samples) -> tuple[str, ...]:
    """The samples that mean something else; once for locales that share a model."""
    model = samples.model
    found: list[str] = []
    first = {type_: next(iter(values)) for type_, values in model.values.items()}
    first[DURATION] = ("three", "weeks")
    for name, spoken in model.samples.items():
        for sample in spoken:
            parts = (first[model.slot_types[word[1:-1]]] if word[0] == "{" else (word,) for word in sample)
            words = tuple(word for part in parts for word in part)
            understood = samples.understood(" ".join(words))
            means = understood.intent if understood else None
            # Where another intent has these very words as a sample, they are that one's.
            if means is None or (means != name and words not in model.samples[means]):
                found.append(f"{name}: {' '.join(words)!r} means {means}, expected {name}")
    return tuple(found)


def _one_card(of: Examined) -> Iterator[str]:
    for told in of.explored.told:
        card, shown = told.heard.card, told.heard.response["response"].get("directives")
        if (card is not None and not isinstance(card, dict)) or shown:
            yield f"{told.where}: {card or shown!r}, expected one card at most"


ROWS = (
    Row("V1", "the session stays open exactly when the reply ends in a question", "voice", _open_or_closed),
    Row(
        "V2",
        "the welcome: the skill's name, what it does, a question, a reprompt; not always the same",
        "prompts",
        _welcome,
        decided="who comes back isn't known, so wordings take turns: docs/decisions/0012",
    ),
    Row("V3", "help in every state: what can be said here, and a question", "certification failures", _help),
    Row("V4", "stop and cancel end the conversation, in every state, without a question", "voice", _leaving),
    Row("V5", "the built-in intents that are needed are there", "built-in intents", _built_in),
    Row("V6", "what isn't understood gets help that grows, three times", "errors", _noise),
    Row("V7", "the end of a session is not answered", "response", _session_ended),
    Row("V8", "every intent answers at once, and in an open session", "functional", _one_shots),
    Row(
        "V9",
        "every slot: missing, empty, blank, unknown, of two meanings, not resolved",
        "entity resolution",
        _slots,
    ),
    Row("V10", "yes, no, repeat, next where nobody asked", "voice", _out_of_place),
    Row("V11", "what a prompt suggests to say exists in the model", "prompts", unknown_suggestions),
    Row("V12", "varied samples, none of them in two intents", "certification failures", _varied_samples),
    Row(
        "V13",
        "every sample means its intent, and no answer is beside the point",
        "pitfalls",
        _relevant,
        person="say the samples to an Echo: the recogniser here isn't Amazon's",
    ),
    Row("V14", "one card a response", "response", _one_card),
)
