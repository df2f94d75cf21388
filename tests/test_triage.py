"""The check's core, over its whole answer space."""

from collections import Counter
from itertools import product

import pytest
from twitching.triage.engine import answers_of, assess, deciding_rule
from twitching.triage.model import NO, UNSURE, YES, Level
from twitching.triage.soundness import facts_for, paths

CALM = dict.fromkeys(
    ("sudden_signs", "recent_danger", "urgent_signs", "weakness", "spread", "background"), NO
)


@pytest.fixture
def check(catalogue):
    return catalogue.check


@pytest.fixture
def space(check):
    """Every combination of facts, one for each answer to each question."""
    ids = [q.id for q in check.questions]
    return [
        dict(zip(ids, facts, strict=True))
        for facts in product(*(facts_for(q).values() for q in check.questions))
    ]


def level_of(check, facts):
    rule = deciding_rule(check, answers_of(check, facts))
    return rule and rule.level


def test_every_combination_of_answers_has_a_level(check, space):
    assert len(space) == 3**8
    assert all(level_of(check, facts) is not None for facts in space)


def test_every_path_ends_in_a_level_within_seven_questions(check):
    ways = list(paths(check))
    assert len(ways) == 19
    assert max(len(way.answers) for way in ways) == 7
    assert {way.level for way in ways} == set(Level)


def test_an_emergency_is_known_by_the_second_question(check):
    emergencies = [way for way in paths(check) if way.level is Level.EMERGENCY]
    assert emergencies
    assert max(len(way.answers) for way in emergencies) == 2


def test_there_is_exactly_one_way_to_self_care_and_it_says_no_to_everything(check):
    calm = [way for way in paths(check) if way.level is Level.SELF_CARE]
    assert len(calm) == 1
    assert dict(calm[0].answers) == {**CALM, "duration": "under_two_weeks"}


def test_in_the_whole_space_self_care_needs_six_clear_noes_and_less_than_two_weeks(check, space):
    calm = [facts for facts in space if level_of(check, facts) is Level.SELF_CARE]
    assert calm
    for facts in calm:
        assert {q: facts[q] for q in CALM} == CALM
        assert facts["duration"] < 14


@pytest.mark.parametrize("worse", [YES, UNSURE])
def test_yes_or_not_sure_instead_of_no_never_lowers_the_level(check, space, worse):
    for facts in space:
        for question in CALM:
            if facts[question] == NO:
                assert level_of(check, {**facts, question: worse}) >= level_of(check, facts)


def test_a_longer_or_unknown_duration_never_lowers_the_level(check, space):
    for facts in space:
        if facts["duration"] != UNSURE:
            assert level_of(check, {**facts, "duration": 400}) >= level_of(check, facts)
            assert level_of(check, {**facts, "duration": UNSURE}) >= level_of(check, facts)


def test_not_sure_how_long_the_weakness_has_been_is_as_urgent_as_new_weakness(check, space):
    for facts in space:
        unsure = level_of(check, {**facts, "weakness_duration": UNSURE})
        assert unsure == level_of(check, {**facts, "weakness_duration": 1})


def test_the_result_of_the_questions_is_the_result_of_the_whole_table(check, space):
    """Stopping early loses nothing: what wasn't asked could not have raised the level."""
    for facts in space:
        told = {}
        while (question := assess(check, told).question) is not None:
            told[question.id] = facts[question.id]
        asked_for = {q: f for q, f in facts.items() if q in told or applies(check, q, facts)}
        assert assess(check, told).level == level_of(check, asked_for)


def applies(check, question_id, facts):
    answers = answers_of(check, facts)
    question = check.question(question_id)
    return all(answers[q] in allowed for q, allowed in question.ask_if.items())


def test_the_order_in_which_facts_are_told_does_not_matter(check, space):
    for facts in space[::7]:
        backwards = dict(reversed(facts.items()))
        assert assess(check, facts) == assess(check, backwards)


def test_a_volunteered_answer_is_not_asked_for_again(check):
    told = {"duration": 21}
    asked = []
    while (question := assess(check, told).question) is not None:
        asked.append(question.id)
        told[question.id] = NO
    assert "duration" not in asked
    assert assess(check, told).level is Level.SOON
    assert asked == ["sudden_signs", "recent_danger", "urgent_signs", "weakness"]


@pytest.mark.parametrize(
    ("days", "answer"),
    [
        (0, "under_two_weeks"),
        (13, "under_two_weeks"),
        (14, "two_weeks_or_more"),
        (9_000, "two_weeks_or_more"),
    ],
)
def test_two_weeks_are_two_weeks_or_more(check, days, answer):
    assert check.question("duration").answer_of(days) == answer


@pytest.mark.parametrize("nonsense", [-1, True, 3.5, "3", "yes", None, [], {}])
def test_what_is_no_answer_counts_as_not_answered(check, nonsense):
    assert answers_of(check, {"duration": nonsense}) == {}


@pytest.mark.parametrize("nonsense", [1, True, "perhaps", None, [], {}])
def test_what_is_neither_yes_nor_no_nor_unsure_counts_as_not_answered(check, nonsense):
    assert answers_of(check, {"weakness": nonsense, "no_such_question": "yes"}) == {}


def test_each_level_is_decided_by_rules_that_name_it(check):
    """A figure to notice when the table changes: how many ways lead to each level."""
    ways = Counter(way.level for way in paths(check))
    assert ways[Level.EMERGENCY] == 4
    assert ways[Level.SELF_CARE] == 1
