"""The hazard log is true: every control is proved by a test that exists, and what no other test proves."""

import re

import pytest
from twitching.catalogue import load_catalogue, load_words
from twitching.dialogue import check
from twitching.dialogue.session import Session
from twitching.speech import plain
from twitching.triage.model import Level
from twitching.triage.soundness import paths, volunteered
from twitching.triage.whatif import facts_for

from simulator.device import Device
from tools.hazards import TESTS, HazardLog, faults, find_tests, read_hazards
from tools.sources_on_disk import ROOT, ContentError

COLLECTED = find_tests()
INTENDED_USE = ROOT / "docs" / "safety" / "intended-use.md"


@pytest.fixture(scope="module")
def log():
    return read_hazards()


def test_every_control_is_proved_by_a_test_that_exists(log):
    assert faults(log, COLLECTED) == []


def test_there_are_16_to_20_hazards_and_nobody_owns_one_yet(log):
    assert 16 <= len(log.hazards) <= 20
    assert not [hazard.id for hazard in log.hazards if hazard.owner]


def test_what_is_still_too_risky_is_named_where_a_publisher_reads(log):
    """And nothing else is: the page and the log say the same."""
    page = INTENDED_USE.read_text(encoding="utf-8")
    too_high = page.split("## Still too risky")[1].split("\n## ")[0]
    assert set(re.findall(r"\bH\d\d\b", too_high)) == {hazard.id for hazard in log.too_high}
    assert set(re.findall(r"\bH\d\d\b", page)) <= {hazard.id for hazard in log.hazards}


def test_what_the_scan_finds_is_what_pytest_collects(request):
    """Nothing that pytest runs is unknown to the scan, parametrised or in a class."""
    running = {item.nodeid.split("[")[0] for item in request.session.items}
    assert running <= COLLECTED


def test_the_scan_takes_no_helper_and_no_function_inside_another(tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_x.py").write_text(
        "def helper(): ...\n"
        "def test_one():\n    def test_inside(): ...\n"
        "class TestTwo:\n    def test_three(self): ...\n    def helper(self): ...\n"
        "class Other:\n    def test_four(self): ...\n"
    )
    assert find_tests(tmp_path / "tests") == {
        "tests/test_x.py::test_one",
        "tests/test_x.py::TestTwo::test_three",
    }
    assert len(COLLECTED) > len(find_tests(TESTS / "artefact")) > 0


# --- the check goes red -----------------------------------------------------------------------


def broken(log, change):
    """The log with one change, made in what the file holds."""
    data = log.model_dump()
    change(data)
    return faults(HazardLog.model_validate(data), COLLECTED)


def first(data):
    return data["hazards"][0]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda d: first(d)["controls"][0]["tests"].append("tests/test_x.py::test_gone"),
            "H01 names a test that is gone: tests/test_x.py::test_gone",
        ),
        (
            lambda d: first(d)["controls"][0]["tests"].append("tests/test_model.py::test_x[en-US]"),
            "H01: name the test, not one of its cases: tests/test_model.py::test_x[en-US]",
        ),
        (lambda d: first(d).update(controls=[]), "H01 has no control"),
        (
            lambda d: first(d).update(controls=[{"does": "We are careful.", "tests": []}]),
            "H01: no test proves 'We are careful.'",
        ),
        (lambda d: d["hazards"].append(first(d)), "H01 stands twice"),
        (
            lambda d: first(d)["before"].update(severity="bad"),
            "H01.before.severity: 'bad' isn't on the scale (minor, significant, considerable, major, catastrophic)",
        ),
        (
            lambda d: first(d)["before"].update(severity="minor"),
            "H01: the risk is greater with the controls than without them",
        ),
        (
            lambda d: d["likelihood"].pop("low"),
            "the matrix needs a row for each likelihood, in this order: very low, medium, high, very high",
        ),
        (lambda d: d["matrix"]["low"].pop(), "the matrix's row 'low' needs 5 risks, not 4"),
        (
            lambda d: d["matrix"].update(low=[1, 2, 2, 3, 9]),
            "the matrix's row 'low' has the risk 9, which isn't explained",
        ),
        (
            lambda d: d["matrix"].update(low=[1, 2, 2, 3, 1]),
            "the matrix gets less risky somewhere as severity or likelihood grows",
        ),
    ],
)
def test_each_fault_is_named(log, change, told):
    assert told in broken(log, change)


def test_a_test_that_is_renamed_is_missed_by_each_hazard_that_names_it(log):
    test = "tests/test_conversation.py::test_a_warning_sign_wins_in_any_state"
    assert faults(log, COLLECTED - {test}) == [
        f"{id_} names a test that is gone: {test}" for id_ in ("H01", "H20")
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("to_whom:", "to:", "hazards.0.to_whom: Field required"),
        ("id: H01", "id: first", "hazards.0.id"),
        ("owner: null", "owner: ''", "hazards.0.owner"),
    ],
)
def test_a_log_of_the_wrong_shape_is_named_with_its_key(tmp_path, old, new, told):
    text = (ROOT / "docs" / "safety" / "hazards.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "hazards.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=re.escape(told)):
        read_hazards(path)


# --- what no other test proves ----------------------------------------------------------------


