"""Frames, tabulated results, what the director adds to the catalogue, quotes, the secret key;
a submission may add to another of the same round."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "submissions", sa.Column("adds", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.create_table(
        "frame",
        sa.Column("submission", sa.Integer, sa.ForeignKey("submissions.id"), primary_key=True),
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
    op.create_table(
        "tabulated",
        sa.Column("submission", sa.Integer, sa.ForeignKey("submissions.id"), primary_key=True),
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
    op.create_table(
        "additions",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("survey", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "quotes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("released_by", sa.Text, nullable=False),
        sa.Column("released_at", sa.DateTime, nullable=False),
        sa.Column("withdrawn_by", sa.Text),
        sa.Column("withdrawn_at", sa.DateTime),
    )
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(20), primary_key=True),
        sa.Column("value", sa.String(64), nullable=False),
    )
