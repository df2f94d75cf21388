"""Ways to break what preflight looks at: each takes a locale as examined, and gives it back with one fault."""

import copy
from dataclasses import replace

from simulator.understanding import Understood
from tests.package_changes import changed
from tools.plain_language.spoken import Part, Spoken
from tools.preflight.explored import Told, device_at

MOST_RETOLD = 300


def package(change):
    """Another package (tests/package_changes)."""
    return lambda of: replace(of, package=changed(of.package, change))


def model(change):
    """Another interaction model."""

    def to_package(held):
        published = copy.deepcopy(held.models["en-GB"])
        change(published["interactionModel"]["languageModel"])
        held.models["en-GB"] = published

    return package(to_package)


def intent(of, name):
    return next(each for each in of["intents"] if each["name"] == name)


def says(text, id_="goodbye", kind="talk"):
    """One more sentence that the skill can speak."""
    spoken = Spoken(kind, (Part(id_, text),))
    return lambda of: replace(of, said=replace(of.said, texts=(*of.said.texts, spoken)))


def words(**changes):
    """Other words: kind=(id, wordings)."""

    def break_(of):
        new = {kind: {**getattr(of.words, kind), id_: held} for kind, (id_, held) in changes.items()}
        return replace(of, words=replace(of.words, **new))

    return break_


def prompt(id_, **changes):
    """Another wording of a prompt."""
    return lambda of: words(ask=(id_, replace(of.words.ask[id_], **changes)))(of)


def template(text):
    """A template that holds this, too."""

    def break_(of, folder):
        path = folder / "template.yaml"
        path.write_text(text(of.template.read_text(encoding="utf-8")), encoding="utf-8")
        return replace(of, template=path)

    break_.needs_a_folder = True
    return break_


def skill(answer):
    """Another skill: `answer` takes the event and the real answer. What was told is told anew by it."""

    def break_(of):
        def invoke(event):
            return answer(event, copy.deepcopy(of.invoke(event)))

        return replace(of, invoke=invoke, explored=_retold(of, invoke, getattr(answer, "names", None)))

    return break_


def _retold(of, invoke, names):
    """The replies to these requests (None: to all) as the other skill gives them; the first few are enough."""
    told = []
    for each in [e for e in of.explored.told if not names or name_of(e.heard.request) in names][:MOST_RETOLD]:
        device = device_at(of.explored.states[each.state], of.locale, invoke)
        request = each.heard.request["request"]
        if "intent" in request:
            move = Understood(request["intent"]["name"], request["intent"]["slots"])
            told.append(Told(each.state, device.send(move, each.heard.said)))
        else:
            told.append(Told(each.state, device.launch()))
    return replace(of.explored, told=tuple(told))


def name_of(event):
    """The intent's name, or the request's type."""
    return event["request"].get("intent", {}).get("name") or event["request"]["type"]


def to(*names):
    """Those requests alone: a decorator for `answer`."""

    def only(answer):
        def some(event, told):
            return answer(event, told) if name_of(event) in names else told

        some.names = names
        return some

    return only


def body(**parts):
    """An answer with these parts of the response instead; None takes one out."""

    def answer(_, told):
        changed_ = {**told["response"], **parts}
        return {**told, "response": {name: held for name, held in changed_.items() if held is not None}}

    return answer


def speaks(text, **parts):
    return body(outputSpeech={"type": "SSML", "ssml": f"<speak>{text}</speak>"}, **parts)


def remembers(**attributes):
    """An answer with these session attributes, too."""

    def answer(_, told):
        told["sessionAttributes"] = {**(told.get("sessionAttributes") or {}), **attributes}
        return told

    return answer


def raises(_, __):
    raise KeyError("broken")


def logs(_, told):
    print("weak since Monday")
    return told
