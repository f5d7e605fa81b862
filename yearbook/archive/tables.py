"""The tables of the archive's database; `migrations/archive` makes and changes them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

metadata = sa.MetaData()

submissions = sa.Table(
    "submissions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("checksum", sa.String(64), nullable=False, index=True),
    sa.Column("invented", sa.Boolean, nullable=False),
    sa.Column("received_by", sa.Text, nullable=False),
    sa.Column("received_at", sa.DateTime, nullable=False),  # UTC, in all tables here
    sa.Column("findings", sa.Text, nullable=False),  # JSON: how many of which kind
    # To the earlier answers of the same round, in whose place it would stand otherwise.
    sa.Column("adds", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("withdrawn_by", sa.Text),
    sa.Column("withdrawn_at", sa.DateTime),
    sqlite_autoincrement=True,  # a number is never given twice
)


def _of_submission(**options: Any) -> sa.Column[int]:
    return sa.Column(
        "submission", sa.Integer, sa.ForeignKey("submissions.id"), nullable=False, **options
    )


covers = sa.Table(
    "covers",  # (school, statistical year) or (survey, year of the round)
    metadata,
    _of_submission(primary_key=True),
    sa.Column("subject", sa.Text, primary_key=True),
    sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
)

figures = sa.Table(
    "figures",
    metadata,
    _of_submission(primary_key=True),
    sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("school", sa.Text, nullable=False),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("programme", sa.Text, nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("value", sa.Double),
    sa.Column("missing", sa.String(20), nullable=False),
    sa.Column("carried", sa.Boolean, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
)

respondents = sa.Table(
    "respondents",
    metadata,
    _of_submission(primary_key=True),
    # The respondent's number within the submission: short, for there are many answers.
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("respondent", sa.Text, nullable=False),
    sa.Column("survey", sa.Text, nullable=False),
    sa.Column("survey_year", sa.Integer, nullable=False),
    sa.Column("cohort", sa.Integer),
    sa.Column("school", sa.Text, nullable=False),
    sa.Column("programme", sa.Text, nullable=False),
    sa.UniqueConstraint("submission", "respondent"),
)

answers = sa.Table(
    "answers",
    metadata,
    sa.Column("submission", sa.Integer, nullable=False),
    sa.Column("respondent", sa.Integer, nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("option", sa.Text, nullable=False),
    sa.Column("number", sa.Double),
    sa.Column("text", sa.Text),
    sa.ForeignKeyConstraint(
        ["submission", "respondent"], ["respondents.submission", "respondents.number"]
    ),
    sa.Index("ix_answers_submission_respondent", "submission", "respondent"),
)

frame = sa.Table(
    "frame",  # whom a round asked
    metadata,
    _of_submission(primary_key=True),
    sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("survey", sa.Text, nullable=False),
    sa.Column("survey_year", sa.Integer, nullable=False),
    sa.Column("cohort", sa.Integer, nullable=False),
    sa.Column("school", sa.Text, nullable=False),
    sa.Column("programme", sa.Text, nullable=False),
    sa.Column("invited", sa.Double),
    sa.Column("reached", sa.Double),
    sa.Column("opened", sa.String(10), nullable=False),
    sa.Column("closed", sa.String(10), nullable=False),
)

tabulated = sa.Table(
    "tabulated",  # old results that exist only as tables
    metadata,
    _of_submission(primary_key=True),
    sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("survey", sa.Text, nullable=False),
    sa.Column("survey_year", sa.Integer, nullable=False),
    sa.Column("first_cohort", sa.Integer, nullable=False),
    sa.Column("last_cohort", sa.Integer, nullable=False),
    sa.Column("school", sa.Text, nullable=False),
    sa.Column("programme", sa.Text, nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("option", sa.Text, nullable=False),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("respondents", sa.Integer, nullable=False),
)

additions = sa.Table(
    "additions",  # what the director adds to the catalogue; the newest of each key counts
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.String(20), nullable=False),  # questions, indicators, column, option
    sa.Column("survey", sa.Text, nullable=False),  # "" for questions and indicators
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("content", sa.Text, nullable=False),  # JSON; "" where it was taken back
    sa.Column("decided_by", sa.Text, nullable=False),
    sa.Column("decided_at", sa.DateTime, nullable=False),
)

quotes = sa.Table(
    "quotes",  # open answers that the director released, scrubbed
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("released_by", sa.Text, nullable=False),
    sa.Column("released_at", sa.DateTime, nullable=False),
    sa.Column("withdrawn_by", sa.Text),
    sa.Column("withdrawn_at", sa.DateTime),
)

releases = sa.Table(
    "releases",  # which submissions the answers of a round came from, edition by edition
    metadata,
    sa.Column("edition", sa.Text, primary_key=True),
    sa.Column("survey", sa.Text, primary_key=True),
    sa.Column("survey_year", sa.Integer, primary_key=True, autoincrement=False),
    _of_submission(primary_key=True),
)

removals = sa.Table(
    "removals",  # the history of what was removed for good: that it was, and never what it said
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.String(20), nullable=False),  # see removals.Removed
    sa.Column("survey", sa.Text, nullable=False),  # "" where it was of no round
    sa.Column("survey_year", sa.Integer),
    sa.Column("amount", sa.Integer, nullable=False),
    sa.Column("removed_by", sa.Text, nullable=False),
    sa.Column("removed_at", sa.DateTime, nullable=False),
    sa.Column("cleaned_at", sa.DateTime),  # until then its bytes may be in the database's files
)

erasures = sa.Table(
    "erasures",  # what editions still rest on and nobody can read any more, without identifier
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("removal", sa.Integer, sa.ForeignKey("removals.id"), nullable=False),
    sa.Column("survey", sa.Text, nullable=False),
    sa.Column("survey_year", sa.Integer, nullable=False),
    sa.Column("cohort", sa.Integer),
    sa.Column("school", sa.Text, nullable=False),
    sa.Column("programme", sa.Text, nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("editions", sa.Text, nullable=False),  # JSON: the names of those that had the answers
    sa.Column("respondents", sa.Integer, nullable=False),  # so many
)

secrets = sa.Table(
    "secrets",  # the key by which respondents get their pseudonyms
    metadata,
    sa.Column("name", sa.String(20), primary_key=True),
    sa.Column("value", sa.String(64), nullable=False),
)