def results():
    """Every way through the check, with the reply that ends it."""
    catalogue = load_catalogue()
    asked = {q.id: q for q in catalogue.check.questions}
    for told in volunteered(catalogue.check):
        for way in paths(catalogue.check, told):
            facts = {**told, **{q: facts_for(asked[q])[answer] for q, answer in way.answers}}
            yield way, check.go_on(Session(answers=facts), catalogue)


def test_every_result_gives_its_reason_and_what_would_change_it():
    """H02, H03, H05, H12, H19."""
    seen = set()
    for way, reply in results():
        action, reason, *_ = reply.say
        assert action == f"level.{way.level.id}.action"
        assert reason.startswith(f"because.{way.rule}")
        assert f"level.{way.level.id}.net" in reply.say
        assert ("not_a_diagnosis" in reply.say) == (way.level is Level.SELF_CARE)
        seen.add(way.level)
    assert seen == set(Level)
    for level, calm in (
        (Level.SOON, "so a doctor should check it."),
        (Level.SELF_CARE, "Nothing you told me sounds urgent."),
    ):
        texts = [
            plain(t) for part in ("action", "do") for t in load_words("en-US").say[f"level.{level.id}.{part}"]
        ]
        assert any(calm in text for text in texts)


def test_an_emergency_says_that_the_skill_cannot_place_the_call():
    """H10."""
    emergencies = [reply for way, reply in results() if way.level is Level.EMERGENCY]
    assert emergencies
    for locale in load_catalogue().locales:
        (net,) = load_words(locale).say["level.emergency.net"]
        assert "I can't place the call" in plain(net)
    assert "I can't place the call" in Device().say("chest pain").speech


@pytest.mark.parametrize("locale", [locale for locale in load_catalogue().locales if "-" in locale])
def test_the_check_begins_with_what_it_is_not_and_whom_to_call(locale):
    """H02, H14, H19."""
    device = Device(locale)
    assert "I'm not a doctor" in device.launch().speech
    opening = device.say("start the check").speech
    number = Device(locale).say("chest pain").speech.split()[1]
    assert "I'm not a doctor" in opening
    assert f"If this feels like an emergency, stop and call {number} now." in opening


def test_after_silence_a_question_says_again_what_it_asks_about():
    """H14."""
    catalogue = load_catalogue()
    for locale in catalogue.locales:
        for question in catalogue.check.questions:
            if question.told:
                continue
            prompt = load_words(locale).ask[f"ask.{question.id}"]
            asked, again = (
                {word[:5] for word in re.findall(r"[a-z]{4,}", plain(text).lower())}
                for text in (" ".join(prompt.ask), prompt.reprompt)
            )
            assert len(asked & again) >= (1 if question.is_duration else 2), (locale, question.id)


@pytest.mark.parametrize(
    "script",
    [
        ["start the check", "no", "no", "it's numb", "stop"],
        ["my eyelid has been twitching for three weeks", "stop"],
        ["it's for my son", "i drink a lot of coffee", "start the check", "no", "yes"],
        ["start the check", "i have diabetes", "chest pain"],
    ],
)
def test_nothing_of_the_person_is_left_when_the_conversation_is_over(script):
    """H07, H16."""
    device = Device()
    *_, last = [device.say(text) for text in script]
    assert not last.open
    left = set(last.response["sessionAttributes"])
    assert left <= {"said", "turn", "misses"}, left


MEDICINE = r"medicine|medication|pill|tablet|drug|steroid|diazepam|baclofen|insulin|xanax"
STOPPING = re.compile(r"\b(stop|quit|skip|come off|leave off|give up|cut out)\b", re.IGNORECASE)
ABOUT_A_MEDICINE = re.compile(rf"\b({MEDICINE})s?\b", re.IGNORECASE)
AGAINST = re.compile(r"\b(don't|never|isn't safe to|before you) (stop|quit|skip)\b", re.IGNORECASE)


def says_to_stop(text):
    """Does it speak of stopping a medicine without a don't?"""
    sentences = re.split(r"(?<=[.?!]) ", text)
    return [
        s for s in sentences if STOPPING.search(s) and ABOUT_A_MEDICINE.search(s) and not AGAINST.search(s)
    ]


def test_no_sentence_tells_anyone_to_stop_a_medicine():
    """H13."""
    spoken = 0
    for locale in load_catalogue().locales:
        own = load_words(locale)
        for words in (own, own.other, own.child):
            for id_, wordings in words.say.items():
                for text in map(plain, wordings):
                    assert not says_to_stop(text), (locale, id_)
                    spoken += "don't stop" in text.lower()
    assert spoken


@pytest.mark.parametrize(
    ("text", "caught"),
    [
        ("If it may be a medicine, stop it.", True),
        ("Skip a pill and see.", True),
        ("If it may be a medicine, don't stop it by yourself.", False),
        ("Most twitches stop within days.", False),
    ],
)
def test_advice_to_stop_a_medicine_would_be_caught(text, caught):
    assert bool(says_to_stop(text)) == caught


@pytest.mark.parametrize("words", ["should i stop my medicine", "can i stop taking my pills"])
def test_somebody_who_wants_to_stop_a_medicine_hears_dont(words):
    """H13."""
    speech = Device().say(words).speech
    assert "Don't stop" in speech
    assert "pharmacist" in speech
