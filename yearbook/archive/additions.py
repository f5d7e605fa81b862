"""Keeps what the director adds to the catalogue: questions, indicators, and what columns are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from yearbook.archive.keeping import utc
from yearbook.archive.tables import additions as table
from yearbook.archive.tables import answers, submissions, tabulated
from yearbook.catalogue import Content
from yearbook.catalogue.overlay import COLUMN, OPTION, SAME, WHOLE
from yearbook.database import Engine, write

KINDS = (*WHOLE, COLUMN, OPTION)


@dataclass(frozen=True, slots=True)
class Addition:
    """One thing that is decided. entry: as it would stand in a file.

    kind: "questions", "indicators" (code says which), "column" or "option" (of `survey`; the entry
    itself says which).
    """

    kind: str
    entry: Content
    survey: str = ""
    code: str = ""
    is_taken_back: bool = False

    @property
    def key(self) -> str:
        if self.kind in WHOLE:
            return self.code
        same = SAME[self.kind].items()
        return json.dumps([self.entry.get(name, default) for name, default in same])


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision of the history. `addition.is_taken_back`: it takes an earlier one back.

    in_force: no later decision is about the same, and it was not taken back.
    """

    id: int
    addition: Addition
    who: str
    when: datetime
    in_force: bool


def decide(engine: Engine, made: Iterable[Addition], who: str, when: datetime) -> None:
    """Keep what was decided, all of it or nothing; what was decided before stays in history."""
    rows = [
        {
            "kind": one.kind,
            "survey": one.survey,
            "key": one.key,
            "content": "" if one.is_taken_back else json.dumps(one.entry, ensure_ascii=False),
            "decided_by": who,
            "decided_at": utc(when),
        }
        for one in made
    ]
    if any(row["kind"] not in KINDS for row in rows):
        raise ValueError("an addition of no known kind")
    if rows:
        with write(engine) as connection:
            connection.execute(table.insert(), rows)


def additions(engine: Engine) -> Content:
    """All that counts today, in the form of the catalogue's files; see catalogue.laid_over."""
    with engine.connect() as connection:
        rows = connection.execute(sa.select(table).order_by(table.c.id)).all()
    newest = {(row.kind, row.survey, row.key): row.content for row in rows}
    found: Content = {"questions": {}, "indicators": {}, "mappings": {}}
    for (kind, survey, key), content in newest.items():
        if not content:
            continue
        if kind in WHOLE:
            found[kind][key] = json.loads(content)
        else:
            of_survey = found["mappings"].setdefault(survey, {COLUMN: [], OPTION: []})
            of_survey[kind].append(json.loads(content))
    return found


def decisions(engine: Engine) -> tuple[Decided, ...]:
    """All that was ever decided, the newest first."""
    with engine.connect() as connection:
        rows = connection.execute(sa.select(table).order_by(table.c.id)).all()
    newest = {(row.kind, row.survey, row.key): row.id for row in rows}
    entries: dict[tuple[str, str, str], Content] = {}
    found = []
    for row in rows:
        of = (row.kind, row.survey, row.key)
        entries[of] = json.loads(row.content) if row.content else entries.get(of, {})
        code = row.key if row.kind in WHOLE else ""
        made = Addition(row.kind, entries[of], row.survey, code, not row.content)
        when = row.decided_at.replace(tzinfo=UTC)
        in_force = bool(row.content) and newest[of] == row.id
        found.append(Decided(row.id, made, row.decided_by, when, in_force))
    return tuple(reversed(found))


def answered_options(engine: Engine, question: str) -> frozenset[str]:
    """The options of a question that any submission holds which is not withdrawn; "" for words
    and numbers. Empty where nobody answered it."""
    kept = submissions.c.withdrawn_at.is_(None)
    with engine.connect() as connection:
        found = {
            str(option)
            for held in (answers, tabulated)
            for option in connection.execute(
                sa.select(held.c.option)
                .distinct()
                .join(submissions, submissions.c.id == held.c.submission)
                .where(held.c.question == question, kept)
            ).scalars()
        }
    return frozenset(found)
