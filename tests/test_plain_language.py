"""Everything that is spoken is plain language; and each rule is seen to catch what it is there for."""

from dataclasses import replace
from functools import cache

import pytest
from twitching.catalogue import load_catalogue

from tools.plain_language import __main__ as command
from tools.plain_language import heard
from tools.plain_language.data import Excuse, read_plain_language
from tools.plain_language.measures import graded, groups, is_passive, things
from tools.plain_language.rules import RULES, breaches
from tools.plain_language.rules_form import pools
from tools.plain_language.spoken import EMERGENCY, Part, Spoken
from tools.words import read_words

PLAIN = read_plain_language()
LOCALES = load_catalogue().locales
LONG = "Involuntary muscular contractions are ordinarily innocuous physiological phenomena."
FORTY_FOUR = (
    "You can tell me a day, or a week, or a month, as you like best. "
    "Take all the time that you need to think it through, there is no rush at all. "
    "A rough guess is fine too, no one will mind. How long is it?"
)


@cache
def everything():
    return {said.locale: said for said in heard.read_everything(PLAIN)}


@cache
def shipped(locale):
    return breaches([everything()[locale]], PLAIN)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("rule", RULES)
def test_what_ships_is_plain(rule, locale):
    found = [str(b) for b in shipped(locale) if (b.rule, b.locale) == (rule, locale)]
    assert not found, "\n".join(["", *found])


def test_every_locale_is_heard():
    assert set(everything()) == set(LOCALES)


def test_every_excuse_is_needed():
    idle = set.intersection(*({b for b in shipped(locale) if b.locale not in LOCALES} for locale in LOCALES))
    assert not [str(b) for b in idle]


@pytest.mark.parametrize(
    "ids",
    [
        {"level.soon.action", "because.hesitated", "offer.tests"},
        {"changed", "changes_the_result", "more_careful"},
        {"eyelid_common_and_harmless", "worth_a_look"},
        {"just_to_be_clear", "again.change"},
        {"not_understood", "check_help_time", "again.duration"},
        {"doctor_opening", "doctor.duration.told", "offer_card"},
    ],
    ids=lambda ids: " ".join(sorted(ids)),
)
def test_whole_replies_are_heard(ids):
    turns = everything()["en-US"].turns
    assert any(ids.issubset(turn.ids) for turn in turns)


# What a rule catches. Each of these breaks one thing in a copy, and exactly one rule says so.


def saying(words, locale="en-US"):
    """A copy of what a locale says, with some sentences replaced."""
    said = everything()[locale]
    assert set(words) <= {part.id for _, part in said.parts}, "no such sentence any more"

    def reworded(text):
        if not words.keys() & set(text.ids):
            return text
        parts = tuple(Part(part.id, words.get(part.id, part.ssml)) for part in text.parts)
        return replace(text, parts=parts)

    return replace(said, texts=tuple(map(reworded, said.texts)), turns=tuple(map(reworded, said.turns)))


def new_breaches(broken, plain=PLAIN):
    """What is wrong with it that isn't wrong with what ships, excuses apart."""
    old = {(b.rule, b.ids, b.expected) for b in shipped(broken.locale)}
    found = breaches([broken], plain)
    return [b for b in found if (b.rule, b.ids, b.expected) not in old and b.locale in LOCALES]


def rules_of(found):
    return {breach.rule for breach in found}


