"""The record is added to, found again and never changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from access import accounts, links, record, sessions, tidying
from access.record import Deed, Sought
from access.sessions import RefusedSignIn
from tests.access_for_tests import (
    ANSA,
    DAY,
    HOME,
    KUOPIO,
    NOON,
    PASSWORD,
    SECOND,
    address_of_accounts,  # noqa: F401
    engine_of_accounts,  # noqa: F401
)
from tests.databases import new_address  # noqa: F401
from yearbook.database import Engine

CHECKSUM = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
DEEDS = (
    Deed(ANSA.login, "upload", "kuopio 2024, Kuopion_tilastot.xlsx", CHECKSUM),
    Deed(ANSA.login, "publication", "2026.1"),
    Deed(KUOPIO.login, "export", "Hakijamäärä 100 %, PNG"),
    Deed(ANSA.login, "export", "students_2024, CSV"),
)


@pytest.fixture
def recorded(engine: Engine) -> Engine:
    """Four deeds, a day apart."""
    for number, deed in enumerate(DEEDS):
        record.keep(engine, deed, NOON + number * DAY)
    return engine


def test_an_entry_says_who_did_what_when(recorded: Engine) -> None:
    entries = record.found(recorded)
    assert [entry.what for entry in entries] == [deed.what for deed in reversed(DEEDS)]
    first = entries[-1]
    assert (first.who, first.action, first.checksum) == (ANSA.login, "upload", CHECKSUM)
    assert first.when == NOON
    record.note(recorded, ANSA.login, "roll_back", "2025.1")
    newest = record.found(recorded)[0]
    assert newest.number == first.number + 4
    assert datetime.now(UTC) - newest.when < timedelta(minutes=5)


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        (Sought(), [3, 2, 1, 0]),
        (Sought("ANSA"), [3, 1, 0]),
        (Sought("hakijamÄÄrä"), [2]),
        (Sought("kuopio export"), []),  # the action is chosen, not searched
        (Sought("kuopio png"), [2]),
        (Sought("%"), [2]),
        (Sought("s_2"), [3]),
        (Sought("' OR 1=1 --"), []),
        (Sought("9f86d0818"), [0]),
        (Sought(action="export"), [3, 2]),
        (Sought("ansa", "export"), [3]),
        (Sought(since=NOON + DAY), [3, 2, 1]),
        (Sought(since=NOON + DAY + SECOND), [3, 2]),
        (Sought(until=NOON + DAY), [0]),
        (Sought(since=NOON + DAY, until=NOON + 3 * DAY), [2, 1]),
    ],
)
def test_entries_are_found_by_words_action_and_span(
    recorded: Engine, sought: Sought, found: list[int]
) -> None:
    assert [DEEDS.index(deed_of(entry)) for entry in record.found(recorded, sought)] == found


def test_the_newest_are_found_first_and_no_more_than_asked_for(recorded: Engine) -> None:
    assert [entry.what for entry in record.found(recorded, limit=2)] == [
        DEEDS[3].what,
        DEEDS[2].what,
    ]


STATEMENTS = [
    "UPDATE record SET who = 'somebody else'",
    "UPDATE record SET checksum = '' WHERE id = 1",
    "DELETE FROM record",
    "DELETE FROM record WHERE id = 4",
]
SQLITE_ONLY = [
    "INSERT OR REPLACE INTO record SELECT id, happened_at, 'x', action, what, checksum, words, seal"
    " FROM record WHERE id = 1",
    "UPDATE OR IGNORE record SET who = 'somebody else'",
]
POSTGRESQL_ONLY = [
    "TRUNCATE record",
    "INSERT INTO record SELECT * FROM record WHERE id = 1 ON CONFLICT (id) DO UPDATE SET who = 'x'",
]


def test_the_database_refuses_to_change_the_record(recorded: Engine) -> None:
    # Of the present day: the database counts five years by its own clock.
    record.note(recorded, ANSA.login, "roll_back", "2025.1")
    before = record.found(recorded)
    only = SQLITE_ONLY if recorded.dialect.name == "sqlite" else POSTGRESQL_ONLY
    for statement in (*STATEMENTS, *only):
        with (
            pytest.raises(DBAPIError, match=r"the record is not (changed|deleted)"),
            recorded.begin() as connection,
        ):
            connection.execute(sa.text(statement))
    assert record.found(recorded) == before
    assert len(before) == 5


def test_what_gets_past_the_database_breaks_the_seals(recorded: Engine) -> None:
    assert record.broken(recorded) == ()
    lift_the_triggers(recorded)
    with recorded.begin() as connection:
        connection.execute(sa.text("UPDATE record SET who = 'x' WHERE id = 2"))
    assert record.broken(recorded) == (2,)
    with recorded.begin() as connection:
        connection.execute(sa.text("DELETE FROM record WHERE id = 3"))
    assert record.broken(recorded) == (2, 4)
    assert record.broken(recorded, newest=2) == (4,)
    assert record.broken(recorded, newest=1) == ()


def test_an_entry_is_kept_for_five_years(engine: Engine) -> None:
    today = datetime.now(UTC)
    ages = (5 * 366 + 40, 5 * 365 + 33, 5 * 365 - 1, 0)
    for age in ages:
        record.keep(engine, Deed(ANSA.login, "publication", f"{age} days"), today - age * DAY)
    with (
        pytest.raises(DBAPIError, match="the record is not deleted"),
        engine.begin() as connection,
    ):
        connection.execute(sa.text("DELETE FROM record WHERE id = 3"))
    assert tidying.clean(engine, today).entries == 2
    kept = [entry.what for entry in record.found(engine)]
    assert kept == ["2", "0 days", f"{ages[2]} days"]
    assert record.found(engine)[0].action == "record_shortened"
    assert record.broken(engine) == ()


def test_what_has_no_name_is_not_recorded(engine: Engine) -> None:
    with pytest.raises(ValueError, match="'thing' is no action"):
        record.note(engine, ANSA.login, "thing", "")
    assert record.found(engine) == ()


def test_an_entry_is_one_line_of_a_thousand_characters(engine: Engine) -> None:
    record.note(engine, "a\x00b", "upload", "name\r\n\u2028.xlsx" + "x" * 2000)
    (entry,) = record.found(engine)
    assert entry.who == "a b"
    assert entry.what.startswith("name   .xlsx")
    assert len(entry.what) == 1000


def test_a_life_of_an_account_is_recorded_once_each(engine: Engine) -> None:
    """By those functions themselves, so that nobody can forget it."""
    director = accounts.invite(engine, ANSA, "manage.py", NOON)
    links.use(engine, director.token, PASSWORD, NOON)
    invitation = accounts.invite(engine, KUOPIO, ANSA.login, NOON)
    number = invitation.account.number
    links.use(engine, accounts.renew(engine, number, ANSA.login, NOON).token, PASSWORD, NOON)
    for login in (KUOPIO.login, "nobody@kuopio.example"):
        with pytest.raises(RefusedSignIn):
            sessions.begin(engine, login, "wrong", HOME, NOON)
    sessions.end(engine, sessions.begin(engine, KUOPIO.login, PASSWORD, HOME, NOON), NOON)
    sessions.end_all(engine, number, KUOPIO.login, NOON)
    accounts.change(engine, number, replace(KUOPIO, school="lahti"), ANSA.login)
    accounts.block(engine, number, ANSA.login)
    accounts.unblock(engine, number, ANSA.login)
    accounts.block(engine, number, ANSA.login)
    accounts.forget(engine, number, ANSA.login)
    told = [(entry.who, entry.action, entry.what) for entry in reversed(record.found(engine))]
    ansa, member = ANSA.login, KUOPIO.login
    assert told == [
        ("manage.py", "invitation", f"{ansa} (director)"),
        (ansa, "password_set", ansa),
        (ansa, "invitation", f"{member} (member, kuopio)"),
        (ansa, "new_link", member),
        (member, "password_set", member),
        ("", "sign_in_refused", member),
        ("", "sign_in_refused", "?"),
        (member, "sign_in", member),
        (member, "sign_out", member),
        (member, "sign_out_everywhere", member),
        (ansa, "account_changed", f"{member} (member, kuopio) -> {member} (member, lahti)"),
        (ansa, "account_blocked", member),
        (ansa, "account_unblocked", member),
        (ansa, "account_blocked", member),
        (ansa, "account_forgotten", str(number)),
    ]
    assert record.broken(engine) == ()


def deed_of(entry: record.Entry) -> Deed:
    return Deed(entry.who, entry.action, entry.what, entry.checksum)


def lift_the_triggers(engine: Engine) -> None:
    """As somebody could who owns the database."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text("ALTER TABLE record DISABLE TRIGGER ALL"))
            return
        names = connection.scalars(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        for name in names.all():
            connection.execute(sa.text(f"DROP TRIGGER {name}"))
