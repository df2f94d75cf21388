"""Alarms and dashboard in template.yaml watch metrics that exist, and have a topic only with an address."""

from copy import deepcopy

import pytest
from twitching.telemetry import EACH_TURN, NAMESPACE, POOLED

from tools.aws.alarm_rules import EMITTED, faults
from tools.aws.build import ROOT
from tools.aws.source import read_template


@pytest.fixture(scope="module")
def published():
    return read_template(ROOT / "template.yaml")


@pytest.fixture
def template(published):
    return deepcopy(published)


def alarm(template, name):
    return template["Resources"][name]["Properties"]


def test_alarms_and_dashboard_are_sound(template):
    assert list(faults(template)) == []


def test_every_metric_that_the_skill_emits_is_known_to_the_rules():
    assert {(NAMESPACE, name) for name in (*EACH_TURN, *POOLED)} == EMITTED


def rename(template):
    alarm(template, "AtALossAlarm")["MetricName"] = "AtLoss"


def rename_in_the_sum(template):
    alarm(template, "FallbacksAlarm")["Metrics"][1]["MetricStat"]["Metric"]["MetricName"] = "NotUnderstood"


def another_namespace(template):
    alarm(template, "AtALossAlarm")["Namespace"] = "AWS/Lambda"


def another_dimension(template):
    alarm(template, "LatencyAlarm")["Dimensions"][0]["Name"] = "Service"


def mind_silence(template):
    alarm(template, "ErrorsAlarm")["TreatMissingData"] = "missing"


def tell_nobody(template):
    del alarm(template, "ErrorsAlarm")["AlarmActions"]


def drop_an_alarm(template):
    del template["Resources"]["LatencyAlarm"]


def on_the_dashboard(old, new):
    def change(template):
        body = alarm(template, "SkillDashboard")["DashboardBody"]
        assert old in body["Fn::Sub"]
        body["Fn::Sub"] = body["Fn::Sub"].replace(old, new)

    return change


def topic_always(template):
    del template["Resources"]["AlarmTopic"]["Condition"]


def subscription_always(template):
    del template["Resources"]["AlarmSubscription"]["Condition"]


def the_other_way_round(template):
    template["Conditions"]["HasAlarmEmail"] = template["Conditions"]["HasAlarmEmail"]["Fn::Not"][0]


def an_address_by_default(template):
    template["Parameters"]["AlarmEmail"]["Default"] = "someone@example.com"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (rename, "AtALossAlarm watches SkinTwitchGuide AtLoss, which neither"),
        (rename_in_the_sum, "FallbacksAlarm watches SkinTwitchGuide NotUnderstood, which neither"),
        (another_namespace, "AtALossAlarm watches AWS/Lambda AtALoss, which neither"),
        (another_dimension, "LatencyAlarm.Dimensions is"),
        (mind_silence, "ErrorsAlarm.TreatMissingData is missing, expected notBreaching"),
        (tell_nobody, "ErrorsAlarm.AlarmActions is None"),
        (drop_an_alarm, "no alarm watches AWS/Lambda Duration"),
        (on_the_dashboard("LevelSoon", "LevelSooner"), "SkillDashboard watches SkinTwitchGuide LevelSooner"),
        (on_the_dashboard("LevelSoon", "LevelToday"), "SkillDashboard doesn't show LevelSoon"),
        (on_the_dashboard('"FunctionName"', '"Service"'), "SkillDashboard: Turns has the dimension"),
        (on_the_dashboard("]}}\n", "]}},\n"), "SkillDashboard.DashboardBody isn't JSON"),
        (topic_always, "AlarmTopic.Condition is None, expected HasAlarmEmail"),
        (subscription_always, "AlarmSubscription.Condition is None, expected HasAlarmEmail"),
        (the_other_way_round, "Conditions.HasAlarmEmail is"),
        (an_address_by_default, "Parameters.AlarmEmail.Default: expected it to be empty"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_mistake_that_would_be_silent_is_named(change, fault, template):
    change(template)
    assert any(fault in line for line in faults(template)), list(faults(template))
