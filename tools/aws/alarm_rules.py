"""Do alarms and dashboard watch what exists? A metric that nobody emits is silent, and looks healthy."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from twitching.telemetry import DIMENSION, EACH_TURN, NAMESPACE, POOLED

from tools.aws.build import FUNCTION

Template = Mapping[str, Any]
Watched = tuple[str, str]  # namespace and name of a metric

EMITTED: frozenset[Watched] = frozenset((NAMESPACE, name) for name in (*EACH_TURN, *POOLED))
LAMBDAS_OWN: frozenset[Watched] = frozenset(
    ("AWS/Lambda", name) for name in ("Duration", "Errors", "Invocations", "Throttles")
)
MUST_ALARM: frozenset[Watched] = frozenset(
    {
        ("AWS/Lambda", "Errors"),
        ("AWS/Lambda", "Duration"),
        (NAMESPACE, "AtALoss"),
        (NAMESPACE, "Fallbacks"),
        (NAMESPACE, "Turns"),
    }
)

PARAMETER, HAS_EMAIL = "AlarmEmail", "HasAlarmEmail"
FUNCTIONS_NAME = {"Ref": FUNCTION}
IF_EMAIL = {"Fn::Not": [{"Fn::Equals": [{"Ref": PARAMETER}, ""]}]}


def faults(template: Template) -> Iterator[str]:
    """What is wrong with the alarms, their topic and the dashboard of a template, one line each."""
    alarmed: set[Watched] = set()
    for name, alarm in _all(template, "AWS::CloudWatch::Alarm"):
        yield from _missing_data_and_actions(template, name, alarm["Properties"])
        for metric in _metrics(alarm["Properties"]):
            watched = metric.get("Namespace", ""), metric.get("MetricName", "")
            alarmed.add(watched)
            yield from _unknown(name, watched)
            dimensions = [{"Name": DIMENSION, "Value": FUNCTIONS_NAME}]
            if metric.get("Dimensions") != dimensions:
                yield f"{name}.Dimensions is {metric.get('Dimensions')}, expected {dimensions}"
    for namespace, metric_name in sorted(MUST_ALARM - alarmed):
        yield f"Resources: no alarm watches {namespace} {metric_name}"
    yield from _dashboard(template)
    yield from _only_with_email(template)


def _missing_data_and_actions(template: Template, name: str, alarm: Mapping[str, Any]) -> Iterator[str]:
    if alarm.get("TreatMissingData") != "notBreaching":
        yield f"{name}.TreatMissingData is {alarm.get('TreatMissingData')}, expected notBreaching"
    (topic, _), *_rest = _all(template, "AWS::SNS::Topic")
    actions = {"Fn::If": [HAS_EMAIL, [{"Ref": topic}], {"Ref": "AWS::NoValue"}]}
    if alarm.get("AlarmActions") != actions:
        yield f"{name}.AlarmActions is {alarm.get('AlarmActions')}, expected {actions}"


def _dashboard(template: Template) -> Iterator[str]:
    """It shows what exists, and all of it that the skill emits."""
    ((name, dashboard),) = _all(template, "AWS::CloudWatch::Dashboard")
    body = dashboard["Properties"]["DashboardBody"]["Fn::Sub"]
    try:
        widgets = json.loads(body)["widgets"]
    except ValueError as error:
        yield f"{name}.DashboardBody isn't JSON: {error}"
        return
    shown: set[Watched] = set()
    for namespace, metric, *dimension in (m for w in widgets for m in w["properties"]["metrics"]):
        shown.add((namespace, metric))
        yield from _unknown(name, (namespace, metric))
        if dimension[:2] != [DIMENSION, f"${{{FUNCTION}}}"]:
            yield f"{name}: {metric} has the dimension {dimension[:2]}, expected {DIMENSION}"
    for _, metric in sorted(EMITTED - shown):
        yield f"{name} doesn't show {metric}, which the skill emits"


def _only_with_email(template: Template) -> Iterator[str]:
    """Without an address there is no topic and no subscription."""
    if template["Parameters"].get(PARAMETER, {}).get("Default") != "":
        yield f"Parameters.{PARAMETER}.Default: expected it to be empty"
    condition = template.get("Conditions", {}).get(HAS_EMAIL)
    if condition != IF_EMAIL:
        yield f"Conditions.{HAS_EMAIL} is {condition}, expected {IF_EMAIL}"
    for kind in ("AWS::SNS::Topic", "AWS::SNS::Subscription"):
        for name, resource in _all(template, kind):
            if resource.get("Condition") != HAS_EMAIL:
                yield f"{name}.Condition is {resource.get('Condition')}, expected {HAS_EMAIL}"


def _unknown(where: str, watched: Watched) -> Iterator[str]:
    if watched not in EMITTED | LAMBDAS_OWN:
        yield f"{where} watches {' '.join(watched)}, which neither the skill nor Lambda emits"


def _metrics(alarm: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The metrics that an alarm reads: its own, or those that it calculates with."""
    if "Metrics" not in alarm:
        yield alarm
    for query in alarm.get("Metrics", []):
        if "MetricStat" in query:
            yield query["MetricStat"]["Metric"]


def _all(template: Template, kind: str) -> list[tuple[str, Mapping[str, Any]]]:
    return [(name, r) for name, r in template["Resources"].items() if r["Type"] == kind]
