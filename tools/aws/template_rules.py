"""Checks template.yaml as CloudFormation will see it, without an account.

    PYTHONPATH=lambda .venv-aws/bin/python -m tools.aws.template_rules [--without-linters] [TEMPLATE]

The linters see what is misspelt. They don't see that any skill may call the function, or that the
manifest's ARN answers with last month's settings; the rules here do, on the template that SAM makes.
"""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

from tools.aws import alarm_rules, memory_rules
from tools.aws.build import FUNCTION, ROOT
from tools.aws.emulator import HANDLER, MEMORY, SKILL_ID, TIMEOUT
from tools.aws.interpreter import RUNTIME

TEMPLATE = ROOT / "template.yaml"
ALIAS = "live"  # what certification tested; another name is another ARN

# All that the stack may hold. A second table, a queue or another function is a decision to write down first.
RESOURCES = {
    "AWS::CloudWatch::Alarm": 4,
    "AWS::CloudWatch::Dashboard": 1,
    memory_rules.TABLE: 1,  # only where visits are remembered: memory_rules
    "AWS::IAM::Role": 1,
    "AWS::Lambda::Alias": 1,
    "AWS::Lambda::Function": 1,
    "AWS::Lambda::Permission": 1,
    "AWS::Lambda::Version": 1,
    "AWS::Logs::LogGroup": 1,
    "AWS::SNS::Subscription": 1,
    "AWS::SNS::Topic": 1,
}
# What is paid for on top, and its parameter's default.
OFF = {"TracingConfig": {"Mode": "PassThrough"}, "SnapStart": {"ApplyOn": "None"}}
TRACE = {"Effect": "Allow", "Action": ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], "Resource": "*"}
LOG_ACTIONS = ["logs:CreateLogStream", "logs:PutLogEvents"]
MOST_LOG_DAYS = 30
EMAILS = ("", "someone@example.com")  # without the alarms' topic, and with it

Template = Mapping[str, Any]


class _NoManagedPolicies:
    """Stands for the account's policies, which we name none of and can't read without credentials."""

    def load(self) -> dict[str, str]:
        return {}


def translated(source: str, skill_id: str = SKILL_ID) -> dict[str, Any]:
    """The template that SAM makes of ours. It looks at the code's address only, so any address will do."""
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    logging.getLogger("samtranslator.metrics").setLevel(logging.ERROR)
    template = yaml_parse(source)
    template["Resources"][FUNCTION]["Properties"]["CodeUri"] = "s3://some-bucket/some-key"
    result: dict[str, Any] = transform(template, {"SkillId": skill_id}, _NoManagedPolicies())
    return result


def faults(template: Template) -> Iterator[str]:
    """What is wrong with the translated template, one line each: where, what, what was expected."""
    kinds = Counter(resource["Type"] for resource in template["Resources"].values())
    for kind in sorted({*kinds, *RESOURCES}):
        expected = RESOURCES.get(kind, 0)
        if kinds[kind] != expected:
            yield f"Resources: {kinds[kind]} of {kind}, expected {expected}"
    if dict(kinds) == RESOURCES:  # else the rules below would speak of the wrong one
        for where, found, expected in [*_function(template), *_trigger(template), *_role_and_logs(template)]:
            if found != expected:
                yield f"{where} is {json.dumps(found)}, expected {json.dumps(expected)}"
        yield from _unpublished(template)
        yield from alarm_rules.faults(template)
        yield from memory_rules.faults(template)


Rule = tuple[str, Any, Any]  # where, what is there, what should be


def _function(template: Template) -> Iterator[Rule]:
    name, function = _the(template, "AWS::Lambda::Function")
    yield "the function's name", name, FUNCTION
    yield f"{name}.Runtime", function.get("Runtime"), RUNTIME
    processors = [_default(template, name) for name in function.get("Architectures", [])]
    yield f"{name}.Architectures", processors, ["arm64"]
    yield f"{name}.Handler", function.get("Handler"), HANDLER
    yield f"{name}.Timeout (Alexa waits 8 seconds)", function.get("Timeout"), TIMEOUT
    yield f"{name}.MemorySize", function.get("MemorySize"), MEMORY
    yield f"{name}.Environment SKILL_ID", _variables(function).get("SKILL_ID"), {"Ref": "SkillId"}
    yield f"{name}.VpcConfig (slow, and needed for nothing)", function.get("VpcConfig"), None
    yield f"{name}.Role", function.get("Role"), {"Fn::GetAtt": [_the(template, "AWS::IAM::Role")[0], "Arn"]}
    for option, off in OFF.items():
        found = {key: _default(template, value) for key, value in function.get(option, {}).items()}
        yield f"{name}.{option}, unless asked for", found, off
    log_group, logging_ = _the(template, "AWS::Logs::LogGroup")[0], function.get("LoggingConfig", {})
    yield f"{name}.LoggingConfig.LogGroup", logging_.get("LogGroup"), {"Ref": log_group}


