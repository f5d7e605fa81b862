"""Accounts, archive, shelf and office do on PostgreSQL what they do on SQLite: the same tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from tests import (
    test_access,
    test_archive,
    test_erasing,
    test_office,
    test_open_answers,
    test_record,
    test_shelf,
    test_statement_storage,
)
from tests.databases import NewAddress
from tests.serving import ROOT

pytestmark = pytest.mark.skipif(
    not os.environ.get("POSTGRES_URL"), reason="POSTGRES_URL names no PostgreSQL"
)
NUMBERS = count(1)
AGAIN = (
    test_access,
    test_archive,
    test_erasing,
    test_office,
    test_open_answers,
    test_record,
    test_shelf,
    test_statement_storage,
)

for module in AGAIN:
    for name, thing in vars(module).items():
        if name.startswith("test_") or type(thing).__name__ == "FixtureFunctionDefinition":
            assert name not in globals() or globals()[name] is thing, f"{name} is there twice"
            globals()[name] = thing


@pytest.fixture(scope="module")
def cluster() -> Iterator[Engine]:
    """Where databases are made and dropped."""
    address = make_url(os.environ["POSTGRES_URL"]).set(drivername="postgresql+psycopg")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


@pytest.fixture
def new_address(cluster: Engine) -> Iterator[NewAddress]:
    """Gives the address of another empty PostgreSQL database at each call."""
    made: list[str] = []

    def give() -> str:
        made.append(f"test_{os.getpid()}_{next(NUMBERS)}")
        with cluster.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {made[-1]}"))
        address = make_url(os.environ["POSTGRES_URL"]).set(database=made[-1])
        return address.render_as_string(hide_password=False)

    yield give
    with cluster.connect() as connection:
        for database in made:
            connection.execute(text(f"DROP DATABASE {database} WITH (FORCE)"))


def test_these_are_run_on_postgresql(new_address: NewAddress) -> None:
    from yearbook.database import connect

    with connect(new_address()).connect() as connection:
        assert "PostgreSQL" in connection.scalar(text("SELECT version()"))


def test_the_database_holds_the_members_editions_back_from_the_public(
    new_address: NewAddress,
) -> None:
    """With the policies of RECIPES.md a user for the public reads the public's rows alone."""
    from office import databases
    from yearbook import shelf
    from yearbook.database import connect

    address = new_address()
    databases.upgrade(address, "shelf")
    keeper = connect(address)
    shelf.put_all(keeper, test_shelf.companions("2026.1", 498))
    recipe = (ROOT / "RECIPES.md").read_text("utf-8")
    policies = recipe.split("```sql\n")[1].split("```")[0]
    passer_by = f"passer_by_{os.getpid()}"
    with keeper.begin() as connection:
        connection.execute(text(policies.replace("passer_by", passer_by)))
    try:
        url = make_url(address).set(username=passer_by, password="secret")
        databases.upgrade(url.render_as_string(hide_password=False), "shelf")
        visitors = connect(url.render_as_string(hide_password=False), read_only=True)
        assert shelf.latest(visitors, "public") == test_shelf.companions("2026.1", 498)[1]
        assert shelf.latest(visitors) is None
        assert shelf.latest(visitors, "kuopio") is None
        assert shelf.latest(keeper) == test_shelf.companions("2026.1", 498)[0]
        visitors.dispose()
    finally:
        with keeper.begin() as connection:
            connection.execute(text(f"DROP OWNED BY {passer_by}"))
            connection.execute(text(f"DROP ROLE {passer_by}"))
