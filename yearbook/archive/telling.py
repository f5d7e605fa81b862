"""Reads what is held of one respondent, for who asks to see it; nobody else is to call this."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from yearbook.archive.tables import answers, respondents
from yearbook.database import Engine


@dataclass(frozen=True, slots=True)
class Held:
    """One answer. cohort: None where it was not told; option: "" where the answer is no choice."""

    survey: str
    survey_year: int
    cohort: int | None
    school: str
    programme: str
    question: str
    option: str
    number: float | None
    text: str


def held_of(engine: Engine, pseudonyms: Collection[str]) -> tuple[Held, ...]:
    """All answers of those pseudonyms, each once, in files in force, replaced or withdrawn."""
    wanted = (
        sa.select(
            respondents.c.survey,
            respondents.c.survey_year,
            respondents.c.cohort,
            respondents.c.school,
            respondents.c.programme,
            answers.c.question,
            answers.c.option,
            answers.c.number,
            sa.func.coalesce(answers.c.text, ""),
        )
        .join_from(
            respondents,
            answers,
            sa.and_(
                answers.c.submission == respondents.c.submission,
                answers.c.respondent == respondents.c.number,
            ),
        )
        .where(respondents.c.respondent.in_(sorted(pseudonyms)))
        .order_by(respondents.c.submission, answers.c.question, answers.c.option)
    )
    with engine.connect() as connection:
        rows = [Held(*row) for row in connection.execute(wanted)]
    return tuple(dict.fromkeys(rows))
