"""The pack that a clinician reads and signs: nothing is left out, every link leads somewhere."""

import re
from datetime import date
from html import unescape
from html.parser import HTMLParser

import pytest
from markupsafe import escape

from tools.article import read_article
from tools.facts import read_facts
from tools.hazards import read_hazards
from tools.review_pack import gather, signed
from tools.review_pack.__main__ import main, render
from tools.sources_on_disk import ContentError

TODAY = date(2026, 11, 23)
FORMS = ("review-pack.html", "review-pack.md")


@pytest.fixture(scope="module")
def pack():
    return gather.gather(TODAY)


@pytest.fixture(scope="module")
def forms(pack):
    return render(pack)


@pytest.fixture(scope="module", params=FORMS)
def form(request, forms):
    return request.param, forms[request.param]


def shown(text, form):
    return (str(escape(text)) if form[0].endswith("html") else text) in form[1]


def test_every_sentence_appears_in_each_wording(pack, form):
    missing = [s.id for s in pack["spoken"].values() for text in s.says if not shown(text, form)]
    assert not missing


def test_every_sentence_has_its_own_place_to_sign(pack, forms):
    in_topics_or_check = [s for s in pack["spoken"].values() if s.sources and not s.is_reprompt]
    assert len(in_topics_or_check) > 500
    for s in in_topics_or_check:
        assert f'id="{s.id}"' in forms["review-pack.html"], s.id


def elsewhere(sentence):
    return [*sentence.beside, *(text for says in sentence.others.values() for text in says)]


def test_what_is_said_elsewhere_appears_where_it_differs(pack, form):
    never_heard = {s.id for family in pack["families"] if not family.to_sign for s in family.sentences}
    signed_for = [s for s in pack["spoken"].values() if s.sources and not s.is_reprompt]
    wanted = [(s.id, text) for s in signed_for if s.id not in never_heard for text in elsewhere(s)]
    assert not [id_ for id_, text in wanted if not shown(text, form)]


def test_what_is_never_heard_is_said_to_be_so(pack):
    """Only combinations for "what would change that" may be unheard; those that are heard make sense."""
    for family in pack["families"]:
        if not family.to_sign:
            assert all(s.id.startswith("if.") for s in family.sentences)
        for s in family.sentences:
            if family.to_sign and s.id.startswith("if.sudden_signs.yes"):
                assert s.id.endswith(".emergency")


def test_every_row_correction_and_source_appears(form):
    article, facts = read_article(), read_facts()
    md = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>|"})
    wanted = [row.claim for row in article.rows.values()]
    wanted += [text for c in article.corrections.values() for text in (c.article, c.instead, c.why)]
    wanted += [text for s in facts.sources.values() for text in (s.title, s.publisher)]
    assert len(article.rows) == 126
    for text in wanted:
        assert shown(text if form[0].endswith("html") else text.translate(md), form), text
    for source in facts.sources.values():
        assert source.url is None or shown(source.url, form)


def test_every_result_of_every_rule_is_told_in_full(pack, form):
    for rule in pack["rules"]:
        assert rule.results, rule.id
        assert all(shown(result.text, form) for result in rule.results)
        assert all(result.text.startswith(rule.level.sentences[0].says[0]) for result in rule.results)


def test_a_rule_that_tells_back_a_time_has_both_of_its_results(pack):
    (rule,) = [r for r in pack["rules"] if r.id == "long_lasting"]
    assert len(rule.results) >= 2
    assert any("for 2 weeks." in result.text for result in rule.results)


def test_a_warning_sign_begins_with_the_call_and_its_phrases_are_counted(pack):
    for sign in pack["signs"]["emergency"]:
        assert sign.reply.startswith("Call 911 now.")
        assert sign.phrases >= len(sign.examples) >= 1


def test_the_graph_has_questions_and_levels_and_nothing_else(pack, forms):
    flow = pack["flow"]
    asked = {q.id for q in pack["questions"] if q.number}
    nodes = {*flow.questions, *flow.levels}
    assert set(flow.questions) == asked
    assert len(flow.levels) == 4
    assert {end for arrow in flow.arrows for end in (arrow.start, arrow.end)} == nodes
    assert all(arrow.label for arrow in flow.arrows)
    assert forms["review-pack.html"].count('class="node"') == len(nodes)
    mermaid = forms["review-pack.md"].split("```mermaid")[1].split("```")[0]
    assert mermaid.count("-->") == len(flow.arrows)
    assert all(re.search(rf"^ +{node}[\[(]", mermaid, re.MULTILINE) for node in nodes)


def test_every_answer_leads_somewhere(pack):
    """From each question that is asked, each of its answers is on an arrow."""
    for question in pack["questions"]:
        if question.number:
            led = {a for arrow in pack["flow"].arrows if arrow.start == question.id for a in arrow.answers}
            led |= {
                a for arrow in pack["flow"].arrows if arrow.start == question.id for _, a in arrow.only_told
            }
            assert {"unsure"} < led, question.id


def test_no_mark_of_a_template_or_of_python_is_left(form):
    text = re.sub(r"<style>.*?</style>", "", form[1], flags=re.DOTALL)
    for mark in ("{{", "{%", "}}", "{#", "Undefined", "<say-as", "&amp;lt;"):
        assert mark not in text, mark
    assert not re.search(r"\bNone\b(?! of)", text)


