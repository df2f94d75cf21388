"""`make deploy` ships what the sources say today, asks for what it needs, and says what comes next."""

import json
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from tools import skill_package
from tools.aws import deploy, fresh
from tools.aws.build import COMPILED, ROOT
from tools.aws.emulator import SKILL_ID

ALIAS = "arn:aws:lambda:eu-west-1:123456789012:function:skin-twitch-guide-SkillFunction-X:live"
ASKED = ["--profile", "me", "--region", "eu-west-1", "--skill-id", SKILL_ID]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """An artefact as the build leaves it: the package, and bytecode for each module."""
    artefact = tmp_path_factory.mktemp("artefact")
    package = artefact / COMPILED.parent.name
    shutil.copytree(COMPILED.parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    for source in package.rglob("*.py"):
        (source.parent / "__pycache__").mkdir(exist_ok=True)
        (source.parent / "__pycache__" / f"{source.stem}.cpython-313.pyc").touch()
    return artefact


@pytest.fixture(scope="module")
def package():
    return skill_package.build()


@pytest.fixture
def artefact(built, package, tmp_path, monkeypatch):
    """A copy to spoil; what the sources come to is worked out once, and not for each way to spoil it."""
    monkeypatch.setattr(fresh, "compile_content", lambda into: shutil.copytree(COMPILED, into))
    monkeypatch.setattr(fresh.skill_package, "build", lambda: package)
    return Path(shutil.copytree(built, tmp_path / "artefact"))


def test_what_was_just_built_is_fresh(built):
    assert list(fresh.faults(built)) == []


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda package: (package / "entry.py").write_text("old"), "entry.py is stale"),
        (
            lambda package: (package / "_compiled" / "words" / "en-IN.json").write_text("{}"),
            "en-IN.json is stale",
        ),
        (lambda package: (package / "speech.py").unlink(), "speech.py is missing"),
        (
            lambda package: (package / "left_over.py").touch(),
            "left_over.py is in the artefact and in no source",
        ),
        (lambda package: shutil.rmtree(package / "triage" / "__pycache__"), "engine.py has no bytecode"),
        (shutil.rmtree, "nothing is built"),
    ],
)
def test_an_artefact_that_is_not_what_the_sources_say(artefact, spoil, said):
    spoil(artefact / "twitching")
    found = list(fresh.faults(artefact))
    assert found
    assert all("make build" in fault for fault in found)
    assert any(said in fault for fault in found)


def test_content_that_was_changed_after_the_build(artefact, tmp_path):
    """The sources are compiled anew, so a stale _compiled in lambda/ can't hide it."""
    package = Path(shutil.copytree(COMPILED.parent, tmp_path / "lambda" / "twitching"))
    (package / "_compiled" / "catalogue.json").write_text("{}")
    (artefact / "twitching" / "_compiled" / "catalogue.json").write_text("{}")
    assert [*fresh.faults(artefact, package)] == [
        "_compiled/catalogue.json is stale in the artefact: run `make build`"
    ]


@pytest.fixture
def aws(tmp_path, monkeypatch):
    """Programs in the place of SAM and AWS: they write down what they are asked."""
    programs = tmp_path / "venv" / "bin"
    programs.mkdir(parents=True)
    outputs = json.dumps([{"OutputKey": "SkillEndpoint", "OutputValue": ALIAS}])
    _program(
        programs / "sam", f"""echo "$@" >> {tmp_path}/asked; [ "$1" = list ] && echo '{outputs}'; exit 0"""
    )
    _program(
        programs / "python", "echo ${LIMIT:-1000}; [ -z $REFUSED ] || { echo no credentials >&2; exit 1; }"
    )
    monkeypatch.setattr(deploy, "SAM", programs / "sam")
    monkeypatch.setattr(deploy, "VENV", tmp_path / "venv")
    monkeypatch.setattr(deploy.fresh, "faults", lambda: iter(()))
    return tmp_path / "asked"


def _program(path, script):
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_a_deploy_says_the_alias_and_what_comes_next(aws):
    done = CliRunner().invoke(deploy.deploy, ASKED)
    assert done.exit_code == 0, done.output
    assert f"endpoint: {ALIAS}" in done.output
    assert "ask deploy --target skill-metadata" in done.output
    shipped = aws.read_text().splitlines()[0]
    assert shipped.startswith("deploy --profile me --region eu-west-1 --parameter-overrides ")
    assert f'SkillId="{SKILL_ID}"' in shipped
    assert 'MostAtOnce="10"' in shipped
    assert "--no-confirm-changeset" not in shipped


def test_it_asks_for_what_is_not_given(aws):
    done = CliRunner().invoke(deploy.deploy, input=f"\n\n{SKILL_ID}\n")
    assert done.exit_code == 0, done.output
    assert "AWS profile [default]:" in done.output
    assert "--profile default --region us-east-1" in aws.read_text()


def test_an_update_keeps_the_skill_id_that_the_stack_has(aws):
    CliRunner().invoke(deploy.deploy, [*ASKED[:-1], "", "--set", "TriageStyle=signs"])
    shipped = aws.read_text().splitlines()[0]
    assert "SkillId" not in shipped
    assert 'TriageStyle="signs"' in shipped


def test_a_new_account_has_no_room_to_reserve(aws, monkeypatch):
    monkeypatch.setenv("LIMIT", "10")
    done = CliRunner().invoke(deploy.deploy, ASKED)
    assert "runs 10 functions at once at most" in done.output
    assert 'MostAtOnce=""' in aws.read_text()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--region", "mars-1"], "'mars-1' is not one of 'us-east-1'"),
        (["--skill-id", "my skill"], "A skill id looks like amzn1.ask.skill."),
        (["--set", "Tirage=signs"], "expected Name=value with one of SkillId, "),
        (["--set", "TriageStyle"], "expected Name=value"),
    ],
)
def test_what_is_given_wrongly_is_refused_before_anything_is_asked(aws, options, said):
    done = CliRunner().invoke(deploy.deploy, [*ASKED, *options])
    assert done.exit_code == 2
    assert said in done.output
    assert not aws.exists()


def test_without_credentials_it_stops_and_says_what_aws_said(aws, monkeypatch):
    monkeypatch.setenv("REFUSED", "1")
    done = CliRunner().invoke(deploy.deploy, ASKED)
    assert done.exit_code == 1
    assert "no credentials" in done.output
    assert not aws.exists()


def test_nothing_stale_is_shipped(aws, monkeypatch):
    monkeypatch.setattr(deploy.fresh, "faults", lambda: iter(["entry.py is stale"]))
    done = CliRunner().invoke(deploy.deploy, ASKED)
    assert done.exit_code == 1
    assert "entry.py is stale" in done.output
    assert not aws.exists()


def test_a_deploy_that_fails_is_no_success(aws):
    _program(deploy.SAM, "exit 3")
    done = CliRunner().invoke(deploy.deploy, ASKED)
    assert done.exit_code == 1
    assert "sam deploy stopped" in done.output


def test_the_checked_in_settings_are_nobodys_own_and_ask_before_a_change():
    settings = tomllib.loads((ROOT / "samconfig.toml").read_text())["default"]
    assert settings["global"]["parameters"] == {"stack_name": deploy.STACK}
    shipped = settings["deploy"]["parameters"]
    assert shipped["confirm_changeset"] is True
    assert shipped["capabilities"] == "CAPABILITY_IAM"
    assert not {"profile", "region", "parameter_overrides", "s3_bucket"} & set(shipped)
