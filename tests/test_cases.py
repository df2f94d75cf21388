"""Every case of tests/cases is a test of its own; then the loader, the player and the figures."""

from functools import cache

import pytest
from twitching import entry

from tools.cases.__main__ import main, outcome, shifted
from tools.cases.player import IN_NO_QUESTION, NAMED, PLAIN, Manner, is_yes, manners, play_case
from tools.cases.shape import CASES as FOLDER
from tools.cases.shape import LEVELS, Case, load_cases
from tools.cases.table import HONEST, Outcome, matrix, misses, rows
from tools.share import Share
from tools.sources_on_disk import ContentError

CASES = load_cases()
RIGHT = {name: case for name, case in CASES.items() if not case.known_miss}
KNOWN = {name: case for name, case in CASES.items() if case.known_miss}
HANDLER = entry.handler  # before each reply is held against Alexa's rules: done case by case, not here again
VARIANTS = [(manner, name) for manner, fits in manners() for name, case in CASES.items() if fits(case)]


@cache
def as_written():
    return [outcome(name, case, PLAIN) for name, case in CASES.items()]


@pytest.fixture
def levels_only(monkeypatch):
    monkeypatch.setattr(entry, "handler", HANDLER)


@pytest.mark.parametrize("case", RIGHT.values(), ids=RIGHT)
def test_case(case):
    played = play_case(case)
    assert played.level == case.level, f"{case.because} {case.sources}\n{played}"


@pytest.mark.parametrize("case", KNOWN.values(), ids=KNOWN)
def test_a_known_miss_is_still_one(case):
    """When this fails the skill has become better: take `known_miss` out of the case."""
    assert play_case(case).level != case.level


@pytest.mark.parametrize(("manner", "fits"), [pytest.param(*m, id=m[0].name) for m in manners()])
def test_the_way_it_is_told_never_lowers_the_level(manner, fits, levels_only):
    told = [outcome(name, case, manner) for name, case in CASES.items() if fits(case)]
    assert len(told) >= 15
    assert shifted(as_written(), told) == []


def test_there_are_enough_cases_of_each_level():
    counts = {level: sum(case.level == level for case in CASES.values()) for level in LEVELS[1:]}
    assert len(CASES) >= 170
    assert counts["emergency"] >= 70
    assert counts["today"] >= 25
    assert counts["soon"] >= 35
    assert counts["self_care"] >= 25
    assert sum(CASES[name].level == "emergency" for _, name in VARIANTS) + counts["emergency"] >= 300


def test_each_name_is_a_sentence_that_says_something():
    assert all(len(name.split()) >= 2 and name[0].isupper() and not name.endswith(".") for name in CASES)


def test_no_conversation_goes_round_in_circles(levels_only):
    for name, case in CASES.items():
        played = play_case(case)
        assert len(played.turns) < 25, name
        assert played.questions <= 7 or "second check" in name or "nearly to the end" in name, name


def test_it_goes_the_same_way_each_time():
    for case in list(CASES.values())[::17]:
        assert str(play_case(case)) == str(play_case(case))


# --- the player -------------------------------------------------------------------------------


def case(**changes):
    return Case(
        **{
            "who": "me",
            "says": ["start the check"],
            "level": "soon",
            "because": "x",
            "sources": ["NHS-TW"],
            **changes,
        }
    )


def test_the_answers_are_true():
    person = case(facts={"signs": ["new_medicine"], "twitching": "three days"})
    said = [turn.said for turn in play_case(person).turns]
    assert "three days" in said
    assert is_yes("wider_picture", person.facts)
    assert not is_yes("change", person.facts)
    assert play_case(person).level == "soon"


def test_every_question_that_wants_yes_or_no_can_be_answered(catalogue):
    asked = {q.id for q in catalogue.check.questions if not q.told and not q.is_duration}
    assert asked == set(NAMED)


def test_every_sign_is_named_in_a_question_or_known_to_be_in_none(catalogue):
    named = {sign for signs in NAMED.values() for sign in signs.split()}
    assert named <= set(catalogue.check.signs)
    assert set(catalogue.check.signs) - named <= set(IN_NO_QUESTION.split())


def test_in_a_manner_the_answers_change_and_the_telling_does_not():
    polite = Manner("politely", yes=("yes please",), no=("no thanks",), each=("why do you ask",))
    said = [
        t.said for t in play_case(case(says=["start the check", "no", "no", "i feel weak"]), polite).turns
    ]
    assert said == [
        "start the check",
        "why do you ask",
        "no thanks",
        "why do you ask",
        "no thanks",
        "i feel weak",
    ]


def test_a_case_without_a_result_has_none():
    assert play_case(case(says=["start the check", "no", "stop"])).level == "none"


def test_after_the_call_for_help_nothing_more_is_said():
    assert len(play_case(case(says=["i can't breathe", "my eyelid twitches"])).turns) == 1


# --- the loader -------------------------------------------------------------------------------

GOOD = """
"A twitch":
  {who: me, says: [start the check], level: soon, because: x, sources: [NHS-TW]}
"""


