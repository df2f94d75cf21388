"""The skill with a memory of visits, before a DynamoDB endpoint over HTTP: what lies in the table and in the log."""

import json
import socket
import time
from hashlib import sha256

TABLE = "visits"
USER = "amzn1.ask.account.SIMULATED"  # as the simulator's requests have it
KEY = {"visitor": {"S": sha256(USER.encode()).hexdigest()}}
SHORT = "still not a doctor"
EMERGENCY = "If it's an emergency, call 911 now."


def item(client):
    return client.get_item(TableName=TABLE, Key=KEY, ConsistentRead=True).get("Item")


def put(client, **attributes):
    soon = {"expires": {"N": str(int(time.time()) + 1000)}}
    client.put_item(TableName=TABLE, Item={**KEY, **soon, **attributes})


def calls(memory, monkeypatch):
    """The calls that are made to the table from now on."""
    made, call = [], memory._call
    monkeypatch.setattr(memory, "_call", lambda action, *a, **k: made.append(action) or call(action, *a, **k))
    return made


def closed_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


def assert_logged(capsys, error):
    """The fault is in the log, by name, and nobody's id is."""
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert error in {line["error"] for line in lines}
    for line in lines:
        assert set(line) == {"level", "memory", "error"}
        assert line["memory"] in {"connect", "get_item", "update_item", "delete_item"}
        assert not {USER, KEY["visitor"]["S"], TABLE} & set(line.values())
