"""Carries data frames into tables of the database and back, a portion at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

from yearbook.database import Connection

PORTION = 50_000  # rows; the memory of more is not needed at once


def insert(connection: Connection, table: sa.Table, frame: pd.DataFrame) -> None:
    """Columns go by name; NaN and NA are stored as NULL."""
    put = _copy if connection.dialect.name == "postgresql" else _insert
    for begin in range(0, len(frame), PORTION):
        put(connection, table, frame.iloc[begin : begin + PORTION])


def read(
    connection: Connection, table: sa.Table, submissions: Iterable[int], *order: str
) -> pd.DataFrame:
    """The rows of those submissions, in their order and then in that of the columns named."""
    wanted = sa.select(table).where(table.c.submission.in_(sorted(submissions)))
    found = connection.execute(wanted.order_by("submission", *order))
    names = list(found.keys())
    portions = [
        pd.DataFrame(dict(zip(names, zip(*rows, strict=True), strict=True)))
        for rows in found.partitions(PORTION)
    ]
    frame = pd.concat(portions) if portions else pd.DataFrame(columns=names)
    whole = [c.name for c in table.columns if isinstance(c.type, sa.Integer) and not c.nullable]
    return frame.reset_index(drop=True).astype(dict.fromkeys(whole, "int64"))


def _insert(connection: Connection, table: sa.Table, portion: pd.DataFrame) -> None:
    """Said to the driver itself, which halves the time of a large survey."""
    marks = ", ".join("?" * len(portion.columns))
    insert_rows = f"INSERT INTO {table.name} ({_columns(connection, portion)}) VALUES ({marks})"
    connection.exec_driver_sql(insert_rows, list(_rows(portion)))


def _copy(connection: Connection, table: sa.Table, portion: pd.DataFrame) -> None:
    """PostgreSQL's own way for many rows, several times as quick as INSERT."""
    driver: Any = connection.connection.driver_connection
    copy_rows = f"COPY {table.name} ({_columns(connection, portion)}) FROM STDIN"
    with driver.cursor() as cursor, cursor.copy(copy_rows) as copy:
        for row in _rows(portion):
            copy.write_row(row)


def _columns(connection: Connection, frame: pd.DataFrame) -> str:
    return ", ".join(map(connection.dialect.identifier_preparer.quote, frame.columns))


def _rows(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    return zip(*(_plain_values(frame[name]) for name in frame.columns), strict=True)


def _plain_values(column: pd.Series[Any]) -> list[Any]:
    values = column.astype(object).to_numpy(dtype=object, copy=True)
    values[column.isna().to_numpy()] = None
    return [value.item() if isinstance(value, np.generic) else value for value in values]
