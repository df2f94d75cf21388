"""Broken content stops the build, with the file, the key and what was expected; nothing is written."""

import shutil

import pytest

from tools.compile_content import compile_content
from tools.facts import CONTENT
from tools.sources_on_disk import ContentError
from tools.words import RESPONSES


@pytest.fixture
def project(tmp_path):
    """A copy of content/ and responses/ to break."""
    shutil.copytree(CONTENT, tmp_path / "content")
    shutil.copytree(RESPONSES, tmp_path / "responses")
    return tmp_path


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} isn't in {path.name} any more"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults_of(project):
    into = project / "compiled"
    with pytest.raises(ContentError) as error:
        compile_content(project / "content", project / "responses", into)
    assert not into.exists()
    return "\n".join(error.value.faults)


def test_what_is_there_compiles(project):
    compile_content(project / "content", project / "responses", project / "compiled")
    assert (project / "compiled" / "words" / "en-GB.json").exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            "content/check.yaml",
            "level: today",
            "level: tomorrow",
            ["check.yaml", "rules.2.level", "'emergency', 'today', 'soon'"],
        ),
        (
            "content/check.yaml",
            "levels:",
            "levles:",
            ["check.yaml", "levles", "Extra inputs are not permitted"],
        ),
        (
            "content/check.yaml",
            "advice: [poison_help]",
            "advice: [poison_hepl]",
            ["rules.recent_danger.advice", "poison_hepl", "no statement"],
        ),
        (
            "content/check.yaml",
            "sources: [BICK21, PATHWAYS]",
            "sources: []",
            ["check.yaml", "statements.opening.sources", "at least 1 item"],
        ),
        (
            "content/check.yaml",
            "sources: [BICK21, PATHWAYS]",
            "sources: [BICK12]",
            ["statement opening", "BICK12", "sources.yaml"],
        ),
        (
            "content/check.yaml",
            'when: {wider_picture: ["yes", unsure]}',
            'when: {wider_picture: ["yes"]}',
            ["check.yaml", "no rule covers"],
        ),
        (
            "content/check.yaml",
            "reviewed: 2026",
            "reviewed: 2020",
            ["check.yaml", "reviewed on 2020", "12 months"],
        ),
        ("content/check.yaml", "reviewed: 2026", "reviewed: 2999", ["check.yaml", "still to come"]),
        ("content/check.yaml", "reviewed: 2026-11-22", "reviewed: [", ["check.yaml", "not readable as YAML"]),
        (
            "content/check.yaml",
            "rules:",
            "questions: []\nrules:",
            ["check.yaml", "not readable as YAML", "duplicate key"],
        ),
        (
            "content/signs.yaml",
            "answers: [recent_danger]",
            "answers: [recent_dagner]",
            ["recent_dagner", "does not exist"],
        ),
        (
            "responses/en/check.yaml",
            "  wider_picture:\n    because",
            "  wider_pictrue:\n    because",
            ["check.yaml: rules", "wider_picture has no words", "wider_pictrue has words but no facts"],
        ),
        (
            "responses/en/check.yaml",
            "call {{ emergency }} now",
            "call {{ emergencie }} now",
            ["opening", "'emergencie' is undefined"],
        ),
        ("responses/en/check.yaml", "Dark {{ pee }}", "Dark {{ pee }", ["ask", "unexpected '}'"]),
        (
            "responses/en/check.yaml",
            "Nothing you told me",
            "Nothing you & told me",
            ["level.self_care.action", "not well-formed SSML"],
        ),
        (
            "responses/en/check.yaml",
            "Nothing you told me",
            "Nothing (at all) you told me",
            ["level.self_care.action", "can't be read aloud well"],
        ),
        (
            "responses/en/check.yaml",
            "Nothing you told me",
            "<b>Nothing</b> you told me",
            ["level.self_care.action", "the tag <b>"],
        ),
        ("responses/en/words.yaml", "en-GB: GP", "en-GX: GP", ["words.yaml", "doctor", "en-GX"]),
        # Locales: each kind of gap has its own fault.
        (
            "content/locales.yaml",
            'emergency_number: {call: "999", sources: [NHS-STROKE]}',
            "",
            ["content/locales.yaml: en-GB: no emergency_number"],
        ),
        (
            "content/locales.yaml",
            'call: "999", sources: [NHS-STROKE]',
            'call: "999", sources: []',
            ["locales.yaml", "en-GB.numbers.emergency_number.sources", "at least 1 item"],
        ),
        (
            "content/locales.yaml",
            "sources: [NHS-STROKE]",
            "sources: [NHS-STROEK]",
            ["locale en-GB cites NHS-STROEK", "sources.yaml"],
        ),
        (
            "content/locales.yaml",
            "poison_line: {call: 13 11 26",
            "poisons_line: {call: 13 11 26",
            ["words.poison_help", "'poison_line' is undefined", "en-AU"],
        ),
        (
            "content/locales.yaml",
            "en: {language: en, numbers: {}}",
            'en: {language: en, numbers: {emergency_number: {call: "112", sources: [IN-112]}}}',
            ["content/locales.yaml: en: emergency_number in no country"],
        ),
        (
            "content/locales.yaml",
            "  en-IN:\n",
            "  en-NZ:\n",
            ["content/locales.yaml: en-NZ is no locale of Alexa's"],
        ),
        (
            "content/locales.yaml",
            "  en-IN:\n    language: en\n",
            "  en-IN:\n    language: hi\n",
            ["responses/hi: this language has no folder"],
        ),
        (
            "content/locales.yaml",
            "  en-IN:\n",
            "  hi-IN:\n",
            ["content/locales.yaml: hi-IN: its language is en, expected hi"],
        ),
        (
            "responses/en/words.yaml",
            "pee: {default: pee, en-GB",
            "pee: {en-GB",
            ["words.pee: has no form here, and no default (in en-US)", "(in en-CA)", "(in en)"],
        ),
        ("responses/en/words.yaml", "  pee: {", "  peee: {", ["'pee' is undefined"]),
        (
            "responses/en/words.yaml",
            "# Words that",
            "# TO TRANSLATE from en into de.\n# Words that",
            ["responses/en/words.yaml: still to be translated"],
        ),
    ],
)
def test_a_fault_names_file_key_and_what_was_expected(project, file, old, new, expected):
    change(project / file, old, new)
    told = faults_of(project)
    for part in expected:
        assert part in told, told


def test_a_missing_file(project):
    (project / "responses" / "en" / "signs.yaml").unlink()
    assert "signs.yaml: this file is missing" in faults_of(project)


def test_a_statement_without_words_and_words_without_a_statement(project):
    words = project / "responses" / "en" / "topics" / "causes.yaml"
    statement = next(
        line
        for line in words.read_text(encoding="utf-8").splitlines()
        if line.startswith("    ") and ":" in line and "ask" not in line and "reprompt" not in line
    )
    id_ = statement.strip().split(":")[0]
    change(words, f"{id_}:", f"{id_}_renamed:")
    told = faults_of(project)
    assert f"{id_} has no words" in told
    assert f"{id_}_renamed has words but no facts" in told
