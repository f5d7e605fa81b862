"""The accounts' first schema: accounts, links, sessions, attempts, and the record, which the
database itself keeps from being changed."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# An entry may be removed once it is five years old (access.record.YEARS_KEPT), and never changed.
# SQLite replaces a row ("INSERT OR REPLACE") without asking the triggers of DELETE.
SQLITE = (
    """CREATE TRIGGER record_is_not_changed BEFORE UPDATE ON record
       BEGIN SELECT RAISE(ABORT, 'the record is not changed'); END""",
    """CREATE TRIGGER record_is_not_deleted BEFORE DELETE ON record
       WHEN OLD.happened_at > datetime('now', '-5 years')
       BEGIN SELECT RAISE(ABORT, 'the record is not deleted'); END""",
    """CREATE TRIGGER record_is_not_replaced BEFORE INSERT ON record
       WHEN EXISTS (SELECT 1 FROM record WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'the record is not changed'); END""",
)
POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION record_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
           IF TG_OP = 'DELETE' THEN
               IF OLD.happened_at <= (now() AT TIME ZONE 'UTC') - INTERVAL '5 years' THEN
                   RETURN OLD;
               END IF;
               RAISE EXCEPTION 'the record is not deleted';
           END IF;
           RAISE EXCEPTION 'the record is not changed';
       END $$""",
    """CREATE TRIGGER record_is_kept BEFORE UPDATE OR DELETE ON record
       FOR EACH ROW EXECUTE FUNCTION record_is_kept()""",
    """CREATE TRIGGER record_is_not_emptied BEFORE TRUNCATE ON record
       FOR EACH STATEMENT EXECUTE FUNCTION record_is_kept()""",
)


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("login", sa.String(254), nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("password", sa.Text),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("blocked_at", sa.DateTime),
        sa.Column("forgotten_at", sa.DateTime),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "identities",
        sa.Column("issuer", sa.String(200), primary_key=True),
        sa.Column("subject", sa.String(255), primary_key=True),
        sa.Column("account", sa.Integer, sa.ForeignKey("accounts.id"), nullable=False, index=True),
    )
    for name in ("links", "sessions"):
        op.create_table(
            name,
            sa.Column("token", sa.String(64), primary_key=True),
            sa.Column(
                "account", sa.Integer, sa.ForeignKey("accounts.id"), nullable=False, index=True
            ),
            *_moments("expires_at" if name == "links" else "begun_at seen_at"),
        )
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("login", sa.String(64), nullable=False, index=True),
        sa.Column("network", sa.String(64), nullable=False, index=True),
        *_moments("tried_at"),
        sqlite_autoincrement=True,
    )
    _make_record()


def _make_record() -> None:
    op.create_table(
        "record",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("happened_at", sa.DateTime, nullable=False, index=True),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("action", sa.String(40), nullable=False, index=True),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
        sqlite_autoincrement=True,
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE if is_sqlite else POSTGRESQL:
        op.execute(sa.text(statement.replace(":", "\\:")))


def _moments(names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.DateTime, nullable=False) for name in names.split()]
