"""The rules on form: how hard, how long, how many, and in whose words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from statistics import mean

from twitching.dialogue.session import AGAIN
from twitching.speech import plain

from tools.facts import Id
from tools.plain_language.measures import (
    first,
    graded,
    groups,
    is_passive,
    quoted,
    sentences_of,
    smog,
    things,
    with_numbers,
    without,
    without_names,
    words_in,
)
from tools.plain_language.spoken import OF_THE_CHECK, Breach, Everything, Spoken
from tools.render import SPEAKABLE

NUMBER_WORDS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|hundred"


def m1_grade(said: Everything) -> Iterator[Breach]:
    """M1: the school grade of each reply; of the check, with nothing taken out."""
    limits = said.rules.limits
    for text in said.texts:
        limit = limits.grade_of_the_check if text.kind in OF_THE_CHECK else limits.grade
        if (grade := graded(text, said.rules)) > limit:
            yield said.breach("M1", text.ids, f"grade {limit} or less", f"{grade}: {quoted(text.text)}")


def m2_smog(said: Everything) -> Iterator[Breach]:
    """M2: SMOG over each kind of topic."""
    limit = said.rules.limits.smog
    for kind, sentences in pools(said).items():
        if (figure := smog(" ".join(sentences))) > limit:
            yield said.breach("M2", [kind], f"SMOG {limit} or less", f"{figure}")


def pools(said: Everything) -> Mapping[str, Sequence[str]]:
    """The sentences of each kind of topic; those with too few for SMOG are put together."""
    kind_of = {id_: name for name, file in said.facts.topic_files.items() for id_ in file.topics}
    of_the_check = said.of_kind("question", "result", "reason", "summary")
    texts = sorted({part.text for text in of_the_check for part in text.parts})
    pool = {"check": [sentence for text in texts for sentence in sentences_of(text)]}
    for topic, breaths in said.topics.items():
        pool.setdefault(kind_of[topic], []).extend(s for breath in breaths for s in sentences_of(breath.text))
    made = sorted(pool.items(), key=_size)
    while len(made) > 1 and _size(made[0]) < said.rules.limits.smog_sentences:
        (name, few), (other, more), *rest = made
        made = sorted([(f"{name} and {other}", few + more), *rest], key=_size)
    return dict(made)


def _size(pool: tuple[str, list[str]]) -> int:
    return len(pool[1])


def m3_sentences(said: Everything) -> Iterator[Breach]:
    """M3: the length of each sentence, and on average over a kind of topic."""
    limits = said.rules.limits
    for _, part in said.parts:
        for sentence in sentences_of(with_numbers(part.text, said.rules)):
            if (count := words_in(sentence)) > limits.words_in_a_sentence:
                expected = f"at most {limits.words_in_a_sentence} words in a sentence"
                yield said.breach("M3", [part.id], expected, f"{count}: {quoted(sentence)}")
    for kind, sentences in pools(said).items():
        average = round(mean(map(words_in, sentences)), 1)
        if average > limits.words_in_a_sentence_on_average:
            expected = f"at most {limits.words_in_a_sentence_on_average} words in a sentence on average"
            yield said.breach("M3", [kind], expected, f"{average}")


def m4_length(said: Everything) -> Iterator[Breach]:
    """M4: the length of a whole reply, of a topic's first reply, and of a question of the check."""
    limits = said.rules.limits
    begins_a_topic = {topic.breaths[0][0].id for topic in said.facts.topics.values()}
    too_long: dict[tuple[Id, int], list[Spoken]] = {}
    for turn in said.turns:
        is_first = begins_a_topic.intersection(turn.ids)
        most = limits.words_in_a_first_breath if is_first else limits.words_in_a_reply
        if words_in(turn.text) > most:
            too_long.setdefault((turn.ids[0], most), []).append(turn)
    for (_, most), turns in too_long.items():  # those that begin alike are told as one
        longest = max(turns, key=_length)
        others = f", and {len(turns) - 1} more such replies" if len(turns) > 1 else ""
        yield said.breach(
            "M4", longest.ids, f"at most {most} words in this reply", f"{_length(longest)}{others}"
        )
    for text in said.of_kind("question"):
        if (count := _length(text)) > (most := limits.words_in_a_question):
            yield said.breach("M4", text.ids, f"at most {most} words in a question", f"{count}")
    yield from _topic_within_the_check(said)


def _topic_within_the_check(said: Everything) -> Iterator[Breach]:
    """A topic may be asked for in the middle of the check; the question then follows its first breath."""
    most = said.rules.limits.words_in_a_reply
    breath = max((breaths[0] for breaths in said.topics.values()), key=_length)
    again = max((text for text in said.of_kind("question") if text.ids[0].startswith(AGAIN)), key=_length)
    if (count := _length(breath) + _length(again)) > most:
        expected = f"at most {most} words in a topic with the question that waits"
        yield said.breach("M4", breath.ids + again.ids, expected, f"{count}")


def _length(text: Spoken) -> int:
    return words_in(text.text)


