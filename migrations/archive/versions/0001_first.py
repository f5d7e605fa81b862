"""The archive's first schema: submissions, what they cover, figures, respondents, answers."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "submissions",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False, index=True),
        sa.Column("invented", sa.Boolean, nullable=False),
        sa.Column("received_by", sa.Text, nullable=False),
        sa.Column("received_at", sa.DateTime, nullable=False),
        sa.Column("findings", sa.Text, nullable=False),
        sa.Column("withdrawn_by", sa.Text),
        sa.Column("withdrawn_at", sa.DateTime),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "covers",
        sa.Column("submission", sa.Integer, sa.ForeignKey("submissions.id"), primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
    )
    op.create_table(
        "figures",
        sa.Column("submission", sa.Integer, sa.ForeignKey("submissions.id"), primary_key=True),
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
    op.create_table(
        "respondents",
        sa.Column("submission", sa.Integer, sa.ForeignKey("submissions.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("respondent", sa.Text, nullable=False),
        sa.Column("survey", sa.Text, nullable=False),
        sa.Column("survey_year", sa.Integer, nullable=False),
        sa.Column("cohort", sa.Integer),
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("programme", sa.Text, nullable=False),
        sa.UniqueConstraint("submission", "respondent"),
    )
    op.create_table(
        "answers",
        sa.Column("submission", sa.Integer, nullable=False),
        sa.Column("respondent", sa.Integer, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("option", sa.Text, nullable=False),
        sa.Column("number", sa.Double),
        sa.Column("text", sa.Text),
        sa.ForeignKeyConstraint(
            ["submission", "respondent"], ["respondents.submission", "respondents.number"]
        ),
    )
    op.create_index("ix_answers_submission_respondent", "answers", ["submission", "respondent"])
