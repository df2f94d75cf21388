"""The skill with a memory of visits, before a DynamoDB endpoint over HTTP."""

import boto3
import pytest
from moto.server import ThreadedMotoServer
from twitching import entry
from twitching.alexa import skill_handler
from twitching.visits import Visits

from tests.visits.remembered import TABLE
from tools.aws.build import ROOT
from tools.aws.source import read_template


@pytest.fixture(scope="module")
def moto():
    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def at(monkeypatch):
    """Where the skill looks for DynamoDB."""
    for name, value in {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_EC2_METADATA_DISABLED": "true",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    return lambda address: monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", address)


@pytest.fixture(scope="module")
def client(moto):
    """Looks into the table, past the skill."""
    keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
    return boto3.client("dynamodb", endpoint_url=moto, region_name="us-east-1", **keys)


@pytest.fixture
def dynamodb(moto, at, client):
    """The table, as template.yaml has it made."""
    at(moto)
    held = read_template(ROOT / "template.yaml")["Resources"]["VisitsTable"]["Properties"]
    made = {k: v for k, v in held.items() if k in ("BillingMode", "AttributeDefinitions", "KeySchema")}
    client.create_table(TableName=TABLE, **made)
    client.update_time_to_live(TableName=TABLE, TimeToLiveSpecification=dict(held["TimeToLiveSpecification"]))
    yield client
    client.delete_table(TableName=TABLE)


@pytest.fixture
def remembering(monkeypatch):
    """The skill as it is deployed with RememberVisits=true."""

    def start():
        memory = Visits(TABLE)
        monkeypatch.setattr(entry, "_visits", memory)
        monkeypatch.setattr(entry, "_answer", skill_handler(visits=memory))
        return memory

    return start


@pytest.fixture
def memory(dynamodb, remembering):
    return remembering()
