"""An edition is known by its name and its audience, so that companions can stand beside it.

SQLite cannot change a key, so the tables are made anew, the same way on both databases.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

EDITIONS = ("name", "audience", "position", "published", "invented", "digest", "format", "put_by",
            "header")  # fmt: skip
MOVES = ("moved_by", "moved_at", "away_from", "to")


def upgrade() -> None:
    for table in ("editions", "edition_tables", "moves"):
        op.rename_table(table, f"old_{table}")
    _make_tables()
    _copy()
    for table in ("moves", "edition_tables", "editions"):  # those that refer to others first
        op.drop_table(f"old_{table}")


def _make_tables() -> None:
    op.create_table(
        "editions",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("audience", sa.String(20), primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("published", sa.String(10), nullable=False),
        sa.Column("invented", sa.Boolean, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("format", sa.Integer, nullable=False),
        sa.Column("put_by", sa.Text, nullable=False),
        sa.Column("header", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("position", "audience"),
    )
    op.create_table(
        "edition_tables",
        sa.Column("edition", sa.String(40), primary_key=True),
        sa.Column("audience", sa.String(20), primary_key=True),
        sa.Column("indicator", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("cells", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["edition", "audience"], ["editions.name", "editions.audience"]),
    )
    op.create_table(
        "moves",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("moved_by", sa.Text, nullable=False),
        sa.Column("moved_at", sa.DateTime, nullable=False),
        sa.Column("away_from", sa.String(40)),
        sa.Column("to", sa.String(40), nullable=False),
        sqlite_autoincrement=True,
    )


def _copy() -> None:
    """Within the database, since editions are large; ids of moves are given anew, in order."""
    editions, moves = _listed(EDITIONS), _listed(MOVES)
    op.execute(f"INSERT INTO editions ({editions}) SELECT {editions} FROM old_editions")
    op.execute(
        "INSERT INTO edition_tables (edition, audience, indicator, position, cells) "
        "SELECT edition, e.audience, indicator, t.position, cells "
        "FROM old_edition_tables t JOIN old_editions e ON e.name = t.edition"
    )
    op.execute(f"INSERT INTO moves ({moves}) SELECT {moves} FROM old_moves ORDER BY id")


def _listed(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
