"""Ships the artefact that `make build` made, and says what to do next.

    python -m tools.aws.deploy [--profile P] [--region R] [--skill-id ID] [--set Name=value ...] [--yes]

What isn't given is asked for. Nothing is shipped that isn't what the sources say today.
"""

from __future__ import annotations

import json
import re
import subprocess
from typing import Any

import click
from ruamel.yaml import YAML

from tools.aws import fresh
from tools.aws.build import ROOT, VENV

SAM = VENV / "bin" / "sam"
STACK = "skin-twitch-guide"  # as in samconfig.toml
# Where Amazon's documentation says that a skill's function may live.
REGIONS = ("us-east-1", "eu-west-1", "us-west-2", "ap-northeast-1")
BRAKE, BRAKE_AT = "MostAtOnce", 10
# Lambda keeps this many of an account's concurrent executions unreserved.
UNRESERVED = 100
_LIMIT = """
import boto3, sys
lambda_ = boto3.Session(profile_name=sys.argv[1], region_name=sys.argv[2]).client("lambda")
print(lambda_.get_account_settings()["AccountLimit"]["ConcurrentExecutions"])
"""


def parameters() -> dict[str, Any]:
    """The parameters of template.yaml, by name."""
    found: dict[str, Any] = YAML().load(ROOT / "template.yaml")["Parameters"]
    return found


def _skill_id(_context: click.Context, _option: click.Parameter, value: str) -> str:
    rules = parameters()["SkillId"]
    if value and not re.fullmatch(rules["AllowedPattern"], value):
        raise click.BadParameter(rules["ConstraintDescription"])
    return value


def _settings(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    known = parameters()
    settings = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or name not in known:
            raise click.BadParameter(f"{one!r}: expected Name=value with one of {', '.join(known)}")
        settings[name] = value
    return settings


@click.command()
@click.option("--profile", prompt="AWS profile", default="default", help="As in ~/.aws/config.")
@click.option(
    "--region", prompt="Region", type=click.Choice(REGIONS), default=REGIONS[0], help="Near those who talk."
)
@click.option(
    "--skill-id",
    prompt="Skill id (nothing: the one that the stack has)",
    default="",
    show_default=False,
    callback=_skill_id,
    help="From the Alexa developer console.",
)
@click.option("--set", "settings", multiple=True, callback=_settings, help="Name=value: see template.yaml.")
@click.option("--yes", is_flag=True, help="Don't ask before the change is made.")
def deploy(*, profile: str, region: str, skill_id: str, settings: dict[str, str], yes: bool) -> None:
    """Ship what `make build` built; stops where it isn't what the sources say today."""
    if faults := list(fresh.faults()):
        raise click.ClickException("nothing is shipped that is stale:\n  " + "\n  ".join(faults))
    if skill_id:
        settings = {"SkillId": skill_id, **settings}
    if BRAKE not in settings:
        settings = {**settings, BRAKE: _brake(profile, region)}
    account = ["--profile", profile, "--region", region]
    overrides = [f'{name}="{value}"' for name, value in settings.items()]  # SAM takes nothing only in quotes
    confirmation = ["--no-confirm-changeset"] if yes else []
    _sam("deploy", *account, *confirmation, "--parameter-overrides", *overrides)
    told = _sam("list", "stack-outputs", *account, "--stack-name", STACK, "--output", "json", quiet=True)
    outputs = {one["OutputKey"]: one["OutputValue"] for one in json.loads(told)}
    click.echo(next_step(outputs["SkillEndpoint"]))


def next_step(endpoint: str) -> str:
    """What is left to do, once the function is there."""
    return (
        f"\nThe skill's function answers at this alias, which stays the same:\n  {endpoint}\n"
        "Next, once:\n"
        f"  1. In interaction_model/skill.yaml write   endpoint: {endpoint}\n"
        "  2. make model\n"
        "  3. ask deploy --target skill-metadata\n"
        "Then try it: docs/operations.md."
    )


def _brake(profile: str, region: str) -> str:
    """How many may run at once: a brake on cost, where the account has room to reserve that many."""
    command = [str(VENV / "bin" / "python"), "-c", _LIMIT, profile, region]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode:
        why = (answer.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise click.ClickException(
            f"AWS, asked how much may run at once, said: {why}\n"
            f"Where you may not ask that, choose: --set {BRAKE}={BRAKE_AT}, or --set {BRAKE}= for no brake."
        )
    limit = int(answer.stdout)
    if limit >= BRAKE_AT + UNRESERVED:
        return str(BRAKE_AT)
    click.echo(
        f"This account runs {limit} functions at once at most. That is brake enough: none is reserved."
    )
    return ""


def _sam(*words: str, quiet: bool = False) -> str:
    """What it printed, where it is to be read; else the person sees it, and answers its questions."""
    done = subprocess.run(
        [str(SAM), *words], cwd=ROOT, text=True, check=False, stdout=subprocess.PIPE if quiet else None
    )
    if done.returncode:
        raise click.ClickException(f"sam {words[0]} stopped, see above; nothing is left half done.")
    return done.stdout or ""


if __name__ == "__main__":
    deploy()
