"""A pretend Echo: text in, the skill's answer out, by the same handler and the same JSON as on AWS."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from twitching import entry
from twitching.catalogue import load_catalogue
from twitching.dialogue.result import level_told
from twitching.speech import plain

from simulator import envelope
from simulator.kinds import KINDS, SPEAKER
from simulator.understanding import Understood, understanding
from simulator.understanding.model import resolved

Invoke = Callable[[dict[str, Any]], dict[str, Any]]
OPENINGS = {"alexa", "open", "start", "launch", "begin", "ask", "tell", "talk", "to", "use"}


@dataclass(frozen=True)
class Heard:
    """One turn, as `play --json` prints it: a contract that other tools rely on."""

    said: str
    intent: str | None
    slots: dict[str, Any]
    speech: str
    ssml: str
    reprompt: str | None
    card: dict[str, Any] | None
    screen: dict[str, Any] | None
    open: bool
    level: str | None
    topic: str | None
    request: dict[str, Any]
    response: dict[str, Any]

    def to_json(self) -> str:
        """One line."""
        return json.dumps(asdict(self), ensure_ascii=False)


class Device:
    """Holds the session between turns, as an Echo's cloud does."""

    def __init__(self, locale: str = "en-US", invoke: Invoke | None = None, kind: str = SPEAKER) -> None:
        """`invoke` takes an event and gives the response; without it the skill's own handler does.

        `kind` is one of KINDS, and decides which screen there is.
        """
        self.locale = locale
        self.screen: dict[str, Any] | None = None
        self._kind = KINDS[kind]
        self._invoke = invoke or (lambda event: entry.handler(event, None))
        self._session: dict[str, Any] | None = None
        self._sessions = 0

    @property
    def attributes(self) -> dict[str, Any]:
        """The session attributes, as the next request would carry them."""
        return dict(self._session["attributes"]) if self._session else {}

    @property
    def open(self) -> bool:
        """Is the skill waiting for an answer?"""
        return self._session is not None

    def new(self) -> None:
        """Forget the session."""
        self._session = None

    @property
    def sessions(self) -> int:
        """How many there have been so far."""
        return self._sessions

    def resume(self, attributes: dict[str, Any] | None, number: int = 1) -> None:
        """Be in the middle of the session of this number, with these attributes; None: after its end."""
        self._sessions = number
        self._session = None
        if attributes is not None:
            self._sessions -= 1
            self._session = {**self._new_session(), "new": False, "attributes": attributes}

    def say(self, text: str) -> Heard:
        """A person says something; in a fresh session it is a one-shot ("ask skin twitch guide ...")."""
        heard = understanding(self.locale)
        said = self._without_invocation(text, heard.model.invocation_name)
        if said == "" and not self.open:
            return self.launch(text)
        return self.send(heard.understand(said), text)

    def launch(self, said: str = "!launch") -> Heard:
        """The skill is opened by its name."""
        self.new()
        return self._send(envelope.launch(), said, None, {})

    def intent(self, name: str, said: str | None = None, **slots: str) -> Heard:
        """Exactly this intent, with these slot values."""
        known = understanding(self.locale)
        filled = {slot: known.slot(slot, value) for slot, value in slots.items()}
        return self.send(Understood(name, filled), said or f"!intent {name}")

    def touch(self, arguments: list[Any], said: str | None = None) -> Heard:
        """Something on the screen was touched that sends these arguments, as the page's SendEvent does."""
        token = self.screen["token"] if self.screen else ""
        shown = said or f"!touch {' '.join(map(str, arguments))}"
        return self._send(envelope.touch(token, arguments), shown, None, {})

    def touch_choice(self, choice: str, said: str | None = None) -> Heard:
        """The choice with this id or label on the screen is touched. Raises LookupError without one."""
        page = self.screen["datasources"]["screen"] if self.screen else {"choices": []}
        for shown in page["choices"]:
            if choice.lower() in (shown["id"], " ".join(shown["label"].lower().split())):
                return self.touch([page["token"], shown["id"]], said or f"!touch {choice}")
        labels = ", ".join(shown["label"] for shown in page["choices"])
        raise LookupError(f"{choice!r} can't be touched; there is {labels or 'nothing to touch'}")

    def end(self, reason: str = "USER_INITIATED") -> Heard:
        """Alexa ends the session."""
        turn = self._send(envelope.ended(reason), "!end", None, {})
        self.new()
        return turn

    def send(self, understood: Understood, said: str) -> Heard:
        """An intent, with slots as a request carries them."""
        request = envelope.intent(understood.intent, understood.slots)
        return self._send(request, said, understood.intent, understood.slots)

    def _send(self, request: dict[str, Any], said: str, intent: str | None, slots: dict[str, Any]) -> Heard:
        session = self._session or self._new_session()
        event = envelope.envelope(request, session, self.locale, self._kind)
        answer = json.loads(json.dumps(self._invoke(event)))  # as it comes over the line
        response = answer.get("response", {})
        attributes = answer.get("sessionAttributes") or {}
        level = level_told(attributes.get("said", []))
        stays_open = response.get("shouldEndSession") is False
        self._session = {**session, "new": False, "attributes": attributes} if stays_open else None
        self.screen = _screen(response)
        ssml = response.get("outputSpeech", {}).get("ssml", "")
        reprompt = response.get("reprompt", {}).get("outputSpeech", {}).get("ssml")
        return Heard(
            said=said,
            intent=intent,
            slots={name: resolved(slot) or str(slot.get("value", "")) for name, slot in slots.items()},
            speech=plain(ssml),
            ssml=ssml,
            reprompt=plain(reprompt) if reprompt else None,
            card=response.get("card"),
            screen=self.screen,
            open=stays_open,
            level=None if level is None else level.id,
            topic=_topic(attributes),
            request=event,
            response=answer,
        )

    def _new_session(self) -> dict[str, Any]:
        self._sessions += 1
        return envelope.new_session(os.environ.get("SKILL_ID", envelope.APPLICATION), self._sessions)

    def _without_invocation(self, text: str, name: str) -> str:
        """As in "alexa, ask skin twitch guide why ..." -> "why ..."; "open skin twitch guide" -> ""."""
        said = " ".join(text.lower().replace(",", " ").split())
        named, _, rest = said.partition(name)
        if named != said and set(named.split()) <= OPENINGS:
            return rest.strip().removeprefix("and ").removeprefix("to ").removeprefix("for ").strip()
        return text


def _screen(response: dict[str, Any]) -> dict[str, Any] | None:
    """The page that the reply shows: its token, document and datasources."""
    directives = response.get("directives") or []
    rendered = next((d for d in directives if d["type"] == "Alexa.Presentation.APL.RenderDocument"), None)
    return {part: rendered[part] for part in ("token", "document", "datasources")} if rendered else None


def _topic(attributes: dict[str, Any]) -> str | None:
    """The topic that the reply told from."""
    topic = load_catalogue().topics.get(attributes.get("topic", ""))
    told = {statement for breath in topic.breaths for statement in breath} if topic else set()
    return topic.id if topic and told & set(attributes.get("said", [])) else None
