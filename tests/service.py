"""The skill as a web service, with a certificate authority of the tests' own in place of Amazon's."""

import json

from twitching import entry

from server import certificates
from server.app import create_app
from simulator import envelope
from tools import signed
from tools.signed import authority, leaf, pem

ROOT = authority("root")
MIDDLE = authority("intermediate", ROOT, depth=0)
LEAF = leaf(MIDDLE)


def request(**changes):
    """What Alexa sends when the skill is opened, now."""
    told = envelope.envelope(envelope.launch(), envelope.new_session(), "en-GB")
    told["request"] |= {"timestamp": certificates.now().strftime("%Y-%m-%dT%H:%M:%SZ")} | changes
    return told


class Service:
    """Records what was fetched, and what got as far as the skill."""

    def __init__(self, monkeypatch, capsys):
        monkeypatch.setenv("SKILL_ID", envelope.APPLICATION)
        answer = entry.handler

        def heard(event, context):
            self.heard.append(event)
            return answer(event, context)

        monkeypatch.setattr(entry, "handler", heard)
        self.heard, self.fetched = [], []
        self.served = pem(LEAF, MIDDLE)
        self._capsys = capsys
        self.app = create_app(roots=[ROOT.certificate], fetch=self._fetch)

    def _fetch(self, url):
        self.fetched.append(url)
        if isinstance(self.served, Exception):
            raise self.served
        return self.served

    def post(self, body=None, headers=None, key=LEAF.key, **changed):
        """Posts a body, signed; `headers` replace or, where None, take away."""
        body = body if isinstance(body, bytes) else json.dumps(body or request()).encode()
        told = signed.headers(body, key) | (headers or {})
        told = {name: value for name, value in told.items() if value is not None}
        return self.app.test_client().post("/alexa", data=body, headers=told, **changed)

    def assert_refused(self, response, *reasons):
        """A bare 400, the skill heard nothing, and the log says a word of ours and nothing else."""
        assert response.status_code == 400
        assert response.data == b""
        assert self.heard == []
        lines = [json.loads(line) for line in self._capsys.readouterr().err.splitlines()]
        assert lines == [{"level": "WARNING", "refused": lines[0]["refused"]}]
        assert lines[0]["refused"] in reasons

    def assert_answered(self, response, times=1):
        assert response.status_code == 200
        assert "Skin Twitch Guide" in response.json["response"]["outputSpeech"]["ssml"]
        assert len(self.heard) == times
