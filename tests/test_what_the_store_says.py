"""The skill package is fresh, what it says is true of the skill, and what it leaves to the publisher is named."""

import json
import re
from io import BytesIO

import pytest
from PIL import Image

from simulator.device import Device
from simulator.understanding import locales
from tests.package_changes import ARN, WEB, answers, changed, endpoint
from tools import skill_package, store
from tools.icon import drawn
from tools.manifest_rules import QUOTED, faults
from tools.preflight.functional import unnamed_features
from tools.skill_package import PACKAGE, PAGES, blanks, build, main
from tools.sources_on_disk import ROOT, ContentError
from tools.store import SMALL_ICON

# --- fresh ------------------------------------------------------------------------------------


def test_the_committed_package_is_fresh():
    assert main(["--check"]) == 0


@pytest.fixture
def written(package, tmp_path, monkeypatch):
    """A package that `make model` has just written somewhere else."""
    monkeypatch.setattr(skill_package, "PACKAGE", tmp_path)
    monkeypatch.setattr(skill_package, "build", lambda: package)
    assert main([]) == 0
    assert main(["--check"]) == 0
    return tmp_path


def remove(path):
    path.unlink()


def lengthen(path):
    path.write_bytes(path.read_bytes() + b"\n")


def repaint(path):
    Image.new("RGB", (108, 108), "navy").save(path)


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("skill.json", remove),
        ("skill.json", lengthen),
        ("interactionModels/custom/en-IN.json", lengthen),
        (SMALL_ICON, remove),
        (SMALL_ICON, repaint),
        ("interactionModels/custom/de-DE.json", lambda path: path.write_text("{}")),  # nobody makes it
    ],
)
def test_a_stale_file_is_named_and_mended(written, capsys, name, spoil):
    spoil(written / name)
    assert main(["--check"]) == 1
    assert (
        capsys.readouterr().err == f"{written / name} is stale: run `make model` and commit what it writes\n"
    )
    assert main([]) == 0
    assert main(["--check"]) == 0


def darker(picture, shade):
    """The picture with one pixel that is darker."""
    image = Image.open(BytesIO(picture))
    red, *others = image.getpixel((54, 54))
    image.putpixel((54, 54), (red - shade, *others))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def test_an_icon_is_fresh_to_a_shade_since_processors_round_differently(written):
    icon = drawn(108)
    (written / SMALL_ICON).write_bytes(darker(icon, 3))
    assert main(["--check"]) == 0
    (written / SMALL_ICON).write_bytes(darker(icon, 9))
    assert main(["--check"]) == 1
    Image.open(BytesIO(icon)).crop((0, 0, 108, 107)).save(written / SMALL_ICON)
    assert main(["--check"]) == 1


@pytest.mark.parametrize(
    ("uri", "made"), [(ARN, {"uri": ARN}), (WEB, {"uri": WEB, "sslCertificateType": "Trusted"})]
)
def test_the_endpoint_is_called_once_the_publisher_has_filled_it_in(monkeypatch, uri, made):
    skill = store.read_skill()
    publisher = skill.publisher.model_copy(update={"endpoint": uri})
    monkeypatch.setattr(
        skill_package, "read_skill", lambda _: skill.model_copy(update={"publisher": publisher})
    )
    assert build().inside["apis"]["custom"]["endpoint"] == made


def test_a_word_that_no_locale_has_is_named_with_its_file(monkeypatch):
    of = store.read_store("en")
    monkeypatch.setattr(skill_package, "read_store", lambda *_: of.model_copy(update={"summary": "{{ dr }}"}))
    with pytest.raises(ContentError, match=re.escape("en/store.yaml (in en-US): summary: 'dr' is undefined")):
        build()


# --- true of the skill ------------------------------------------------------------------------


@pytest.mark.parametrize("locale", locales())
def test_each_example_phrase_is_answered_at_once(package, locale):
    """Not with the welcome, and not with a question back."""
    for phrase in package.listings[locale]["examplePhrases"]:
        heard = Device(locale).say(phrase)
        assert heard.intent not in (None, "AMAZON.FallbackIntent"), phrase
        assert heard.topic, phrase


@pytest.mark.parametrize("locale", locales())
def test_what_the_store_quotes_is_understood_and_its_number_is_the_skills_own(package, locale):
    description = package.listings[locale]["description"]
    for phrase in QUOTED.findall(description):
        heard = Device(locale).say(phrase)
        assert heard.intent != "AMAZON.FallbackIntent", phrase
        assert heard.intent or "open" in phrase
    number = Device(locale).say("chest pain").speech.split()[1]
    assert f"please dial {number}, or your local emergency response phone number" in description


def test_the_store_names_every_feature(package):
    """An intent that the description quotes no phrase for isn't sold, or belongs to NOT_A_FEATURE."""
    assert unnamed_features(package.listings["en-US"]["description"], package.samples["en-US"]) == []


@pytest.mark.parametrize(
    ("page", "phrase", "intent"),
    [
        ("privacy", "What do you know about me", "PrivacyIntent"),
        ("privacy", "Forget me", "ForgetMeIntent"),
        ("terms", "where does that come from", "SourceIntent"),
    ],
)
def test_what_the_pages_say_to_ask_is_understood(package, page, phrase, intent):
    assert f'"{phrase}"' in package.pages[page]
    assert {samples.intent_of(phrase) for samples in package.samples.values()} == {intent}


def test_the_privacy_policy_tells_how_long_a_log_line_is_kept(package):
    template = (ROOT / "template.yaml").read_text(encoding="utf-8")
    days = re.search(r"LogRetentionDays:.*?Default: (\d+)", template, re.DOTALL)[1]
    assert f"deleted after {days} days" in package.pages["privacy"]


def test_the_testing_instructions_reach_the_warning_signs(package):
    text = package.inside["publishingInformation"]["testingInstructions"]
    assert '"chest pain"' in text
    heard = Device().say("chest pain")
    assert heard.level == "emergency"
    assert not heard.open


def test_ask_cli_finds_the_package():
    resources = json.loads((ROOT / "ask-resources.json").read_text(encoding="utf-8"))
    (profile,) = resources["profiles"].values()
    assert profile == {"skillMetadata": {"src": f"./{PACKAGE.relative_to(ROOT)}"}}


# --- what is left to the publisher ------------------------------------------------------------


def test_what_the_publisher_has_to_fill_in_is_named(package, capsys):
    assert main(["--blanks"]) == 1
    said = capsys.readouterr().out
    for blank in (
        "publisher.pages: example.com is nobody's, expected your own",
        "publisher.endpoint: expected the ARN that `make deploy` prints",
        "docs/privacy.md:3: [the publisher's name]",
        "docs/terms.md:4: [the publisher's postal address]",
    ):
        assert blank in said


def test_nothing_is_left_once_it_is_filled_in(package, monkeypatch, capsys):
    """A link stands in brackets, too, and is no blank."""

    def fill_in(package):
        endpoint(ARN)(package)
        for addresses in answers(package)["locales"].values():
            addresses.update(
                privacyPolicyUrl="https://twitch.org/privacy", termsOfUseUrl="https://twitch.org/terms"
            )
        for name in PAGES:
            package.pages[name] = re.sub(r"\[(the publisher's [^\]]*|date)\]", "Jo", package.pages[name])

    filled = changed(package, fill_in)
    assert "[privacy policy](privacy.md)" in filled.pages["terms"]
    assert list(blanks(filled)) == []
    assert faults(filled) == []
