"""template.yaml: without RememberVisits no trace of a table; with it one table, and what is used of it."""

import boto3
import pytest
from twitching import visits

from tools.aws.build import ROOT
from tools.aws.memory_rules import ACTIONS, EXPIRES, KEY, as_deployed, faults
from tools.aws.source import read_template


@pytest.fixture
def template():
    return read_template(ROOT / "template.yaml")


def table(template):
    return template["Resources"]["VisitsTable"]


def test_the_memory_is_sound(template):
    assert list(faults(template)) == []
    assert "VisitsTable" in as_deployed(template, RememberVisits="true")["Resources"]
    assert "VisitsTable" not in as_deployed(template)["Resources"]


def test_key_and_expiry_are_those_of_the_code():
    assert (visits.KEY, visits.EXPIRES) == (KEY, EXPIRES)


def test_what_is_granted_is_what_is_used(monkeypatch):
    """Each action of the code is granted, and no other."""
    used = []
    monkeypatch.setattr(boto3, "client", lambda *_, **__: Noting(used))
    table = visits.Visits("visits")
    table.read("someone")
    table.write("someone", {"brief": True})
    table.forget("someone")
    assert sorted(f"dynamodb:{name.title().replace('_', '')}" for name in used) == ACTIONS


class Noting:
    def __init__(self, used):
        self.used = used

    def __getattr__(self, name):
        self.used.append(name)
        return lambda **_: {}


def on_by_default(template):
    template["Parameters"]["RememberVisits"]["Default"] = "true"


def table_always(template):
    del table(template)["Condition"]


def policies(template):
    return template["Resources"]["SkillRole"]["Properties"]["Policies"]


def granted_always(template):
    policies(template)[1] = policies(template)[1]["Fn::If"][1]


def variable_always(template):
    variables = template["Resources"]["SkillFunction"]["Properties"]["Environment"]["Variables"]
    variables["VISITS_TABLE"] = variables["VISITS_TABLE"]["Fn::If"][1]


def no_variable(template):
    del template["Resources"]["SkillFunction"]["Properties"]["Environment"]["Variables"]["VISITS_TABLE"]


def grant(key, value):
    def change(template):
        policies(template)[1]["Fn::If"][1]["PolicyDocument"]["Statement"][0][key] = value

    return change


def put(key, value):
    return lambda template: table(template)["Properties"].update({key: value})


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (on_by_default, "Parameters.RememberVisits.Default is 'true'"),
        (table_always, "VisitsTable has dynamodb though nothing is remembered"),
        (granted_always, "SkillRole has dynamodb though nothing is remembered"),
        (variable_always, "SkillFunction has VISITS_TABLE though nothing is remembered"),
        (no_variable, "SkillFunction.Environment VISITS_TABLE is None"),
        (grant("Action", ["dynamodb:GetItem", "dynamodb:Scan"]), "granted beside logs"),
        (grant("Action", "dynamodb:*"), "granted beside logs"),
        (grant("Resource", "*"), "granted beside logs"),
        (put("SSESpecification", {"SSEEnabled": False}), "VisitsTable.SSESpecification is"),
        (put("BillingMode", "PROVISIONED"), "VisitsTable.BillingMode is"),
        (put("TimeToLiveSpecification", {"AttributeName": "until", "Enabled": True}), "TimeToLive"),
        (put("PointInTimeRecoverySpecification", {}), "PointInTimeRecoverySpecification: expected that"),
        (lambda template: table(template).update(DeletionPolicy="Retain"), "VisitsTable.DeletionPolicy"),
    ],
)
def test_a_mistake_is_named(change, fault, template):
    change(template)
    assert any(fault in line for line in faults(template)), list(faults(template))
