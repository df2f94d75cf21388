"""The rules on medical content: what is explained, what must be said, and what mustn't."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tools.plain_language.measures import first, quoted, without
from tools.plain_language.spoken import EMERGENCY, REPROMPT, Breach, Everything, Spoken


def m6_terms(said: Everything) -> Iterator[Breach]:
    """M6: a medical term stands with plain words in the reply that first says it."""
    elsewhere = (text for text in said.texts if text.kind not in {"topic", "source"})
    replies = [*said.topics.values(), *([t] for t in elsewhere if not t.ids[0].endswith(REPROMPT))]
    for texts in replies:
        heard = " ".join(text.text for text in texts).lower()
        names = [name for name in said.rules.terms if name.lower() in heard]
        for name in names:
            longer = [other for other in names if name.lower() in other.lower() and name != other]
            term = said.rules.terms[name]
            text, use = _first_use(name, longer, texts)
            if text is None or use is None:
                continue
            wanted = " or ".join(map(quoted, term.plain))
            explained = first(term.plain, text.text)
            if explained is None:
                yield said.breach("M6", text.ids, f"{wanted} with {quoted(name)}", quoted(text.text))
            elif not term.after and explained.start() > use.start():
                yield said.breach("M6", text.ids, f"{wanted} before {quoted(name)}", quoted(text.text))


def _first_use(
    name: str, longer: Iterable[str], texts: Iterable[Spoken]
) -> tuple[Spoken | None, re.Match[str] | None]:
    """The first text with the term, and where in it; not where it is part of a longer term."""
    uses = ((text, first([name], without(longer, text.text))) for text in texts)
    return next(((text, use) for text, use in uses if use), (None, None))


def m8_banned(said: Everything) -> Iterator[Breach]:
    """M8: no promise, no alarm, no verdict."""
    for ban in said.rules.banned:
        phrases = [f"{phrase} ... {what}" for phrase in ban.say for what in ban.before] or ban.say
        for _, part in said.parts:
            if found := first(phrases, without(ban.except_, part.text)):
                yield said.breach("M8", [part.id], f"no {quoted(found[0].lower())}", quoted(part.text))


def m12_emergency(said: Everything) -> Iterator[Breach]:
    """M12: in an emergency, whom to call comes first, with the locale's number, and nothing is offered."""
    expected = f"Call {said.place.emergency_number or said.rules.instead_of_a_number} now."
    urgent = [turn for turn in said.turns if any(id_.startswith(EMERGENCY) for id_ in turn.ids)]
    if not urgent:
        yield said.breach("M12", [EMERGENCY + "action"], f"a reply that begins {quoted(expected)}", "none")
    for turn in urgent:
        if not turn.text.startswith(f"{expected} "):
            yield said.breach("M12", turn.ids, quoted(expected) + " first", quoted(turn.text))
        if turn.asks:
            yield said.breach("M12", turn.ids, "no question and no offer", quoted(turn.text))


def m13_safety_net(said: Everything) -> Iterator[Breach]:
    """M13: topics on causes, conditions and treatments tell when to be seen."""
    net = said.rules.safety_net
    for kind in net.kinds:
        for topic in said.facts.topic_files[kind].topics:
            if not first(net.phrases, _whole(topic, said)):
                yield said.breach("M13", [topic], "when to be seen", "no such sentence in the topic")


def m14_medicines(said: Everything) -> Iterator[Breach]:
    """M14: who hears of a medicine hears not to stop it, or whom to ask.

    Not in an emergency, where the call comes before everything; not where something is only asked
    or offered; and not in the reasons for a result, which said it itself.
    """
    medicines = said.rules.medicines
    for text in said.of_kind("topic", "result", "talk"):
        if any(id_.startswith(EMERGENCY) for id_ in text.ids):
            continue
        found = first(medicines.words, without(medicines.except_, text.text))
        if found and not first(medicines.cautions, text.text):
            expected = " or ".join(map(quoted, medicines.cautions[:3]))
            yield said.breach("M14", text.ids, f"{expected} with {quoted(found[0])}", quoted(text.text))


def m15_must_say(said: Everything) -> Iterator[Breach]:
    """M15: a topic that scares makes all its points; " / " stands between the words of two Englishes."""
    for topic, points in said.rules.must_say.items():
        for point in points:
            if not first(point.split(" / "), _whole(topic, said)):
                yield said.breach("M15", [topic], quoted(point), "no such words in the topic")


def _whole(topic: str, said: Everything) -> str:
    return " ".join(breath.text for breath in said.topics.get(topic, []))


def m16_hedges(said: Everything) -> Iterator[Breach]:
    """M16: what isn't certain is said so."""
    stated = (s for t in said.facts.topics.values() for breath in t.breaths for s in breath)
    hedged = {statement.id for statement in stated if statement.stance == "hedged"}
    for _, part in said.parts:
        if part.id in hedged and not first(said.rules.hedges, part.text):
            expected = f"one of {', '.join(said.rules.hedges)}"
            yield said.breach("M16", [part.id], expected, quoted(part.text))


def m19_disclaimer(said: Everything) -> Iterator[Breach]:
    """M19: that this is no doctor is said at the start, in help and before the check, and not each time."""
    wanted = said.rules.disclaimer
    for turn in said.turns:
        if turn.introduces and not first([wanted], turn.text):
            yield said.breach("M19", turn.ids, quoted(wanted), quoted(turn.text))
    for text in said.of_kind("topic", "result", "reason", "question", "offer"):
        if first([wanted], text.text):
            yield said.breach("M19", text.ids, f"{quoted(wanted)} only in introductions", quoted(text.text))
