"""The shelf's first schema: editions, their tables, the moves of the pointer."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "editions",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("position", sa.Integer, nullable=False, unique=True),
        sa.Column("published", sa.String(10), nullable=False),
        sa.Column("audience", sa.String(20), nullable=False),
        sa.Column("invented", sa.Boolean, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("format", sa.Integer, nullable=False),
        sa.Column("put_by", sa.Text, nullable=False),
        sa.Column("header", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "edition_tables",
        sa.Column("edition", sa.String(40), sa.ForeignKey("editions.name"), primary_key=True),
        sa.Column("indicator", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("cells", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "moves",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("moved_by", sa.Text, nullable=False),
        sa.Column("moved_at", sa.DateTime, nullable=False),
        sa.Column("away_from", sa.String(40), sa.ForeignKey("editions.name")),
        sa.Column("to", sa.String(40), sa.ForeignKey("editions.name"), nullable=False),
        sqlite_autoincrement=True,
    )