def _trigger(template: Template) -> Iterator[Rule]:
    alias_name, alias = _the(template, "AWS::Lambda::Alias")
    name, permission = _the(template, "AWS::Lambda::Permission")
    yield f"{alias_name}.Name", alias.get("Name"), ALIAS
    yield f"{name}.Principal", permission.get("Principal"), "alexa-appkit.amazon.com"
    yield f"{name}.Action", permission.get("Action"), "lambda:InvokeFunction"
    # Without the token any skill in the world may invoke the function.
    yield f"{name}.EventSourceToken", permission.get("EventSourceToken"), {"Ref": "SkillId"}
    yield f"{name}.FunctionName", permission.get("FunctionName"), {"Ref": alias_name}
    output = template.get("Outputs", {}).get("SkillEndpoint", {})
    yield "Outputs.SkillEndpoint (the manifest's ARN)", output.get("Value"), {"Ref": alias_name}
    parameter = template.get("Parameters", {}).get("SkillId", {})
    yield "Parameters.SkillId.Default", parameter.get("Default"), None
    pattern = parameter.get("AllowedPattern", "")
    for skill_id in ("", "*", SKILL_ID[:-1], f"{SKILL_ID}0", SKILL_ID.replace(".", "-"), SKILL_ID):
        accepted = re.search(pattern, skill_id) is not None
        yield f"Parameters.SkillId.AllowedPattern accepts {skill_id!r}", accepted, skill_id == SKILL_ID


def _role_and_logs(template: Template) -> Iterator[Rule]:
    group_name, group = _the(template, "AWS::Logs::LogGroup")
    days = _default(template, group.get("RetentionInDays"))
    kept_briefly = isinstance(days, int) and days <= MOST_LOG_DAYS
    yield f"{group_name}.RetentionInDays", days, days if kept_briefly else f"at most {MOST_LOG_DAYS}"
    name, role = _the(template, "AWS::IAM::Role")
    yield f"{name}.ManagedPolicyArns", role.get("ManagedPolicyArns"), None
    statements = memory_rules.statements(memory_rules.as_deployed(template))
    allowed = {"Effect": "Allow", "Action": LOG_ACTIONS, "Resource": {"Fn::GetAtt": [group_name, "Arn"]}}
    yield f"{name}.Policies, all statements", statements, [allowed]
    traced = memory_rules.statements(memory_rules.as_deployed(template, Tracing="Active"))
    yield f"{name}.Policies, all statements where it is traced", traced, [allowed, TRACE]
    trusted = [s.get("Principal") for s in role.get("AssumeRolePolicyDocument", {}).get("Statement", [])]
    yield f"{name}.AssumeRolePolicyDocument, who", trusted, [{"Service": "lambda.amazonaws.com"}]


def _unpublished(template: Template) -> Iterator[str]:
    """Parameters whose change would reach the function, but not the alias: the version must name them."""
    version_name, version = _the(template, "AWS::Lambda::Version")
    _, function = _the(template, "AWS::Lambda::Function")
    named = json.dumps(version.get("Description"))
    asked = [c for name, c in template.get("Conditions", {}).items() if f'"{name}"' in json.dumps(function)]
    for parameter in sorted(_references([function, asked]) & set(template["Parameters"])):
        if f"${{{parameter}}}" not in named:
            yield f"{version_name}.Description is {named}, expected ${{{parameter}}} in it"


def _the(template: Template, kind: str) -> tuple[str, Mapping[str, Any]]:
    """The one resource of its kind: its name and its properties."""
    found = ((n, r.get("Properties", {})) for n, r in template["Resources"].items() if r["Type"] == kind)
    return next(found)


def _variables(function: Mapping[str, Any]) -> Mapping[str, Any]:
    variables: Mapping[str, Any] = function.get("Environment", {}).get("Variables", {})
    return variables


def _default(template: Template, value: object) -> object:
    """The value, or the default of the parameter that it refers to."""
    if isinstance(value, Mapping):
        return template["Parameters"].get(value.get("Ref"), {}).get("Default")
    return value


def _references(value: object) -> set[str]:
    """Every name that a Ref or a ${…} anywhere in the value points to."""
    found = re.findall(r'"Ref": "(\w+)"|\$\{(\w+)', json.dumps(value))
    return {name for pair in found for name in pair if name}


def _linted(path: Path, template: Template) -> Iterator[str]:
    """What Amazon's linters say of our template, and of the one that SAM makes of it."""
    programs = Path(sys.executable).parent
    environment = {**os.environ, "SAM_CLI_TELEMETRY": "0"}
    with tempfile.TemporaryDirectory() as folder:
        translation = Path(folder, "translated.json")
        translation.write_text(json.dumps(template, indent=1))
        for program, *options, linted in (
            *(
                ("cfn-lint", "--parameters", f"AlarmEmail={email}", f"RememberVisits={visits}", "--", path)
                for email, visits in zip(EMAILS, (memory_rules.OFF, memory_rules.ON), strict=True)
            ),
            ("cfn-lint", translation),
            ("sam", "validate", "--lint", "--template", path),
        ):
            command = [str(word) for word in (programs / program, *options, linted)]
            answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            if answer.returncode:
                yield f"{program} {Path(linted).name}:\n{answer.stdout}{answer.stderr}"


def main(arguments: list[str]) -> int:
    """Exit status 1, with a line for each fault, where there is any."""
    paths = [Path(argument) for argument in arguments if not argument.startswith("-")]
    path = paths[0] if paths else TEMPLATE
    linters = "--without-linters" not in arguments
    try:
        template = translated(path.read_text())
    except InvalidDocumentException as refused:
        found = [cause.message for cause in refused.causes]
    else:
        found = [*faults(template), *(_linted(path, template) if linters else ())]
    for fault in found:
        print(f"{path.name}: {fault}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
