"""What a clinician signed, word for word, so that every later change can be shown against it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from tools.facts import CONTENT, Facts
from tools.review_pack.spoken import HOME, Sentence
from tools.sources_on_disk import ContentError, name_of
from tools.words import RESPONSES

SIGNED = "signed"  # the folder in content/
SHORT = 12


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(_Strict):
    """A sentence as it was signed: its words by locale (others only where they differ), its sources."""

    says: dict[str, str]
    sources: list[str] = []


class SignOff(_Strict):
    """content/signed/<date>.json."""

    signed_by: str
    signed_on: date
    content: str
    entries: dict[str, Entry]


@dataclass(frozen=True)
class Change:
    """One entry before and after; None where it didn't exist."""

    id: str
    before: Entry | None
    after: Entry | None

    @property
    def locales(self) -> list[str]:
        """Every locale in which the words differ."""
        said = [entry.says if entry else {} for entry in (self.before, self.after)]
        return [locale for locale in said[0] | said[1] if said[0].get(locale) != said[1].get(locale)]


@dataclass(frozen=True)
class Changes:
    """Everything that differs from the last sign-off."""

    added: list[Change]
    removed: list[Change]
    changed: list[Change]

    @property
    def total(self) -> int:
        """How many entries differ."""
        return len(self.added) + len(self.removed) + len(self.changed)


def entries(facts: Facts, spoken: Mapping[str, Sentence]) -> dict[str, Entry]:
    """All that a signature covers: every sentence, and what decides which of them is heard."""
    sentences = {
        s.id: Entry(
            says={locale: " / ".join(says) for locale, says in {HOME: s.says, **s.elsewhere}.items()},
            sources=list(s.sources),
        )
        for s in spoken.values()
    }
    return sentences | {id_: Entry(says={"table": text}) for id_, text in _tables(facts).items()}


def _tables(facts: Facts) -> dict[str, str]:
    """The facts that decide what is heard: rules, questions, signs, who is a child, the order of a topic."""
    check = facts.check
    tables = {f"table.rule.{r.id}": r.model_dump(exclude={"id", "sources"}) for r in check.rules}
    tables |= {f"table.question.{q.id}": q.model_dump(exclude={"id", "sources"}) for q in check.questions}
    tables |= {f"table.sign.{id_}": s.model_dump(exclude={"sources"}) for id_, s in facts.signs.signs.items()}
    told = {key: json.dumps(table, ensure_ascii=False) for key, table in tables.items()}
    told["table.children"] = ", ".join(id_ for id_, person in facts.persons.items() if person.child)
    told["table.questions"] = ", ".join(q.id for q in check.questions)
    told["table.rules"] = ", ".join(r.id for r in check.rules)
    for id_, topic in facts.topics.items():
        told[f"table.topic.{id_}"] = "; ".join(", ".join(s.id for s in b) for b in topic.breaths)
    return told


def changes(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> Changes:
    """What was added, removed and changed."""
    return Changes(
        [Change(id_, None, after[id_]) for id_ in after if id_ not in before],
        [Change(id_, before[id_], None) for id_ in before if id_ not in after],
        [Change(id_, before[id_], after[id_]) for id_ in after if before.get(id_, after[id_]) != after[id_]],
    )


def sign_offs(content: Path = CONTENT) -> list[SignOff]:
    """Every sign-off, the oldest first. Raises ContentError where one isn't readable."""
    return [_read(path) for path in sorted((content / SIGNED).glob("*.json"), key=lambda path: path.stem)]


def _read(path: Path) -> SignOff:
    try:
        return SignOff.model_validate_json(path.read_text(encoding="utf-8"))
    except ValidationError as error:
        raise ContentError(
            [f"{name_of(path)}: {'.'.join(map(str, f['loc']))}: {f['msg']}" for f in error.errors()]
        ) from None


def record(sign_off: SignOff, content: Path = CONTENT) -> Path:
    """Write a sign-off down, beside any other of the same day."""
    folder = content / SIGNED
    folder.mkdir(exist_ok=True)
    same_day = len(list(folder.glob(f"{sign_off.signed_on}*.json")))
    path = folder / f"{sign_off.signed_on}{f'-{same_day + 1}' if same_day else ''}.json"
    path.write_text(sign_off.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return path


def content_hash(content: Path = CONTENT, responses: Path = RESPONSES) -> str:
    """One short number for all of content/ and responses/, without the sign-offs themselves."""
    total = hashlib.sha256()
    for root in (content, responses):
        for path in sorted(root.rglob("*.yaml")):
            total.update(f"{root.name}/{path.relative_to(root).as_posix()}\0".encode())
            total.update(path.read_bytes() + b"\0")
    return total.hexdigest()[:SHORT]