class Links(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.ids, self.inside, self.tags = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        if "id" in found:
            self.ids.append(found["id"])
        if found.get("href", "").startswith("#"):
            self.inside.append(found["href"][1:])


def test_an_id_stands_once_and_every_link_inside_leads_to_one(form):
    links = Links(form[1])
    assert len(links.ids) == len(set(links.ids)), [i for i in links.ids if links.ids.count(i) > 1][:5]
    markdown = [] if form[0].endswith("html") else re.findall(r"\]\(#([^)]+)\)", form[1])
    assert set(links.inside) | set(markdown) <= set(links.ids)


def test_nothing_is_fetched_from_elsewhere(forms):
    page = forms["review-pack.html"]
    assert not [tag for tag, _ in Links(page).tags if tag in ("script", "link", "img", "iframe")]
    assert "@import" not in page
    assert "url(http" not in page


def test_the_first_page_says_that_nobody_has_signed(pack, form):
    if pack["sign_offs"]:
        pytest.skip("somebody has signed")
    assert "Nobody has signed any of this yet." in form[1]
    assert "Nothing has been signed yet; everything is new." in form[1]


def test_both_forms_are_written(tmp_path, capsys):
    assert main(["--out", str(tmp_path)]) == 0
    assert [tmp_path.joinpath(name).stat().st_size > 100_000 for name in FORMS] == [True, True]
    assert "review-pack.html" in capsys.readouterr().out


@pytest.mark.parametrize("who", ["", "  ", "Jo Smith", ","])
def test_a_sign_off_needs_name_and_role(who, capsys):
    with pytest.raises(SystemExit):
        main(["--record-sign-off", who])
    assert "name and role" in capsys.readouterr().err


# What changed since the last sign-off.


def entry(text, *sources, **elsewhere):
    return signed.Entry(says={"en-US": text, **elsewhere}, sources=list(sources))


def sign_off(entries):
    return signed.SignOff(signed_by="Jo Smith, neurologist", signed_on=TODAY, content="abc", entries=entries)


def test_what_was_signed_comes_back_and_nothing_has_changed(pack, tmp_path):
    entries = signed.entries(read_facts(), pack["spoken"])
    path = signed.record(sign_off(entries), tmp_path)
    assert path == tmp_path / "signed" / "2026-11-23.json"
    (read,) = signed.sign_offs(tmp_path)
    assert read.signed_by == "Jo Smith, neurologist"
    assert signed.changes(read.entries, entries).total == 0


def test_a_second_sign_off_of_the_same_day_is_kept_beside_the_first(tmp_path):
    signed.record(sign_off({"a": entry("One.")}), tmp_path)
    signed.record(sign_off({"a": entry("Two.")}), tmp_path)
    assert [s.entries["a"].says["en-US"] for s in signed.sign_offs(tmp_path)] == ["One.", "Two."]


def test_a_sign_off_that_was_tampered_with_is_named(tmp_path):
    signed.record(sign_off({}), tmp_path).write_text('{"signed_by": 3}', encoding="utf-8")
    with pytest.raises(ContentError, match=r"2026-11-23\.json: signed_on"):
        signed.sign_offs(tmp_path)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (entry("Call 911."), entry("Call a doctor.")),
        (entry("Call 911.", "NHS-TW"), entry("Call 911.", "WTOP")),
        (entry("Call.", **{"en-GB": "Call 999."}), entry("Call.", **{"en-GB": "Call 998."})),
    ],
    ids=["words", "sources", "another country"],
)
def test_a_change_of_words_or_grounds_is_a_change(before, after):
    found = signed.changes({"a": before}, {"a": after})
    assert [c.id for c in found.changed] == ["a"]
    assert found.total == 1


def test_the_pack_shows_before_and_after(pack):
    before = {"changed": entry("Old words.", "NHS-TW"), "removed": entry("Gone.")}
    after = {"changed": entry("New words.", "WTOP"), "added": entry("Here now.")}
    made = pack | {"sign_offs": [sign_off(before)], "changes": signed.changes(before, after)}
    for text in render(made).values():
        told = text.split("What changed since the last sign-off")[-1]
        for part in ("Old words.", "New words.", "Gone.", "Here now.", "Jo Smith", "NHS-TW", "WTOP"):
            assert part in told
        assert "Nobody has signed any of this yet" not in text
        assert "3 entries have changed" in text


def test_a_rule_a_sign_and_an_order_are_part_of_what_is_signed(pack):
    entries = signed.entries(read_facts(), pack["spoken"])
    for id_ in ("table.rule.new_weakness", "table.sign.seizure", "table.topic.als", "table.questions"):
        assert entries[id_].says["table"]


def test_the_content_hash_follows_the_content_alone(tmp_path):
    content, responses = tmp_path / "content", tmp_path / "responses"
    for folder in (content / "signed", responses):
        folder.mkdir(parents=True)
    (content / "a.yaml").write_text("a: 1")
    (responses / "b.yaml").write_text("b: 1")
    before = signed.content_hash(content, responses)
    (content / "signed" / "2026-11-23.json").write_text("{}")
    assert signed.content_hash(content, responses) == before
    (responses / "b.yaml").write_text("b: 2")
    assert signed.content_hash(content, responses) != before


@pytest.mark.parametrize("name", ["review-pack.html", "review-pack.md"])
def test_every_hazard_stands_in_the_pack_with_its_controls_and_what_is_open(name):
    text = unescape(render(gather.gather(date(2026, 11, 23)))[name]).replace("\\", "")
    for hazard in read_hazards().hazards:
        assert hazard.title in text
        assert all(control.does in text for control in hazard.controls)
        assert all(point in text for point in hazard.open)