SENTENCES = [
    # rule, sentence, what it becomes, what is told
    ("M1", "twitching_is_common", f"{LONG} {LONG}", "grade 6.0 or less"),
    (
        "M1",
        "level.soon.action",
        "A medical consultation is advisable. Consider an appointment.",
        "grade 5.0 or less",
    ),
    (
        "M3",
        "twitching_is_common",
        "It may come and go and come and go " * 2 + "for a day.",
        "at most 20 words in a sentence",
    ),
    ("M4", "summary_usually_harmless", "It is just a small jump of the skin. " * 5, "at most 75 words"),
    (
        "M5",
        "twitching_is_common",
        "It can be in a leg, an arm, a hand, a foot or the face.",
        "at most 4 things",
    ),
    ("M6", "twitching_is_common", "Some call it fasciculation.", 'with "fasciculation"'),
    ("M6", "twitching_is_common", "EMG shows it.", 'with "EMG"'),
    (
        "M6",
        "twitching_is_common",
        "Diuretics, or water pills, can do it. Don't stop them.",
        'before "diuretics"',
    ),
    ("M7", "twitching_is_common", "It may last 3 hours, 4 days or 5 weeks.", "at most 2 numbers"),
    ("M7", "twitching_is_common", "It may last 6-8 days.", '"to" in a range'),
    ("M7", "twitching_is_common", "About 70 percent of people get one.", '"x in y" for a share'),
    ("M7", "twitching_is_common", "It may last two weeks.", "digits before a unit"),
    ("M7", "twitching_is_common", "If you have chest pain, call 911.", "911 said digit by digit"),
    ("M8", "twitching_is_common", "Rest can cure it.", 'no "cure"'),
    ("M8", "twitching_is_common", "It's always harmless.", 'no "always"'),
    ("M8", "twitching_is_common", "It never hurts.", 'no "never"'),
    ("M8", "twitching_is_common", "That's nothing to worry about.", 'no "nothing to worry about"'),
    ("M8", "als_care_teams_help", "It's not ALS.", 'no "it\'s not als"'),
    ("M8", "als_care_teams_help", "You have ALS.", 'no "you have als"'),
    ("M9", "twitching_is_common", "It's in the arm and/or the leg.", '"/"'),
    ("M9", "twitching_is_common", "It's in the arm, e.g. near the hand.", '"e.g."'),
    ("M12", "level.emergency.action", "Please call for help now.", '"Call 911 now." first'),
    ("M13", "stress_safety_net", "That's all there is to it.", "when to be seen"),
    ("M14", "tired_muscles_seem_excitable", "Some pills may do it too.", 'with "pills"'),
    (
        "M15",
        "als_no_cure_slowed_a_little",
        "Medicines can slow it a little. Ask your doctor about them.",
        '"no cure"',
    ),
    ("M16", "lack_of_sleep_linked", "Being tired makes you twitch.", "one of may"),
    ("M19", "disclaimer", "I know a few things.", '"not a doctor"'),
    ("M19", "twitching_is_common", "I'm not a doctor.", "only in introductions"),
    ("M20", "twitching_is_common", "Think of it like a pump.", "no metaphor outside simple_science"),
    ("R4", "twitching_is_common", "Isn't that common?", "no question among the statements"),
]


@pytest.mark.parametrize(("rule", "id_", "text", "told"), SENTENCES, ids=lambda value: str(value)[:30])
def test_a_broken_sentence_is_caught_by_exactly_its_rule(rule, id_, text, told):
    found = new_breaches(saying({id_: text}))
    assert rules_of(found) == {rule}, [str(b) for b in found]
    assert any(id_ in str(b) or rule in {"M13", "M15"} for b in found)
    assert any(told in str(b) for b in found), [str(b) for b in found]


PROMPTS = [
    ("M4", "ask.duration", "So. " + FORTY_FOUR, "at most 45 words in a question"),
    ("M4", "again.duration", FORTY_FOUR, "at most 90 words in a topic with the question"),
    (
        "M5",
        "ask.duration",
        "Here we are. A day. A week. A month. A long year. An age. How long is it?",
        "at most 4 groups",
    ),
    ("R4", "offer.bfs", "I can tell you more.", "exactly one question"),
    ("R4", "offer.bfs", "More? Shall I go on?", "exactly one question"),
    ("R4", "offer.bfs", "Shall I go on? I can tell you more.", "exactly one question"),
    ("M6", "offer.bfs", "Shall I tell you about dystonia?", 'with "dystonia"'),
]


@pytest.mark.parametrize(("rule", "id_", "text", "told"), PROMPTS, ids=lambda value: str(value)[:30])
def test_a_broken_question_is_caught_by_exactly_its_rule(rule, id_, text, told):
    found = new_breaches(saying({id_: text}))
    assert rules_of(found) == {rule}, [str(b) for b in found]
    assert any(told in str(b) for b in found), [str(b) for b in found]


