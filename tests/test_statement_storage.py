"""Statements and letterheads: each is its owner's alone, two windows lose nothing, and what is
forgotten is gone."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from access import accounts, letterheads, statements, tidying
from access.statements import Full, NoStatement, Opened, Stale
from access.tables import letterheads as letterheads_table
from access.tables import statements as table
from tests.access_for_tests import (
    ANSA,
    KUOPIO,
    MINUTE,
    NOON,
    address_of_accounts,  # noqa: F401
    engine_of_accounts,  # noqa: F401
    with_password,
)
from tests.databases import new_address  # noqa: F401
from yearbook.database import Engine

WORDS = '{"opening": "Hyvä vastaanottaja, ääkköset ja ”lainaus”"}'


@pytest.fixture
def owners(engine: Engine) -> tuple[int, int]:
    """A director and a member."""
    director = accounts.invite(engine, ANSA, "manage.py", NOON).account.number
    return director, with_password(engine, KUOPIO).number


def changed(opened: Opened, content: str, title: str = "") -> Opened:
    kept = replace(opened.kept, title=title or opened.kept.title)
    return replace(opened, kept=kept, content=content)


def rows(engine: Engine) -> tuple[int, int]:
    with engine.connect() as connection:
        counts = [sa.select(sa.func.count()).select_from(t) for t in (table, letterheads_table)]
        return connection.scalar(counts[0]) or 0, connection.scalar(counts[1]) or 0


def test_a_statement_is_kept_as_it_was_written(engine: Engine, owners: tuple[int, int]) -> None:
    owner, _ = owners
    number = statements.make(engine, owner, "Lausunto", WORDS, NOON)
    opened = statements.open(engine, owner, number)
    assert (opened.content, opened.kept.title, opened.kept.version) == (WORDS, "Lausunto", 1)
    kept = statements.save(engine, owner, changed(opened, "{}", "Toinen"), NOON + MINUTE)
    assert (kept.title, kept.version, kept.changed) == ("Toinen", 2, NOON + MINUTE)
    assert statements.of(engine, owner) == (kept,)


def test_two_windows_lose_nothing(engine: Engine, owners: tuple[int, int]) -> None:
    owner, _ = owners
    number = statements.make(engine, owner, "Lausunto", "1", NOON)
    first = second = statements.open(engine, owner, number)
    statements.save(engine, owner, changed(first, "2"), NOON)
    with pytest.raises(Stale):
        statements.save(engine, owner, changed(second, "3"), NOON)
    again = statements.open(engine, owner, number)
    assert (again.content, again.kept.version) == ("2", 2)
    statements.save(engine, owner, changed(again, "3"), NOON)
    assert statements.open(engine, owner, number).content == "3"


def test_a_statement_is_nobody_elses(engine: Engine, owners: tuple[int, int]) -> None:
    director, member = owners
    number = statements.make(engine, director, "Lausunto", WORDS, NOON)
    opened = statements.open(engine, director, number)
    for other in (member, None):
        for attempt in (
            lambda other=other: statements.open(engine, other, number),
            lambda other=other: statements.save(engine, other, changed(opened, "x")),
            lambda other=other: statements.duplicate(engine, other, number, "x"),
            lambda other=other: statements.take_in_hand(engine, other, number),
            lambda other=other: statements.delete(engine, other, number),
        ):
            with pytest.raises(NoStatement):
                attempt()
        assert statements.of(engine, other) == ()
        assert statements.in_hand(engine, other) is None
    assert statements.open(engine, director, number) == opened


def test_the_one_opened_last_is_in_hand(engine: Engine) -> None:
    assert statements.in_hand(engine, None) is None
    first = statements.make(engine, None, "1", "{}", NOON)
    second = statements.make(engine, None, "2", "{}", NOON + MINUTE)
    assert statements.in_hand(engine, None) == second
    statements.take_in_hand(engine, None, first, NOON + 2 * MINUTE)
    assert statements.in_hand(engine, None) == first
    third = statements.duplicate(engine, None, first, "1 (2)", NOON + 3 * MINUTE)
    assert statements.in_hand(engine, None) == third
    statements.delete(engine, None, third)
    assert statements.in_hand(engine, None) == first
    assert [kept.title for kept in statements.of(engine, None)] == ["2", "1"]


def test_a_number_is_never_given_twice(engine: Engine) -> None:
    first = statements.make(engine, None, "1", "{}", NOON)
    statements.delete(engine, None, first)
    assert statements.make(engine, None, "2", "{}", NOON) > first


def test_there_is_a_limit(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "MOST", 2)
    monkeypatch.setattr(statements, "LONGEST", 5)
    number = statements.make(engine, None, "1", "12345", NOON)
    opened = statements.open(engine, None, number)
    with pytest.raises(Full):
        statements.save(engine, None, changed(opened, "123456"))
    statements.make(engine, None, "2", "{}", NOON)
    with pytest.raises(Full):
        statements.make(engine, None, "3", "{}", NOON)


def test_a_letterhead_takes_the_place_of_the_one_before(
    engine: Engine, owners: tuple[int, int]
) -> None:
    owner, other = owners
    letterheads.keep(engine, owner, "vanha.docx", b"PK\x00old", NOON)
    letterheads.keep(engine, owner, "uusi.docx", b"PK\x00new", NOON)
    found = letterheads.of(engine, owner)
    assert found is not None
    assert (found.name, found.content, found.kept) == ("uusi.docx", b"PK\x00new", NOON)
    assert letterheads.of(engine, other) is None and letterheads.of(engine, None) is None
    letterheads.remove(engine, owner)
    assert letterheads.of(engine, owner) is None


def test_what_somebody_wrote_goes_with_her_account(engine: Engine, owners: tuple[int, int]) -> None:
    director, member = owners
    for owner in owners:
        statements.make(engine, owner, "Lausunto", WORDS, NOON)
        letterheads.keep(engine, owner, "pohja.docx", b"PK", NOON)
    accounts.block(engine, member, ANSA.login, NOON)
    assert rows(engine) == (2, 2), "a blocked account may be unblocked"
    accounts.forget(engine, member, ANSA.login, NOON)
    assert rows(engine) == (1, 1)
    assert len(statements.of(engine, director)) == 1


def test_what_was_written_in_the_demonstration_ends_with_it(engine: Engine) -> None:
    statements.make(engine, None, "Lausunto", WORDS, NOON)
    letterheads.keep(engine, None, "pohja.docx", b"PK", NOON)
    tidying.clean(engine, NOON)
    assert rows(engine) == (1, 1)
    director = accounts.invite(engine, ANSA, "manage.py", NOON).account.number
    statements.make(engine, director, "Lausunto", WORDS, NOON)
    tidying.clean(engine, NOON + timedelta(days=1))
    assert rows(engine) == (1, 0)
    assert len(statements.of(engine, director)) == 1
