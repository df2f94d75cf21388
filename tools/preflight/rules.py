"""R: rules for what is heard. Where the project goes by a figure of its own, the row says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from twitching.catalogue import load_catalogue
from twitching.dialogue.session import AGAIN, ASK
from twitching.speech import plain

from simulator.understanding import Understood
from tools.plain_language import rules_form as form
from tools.plain_language import rules_medical as medical
from tools.plain_language.measures import words_in
from tools.plain_language.spoken import Breach
from tools.preflight.explored import AT_ONCE
from tools.preflight.row import Examined, Row, bare
from tools.preflight.voice import FALLBACK, HELP, asked_by, question_of, said_ids, unknown_suggestions
from tools.render import TAGS
from tools.reply_rules import markup, one_question, reprompt, size

WORDS_IN_A_REPROMPT, WORDS_OF_HELP, FEWEST_WORDINGS = 20, 45, 3
MOST_SORRY, MOST_NOISE, MOST_NOES = 1, 3, 4
VARIED = {"say": ("welcome", "noted", "not_understood"), "ask": ("what_next", "offer_more")}
MEDICAL = ("level.", "sign.", "because.", "if.", "why.")
CHOICES = ("yes, no or not sure", "days, weeks or months", "how long")
FIGURES = "content/plain_language.yaml"
HERE = "docs/decisions/0012"
BLAME = re.compile(r"\b(you didn't (say|answer|speak|respond|tell)|invalid|error)\b")
UNCONTRACTED = re.compile(
    r"\b(i am|i will|it is not|cannot|can not|(do|does|did|is|are|was|will|should|would) not|you are not)\b"
)
MENU = re.compile(r"\b(press|option (one|1|a)|say [^.?]+? (to|for) )")
CONTROLS = re.compile(r"\bsay,? (help|repeat|stop|cancel)\b")
PROMISE = re.compile(
    r"\b(coming soon|in (the|a) future|next version|later version"
    r"|i'll soon|i'll be able|will be able to|not yet)\b"
)
COMPANY = re.compile(
    r"\b(our|ours|we (are|have|know|think|offer|made|believe|recommend|keep|store|don't)|we're|we've)\b"
)


def _heard(breaches: Iterator[Breach]) -> Iterator[str]:
    return map(str, breaches)


def _sentences(of: Examined, forbidden: re.Pattern[str], expected: str) -> Iterator[str]:
    for id_, text in of.sentences:
        if found := forbidden.search(text.lower()):
            yield f"{id_}: {found[0]!r} in {text!r}, expected {expected}"


def _breath(of: Examined) -> Iterator[str]:
    yield from _heard(form.m3_sentences(of.said))
    yield from _heard(form.m5_lists(of.said))


def _length(of: Examined) -> Iterator[str]:
    yield from _heard(form.m4_length(of.said))
    most = of.said.rules.limits.words_in_a_reply
    for told in of.explored.told:
        if (count := words_in(told.heard.speech)) > most:
            yield f"{told.where}: {count} words, expected at most {most}"


def _lists(of: Examined) -> Iterator[str]:
    return _heard(form.m5_lists(of.said))


def _one_question(of: Examined) -> Iterator[str]:
    yield from _heard(form.r4_one_question(of.said))
    for told in of.explored.told:
        yield from (f"{told.where}: {fault}" for fault in one_question(told.heard.response))


def _reprompt_when_open(of: Examined) -> Iterator[str]:
    for told in of.explored.told:
        yield from (f"{told.where}: {fault}" for fault in reprompt(told.heard.response))


def _reprompts(of: Examined) -> Iterator[str]:
    for id_, prompt in of.words.ask.items():
        again = plain(prompt.reprompt)
        if words_in(again) > WORDS_IN_A_REPROMPT or not again.endswith("?"):
            yield f"{id_}: the reprompt {again!r}, expected a question of {WORDS_IN_A_REPROMPT} words at most"
        if prompt.reprompt in prompt.ask:
            yield f"{id_}: the reprompt {again!r}, expected other words than the question's"
        in_the_check = id_.startswith((ASK, AGAIN))
        if in_the_check and not any(choice in again.lower() for choice in CHOICES):
            yield f"{id_}: the reprompt {again!r}, expected what can be answered"


def _a_breath_at_a_time(of: Examined) -> Iterator[str]:
    topics, limit = load_catalogue().topics, of.said.rules.limits.words_in_a_first_breath
    for told in of.explored.told:
        topic = topics.get(told.heard.topic or "")
        if topic is None or told.state != AT_ONCE:
            continue
        said = {*said_ids(told.heard)}
        of_it = said & {id_ for breath in topic.breaths for id_ in breath}
        too_long = (
            said == of_it and words_in(told.heard.speech) > limit
        )  # what was told of the person adds to it
        if too_long or not any(of_it <= {*breath} for breath in topic.breaths):
            yield f"{told.where}: {told.heard.speech!r}, expected one breath of it, {limit} words at most"


def _gives_up_safely(of: Examined) -> Iterator[str]:
    """What V6 says in what words; here only that it comes to an end."""
    for state in of.explored.states:
        device = of.device(state)
        times = (device.send(bare(FALLBACK), "noise").open for _ in range(MOST_NOISE))
        if all(times):
            yield f"{state}: still asking after {MOST_NOISE} times of noise, expected the end by then"


def _sorry(of: Examined) -> Iterator[str]:
    yield from _sentences(of, BLAME, "no blame")
    for state in of.explored.states:
        device, said = of.device(state), ""
        for _ in range(3):
            said += f" {device.send(bare(FALLBACK), 'noise').speech.lower()}"
        if said.count("sorry") > MOST_SORRY:
            yield f"{state}, noise three times: {said.count('sorry')} times sorry, expected {MOST_SORRY}"


def _variety(of: Examined) -> Iterator[str]:
    counted = {id_: len(of.words.say[id_]) for id_ in VARIED["say"]}
    counted |= {id_: len(of.words.ask[id_].ask) for id_ in VARIED["ask"]}
    for id_, count in counted.items():
        if count < FEWEST_WORDINGS:
            yield f"{id_}: {count} wordings, expected {FEWEST_WORDINGS} or more"
    topics = load_catalogue().topics.values()
    stated = {id_ for topic in topics for breath in topic.breaths for id_ in breath}
    for id_, wordings in of.words.say.items():
        if (id_ in stated or id_.startswith(MEDICAL)) and len(wordings) > 1:
            yield f"{id_}: {len(wordings)} wordings of a medical sentence, expected one"
    device = of.device()
    first, second = (device.send(bare(HELP), "help").speech.rpartition(". ")[2] for _ in range(2))
    if first == second:
        yield f"help, twice: {first!r} each time, expected another question"


def _plain_words(of: Examined) -> Iterator[str]:
    yield from _heard(form.m1_grade(of.said))
    yield from _heard(medical.m6_terms(of.said))
    yield from _sentences(of, UNCONTRACTED, "a contraction, as people say it")


def _characters(of: Examined) -> Iterator[str]:
    return _heard(form.m9_signs(of.said))


def _no_menus(of: Examined) -> Iterator[str]:
    for id_, prompt in of.words.ask.items():
        for text in map(plain, prompt.ask):
            if found := MENU.search(text.lower()) or CONTROLS.search(text.lower()):
                yield f"{id_}: {found[0]!r} in {text!r}, expected a question as people ask it"


def _help_is_short(of: Examined) -> Iterator[str]:
    for state in of.explored.states:
        heard = of.device(state).send(bare(HELP), "help")
        own = sum(words_in(plain(of.words.say[id_][0])) for id_ in said_ids(heard) if id_ in of.words.say)
        if own > WORDS_OF_HELP:
            yield f"{state}, help: {own} words before the question, expected {WORDS_OF_HELP} at most"
        question = question_of(state)
        if question and asked_by(heard).partition(".")[2] != question:
            yield f"{state}, help: asks {asked_by(heard)!r}, expected {question}, which is waiting"


def _no_promises(of: Examined) -> Iterator[str]:
    return _sentences(of, PROMISE, "no promise of what isn't there")


def _no_company(of: Examined) -> Iterator[str]:
    return _sentences(of, COMPANY, "no we for a company")


def _tags(of: Examined) -> Iterator[str]:
    spoken = [(part.id, part.ssml) for _, part in of.said.parts]
    spoken += [(told.where, told.heard.ssml) for told in of.explored.told]
    for where, ssml in spoken:
        for tag in sorted({*re.findall(r"</?([\w:-]+)", ssml)} - TAGS):
            yield f"{where}: <{tag}>, expected none but {', '.join(sorted(TAGS))}"


def _sound(of: Examined) -> Iterator[str]:
    yield from _heard(medical.m12_emergency(of.said))
    for told in of.explored.told:
        response = told.heard.response
        yield from (f"{told.where}: {fault}" for fault in (*size(response), *markup(response)))
        if told.heard.level == "emergency" and not told.heard.speech.startswith("Call "):
            yield f"{told.where}: {told.heard.speech!r}, expected the call first"


def _not_asked_again(of: Examined) -> Iterator[str]:
    """A place and a time in one sentence: the check doesn't ask how long."""
    model, device = of.samples.model, of.device()
    place = next(iter(model.values[model.slot_types["place"]].values())).id
    slots = {"place": model.given("place", place), "duration": model.given("duration", "P3D")}
    device.send(Understood("TwitchIntent", slots), "a place and a time")
    heard = device.send(bare("StartCheckIntent"), "start the check")
    while heard.open and question_of(asked_by(heard)):
        if asked_by(heard) in (f"{ASK}duration", f"{AGAIN}duration"):
            yield "a place and a time, then the check: asks how long, expected that it knows"
            return
        heard = device.send(bare("AMAZON.NoIntent"), "no")


