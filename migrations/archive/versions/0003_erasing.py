"""From which submissions the answers of editions came; what was erased, and what was lost so."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "releases",
        sa.Column("edition", sa.Text, primary_key=True),
        sa.Column("survey", sa.Text, primary_key=True),
        sa.Column("survey_year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("submission", sa.Integer, sa.ForeignKey("submissions.id"), primary_key=True),
    )
    op.create_table(
        "removals",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("survey", sa.Text, nullable=False),
        sa.Column("survey_year", sa.Integer),
        sa.Column("amount", sa.Integer, nullable=False),
        sa.Column("removed_by", sa.Text, nullable=False),
        sa.Column("removed_at", sa.DateTime, nullable=False),
        sa.Column("cleaned_at", sa.DateTime),
    )
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("removal", sa.Integer, sa.ForeignKey("removals.id"), nullable=False),
        sa.Column("survey", sa.Text, nullable=False),
        sa.Column("survey_year", sa.Integer, nullable=False),
        sa.Column("cohort", sa.Integer),
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("programme", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("editions", sa.Text, nullable=False),
        sa.Column("respondents", sa.Integer, nullable=False),
    )
