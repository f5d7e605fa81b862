"""Facts of reading another database, when that is PostgreSQL: schemas, casts, no way to write."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine, make_url, text

from data_loaders import Hints, Loaded
from data_loaders.database import load_table
from tests.loader_catalogue import catalogue, figures, found, sentences

pytestmark = pytest.mark.skipif(
    not os.environ.get("POSTGRES_URL"), reason="POSTGRES_URL names no PostgreSQL"
)
SCHEMA = "loader_test"
TABLES = f"""
CREATE SCHEMA {SCHEMA};
CREATE TABLE {SCHEMA}.figures (school text, year numeric(6, 1), programme text, students numeric,
                               student_years numeric(10, 2), events bigint);
INSERT INTO {SCHEMA}.figures VALUES ('tampere', 2024, '321204', 120, 101.25, 12),
                                    ('lahti', 2024, '321204', 90, 88.5, NULL);
CREATE FUNCTION {SCHEMA}.sneak() RETURNS integer LANGUAGE sql AS
  $$ INSERT INTO {SCHEMA}.figures VALUES ('x'); SELECT 1 $$;
"""


@pytest.fixture(scope="module")
def connection() -> Iterator[Connection]:
    address = make_url(os.environ.get("POSTGRES_URL", "")).set(drivername="postgresql+psycopg")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as opened:
        opened.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))
        opened.exec_driver_sql(TABLES)
        yield opened
        opened.execute(text(f"DROP SCHEMA {SCHEMA} CASCADE"))
    engine.dispose()


def read(wanted: str) -> Loaded:
    return load_table(os.environ["POSTGRES_URL"], wanted, catalogue(), Hints())


def test_a_table_of_a_schema(connection: Connection) -> None:
    assert figures(read(f"{SCHEMA}.figures")) == {
        ("tampere", 2024, "321204", "students"): 120,
        ("tampere", 2024, "321204", "student_years"): 101.25,
        ("tampere", 2024, "", "events"): 12,
        ("lahti", 2024, "321204", "students"): 90,
        ("lahti", 2024, "321204", "student_years"): 88.5,
    }


def test_a_query_with_casts_colons_and_per_cents(connection: Connection) -> None:
    query = (
        "SELECT school, year::int AS year, events FROM loader_test.figures "
        "WHERE school LIKE '%amp%' AND school <> ':school'"
    )
    assert figures(read(query)) == {("tampere", 2024, "", "events"): 12}


def test_a_function_that_writes_cannot(connection: Connection) -> None:
    result = read(f"SELECT {SCHEMA}.sneak() AS events, 'tampere' AS school, 2024 AS year")
    assert found(result) == [("database_unread", "")]
    assert "read-only transaction" in sentences(result)[0]
    count = connection.scalar(text(f"SELECT count(*) FROM {SCHEMA}.figures"))
    assert count == 2


def test_a_table_that_is_not_there(connection: Connection) -> None:
    result = read(f"{SCHEMA}.nosuch")
    assert found(result) == [("database_unread", "")]
    assert 'relation "loader_test.nosuch" does not exist' in sentences(result)[0]
