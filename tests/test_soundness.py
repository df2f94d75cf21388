"""An unsound check never compiles: each kind of fault is found and named."""

from dataclasses import replace

import pytest
from twitching.triage.engine import assess
from twitching.triage.model import NO, UNSURE, YES, Level, Question, Rule, Sign
from twitching.triage.soundness import faults


@pytest.fixture
def check(catalogue):
    return catalogue.check


def with_rule(check, rule_id, **changes):
    return replace(check, rules=tuple(replace(r, **changes) if r.id == rule_id else r for r in check.rules))


def only_fault(check):
    found = faults(check)
    assert found
    return found[0]


def test_the_check_that_ships_is_sound(check):
    assert faults(check) == []


def test_a_rule_that_names_an_unknown_question(check):
    broken = with_rule(check, "wider_picture", when={"wider": (YES,)})
    assert only_fault(broken) == "rule wider_picture names the question 'wider', which does not exist"


def test_a_rule_that_names_an_impossible_answer(check):
    broken = with_rule(check, "wider_picture", when={"wider_picture": ("perhaps",)})
    assert (
        only_fault(broken)
        == "rule wider_picture: 'perhaps' is no answer to 'wider_picture' (yes, no, unsure)"
    )


def test_a_rule_that_forgets_not_sure(check):
    broken = with_rule(check, "urgent_signs", when={"urgent_signs": (YES,)})
    found = faults(broken)
    assert any("no rule covers" in fault for fault in found)
    assert any("not sure is less urgent than 'yes' to urgent_signs" in fault for fault in found)


def test_an_emergency_that_is_asked_for_too_late(check):
    late = replace(check, questions=(check.questions[0], *check.questions[3:], *check.questions[1:3]))
    assert any("an emergency comes out only after question 2" in fault for fault in faults(late))


def test_self_care_that_forgives_a_yes(check):
    forgiving = {**dict(check.rules[-1].when), "wider_picture": (NO, YES, UNSURE)}
    broken = with_rule(check, "harmless_so_far", when=forgiving)
    broken = replace(broken, rules=tuple(r for r in broken.rules if r.id != "wider_picture"))
    assert any(
        "self-care without a clear no" in fault or "exactly one way" in fault for fault in faults(broken)
    )


def test_a_missing_rule(check):
    broken = replace(check, rules=tuple(r for r in check.rules if r.id != "wider_picture"))
    assert any("no rule covers" in fault and "wider_picture=yes" in fault for fault in faults(broken))


def test_a_rule_that_never_decides(check):
    idle = Rule("idle", Level.SOON, {"change": (YES,), "wider_picture": (YES,)})
    assert "rule idle never decides anything" in faults(replace(check, rules=(*check.rules, idle)))


def test_a_question_that_is_never_asked(check):
    extra = replace(check, questions=(*check.questions, Question("shoe_size")))
    assert "question shoe_size is never asked" in faults(extra)


def test_an_eighth_question(check):
    extra = replace(
        check,
        questions=(*check.questions, Question("left"), Question("right")),
        rules=(
            *(r for r in check.rules if r.level is not Level.SELF_CARE),
            Rule("extra", Level.SOON, {"left": (YES, UNSURE)}),
            Rule("another", Level.SOON, {"right": (YES, UNSURE)}),
            replace(check.rules[-1], when={**check.rules[-1].when, "left": (NO,), "right": (NO,)}),
        ),
    )
    assert any("more than 7 questions" in fault for fault in faults(extra))


def test_a_sign_that_would_do_nothing(check):
    broken = replace(check, signs={"itch": Sign("itch")})
    assert only_fault(broken) == "sign itch has neither a question nor a level: telling it would do nothing"


def test_a_length_of_time_that_fits_nowhere(check):
    closed = tuple(
        replace(q, spans=tuple(replace(s, under_days=s.under_days or 365) for s in q.spans))
        for q in check.questions
    )
    assert any("its last span must be open" in fault for fault in faults(replace(check, questions=closed)))


def test_a_sign_for_today_that_the_check_would_forget(check):
    forgetful = {**check.signs, "low_sugar": replace(check.signs["low_sugar"], answers=())}
    assert "sign low_sugar is for today, but its answers alone don't lead there" in faults(
        replace(check, signs=forgetful)
    )


def test_a_question_that_stands_before_the_one_that_opens_it(check):
    ids = [q.id for q in check.questions]
    change, weakness = ids.index("change"), ids.index("weakness")
    swapped = list(check.questions)
    swapped[change], swapped[weakness] = swapped[weakness], swapped[change]
    assert "question weakness is opened by 'change', which comes after it" in faults(
        replace(check, questions=tuple(swapped))
    )


def test_should_a_table_with_a_gap_ever_run_the_more_careful_level_comes_out(check):
    """The build refuses it; at run time the unknown still means the more careful answer."""
    gap = replace(check, rules=tuple(r for r in check.rules if r.level is not Level.SELF_CARE))
    noes = {q.id: NO for q in check.questions if not q.spans and not q.told}
    outcome = assess(gap, {**noes, "duration": 3})
    assert outcome.rule is None
    assert outcome.question is None
    assert outcome.level is Level.TODAY
