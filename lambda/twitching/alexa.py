"""Alexa on one side, the dialogue on the other: the only module that knows the SDK."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any, cast
from zlib import crc32

from ask_sdk_core.dispatch_components.request_components import AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_model.intent_request import IntentRequest
from ask_sdk_model.request_envelope import RequestEnvelope
from ask_sdk_model.response import Response
from ask_sdk_model.session_ended_request import SessionEndedRequest
from ask_sdk_model.slot import Slot
from ask_sdk_model.ui.simple_card import SimpleCard

from twitching.catalogue import ANY_LOCALE, Catalogue, Words, load_catalogue, load_words
from twitching.dialogue.routes import respond
from twitching.dialogue.session import Session, read_session
from twitching.dialogue.turn import LAUNCH, Heard, Reply, Turn
from twitching.envelope import APL, CHOICE, NOT_READ, SCREEN, TOUCH
from twitching.speech import Speech, speak

Handler = Callable[[Mapping[str, Any], object], dict[str, Any]]

# ISO 8601, as AMAZON.DURATION sends it. A month counts 30 days, a year 365.
_DURATION = re.compile(
    r"P(?=.)(?:(?P<y>\d+)Y)?(?:(?P<m>\d+)M)?(?:(?P<w>\d+)W)?(?:(?P<d>\d+)D)?(?:T[\dHMS.]+)?"
)
_DAYS = {"y": 365, "m": 30, "w": 7, "d": 1}


def skill_handler(*, guided: bool = True) -> Handler:
    """The SDK's handler: envelope in, response out.

    `guided` False asks nothing about the person: the warning signs are told instead of the check.
    """
    builder = SkillBuilder()
    builder.add_request_handler(_EveryRequest(replace(load_catalogue(), guided=guided)))
    answer = cast("Handler", builder.lambda_handler())
    # The SDK's model of a screen takes 35 ms to import. So that one fact goes in beside the envelope, where
    # the SDK would hand on Lambda's context, which nothing here needs.
    return lambda envelope, _context: answer(envelope, envelope.get("shows_pages"))


class _EveryRequest(AbstractRequestHandler):
    """One handler for all: which intent goes where is the dialogue's business."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def can_handle(self, handler_input: HandlerInput) -> bool:  # noqa: ARG002  the SDK passes it by name
        return True

    def handle(self, handler_input: HandlerInput) -> Response:
        envelope = handler_input.request_envelope
        if isinstance(envelope.request, SessionEndedRequest):
            return handler_input.response_builder.response  # nobody hears it
        attributes = handler_input.attributes_manager
        session = read_session(attributes.session_attributes, self.catalogue)
        reply = respond(_turn(envelope, session, self.catalogue), self.catalogue)
        attributes.session_attributes = reply.session.to_attributes()
        words = load_words((envelope.request.locale if envelope.request else None) or ANY_LOCALE)
        variety = _variety(envelope)
        response = _response(handler_input, speak(reply, words, variety))
        if handler_input.context is True:  # it has a screen: see skill_handler
            response.directives = cast("Any", [_page(reply, words, self.catalogue, variety)])
        return response


def _page(reply: Reply, words: Words, catalogue: Catalogue, variety: int) -> dict[str, Any]:
    """What shows a page on a screen: RenderDocument, of Alexa's APL interface reference."""
    from twitching import screen  # noqa: PLC0415  a speaker needs none of it

    page = screen.screen_of(reply, words, catalogue, variety)
    return {
        "type": f"{APL}.RenderDocument",
        "token": page.token,
        "document": screen.load_document(),
        "datasources": {"screen": asdict(page)},
    }


def _variety(envelope: RequestEnvelope) -> int:
    """The same all through a conversation, another in the next one, and no chance in it."""
    session_id = envelope.session.session_id if envelope.session else None
    return crc32((session_id or "").encode())


def _turn(envelope: RequestEnvelope, session: Session, catalogue: Catalogue) -> Turn:
    request = envelope.request
    if not isinstance(request, IntentRequest) or request.intent is None:
        return Turn(LAUNCH, session)
    slots = request.intent.slots or {}
    if request.intent.name == TOUCH:
        return _touch(slots, session, catalogue)
    heard = {name: _heard(slot, catalogue) for name, slot in slots.items() if slot.value}
    return Turn(request.intent.name or "", session, heard)


def _touch(slots: Mapping[str, Slot], session: Session, catalogue: Catalogue) -> Turn:
    from twitching.screen import touched  # noqa: PLC0415  a speaker needs none of it

    page, choice = (slots[name].value if name in slots else None for name in (SCREEN, CHOICE))
    return touched(page or "", choice or "", session, catalogue) or Turn(NOT_READ, session)


def _heard(slot: Slot, catalogue: Catalogue) -> Heard:
    """What a filled slot amounts to. Of several matches the first is Alexa's best."""
    id_ = _resolved(slot)
    if id_ and id_ in catalogue.spans:
        return Heard(id_, span=catalogue.spans[id_])
    return Heard(id_, days_of(slot.value or ""))


def _resolved(slot: Slot) -> str | None:
    authorities = (slot.resolutions.resolutions_per_authority if slot.resolutions else None) or []
    values = [wrapped.value for authority in authorities for wrapped in authority.values or []]
    return next((value.id for value in values if value and value.id), None)


def days_of(duration: str) -> int | None:
    """An ISO 8601 duration in whole days ("P3W" -> 21, hours -> 0), or None where it isn't one."""
    match = _DURATION.fullmatch(duration)
    if match is None:
        return None
    return sum(_DAYS[unit] * int(n) for unit, n in match.groupdict().items() if n)


def _response(handler_input: HandlerInput, speech: Speech) -> Response:
    builder = handler_input.response_builder
    builder.speak(speech.ssml)
    if speech.reprompt is not None:
        builder.ask(speech.reprompt)
    builder.set_should_end_session(speech.reprompt is None)
    if speech.card_title is not None:
        builder.set_card(SimpleCard(title=speech.card_title, content=speech.card_text))
    return builder.response