def written(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            GOOD.replace("soon", "later"),
            "A twitch.level: Input should be 'emergency', 'today', 'soon' or 'self_care'",
        ),
        (
            GOOD.replace("says: [start the check]", "says: []"),
            "A twitch.says: List should have at least 1 item",
        ),
        (GOOD.replace("who: me, ", ""), "A twitch.who: Field required"),
        (GOOD.replace("who:", "age: 3, who:"), "A twitch.age: Extra inputs are not permitted"),
        (GOOD.replace("[start the check]", "[no]").replace("no", "false"), "Input should be a valid string"),
        (GOOD.replace("NHS-TW", "NHS-XX"), "one.yaml: A twitch: 'NHS-XX' is no known source"),
        (GOOD.replace("level", "facts: {signs: [itch]}, level"), "'itch' is no known sign"),
        (GOOD.replace("level", "facts: {unsure: [shoe]}, level"), "'shoe' is no known question"),
        (GOOD.replace("level", "locale: fr-FR, level"), "'fr-FR' is no known locale"),
        (GOOD.replace("level", "facts: {signs: [weakness]}, level"), "doesn't say for how long"),
        ("- a list", "Input should be a valid dictionary"),
        ("a: [", "not readable as YAML"),
        (GOOD + GOOD, "one.yaml:5: not readable as YAML"),
    ],
)
def test_what_is_wrong_with_a_case_is_said_with_file_and_key(tmp_path, text, fault):
    with pytest.raises(ContentError, match=r"one\.yaml") as error:
        load_cases(written(tmp_path, one=text))
    assert fault in str(error.value)


def test_a_sentence_that_stands_in_two_files(tmp_path):
    with pytest.raises(
        ContentError, match=r"two\.yaml: A twitch: this sentence is a case of .*one\.yaml already"
    ):
        load_cases(written(tmp_path, one=GOOD, two=GOOD))


def test_all_faults_are_told_at_once(tmp_path):
    with pytest.raises(ContentError) as error:
        load_cases(written(tmp_path, one=GOOD.replace("soon", "later"), two=GOOD.replace("NHS-TW", "NHS-XX")))
    assert len(error.value.faults) == 2


def test_an_empty_folder_is_no_set_of_cases(tmp_path):
    with pytest.raises(ContentError, match="no cases here"):
        load_cases(tmp_path)


# --- the figures ------------------------------------------------------------------------------

MADE_UP = [
    Outcome("a", "emergency", "emergency"),
    Outcome("b", "emergency", "soon"),
    Outcome("c", "today", "soon"),
    Outcome("d", "soon", "emergency", known=True),
    Outcome("e", "self_care", "self_care"),
    Outcome("f", "self_care", "soon"),
    Outcome("g", "soon", "none"),
]
MADE_UP_VARIANTS = [
    Outcome("a", "emergency", "today", "politely"),
    Outcome("b", "emergency", "soon", "politely"),
    Outcome("e", "self_care", "soon", "politely"),
]


def test_the_table_counts_right():
    shares = {
        f"{row.id} {row.what}": (row.share.hits, row.share.of)
        for row in rows(MADE_UP, MADE_UP_VARIANTS)
        if row.share
    }
    assert shares == {
        "T1 emergencies under-called, cases and variants": (3, 4),
        "T2 never below the right level": (4, 7),
        " the same, emergency and today only": (1, 3),
        "T3 at most one level below": (5, 7),
        "T4 right, of three levels": (3, 7),
        " right, of four levels": (2, 7),
        "T5 self-care told self-care": (1, 2),
        "T6 variants that lower the level": (1, 3),
    }
    assert not any(
        row.met for row in rows(MADE_UP, MADE_UP_VARIANTS) if row.id in {"T1", "T2", "T3", "T4", "T5", "T6"}
    )


def test_targets_are_met_where_everything_is_right():
    base = [Outcome(f"{level}{n}", level, level) for level in LEVELS[1:] for n in range(30)]
    variants = [Outcome(o.name, o.gold, o.level, "politely") for o in base for _ in range(10)]
    assert all(row.met for row in rows(base, variants))
    assert not all(row.met for row in rows(base[:40], variants[:40]))  # too few


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),  # Wilson's interval, by hand: Newcombe 1998, table I, and 0 of 300
    [
        (81, 263, 25.5, 36.6),
        (15, 148, 6.2, 16.0),
        (0, 20, 0.0, 16.1),
        (1, 29, 0.6, 17.2),
        (0, 300, 0.0, 1.3),
        (0, 0, 0.0, 100.0),
    ],
)
def test_the_interval_is_wilsons(hits, of, low, high):
    assert Share(hits, of).interval == pytest.approx((low, high), abs=0.06)


def test_the_most_dangerous_miss_comes_first():
    cases = {o.name: case(known_miss="why" if o.known else None) for o in MADE_UP}
    told = list(misses(MADE_UP, cases))
    assert told[0] == "below: b: soon instead of emergency. NOT KNOWN BEFORE."
    assert told[-1] == "above: f: soon instead of self_care. NOT KNOWN BEFORE."
    assert "above: d: emergency instead of soon. Known: why" in told
    assert "emergency                     1          .          1" in matrix(MADE_UP)


def command(monkeypatch, folder):
    monkeypatch.setattr("tools.cases.__main__.CASES", folder)
    return main()


def test_the_command_prints_the_table_with_its_honest_line(capsys, levels_only, monkeypatch, tmp_path):
    (tmp_path / "one.yaml").write_text((FOLDER / "nobody_asked.yaml").read_text())
    assert command(monkeypatch, tmp_path) == 0
    out = capsys.readouterr().out
    assert HONEST in out
    assert all(f"\nT{n} " in out for n in range(1, 8))
    assert all(name in out for name, case in load_cases(tmp_path).items() if case.known_miss)


@pytest.mark.parametrize(("text", "code"), [(GOOD, 1), (GOOD.replace("soon", "later"), 2)])
def test_the_command_fails_on_a_miss_that_no_one_declared_and_on_a_broken_case(
    monkeypatch, tmp_path, text, code
):
    assert command(monkeypatch, written(tmp_path, one=text)) == code
