"""Memory of visits: off, there is no trace of a table; on, there is one, and just what is used is granted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tools.aws.build import FUNCTION

Template = Mapping[str, Any]
PARAMETER, OFF, ON = "RememberVisits", "false", "true"
TABLE = "AWS::DynamoDB::Table"
VARIABLE = "VISITS_TABLE"  # lambda/twitching/entry.py
KEY, EXPIRES = "visitor", "expires"  # lambda/twitching/visits.py
ACTIONS = ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:UpdateItem"]  # a test holds them against it
NO_VALUE = {"Ref": "AWS::NoValue"}


def faults(template: Template) -> Iterator[str]:
    """What is wrong with the memory of a template, our own or the one that SAM makes of it, one line each."""
    default = template.get("Parameters", {}).get(PARAMETER, {}).get("Default")
    if default != OFF:
        yield f"Parameters.{PARAMETER}.Default is {default!r}, expected {OFF!r}"
    off = as_deployed(template, **{PARAMETER: OFF})
    for name, resource in off["Resources"].items():
        text = json.dumps(resource)
        for trace in ("dynamodb", VARIABLE, *_tables(template)):
            if trace.lower() in text.lower():
                yield f"{name} has {trace} though nothing is remembered, expected none"
    yield from _remembering(as_deployed(template, **{PARAMETER: ON}))


def _remembering(on: Template) -> Iterator[str]:
    tables = _tables(on)
    if len(tables) != 1:
        yield f"Resources: {len(tables)} of {TABLE} where visits are remembered, expected 1"
        return
    ((name, table),) = tables.items()
    for key, expected in {"DeletionPolicy": "Delete", "UpdateReplacePolicy": "Delete"}.items():
        if table.get(key) != expected:
            yield f"{name}.{key} is {table.get(key)}, expected {expected}"
    held = table["Properties"]
    for key, wanted in _properties().items():
        if held.get(key) != wanted:
            yield f"{name}.{key} is {json.dumps(held.get(key))}, expected {json.dumps(wanted)}"
    for key in held.keys() - _properties().keys():
        yield f"{name}.{key}: expected that it isn't there"
    variables = on["Resources"][FUNCTION]["Properties"]["Environment"]["Variables"]
    if variables.get(VARIABLE) != {"Ref": name}:
        yield f"{FUNCTION}.Environment {VARIABLE} is {variables.get(VARIABLE)}, expected the table's name"
    granted = [
        (statement["Effect"], sorted(_list(statement["Action"])), _attribute(statement["Resource"]))
        for statement in statements(on)
        if "logs:" not in json.dumps(statement)
    ]
    if granted != [("Allow", ACTIONS, f"{name}.Arn")]:
        yield f"granted beside logs is {json.dumps(granted)}, expected {ACTIONS} on {name} alone"


def _properties() -> dict[str, Any]:
    """The table, as docs/decisions/0013-memory-of-visits.md has it."""
    return {
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": KEY, "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": KEY, "KeyType": "HASH"}],
        "SSESpecification": {"SSEEnabled": True},
        "TimeToLiveSpecification": {"AttributeName": EXPIRES, "Enabled": True},
    }


def statements(template: Template) -> list[Mapping[str, Any]]:
    """All that the template's roles allow and deny."""
    roles = [r["Properties"] for r in template["Resources"].values() if r["Type"] == "AWS::IAM::Role"]
    return [s for r in roles for p in r.get("Policies", []) for s in p["PolicyDocument"]["Statement"]]


def as_deployed(template: Template, **parameters: str) -> dict[str, Any]:
    """The template as CloudFormation reads it with these parameters, without what a condition leaves out."""
    values = {name: p.get("Default") for name, p in template.get("Parameters", {}).items()} | parameters
    conditions = template.get("Conditions", {})

    def holds(condition: Mapping[str, Any]) -> bool:
        ((function, value),) = condition.items()
        if function == "Fn::Not":
            return not holds(value[0])
        if function == "Condition":
            return holds(conditions[value])
        assert function == "Fn::Equals", function
        one, other = (values[v["Ref"]] if isinstance(v, Mapping) else v for v in value)
        return bool(one == other)

    def read(value: Any) -> Any:  # noqa: ANN401  any JSON
        if isinstance(value, Mapping):
            if "Fn::If" in value:
                name, then, otherwise = value["Fn::If"]
                return read(then if holds(conditions[name]) else otherwise)
            return {key: found for key, v in value.items() if (found := read(v)) != NO_VALUE}
        return [found for v in value if (found := read(v)) != NO_VALUE] if isinstance(value, list) else value

    made = {
        name: read(resource)
        for name, resource in template["Resources"].items()
        if "Condition" not in resource or holds(conditions[resource["Condition"]])
    }
    return {**template, "Resources": made}


def _tables(template: Template) -> dict[str, Mapping[str, Any]]:
    return {name: r for name, r in template["Resources"].items() if r["Type"] == TABLE}


def _list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _attribute(value: object) -> object:
    """Table.Arn, whichever way it is written."""
    found = value.get("Fn::GetAtt") if isinstance(value, Mapping) else value
    return ".".join(found) if isinstance(found, list) else found
