"""Every statement can be heard: ask for each topic as a person would, and listen to the end."""

import pytest

from simulator.device import Device
from tools.facts import grounds, read_facts
from tools.utterances import Patterns, read_utterances
from tools.words import read_words

FACTS = read_facts()
SAID = read_utterances("en")
PATTERNS = Patterns(SAID.intents)
ROWS = 126
FAQ = {
    118: ("why does my skin twitch when i'm stressed", "cause_stress"),
    119: ("why does my skin twitch after lack of sleep", "cause_sleep"),
    120: ("why does my skin twitch when i'm dehydrated", "cause_dehydration"),
    121: ("why does excessive caffeine cause my skin to twitch", "cause_caffeine"),
    122: ("why does nerve irritation make my skin twitch", "cause_nerve"),
}


def question_for(topic):
    """How a person asks for the topic: its first whole question, or its name."""
    asks = PATTERNS.written_out(SAID.topics[topic].asks, topic)
    name = PATTERNS.written_out(SAID.topics[topic].names, topic)[0]
    asked = {"place": "tell me about my {}", "word": "what does {} mean"}.get(
        topic.split("_")[0], "tell me about {}"
    )
    return asks[0] if asks else asked.format(name)


def heard_about(topic):
    """The turns of the conversation that tells all of a topic."""
    device = Device("en-US")
    turns = [device.say(question_for(topic))]
    while turns[-1].topic == topic:
        turns.append(device.say("tell me more"))
    return turns


@pytest.mark.parametrize("topic", FACTS.topics)
def test_a_topic_is_told_to_its_end_and_then_something_near_is_offered(topic):
    *told, after = heard_about(topic)
    assert told, f"{question_for(topic)!r} didn't lead to {topic}"
    assert len(told) == len(FACTS.topics[topic].breaths)
    spoken = {s for turn in told for s in turn.response["sessionAttributes"]["said"]}
    assert spoken == {s.id for breath in FACTS.topics[topic].breaths for s in breath}
    assert len(told[0].speech.split()) <= 75, "the first reply takes longer than 30 seconds"
    assert after.open
    assert after.response["sessionAttributes"]["said"] == ["all_told"]


@pytest.fixture(scope="module")
def heard_rows():
    """Article row -> the sentences that carried it in a real conversation."""
    rows = {}
    for topic, facts in FACTS.topics.items():
        stated = {s.id: s for breath in facts.breaths for s in breath}
        for turn in heard_about(topic):
            for id_ in turn.response["sessionAttributes"]["said"]:
                for row in stated[id_].article if id_ in stated else []:
                    rows.setdefault(row, []).append((topic, id_, turn.speech))
    return rows


@pytest.mark.parametrize("row", range(1, ROWS + 1))
def test_each_row_of_the_article_is_heard_in_conversation(heard_rows, row):
    assert heard_rows.get(row), f"nobody ever hears row {row}"
    assert all(speech for _, _, speech in heard_rows[row])


@pytest.mark.parametrize(("row", "question", "topic"), [(row, *asked) for row, asked in FAQ.items()])
def test_the_articles_own_questions_work_word_for_word(heard_rows, row, question, topic):
    turn = Device("en-US").say(question)
    assert turn.topic == topic
    assert any(heard_topic == topic for heard_topic, _, _ in heard_rows[row])


def test_als_is_told_once_then_the_worry_is_answered_and_nothing_is_said_twice():
    device = Device("en-US")
    questions = ["is it als", "could it be als", "do i have als", "is it als"]
    turns = [device.say(question) for question in questions]
    assert [turn.topic for turn in turns] == ["als", "als_worry", "als_worry", "als_worry"]
    told = [set(turn.response["sessionAttributes"]["said"]) for turn in turns]
    assert not told[0] & told[1]
    assert not told[1] & told[2]
    assert not told[2] & told[3]


def test_the_als_topic_makes_all_five_points():
    told = " ".join(turn.speech for turn in heard_about("als"))
    for point in ("rare", "twitching alone isn't a sign", "weakness", "no cure", "slow it a little"):
        assert point in told


def test_one_number_at_a_time():
    first, *_ = told = heard_about("honest_numbers")[:-1]
    assert len(told) == 4
    assert "7 in 10" in first.speech


@pytest.mark.parametrize("words", ["who says so", "where does that come from", "how do you know", "says who"])
def test_who_says_so_names_the_sources_of_what_was_just_said(words):
    device = Device("en-US")
    device.say("tell me about caffeine")
    turn = device.say(words)
    assert turn.speech.startswith("That comes from ")
    assert "2026" in turn.speech
    assert turn.open


def test_who_says_so_in_the_check_is_about_the_question_and_asks_it_again():
    device = Device("en-US")
    device.say("start the check")
    turn = device.say("who says so")
    assert turn.speech.startswith("That comes from ")
    assert device.attributes["asked"] == "again.sudden_signs"


def test_who_says_so_after_a_greeting_is_answered_honestly():
    device = Device("en-US")
    device.launch()
    assert "nothing medical in that" in device.say("who says so").speech


def test_every_medical_sentence_that_can_be_said_has_its_grounds(catalogue):
    """What isn't in content/ is conversation, and lives in one file."""
    known = set(grounds(FACTS))
    conversation = read_words("en").conversation
    free = set(conversation.say) | {
        s for s in catalogue.sentences if s.startswith(("source.", "checked.", "doctor.place_"))
    }
    assert catalogue.sentences - free <= known
