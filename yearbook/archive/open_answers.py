"""Reads what graduates wrote in their own words, from the answers in force."""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa

from yearbook.archive.entries import entries_in_force
from yearbook.archive.tables import answers, respondents
from yearbook.database import Connection, Engine
from yearbook.submissions import Kind

OPEN_ANSWER_COLUMNS = ["question", "option", "survey", "survey_year", "text"]
_WHO = "respondent"


def open_answers(engine: Engine, question: str = "") -> pd.DataFrame:
    """Every text that somebody wrote, of one question or of all; whose it is stays behind.

    The words beside "other, please specify" have the code of that `option`. The newest round
    comes first, and within a round the texts are in their own order: that of the file would tell
    which school somebody comes from.
    """
    with engine.connect() as connection:
        found = _in_force(connection, question)
    found = found.drop_duplicates([_WHO, *OPEN_ANSWER_COLUMNS])
    order = ["survey_year", "survey", "text", "option"]
    found = found.sort_values(order, ascending=[False, True, True, True])
    return found[OPEN_ANSWER_COLUMNS].reset_index(drop=True)


def open_counts(engine: Engine) -> dict[str, int]:
    """Question -> how many wrote something to it."""
    with engine.connect() as connection:
        found = _in_force(connection)
    counted = found.groupby("question")[_WHO].nunique()
    return {str(question): int(count) for question, count in counted.items()}


def _in_force(connection: Connection, question: str = "") -> pd.DataFrame:
    entries = entries_in_force(connection, Kind.SURVEY)
    wanted = (
        sa.select(
            respondents.c.submission,
            respondents.c.respondent,
            respondents.c.survey,
            respondents.c.survey_year,
            answers.c.question,
            answers.c.option,
            answers.c.text,
        )
        .join_from(
            answers,
            respondents,
            sa.and_(
                answers.c.submission == respondents.c.submission,
                answers.c.respondent == respondents.c.number,
            ),
        )
        # Few answers have words: to go through all once is quicker than by an index of submissions.
        .where(
            sa.func.trim(answers.c.text) != "",
            sa.true() if not question else answers.c.question == question,
        )
    )
    rows = connection.execute(wanted).all()
    rounds = {(entry.id, *pair) for entry in entries for pair in entry.in_force}
    kept = [row[1:] for row in rows if (row.submission, row.survey, row.survey_year) in rounds]
    return pd.DataFrame(kept, columns=[_WHO, "survey", "survey_year", "question", "option", "text"])
