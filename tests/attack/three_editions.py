"""Publishes the sample data as the years went by: one edition for each of the last three years."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data_loaders.hints import Hints
from office import databases, publishing, receiving
from sample_data.make import YEARS, make

WHO = "attack"
LAST_YEARS = tuple(YEARS)[-3:]


@contextmanager
def office_in(folder: Path) -> Iterator[None]:
    """The office works in that folder, whatever the environment names."""
    named = ("ARCHIVE_URL", "SHELF_URL", "CATALOGUE", "VAR", "AUDIENCE")
    before = {name: os.environ.pop(name, None) for name in named}
    os.environ["VAR"] = str(folder)
    try:
        databases.prepare()
        yield
    finally:
        del os.environ["VAR"]
        os.environ.update({name: value for name, value in before.items() if value is not None})


def publish_years(folder: Path, seed: int, last_years: tuple[int, ...] = LAST_YEARS) -> list[str]:
    """The names of the editions: everything up to the first of those years, then year by year."""
    names = []
    with office_in(folder):
        handed_in: set[int] = set()
        for last in last_years:
            years = [year for year in YEARS if year <= last and year not in handed_in]
            handed_in.update(years)
            files = make(folder / f"workbooks-{last}", seed, years)
            receipts = receiving.receive_all([(path, Hints()) for path in files], WHO)
            refused = [receipt.name for receipt in receipts if not receipt.is_kept]
            assert not refused, refused
            names.append(publishing.publish(publishing.preview(), WHO).name)
    return names