def _ends_when_done(of: Examined) -> Iterator[str]:
    for state in of.explored.states:
        device = of.device(state)
        noes = 0
        while not question_of(state) and noes < MOST_NOES:
            noes += 1
            if not device.send(bare("AMAZON.NoIntent"), "no").open:
                break
        else:
            if not question_of(state):
                yield f"{state}, no {MOST_NOES} times: still asking, expected the end"
    for told in of.explored.told:
        if told.heard.level == "emergency" and told.heard.open:
            yield f"{told.where}: open after an emergency, expected the end"


ROWS = (
    Row(
        "R1",
        "an idea is a breath: short sentences, few commas",
        "what Alexa says",
        _breath,
        decided=f"20 words, and lists of 4 instead of 2 commas: {FIGURES}",
    ),
    Row(
        "R2",
        "a turn is under half a minute",
        "what Alexa says",
        _length,
        decided=f"90 words, 75 for a first breath, 45 for a question: {FIGURES}, docs/decisions/0008",
    ),
    Row(
        "R3",
        "few options at a time, the likely first",
        "lists",
        _lists,
        person="judge if the likely one comes first",
        decided=f"4 at most: {FIGURES}, docs/decisions/0008",
    ),
    Row("R4", "one question, at the end", "be natural", _one_question),
    Row("R5", "open, a question and a reprompt: all three or none", "voice", _reprompt_when_open),
    Row("R6", "the reprompt is short, in other words, and says what to answer", "available", _reprompts),
    Row("R7", "a topic is told a breath at a time", "checklists", _a_breath_at_a_time),
    Row("R8", "what isn't understood three times ends the asking", "errors", _gives_up_safely),
    Row(
        "R9",
        "few excuses, and no blame",
        "errors",
        _sorry,
        decided=f"one sorry while it isn't understood, not one in a session: {HERE}",
    ),
    Row("R10", "talk varies, medical sentences don't", "relatable", _variety),
    Row("R11", "plain words, contracted", "text", _plain_words),
    Row("R12", "nothing but letters, digits, and signs that can be read aloud", "text", _characters),
    Row(
        "R13",
        "no menus; help, repeat and stop aren't taught in a question",
        "be natural",
        _no_menus,
        decided=f"phrases to say stand in help and after silence: {HERE}",
    ),
    Row("R14", "what is suggested to say exists in the model (V11)", "prompts", unknown_suggestions),
    Row(
        "R15",
        "help is short and ends with the question that waits",
        "errors",
        _help_is_short,
        decided=f"45 words without the question, and an offer doesn't wait: {HERE}",
    ),
    Row("R16", "no promise of what isn't there yet", "be trustworthy", _no_promises),
    Row("R17", "no we for a company", "be trustworthy", _no_company),
    Row(
        "R18",
        "a calm voice: no effects, emotions, other voices or sounds",
        "text",
        _tags,
        person="listen to every prompt in Alexa's own voice",
    ),
    Row("R19", "well-formed, not too long, and in an emergency the call comes first", "response", _sound),
    Row("R20", "what was told isn't asked again", "adaptable", _not_asked_again),
    Row("R21", "the session ends when nothing is left to offer", "checklists", _ends_when_done),
)
