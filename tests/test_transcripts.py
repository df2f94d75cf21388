"""Golden conversations, word for word. `make transcripts` writes them anew; read the diff."""

from pathlib import Path

import pytest

from simulator.device import Device
from simulator.script import play

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*/*.txt"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_conversation_goes_as_written(path, request):
    written = path.read_text(encoding="utf-8")
    said = [line.removeprefix("> ") for line in written.splitlines() if line.startswith(("> ", "#"))]
    played = play([line for line in said if not line.startswith("#")], Device(path.parent.name))
    comments = [line for line in said if line.startswith("#")]
    told = "\n".join([*comments, *(f"> {turn.said}\n{turn.speech}\n" for turn in played)])
    if request.config.getoption("--write-transcripts"):
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text(encoding="utf-8")
