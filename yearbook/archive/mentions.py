"""Finds words in what is kept beside the answers, where no link leads to a person: quotes, what
texts of answers were decided to mean, and names of files. Erases such a mention for good."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from yearbook.archive.keeping import utc
from yearbook.archive.removing import record
from yearbook.archive.tables import additions, answers, quotes, respondents, submissions
from yearbook.catalogue.overlay import COLUMN, OPTION
from yearbook.database import Connection, Engine, write


class NoSuchMentionError(Exception):
    """There is no such quote, decision or file any more."""


@dataclass(frozen=True, slots=True)
class Mention:
    """kind: "quote", "decision" (what a column or a text is) or "name" (of a file that was handed
    in); number: its own among those of the kind."""

    kind: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """A text that a respondent wrote, whichever file it came in; for finding whom to erase."""

    submission: int
    respondent: str
    text: str


def mentions(engine: Engine, is_meant: Callable[[str], bool]) -> tuple[Mention, ...]:
    """Those whose text is meant, as `is_meant` says."""
    with engine.connect() as connection:
        kept = (*_quotes(connection), *_decisions(connection), *_names(connection))
    return tuple(one for one in kept if is_meant(one.text))


def written(engine: Engine, survey: str, survey_year: int) -> tuple[Written, ...]:
    """All that was written in a round, in files that are in force, replaced or withdrawn."""
    wanted = (
        sa.select(answers.c.submission, respondents.c.respondent, answers.c.text)
        .join_from(
            answers,
            respondents,
            sa.and_(
                answers.c.submission == respondents.c.submission,
                answers.c.respondent == respondents.c.number,
            ),
        )
        .where(
            respondents.c.survey == survey,
            respondents.c.survey_year == survey_year,
            sa.func.trim(answers.c.text) != "",
        )
    )
    with engine.connect() as connection:
        return tuple(Written(*row) for row in connection.execute(wanted))


def pseudonyms(engine: Engine, survey: str, survey_year: int) -> frozenset[str]:
    """Of all who ever answered that round."""
    wanted = (
        sa.select(respondents.c.respondent)
        .distinct()
        .where(respondents.c.survey == survey, respondents.c.survey_year == survey_year)
    )
    with engine.connect() as connection:
        return frozenset(connection.execute(wanted).scalars())


def erase_mention(engine: Engine, kind: str, number: int, who: str, when: datetime) -> None:
    """A quote leaves the next edition; a decision is asked again when such a file comes in; of a
    file only the name goes. The bytes go with `cleaning.clean`. Raises NoSuchMentionError."""
    with write(engine) as connection:
        if not ERASE[kind](connection, number, who, when):
            raise NoSuchMentionError(f"{kind} {number}")
        record(connection, (kind, "", None, 1), who, when)


def _quotes(connection: Connection) -> Iterator[Mention]:
    for row in connection.execute(sa.select(quotes).order_by(quotes.c.id)):
        if row.text:
            yield Mention("quote", row.id, row.text)


def _decisions(connection: Connection) -> Iterator[Mention]:
    """What the director wrote herself, as a question, is not among them."""
    decided = sa.select(additions).where(additions.c.kind.in_((COLUMN, OPTION)))
    said: dict[tuple[str, str, str], Mention] = {}
    for row in connection.execute(decided.order_by(additions.c.id)):
        if row.content:
            entry = json.loads(row.content)
            text = str(entry.get("text", entry.get("heading", "")))
            said[row.kind, row.survey, row.key] = Mention("decision", row.id, text)
    yield from said.values()


def _names(connection: Connection) -> Iterator[Mention]:
    for row in connection.execute(sa.select(submissions).order_by(submissions.c.id)):
        if row.file_name or row.source:
            text = " · ".join(dict.fromkeys(filter(None, (row.file_name, row.source))))
            yield Mention("name", row.id, text)


def _erase_quote(connection: Connection, number: int, who: str, when: datetime) -> bool:
    """That it was there, and who released it, stays in the history."""
    one = quotes.c.id == number
    back = {"withdrawn_by": who, "withdrawn_at": utc(when)}
    connection.execute(quotes.update().where(one, quotes.c.withdrawn_at.is_(None)).values(back))
    done = connection.execute(quotes.update().where(one, quotes.c.text != "").values(text=""))
    return done.rowcount == 1


def _erase_decision(connection: Connection, number: int, _who: str, _when: datetime) -> bool:
    """With all earlier ones about the same, whose key repeats the text."""
    found = connection.execute(sa.select(additions).where(additions.c.id == number)).one_or_none()
    if found is None or found.kind not in (COLUMN, OPTION):
        return False
    same = (
        additions.c.kind == found.kind,
        additions.c.survey == found.survey,
        additions.c.key == found.key,
    )
    return connection.execute(additions.delete().where(*same)).rowcount > 0


def _erase_name(connection: Connection, number: int, _who: str, _when: datetime) -> bool:
    blank = submissions.update().where(submissions.c.id == number)
    return connection.execute(blank.values(file_name="", source="")).rowcount == 1


ERASE = {"quote": _erase_quote, "decision": _erase_decision, "name": _erase_name}
