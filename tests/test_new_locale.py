"""A new locale is begun, and the build says what it lacks, until it lacks nothing."""

import io
import json
import shutil

import pytest
from ruamel.yaml import YAML
from twitching.catalogue import load_words

from tools import new_locale
from tools.alexa_locales import LOCALES
from tools.build_model import models
from tools.compile_content import compile_content
from tools.facts import read_facts
from tools.new_locale import begin, lacking
from tools.skill_package import build
from tools.sources_on_disk import ROOT, TO_TRANSLATE, ContentError

NUMBER = {"call": "000", "sources": ["AU-000"]}


@pytest.fixture
def project(tmp_path):
    """A copy of all that a locale is made of."""
    for name in ("content", "responses", "interaction_model", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def edit(path, change):
    """Change what a YAML file holds."""
    yaml = YAML()
    held = yaml.load(path.read_text(encoding="utf-8"))
    change(held)
    out = io.StringIO()
    yaml.dump(held, out)
    path.write_text(out.getvalue(), encoding="utf-8")


def places(project):
    return project / "content" / "locales.yaml"


def take_out(project, locale):
    """As if the project had never had this locale."""
    edit(places(project), lambda held: held["locales"].pop(locale))

    def without(held):
        for forms in held["words"].values():
            if isinstance(forms, dict):
                forms.pop(locale, None)

    edit(project / "responses" / "en" / "words.yaml", without)


def give_number(project, locale):
    edit(places(project), lambda held: held["locales"][locale]["numbers"].update(emergency_number=NUMBER))


def translate(project, language):
    """As a translator leaves it: no heads, and no words that differ between the Englishes."""
    for name in ("responses", "interaction_model"):
        for path in (project / name / language).rglob("*.yaml"):
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            assert lines[0].startswith(TO_TRANSLATE)
            path.write_text("".join(lines[2:]), encoding="utf-8")

    def one_form(held):
        held["words"] = {
            word: forms if isinstance(forms, str) else forms["default"]
            for word, forms in held["words"].items()
        }

    edit(project / "responses" / language / "words.yaml", one_form)


def snapshot(project):
    return {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}


def compiled(project, locale):
    """The locale's words, once everything compiles."""
    compile_content(project / "content", project / "responses", project / "compiled")
    return json.loads((project / "compiled" / "words" / f"{locale}.json").read_text(encoding="utf-8"))


def language_model(package, locale):
    return package.models[locale]["interactionModel"]["languageModel"]


def test_a_new_english_lacks_its_number_and_then_nothing(project):
    take_out(project, "en-AU")
    assert begin("en-AU", project) == [places(project)]
    assert lacking(project)[0].startswith("content/locales.yaml: en-AU: no emergency_number")

    give_number(project, "en-AU")
    words = compiled(project, "en-AU")
    assert words["say"].keys() == load_words("en-GB").say.keys()
    assert ">000<" in words["say"]["level.emergency.action"][0]
    package = build(project)
    assert package.models["en-AU"] == package.models["en-GB"]
    assert "000" in package.listings["en-AU"]["description"]
    assert "AU" in package.inside["publishingInformation"]["distributionCountries"]


def test_a_new_language_begins_as_a_copy_and_lacks_its_translation(project):
    of_it = [project / "responses" / "de", project / "interaction_model" / "de"]
    assert begin("de-DE", project) == [places(project), *of_it]
    lacks = lacking(project)
    assert (
        "content/locales.yaml: de-DE: no emergency_number, expected what to call there and its sources"
        in lacks
    )
    for folder in of_it:
        assert {path.read_text(encoding="utf-8")[: len(TO_TRANSLATE)] for path in folder.rglob("*.yaml")} == {
            TO_TRANSLATE
        }
        for path in folder.rglob("*.yaml"):
            assert f"{path}: still to be translated; take out its head when it is" in lacks

    translate(project, "de")
    give_number(project, "de-DE")
    in_german = {"disclaimer": "Ich bin keine Ärztin und ersetze keine Prüfung."}
    edit(of_it[0] / "conversation.yaml", lambda held: held["say"].update(in_german))
    edit(of_it[1] / "persons.yaml", lambda held: held.update(mother=["mütter", "mutti"]))
    assert compiled(project, "de-DE")["say"]["disclaimer"] == [in_german["disclaimer"]]
    package = build(project)
    assert "modelConfiguration" in language_model(package, "de-DE")
    assert '"mütter"' in json.dumps(language_model(package, "de-DE"), ensure_ascii=False)
    assert '"mütter"' not in json.dumps(language_model(package, "en-GB"), ensure_ascii=False)
    assert package.listings["de-DE"]["name"]


def test_a_model_sets_no_sensitivity_where_alexa_refuses_it(project):
    begin("fr-CA", project)
    translate(project, "fr")
    facts = read_facts(project / "content")
    alone = facts.model_copy(update={"locales": {"fr-CA": facts.locales["fr-CA"]}})
    model = models(alone, "skin twitch guide", project / "interaction_model")["fr-CA"]
    assert set(model["interactionModel"]["languageModel"]) == {"invocationName", "intents", "types"}


def test_a_language_without_the_half_that_people_say(project):
    begin("de-DE", project)
    shutil.rmtree(project / "interaction_model" / "de")
    with pytest.raises(ContentError, match="interaction_model/de: this language has no folder"):
        build(project)


@pytest.mark.parametrize("name", ["en-NZ", "de", "de-de", "de_DE", "../en", "", "en-US "])
def test_what_is_no_locale_of_alexas_is_refused(project, name):
    before = snapshot(project)
    with pytest.raises(ContentError, match=r"no locale of Alexa's; it has ar-SA, .*pt-BR"):
        begin(name, project)
    assert snapshot(project) == before


@pytest.mark.parametrize("locale", sorted(set(read_facts().locales) - {"en"}))
def test_a_locale_that_is_there_is_left_alone(project, locale):
    before = snapshot(project)
    with pytest.raises(ContentError, match=f"{locale} is in content/locales.yaml already"):
        begin(locale, project)
    assert snapshot(project) == before


@pytest.mark.parametrize("folder", ["responses", "interaction_model"])
def test_a_folder_that_is_there_is_left_alone(project, folder):
    (project / folder / "de").mkdir()
    before = snapshot(project)
    with pytest.raises(ContentError, match=f"{folder}/de is there already"):
        begin("de-DE", project)
    assert snapshot(project) == before


def test_our_locales_are_alexas():
    assert set(read_facts().locales) - {"en"} <= set(LOCALES)


def test_the_command_says_what_it_wrote_and_what_is_missing(project, monkeypatch, capsys):
    monkeypatch.setattr(new_locale, "ROOT", project)
    monkeypatch.setattr(new_locale, "begin", lambda locale: begin(locale, project))
    monkeypatch.setattr(new_locale, "lacking", lambda: lacking(project))
    assert new_locale.main(["de-DE"]) == 0
    told = capsys.readouterr().out
    assert "wrote responses/de\n" in told
    assert "de-DE: no emergency_number" in told
    assert new_locale.main(["de-DE"]) == 1
    assert "already" in capsys.readouterr().err
    assert new_locale.main([]) == 2