FOREIGN = [
    ("en-GB", "Dial 911 then."),
    ("en-GB", "Look at your pee."),
    ("en-GB", "Go to urgent care."),
    ("en-US", "Look at your wee."),
    ("en-US", "See your GP."),
    ("en-US", "Dial 999 then."),
    ("en-US", "Dial 111 then."),
    ("en", "Dial 112 then."),
]


@pytest.mark.parametrize(("locale", "text"), FOREIGN)
def test_a_word_or_number_of_another_locale_is_caught(locale, text):
    found = new_breaches(saying({"twitching_is_common": text}, locale))
    assert rules_of(found) == {"M21"}, [str(b) for b in found]
    assert {b.locale for b in found} == {locale}


def test_the_wrong_number_in_an_emergency_breaks_two_rules():
    found = new_breaches(saying({"level.emergency.action": "Call 911 now."}, "en-GB"))
    assert rules_of(found) == {"M12", "M21"}, [str(b) for b in found]


@pytest.mark.parametrize("text", ["100,000 people.", "Ask a doctor."])
def test_what_only_looks_like_another_locales_word_is_fine(text):
    assert not new_breaches(saying({"twitching_is_common": text}, "en-GB"))


def test_a_word_without_a_form_for_a_locale_is_caught():
    english = read_words("en")
    forms = {locale: form for locale, form in english.local.words["pee"].items() if locale != "default"}
    local = english.local.model_copy(update={"words": english.local.words | {"pee": forms}})
    missing = heard.missing_words(english.model_copy(update={"local": local}), "en-US")
    (found,) = new_breaches(replace(everything()["en-US"], missing_words=missing))
    assert found.rule == "M21"
    assert found.ids == ("words.pee",)


def of_the_tips(text):
    topics = everything()["en-US"].facts.topic_files["tips"].topics
    return {s.id: text for t in topics.values() for b in t.breaths for s in b}


def test_smog_is_held_over_a_kind_of_topic():
    (found,) = RULES["M2"](saying(of_the_tips(LONG)))
    assert found.ids == ("tips",)
    assert "SMOG 11.0 or less" in str(found)


def test_kinds_with_few_sentences_are_pooled():
    said = everything()["en-US"]
    kinds = {kind for pool in pools(said) for kind in pool.split(" and ")}
    assert kinds == {*said.facts.topic_files, "check"}
    assert all(len(text) >= PLAIN.limits.smog_sentences for text in pools(said).values())


def test_the_average_sentence_of_a_kind_is_held():
    text = "This is a plain and calm line that has some eighteen short words in it for you."
    found = list(RULES["M3"](saying(of_the_tips(text))))
    assert [b.ids for b in found if "on average" in b.expected] == [("tips",)]


def test_passive_voice_is_held_over_everything():
    ids = list(dict.fromkeys(part.id for _, part in everything()["en-US"].parts))[::5]
    passive = {id_: f"It is made by the body, {n} times." for n, id_ in enumerate(ids)}
    (found,) = RULES["M10"](saying(passive))
    assert "at most 10% of sentences" in str(found)


@pytest.mark.parametrize(
    ("sentence", "passive"),
    [
        ("The nerve is pressed by a bone.", True),
        ("Your history is kept by Amazon.", True),
        ("It hasn't been well tested.", True),
        ("It's called adenosine.", True),
        ("You may be tired.", False),
        ("If you're stressed, rest.", False),
        ("The nerve fires by itself.", False),
        ("It stopped.", False),
    ],
)
def test_passive_voice_is_known_by_its_form(sentence, passive):
    assert is_passive(sentence, PLAIN) is passive


@pytest.mark.parametrize(
    ("sentence", "longest"),
    [
        ("Rest.", 1),
        ("Stress or coffee can do it.", 2),
        ("Stress, tiredness, caffeine and alcohol are the usual ones.", 4),
        ("Breathing, speech, a weak side, a seizure, chest pain.", 5),
        ("A weak, numb or drooping face, arm or leg.", 3),
        ("Is it weakness, like dropping things, tripping, slurring words, or a thin part?", 4),
    ],
)
def test_a_list_is_as_long_as_it_sounds(sentence, longest):
    assert max(things(sentence)) == longest


