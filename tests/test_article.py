"""The article's 126 statements and the corrections: each disagreement with the content is told."""

import shutil

import pytest

from tools.article import Article, disagreements, notes_of, read_article
from tools.facts import CONTENT, read_facts
from tools.sources_on_disk import ContentError


@pytest.fixture(scope="module")
def facts():
    return read_facts()


@pytest.fixture(scope="module")
def article():
    return read_article()


def with_row(article, number, **changes):
    """The article with one row changed; None removes it."""
    sections = []
    for section in article.sections:
        rows = dict(section.rows)
        if number in rows:
            if changes:
                rows[number] = rows[number].model_copy(update=changes)
            else:
                del rows[number]
        sections.append(section.model_copy(update={"rows": rows}))
    return article.model_copy(update={"sections": sections})


def with_correction(article, id_, **changes):
    changed = article.corrections[id_].model_copy(update=changes)
    return article.model_copy(update={"corrections": {**article.corrections, id_: changed}})


def with_statement(facts, statement_id, **changes):
    files = {}
    for name, file in facts.topic_files.items():
        topics = {
            id_: topic.model_copy(
                update={
                    "breaths": [
                        [s.model_copy(update=changes) if s.id == statement_id else s for s in breath]
                        for breath in topic.breaths
                    ]
                }
            )
            for id_, topic in file.topics.items()
        }
        files[name] = file.model_copy(update={"topics": topics})
    return facts.model_copy(update={"topic_files": files})


def told(facts, article):
    return "\n".join(disagreements(facts, article))


def test_what_is_there_agrees(facts, article):
    assert disagreements(facts, article) == []


def test_there_are_126_rows_and_30_corrections(article):
    assert list(article.rows) == list(range(1, 127))
    assert list(article.corrections) == [f"Q{n}" for n in range(1, 31)]


def test_a_statement_may_follow_two_corrections(facts):
    (statement,) = [
        s
        for topic in facts.topics.values()
        for breath in topic.breaths
        for s in breath
        if s.id == "sign_spread_or_pain"
    ]
    assert notes_of(statement) == ["Q17", "Q18"]


def test_a_row_that_nobody_carries(facts, article):
    silent = with_statement(facts, "twitch_medical_name_fasciculation", article=[], stance="added")
    assert "row 2 isn't carried by any statement of what_is_it" in told(silent, article)


def test_a_row_that_is_carried_in_another_topic_only(facts, article):
    assert "row 2 isn't carried by any statement of bfs" in told(facts, with_row(article, 2, topic="bfs"))


def test_a_row_of_a_topic_that_does_not_exist(facts, article):
    assert "row 2 names the topic what_isnt" in told(facts, with_row(article, 2, topic="what_isnt"))


def test_a_statement_that_carries_a_row_that_does_not_exist(facts, article):
    wrong = with_statement(facts, "twitch_medical_name_fasciculation", article=[2, 127])
    assert "what_is_it.twitch_medical_name_fasciculation carries row 127" in told(wrong, article)


def test_a_row_that_is_gone(facts, article):
    wrong = told(facts, with_row(article, 2))
    assert "numbered from 1 without a gap" in wrong
    assert "carries row 2, which content/article.yaml doesn't have" in wrong


@pytest.mark.parametrize("stance", ["hedged", "corrected", "added"])
def test_another_stance_than_the_row_has(facts, article, stance):
    wrong = with_statement(facts, "twitch_medical_name_fasciculation", stance=stance)
    assert f"is {stance}, but carries rows 2: agree was expected" in told(wrong, article)


def test_the_most_changed_row_decides(facts, article):
    """Rows 115 (hedged) and 116 (agree) are carried by one statement."""
    wrong = with_statement(facts, "takeaway_tiredness_and_caffeine_more", stance="agree")
    assert "carries rows 115, 116: hedged was expected" in told(wrong, article)


def test_a_statement_that_agrees_with_nothing(facts, article):
    wrong = with_statement(facts, "usual_four_links", stance="agree")
    assert "usual_four_links is agree, but carries no row: added was expected" in told(wrong, article)


def test_a_statement_that_follows_no_correction_there_is(facts, article):
    wrong = with_statement(facts, "usual_four_links", note="Q1, Q31")
    assert "usual_four_links follows Q31" in told(wrong, article)


def test_a_row_that_follows_no_correction_there_is(facts, article):
    assert "row 1 follows Q31" in told(facts, with_row(article, 1, notes=["Q1", "Q31"]))


def test_a_row_whose_correction_no_statement_follows(facts, article):
    assert "row 1 follows Q30, but no statement of what_is_it" in told(
        facts, with_row(article, 1, notes=["Q30"])
    )


def test_a_correction_with_a_source_that_does_not_exist(facts, article):
    wrong = with_correction(article, "Q12", sources=["NHS-TW", "NHS-WT"])
    assert "Q12 cites NHS-WT" in told(facts, wrong)


def test_a_correction_about_safety_that_rests_on_weak_sources(facts, article):
    assert "Q12 is about safety and rests on weak" in told(
        facts, with_correction(article, "Q12", sources=["WTOP"])
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            "article.yaml",
            "stance: agree}",
            "stance: agreed}",
            ["article.yaml", "stance", "'agree', 'hedged'"],
        ),
        ("article.yaml", "topic: what_is_it, ", "", ["article.yaml", "topic", "Field required"]),
        ("article.yaml", "      2: {", "      1: {", ["article.yaml", "duplicate key"]),
        (
            "corrections.yaml",
            "severity: S3",
            "severity: S4",
            ["corrections.yaml", "Q1.severity", "'S1', 'S2'"],
        ),
        (
            "corrections.yaml",
            "  sources: [MUNIT, MLP-TW, PILI]\n",
            "",
            ["corrections.yaml", "Q2", "needs a source"],
        ),
    ],
)
def test_a_fault_names_file_key_and_what_was_expected(tmp_path, file, old, new, expected):
    for name in ("article.yaml", "corrections.yaml"):
        shutil.copy(CONTENT / name, tmp_path / name)
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as error:
        read_article(tmp_path)
    for part in expected:
        assert part in str(error.value)


def test_the_rows_are_in_the_order_of_the_article(article):
    assert isinstance(article, Article)
    assert article.sections[0].rows[1].topic == "what_is_it"
    assert article.sections[-1].rows[126].topic == "summary"
