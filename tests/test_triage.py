"""The check's core, over its whole answer space."""

from collections import Counter
from itertools import combinations, product

import pytest
from twitching.catalogue import load_catalogue
from twitching.triage.engine import answers_of, assess, deciding_rule
from twitching.triage.model import NO, UNSURE, YES, Level
from twitching.triage.soundness import paths
from twitching.triage.whatif import facts_for, smallest_changes

CALM = dict.fromkeys(("sudden_signs", "recent_danger", "urgent_signs", "change", "wider_picture"), NO)
YES_OR_NO = (*CALM, "child_movement", "weakness")


@pytest.fixture(scope="module")
def check():
    return load_catalogue().check


@pytest.fixture(scope="module")
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


@pytest.fixture(scope="module")
def levels(check, space):
    return {tuple(facts.values()): level_of(check, facts) for facts in space}


def test_every_combination_of_answers_has_a_level(space, levels):
    assert len(space) == 3**9 * 2 * 2
    assert None not in levels.values()


def test_every_path_ends_in_a_level_within_seven_questions(check):
    ways = [*paths(check), *paths(check, {"child": YES})]
    assert len(ways) == 48
    assert max(len(way.answers) for way in ways) == 7
    assert {way.level for way in ways} == set(Level)


def test_a_calm_grown_up_is_asked_six_questions_and_five_if_the_duration_was_told(check):
    (calm,) = [way for way in paths(check) if way.level is Level.SELF_CARE]
    assert len(calm.answers) == 6
    (told,) = [way for way in paths(check, {"duration": 3}) if way.level is Level.SELF_CARE]
    assert len(told.answers) == 6  # the one that was told is counted with them
    assert told.answers[0] == ("duration", "under_two_weeks")


def test_an_emergency_is_known_by_the_second_question(check):
    emergencies = [way for way in paths(check) if way.level is Level.EMERGENCY]
    assert emergencies
    assert max(len(way.answers) for way in emergencies) == 2


def test_there_is_exactly_one_way_to_self_care_and_it_says_no_to_everything(check):
    calm = [way for way in paths(check) if way.level is Level.SELF_CARE]
    assert len(calm) == 1
    assert dict(calm[0].answers) == {**CALM, "duration": "under_two_weeks"}


def test_in_the_whole_space_self_care_needs_clear_noes_and_less_than_two_weeks(space, levels):
    calm = [facts for facts in space if levels[tuple(facts.values())] is Level.SELF_CARE]
    assert calm
    for facts in calm:
        assert {q: facts[q] for q in CALM} == CALM
        assert facts["duration"] < 14
        assert facts["child"] == facts["hesitated"] == NO


@pytest.mark.parametrize("worse", [YES, UNSURE])
@pytest.mark.parametrize("question", YES_OR_NO)
def test_yes_or_not_sure_instead_of_no_never_lowers_the_level(space, levels, worse, question):
    for facts in space:
        if facts[question] == NO:
            assert levels[tuple({**facts, question: worse}.values())] >= levels[tuple(facts.values())]


@pytest.mark.parametrize("told", ["child", "hesitated"])
def test_a_child_or_a_hesitation_is_never_self_care_and_never_lowers_the_level(space, levels, told):
    for facts in space:
        if facts[told] == NO:
            with_it = levels[tuple({**facts, told: YES}.values())]
            assert with_it >= max(levels[tuple(facts.values())], Level.SOON)


def test_a_longer_or_unknown_duration_never_lowers_the_level(space, levels):
    for facts in space:
        if facts["duration"] == 13:
            for longer in (14, UNSURE):
                assert levels[tuple({**facts, "duration": longer}.values())] >= levels[tuple(facts.values())]


def test_not_sure_how_long_the_weakness_has_been_is_as_urgent_as_new_weakness(space, levels):
    for facts in space:
        unsure = levels[tuple({**facts, "weakness_duration": UNSURE}.values())]
        assert unsure == levels[tuple({**facts, "weakness_duration": 27}.values())]


def test_the_result_of_the_questions_is_the_result_of_the_whole_table(check, space):
    """Stopping early loses nothing, whatever was volunteered: the rest could not have raised the level."""
    starts = ([], ["duration"], ["wider_picture"], ["change"], ["duration", "wider_picture"], ["weakness"])
    for number, facts in enumerate(space[::7]):
        told = {q: facts[q] for q in ("child", "hesitated", *starts[number % len(starts)])}
        if "weakness" in told:
            told["change"] = facts["change"] if facts["weakness"] == NO else YES
            facts = {**facts, **told}  # noqa: PLW2901  a weakness is a change
        while (question := assess(check, told).question) is not None:
            told[question.id] = facts[question.id]
        asked_for = {q: f for q, f in facts.items() if q in told or applies(check, q, facts)}
        assert assess(check, told).level == level_of(check, asked_for)


