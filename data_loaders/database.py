"""Reads annual figures or survey answers from a table or a query of another database, read-only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, make_url, select, table, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.sql import Executable

from data_loaders.findings import Finding, Severity, quoted
from data_loaders.hints import Hints, Loaded
from data_loaders.loading import load_workbook
from data_loaders.workbook import Sheet, Value, Workbook
from yearbook.catalogue import Catalogue

MOST_CELLS = 5_000_000
FORMAT = "database"
_IS_QUERY = re.compile(r"^\s*\(?\s*(?:select|with)\b", re.IGNORECASE)
_SAID = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|--[^\n]*|/\*.*?\*/", re.DOTALL)
_CHANGES = re.compile(
    r"\b(?:insert|update|delete|merge|replace\s+into|into|drop|alter|create|truncate|grant|revoke"
    r"|call|execute|exec|do|copy|attach|detach|pragma|vacuum|set|lock|load)\b",
    re.IGNORECASE,
)
_LONE_COLON = re.compile(r"(?<!:):(?=\w)")


class _RefusedError(Exception):
    """What cannot be read; becomes a finding."""

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.reason = reason


def load_table(address: str, wanted: str, catalogue: Catalogue, hints: Hints) -> Loaded:
    """As `load`, of a table ("figures", "schema.figures") or one SELECT; places are row and column.

    The rows may be wide (a row per school or respondent) or long (columns question and value).
    Nothing is written: the transaction is read-only where the database knows such, and undone.
    """
    name = hints.name or ("SELECT" if is_query(wanted) else wanted)
    try:
        sheet = _read(address, wanted, name)
    except _RefusedError as refused:
        values = {"value": quoted(wanted), "reason": quoted(refused.reason)}
        return Loaded(None, (Finding(Severity.FAIL, refused.code, values=values),))
    opened = Workbook(name, FORMAT, (sheet,))
    return load_workbook(opened, catalogue, replace(hints, name=name))


def is_query(wanted: str) -> bool:
    return _IS_QUERY.match(wanted) is not None


def is_single_select(query: str) -> bool:
    """Whether it is one statement that only reads, as far as its words tell."""
    bare = _SAID.sub(" ", query).strip().rstrip(";")
    return ";" not in bare and is_query(bare) and not _CHANGES.search(bare)


def _read(address: str, wanted: str, name: str) -> Sheet:
    statement = _statement(wanted)
    try:
        with _opened(address) as connection:
            return Sheet(name, _rows(connection, statement), hidden=False)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise _RefusedError("database_address", _reason(error)) from error
    except SQLAlchemyError as error:
        raise _RefusedError("database_unread", _reason(error)) from error


def _statement(wanted: str) -> Executable:
    if not is_query(wanted) and not _CHANGES.match(wanted.strip()):
        schema, _, name = wanted.strip().rpartition(".")
        return select(text("*")).select_from(table(name, schema=schema or None))
    if not is_single_select(wanted):
        raise _RefusedError("database_not_select")
    # A colon of the query is none of our parameters.
    return text(_LONE_COLON.sub(r"\\:", wanted.strip().rstrip(";")))


@contextmanager
def _opened(address: str) -> Iterator[Connection]:
    url = _url(address)
    engine = create_engine(url, **_options(url))
    try:
        with engine.connect() as connection:
            if url.get_backend_name() == "postgresql":
                connection = connection.execution_options(postgresql_readonly=True)
            elif url.get_backend_name() in ("mysql", "mariadb"):
                connection.execute(text("SET TRANSACTION READ ONLY"))
            yield connection
            connection.rollback()
    finally:
        engine.dispose()


def _url(address: str) -> URL:
    url = make_url(address)
    if url.drivername in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        if not path.is_file():
            raise _RefusedError("database_address", f"{path.name}: no such file")
        # SQLite would make a file that is missing, and could write; so it is opened as a URI.
        return url.set(database=f"file:{path.resolve()}", query={"mode": "ro", "uri": "true"})
    return url


def _options(url: URL) -> dict[str, Any]:
    connect_arguments = {"connect_timeout": 15} if url.get_backend_name() == "postgresql" else {}
    return {"connect_args": connect_arguments}


def _rows(connection: Connection, statement: Executable) -> list[list[Value]]:
    result = connection.execution_options(yield_per=5_000).execute(statement)
    names: Sequence[str] = list(result.keys())
    rows: list[list[Value]] = [list(names)]
    for row in result:
        rows.append([_value(value) for value in row])
        if len(rows) * len(names) > MOST_CELLS:
            raise _RefusedError("database_too_large")
    return rows


def _value(value: object) -> Value:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if value is None or isinstance(value, str | int | float | datetime | date | time | timedelta):
        return value
    if isinstance(value, bytes | bytearray | memoryview):
        return None
    return str(value)


def _reason(error: Exception) -> str:
    """What the database itself says, its first line."""
    original = getattr(error, "orig", None) or error
    return (str(original).strip().splitlines() or [type(original).__name__])[0]
