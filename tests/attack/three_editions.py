"""Publishes the sample data as the years went by: one edition for each of the last three years."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data_loaders.hints import Hints
from office import databases, publishing, receiving
from sample_data.make import YEARS, make
from yearbook.catalogue import SHIPPED, load

WHO = "attack"
LAST_YEARS = tuple(YEARS)[-3:]
NAMED = ("ARCHIVE_URL", "SHELF_URL", "CATALOGUE", "VAR", "AUDIENCE")


@contextmanager
def office_in(folder: Path, catalogue: Path | None = None) -> Iterator[None]:
    """The office works in that folder, whatever the environment names; by the catalogue that lies
    there, where there is one."""
    if catalogue is None and (folder / "catalogue").is_dir():
        catalogue = folder / "catalogue"
    before = {name: os.environ.pop(name, None) for name in NAMED}
    os.environ["VAR"] = str(folder)
    if catalogue is not None:
        os.environ["CATALOGUE"] = str(catalogue)
    try:
        databases.prepare()
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def publish_years(folder: Path, seed: int, catalogue: Path | None = None) -> list[str]:
    """The names of the editions: everything up to the first of those years, then year by year."""
    names = []
    with office_in(folder, catalogue):
        handed_in: set[int] = set()
        for last in LAST_YEARS:
            years = [year for year in YEARS if year <= last and year not in handed_in]
            handed_in.update(years)
            files = make(folder / f"workbooks-{last}", seed, years)
            receipts = receiving.receive_all([(path, Hints()) for path in files], WHO)
            refused = [(receipt.name, receipt.findings) for receipt in receipts
                       if not receipt.is_kept]  # fmt: skip
            assert not refused, refused
            names.append(publishing.publish(publishing.preview(), WHO).name)
    return names


def catalogue_of_a_sixth(folder: Path, which: int) -> Path:
    """The shipped catalogue with every sixth question of the surveys, from that one on: the answers
    are the same, and a sixth of them is published."""
    shutil.copytree(SHIPPED, folder)
    indicators = [i for i in load().indicators.values() if i.source == "survey"]
    asked = sorted({indicator.question for indicator in indicators if indicator.question})
    kept = set(asked[which::6])
    for indicator in indicators:
        if indicator.question not in kept:
            (folder / "indicators" / f"{indicator.code}.toml").unlink()
    return folder