def applies(check, question_id, facts):
    """Is the question asked at all after these answers, and those before it?"""
    answers = answers_of(check, facts)
    question = check.question(question_id)
    return all(answers[q] in allowed and applies(check, q, facts) for q, allowed in question.ask_if.items())


def test_the_order_in_which_facts_are_told_does_not_matter(check, space):
    for facts in space[::31]:
        backwards = dict(reversed(facts.items()))
        assert assess(check, facts) == assess(check, backwards)


# --- against the clinical table, sign by sign ---------------------------------------------------

# Clinical base, section 3.4: each question's signs, as the base groups them, and its level.
BASE = {
    "Q1": ["trouble_breathing", "face_or_limb", "seizure_faint_confusion", "chest_pain"],
    "Q2": ["head_injury", "poison", "withdrawal", "fever_stiff"],
    "Q3": ["dark_urine", "tetany", "fluid_loss", "pregnancy_danger"],
    "Q4": ["weak"],
    "Q6": ["more_places", "spreading", "stiff", "painful", "numb"],
    "Q7": ["pregnant", "illness", "medicine"],
}
SIGNS = [sign for signs in BASE.values() for sign in signs]
# Where the check asks for them.
ASKED = {
    "sudden_signs": BASE["Q1"],
    "recent_danger": BASE["Q2"],
    "urgent_signs": BASE["Q3"],
    "change": ["weak", "stiff", "painful", "numb"],
    "weakness": ["weak"],
    "wider_picture": ["more_places", "spreading", *BASE["Q7"]],
}


def clinical_level(signs, days, weak_days):
    """The level of the clinical base for somebody with these signs."""
    if signs & {*BASE["Q1"], *BASE["Q2"]}:
        return Level.EMERGENCY
    if signs & {*BASE["Q3"]} or ("weak" in signs and weak_days < 28):
        return Level.TODAY
    if signs & {*BASE["Q4"], *BASE["Q6"], *BASE["Q7"]} or days >= 14:
        return Level.SOON
    return Level.SELF_CARE


def checked_level(check, signs, days, weak_days):
    """The level of the check for that person, who answers each question truly."""
    told = {}
    while (question := assess(check, told).question) is not None:
        true = {"duration": days, "weakness_duration": weak_days}
        told[question.id] = true.get(question.id, YES if signs & {*ASKED.get(question.id, [])} else NO)
    return assess(check, told).level


def test_every_sign_of_the_clinical_table_is_asked_for():
    assert {sign for signs in ASKED.values() for sign in signs} == set(SIGNS)


def test_gathering_the_questions_differently_loses_nothing(check):
    """No sign, any one, any two and any three signs together, new and old: the base's level each time."""
    people = {frozenset(c) for n in (0, 1, 2, 3) for c in combinations(SIGNS, n)}
    for signs in people:
        times = product((1, 13, 14, 90), (3, 27, 28, 200)) if len(signs) < 3 else [(13, 27), (14, 28)]
        for days, weak_days in times:
            assert checked_level(check, signs, days, weak_days) == clinical_level(signs, days, weak_days)


# --- what would change it -----------------------------------------------------------------------


def finished(check):
    for way in [*paths(check), *paths(check, {"child": YES})]:
        facts = {"child": YES} if "child_movement" in dict(way.answers) or way.rule == "child" else {}
        for question_id, answer in way.answers:
            facts[question_id] = facts_for(check.question(question_id))[answer]
        if assess(check, facts).question is None:
            yield facts


def test_each_change_that_is_told_really_changes_the_level(check):
    seen = Counter()
    for facts in finished(check):
        level = assess(check, facts).level
        raises, lower = smallest_changes(check, facts)
        for change in [*raises, *([lower] if lower else [])]:
            then = assess(
                check, {**facts, change.question: facts_for(check.question(change.question))[change.answer]}
            )
            if change.level is None:
                assert then.question is not None
                seen["more"] += 1
            else:
                assert then.level == change.level != level
                seen["raise" if change.level > level else "lower"] += 1
    assert set(seen) == {"raise", "lower", "more"}


def test_whatever_is_not_an_emergency_can_be_raised(check):
    for facts in finished(check):
        raises, _ = smallest_changes(check, facts)
        level = assess(check, facts).level
        assert bool(raises) == (level is not Level.EMERGENCY)
        assert all(change.level > level for change in raises)


# --- what is told -------------------------------------------------------------------------------


def test_a_volunteered_answer_is_not_asked_for_again(check):
    told = {"duration": 21}
    asked = []
    while (question := assess(check, told).question) is not None:
        asked.append(question.id)
        told[question.id] = NO
    assert assess(check, told).level is Level.SOON
    assert asked == ["sudden_signs", "recent_danger", "urgent_signs", "change"]


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