def m5_lists(said: Everything) -> Iterator[Breach]:
    """M5: how many things a list has, within a sentence or a sentence each in front of a question."""
    most = said.rules.limits.things_in_a_list
    for _, part in said.parts:
        for sentence in sentences_of(part.text):
            if (count := max(things(sentence))) > most:
                found = f"{count}: {quoted(sentence)}"
                yield said.breach("M5", [part.id], f"at most {most} things in a list", found)
    for text in said.of_kind("question"):
        if (count := len(groups(sentences_of(text.text)))) > most:
            expected = f"at most {most} groups of things before the question"
            yield said.breach("M5", text.ids, expected, f"{count}: {quoted(text.text)}")


def m7_numbers(said: Everything) -> Iterator[Breach]:
    """M7: few numbers, in one format, and those to call said digit by digit."""
    most = said.rules.limits.numbers_in_a_reply
    units = "|".join(sorted(said.units, key=len, reverse=True))
    formats = {
        '"to" in a range': r"\d+\s*-\s*\d+",
        '"x in y" for a share': r"\d[\d.]*\s*(?:percent|%)",
        "digits before a unit": rf"\b(?:{NUMBER_WORDS}) (?:{units})\b",
    }
    for text in said.texts:
        unpaced = plain(" ".join(re.sub(r"<(say-as|sub)\b.*?</\1>", " ", part.ssml) for part in text.parts))
        for number in (number.call for number in said.place.numbers.values()):
            if re.search(rf"(?<![\d,.-]){re.escape(number)}(?![\d,-])", unpaced):
                yield said.breach("M7", text.ids, f"{number} said digit by digit", quoted(text.text))
                unpaced = unpaced.replace(number, "")
        numbers = re.findall(r"\d[\d,]*(?: (?:in|to) \d[\d,]*)?", unpaced)
        if len(numbers) > most:
            found = f"{len(numbers)}: {', '.join(numbers)}"
            yield said.breach("M7", text.ids, f"at most {most} numbers", found)
        for expected, pattern in formats.items():
            if match := re.search(pattern, unpaced, re.IGNORECASE):
                yield said.breach("M7", text.ids, expected, quoted(match[0]))


def m9_signs(said: Everything) -> Iterator[Breach]:
    """M9: nothing that is written rather than said."""
    for _, part in said.parts:
        if signs := sorted(set(SPEAKABLE.sub("", part.text))):
            yield said.breach("M9", [part.id], "only what can be read aloud", quoted(" ".join(signs)))
        if found := first(said.rules.abbreviations, part.text):
            yield said.breach("M9", [part.id], "no abbreviation", quoted(found[0]))


def m10_passive(said: Everything) -> Iterator[Breach]:
    """M10: the share of sentences in passive voice, over all that the locale says."""
    sentences, passive = passives(said)
    if (share := len(passive) / len(sentences)) > (limit := said.rules.limits.passive_share):
        expected = f"at most {limit:.0%} of sentences in passive voice"
        yield said.breach("M10", ["all sentences"], expected, f"{share:.1%}, such as {quoted(passive[0])}")


def passives(said: Everything) -> tuple[list[str], list[str]]:
    """All sentences, each once, and those in passive voice."""
    sentences = list(dict.fromkeys(s for _, part in said.parts for s in sentences_of(part.text)))
    return sentences, [sentence for sentence in sentences if is_passive(sentence, said.rules)]


def m20_metaphors(said: Everything) -> Iterator[Breach]:
    """M20: pictures only in the topic that explains with one."""
    metaphors = said.rules.metaphors
    for text, part in said.parts:
        found = first(metaphors.say, without(metaphors.except_, part.text))
        if found and text.topic != metaphors.only_in:
            expected = f"no metaphor outside {metaphors.only_in}"
            yield said.breach("M20", [part.id], expected, f"{quoted(found[0])} in {quoted(part.text)}")


def m21_locale(said: Everything) -> Iterator[Breach]:
    """M21: every word has a form here, and no other locale's words or numbers are heard."""
    for word in said.missing_words:
        yield said.breach("M21", [f"words.{word}"], f"a form for {said.locale} or a default", "none")
    for _, part in said.parts:
        text = re.sub(r"(?<=\d),(?=\d)", "", without_names(part))  # "100,000" has no "000"
        if found := first(said.foreign_words, without(said.own_words, text)):
            yield said.breach("M21", [part.id], f"a word of {said.locale}", quoted(found[0]))


def r4_one_question(said: Everything) -> Iterator[Breach]:
    """R4: a prompt is exactly one question, at its end; nothing else asks, so no closing reply does."""
    prompts = said.of_kind("question", "offer")
    for text in prompts:
        if text.text.count("?") != 1 or not text.text.endswith("?"):
            yield said.breach("R4", text.ids, "exactly one question, at the end", quoted(text.text))
    asked = {id_ for text in prompts for id_ in text.ids}
    for _, part in said.parts:
        if "?" in part.text and part.id not in asked:
            yield said.breach("R4", [part.id], "no question among the statements", quoted(part.text))