def test_a_lead_in_is_no_group():
    assert groups(["Last one.", "Pregnancy.", "Or diabetes.", "Any of those?"]) == [
        "Pregnancy.",
        "Or diabetes.",
    ]
    assert groups(["First, chest pain.", "Any of that?"]) == ["First, chest pain."]


def test_a_needed_term_counts_in_the_check_alone():
    part = Part("x", "The pills are called corticosteroids and diuretics by most.")
    topic, question = Spoken("topic", (part,)), Spoken("question", (part,))
    assert graded(topic, PLAIN) < graded(question, PLAIN)


def test_the_name_of_a_publisher_doesnt_count():
    name = "That comes from the European Food Safety Authority, on caffeine."
    source, talk = Spoken("source", (Part("source.X", name),)), Spoken("talk", (Part("x", name),))
    assert graded(source, PLAIN) < graded(talk, PLAIN)


def test_an_emergency_that_offers_something_is_caught():
    said = everything()["en-US"]
    call, offer = Part("level.emergency.action", "Call 911 now."), Part("offer_check", "Shall I go on?")
    turn = Spoken("turn", (call, offer), asks=True)
    found = new_breaches(replace(said, turns=(*said.turns, turn)))
    assert rules_of(found) == {"M12"}
    assert "no question and no offer" in str(found[0])


def test_no_emergency_reply_at_all_is_caught():
    said = everything()["en-US"]
    turns = tuple(turn for turn in said.turns if not turn.ids[0].startswith(EMERGENCY))
    (found,) = RULES["M12"](replace(said, turns=turns))
    assert found.found == "none"


@pytest.mark.parametrize(
    "text",
    [
        "There's no cure.",
        "Never stop them suddenly.",
        "If you have kidney disease, ask your doctor.",
        "Ask your doctor before you take pills.",
        "Nerves need calcium, sodium and a mineral like magnesium.",
    ],
)
def test_what_a_rule_allows_is_fine(text):
    assert not new_breaches(saying({"twitching_is_common": text}))


def test_an_excuse_covers_its_rule_and_sentence_and_nothing_else():
    text = {"twitching_is_common": "It's always harmless. See your GP."}
    excused = PLAIN.model_copy(
        update={"excused": [*PLAIN.excused, Excuse(rule="M8", id="twitching_is_common", why="a test")]}
    )
    found = new_breaches(saying(text), excused)
    assert rules_of(found) == {"M21"}


def test_an_excuse_that_excuses_nothing_is_caught():
    idle = Excuse(rule="M8", id="twitching_is_common", why="a test")
    found = breaches([everything()["en-US"]], PLAIN.model_copy(update={"excused": [*PLAIN.excused, idle]}))
    assert [b.ids for b in found if "take the excuse out" in b.found] == [("twitching_is_common",)]


def test_every_rule_is_seen_to_catch_something():
    by_data = {rule for rule, *_ in [*SENTENCES, *PROMPTS]}
    assert by_data | {"M2", "M10", "M21"} == set(RULES)


def test_every_medical_term_of_the_data_is_said_somewhere():
    texts = " ".join(text.text for said in everything().values() for text in said.texts).lower()
    assert [term for term in PLAIN.terms if term.lower() not in texts] == []


def test_nothing_that_can_be_said_is_left_out():
    catalogue, said = load_catalogue(), everything()["en-US"]
    left = {*catalogue.sentences, *catalogue.prompts} - {part.id for _, part in said.parts}
    assert not {id_ for id_ in left if not id_.startswith(("source.", "checked."))}


def test_the_command_prints_figures_and_breaches(capsys, monkeypatch):
    broken = saying({"twitching_is_common": "It's always harmless."})
    monkeypatch.setattr(command, "read_everything", lambda _: [broken])
    assert command.main() == 1
    printed = capsys.readouterr().out
    assert "en-US: " in printed
    assert "longest sentence: " in printed
    assert 'M8 en-US twitching_is_common: expected no "always"' in printed
