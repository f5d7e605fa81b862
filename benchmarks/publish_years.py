"""Measures the director's work on the sample data, and prints a Markdown table.

    python benchmarks/publish_years.py

Sixteen workbooks of the newest year go in; then all years and surveys go in, are published, put on
the shelf and read back as a visitor's process reads them. Each step is a process of its own, so
that each has its own peak of memory, and the databases are in a folder that is thrown away.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from data_loaders.hints import Hints  # noqa: E402
from office import databases, publishing, receiving  # noqa: E402
from sample_data.make import YEARS, make  # noqa: E402
from yearbook import shelf  # noqa: E402
from yearbook.catalogue import load  # noqa: E402

WHO = "benchmark"
Told = tuple[str, float, float, float]  # what, seconds, of our own work, megabytes at the most


def receive_newest(folder: Path) -> str:
    return _receive(sorted(folder.glob(f"*_{YEARS[-1]}.xlsx"))[:16])


def receive_all(folder: Path) -> str:
    return _receive(sorted(folder.iterdir()))


def publish(_folder: Path) -> str:
    draft = publishing.preview()
    publishing.publish(draft, WHO)
    cells = sum(len(table.cells) for table in draft.edition.tables.values())
    years = len(draft.edition.returned)
    return f"{years} years measured, protected and published ({cells:,} cells)"


def open_first_figure(_folder: Path) -> str:
    edition = shelf.latest(databases.visitors_shelf())
    assert edition is not None
    indicator = edition.indicators(source="annual")[0]
    cells = len(edition.table(indicator.code).cells)
    return f"the edition opened and its first figure read ({cells:,} cells)"


def open_whole(_folder: Path) -> str:
    edition = shelf.verify(databases.visitors_shelf(), _shown())
    return f"the whole edition read and verified ({len(edition.tables)} tables)"


def _receive(paths: list[Path]) -> str:
    receipts = receiving.receive_all([(path, Hints()) for path in paths], WHO)
    kept = sum(receipt.is_kept for receipt in receipts)
    return f"{kept} of {len(receipts)} workbooks received"


def _shown() -> str:
    name = shelf.current(databases.visitors_shelf())
    assert name is not None
    return name


STEPS: tuple[Callable[[Path], str], ...] = (
    receive_newest,
    receive_all,
    publish,
    open_first_figure,
    open_whole,
)


def measure(step: Callable[[Path], str], folder: Path) -> Told:
    load()  # what every process has read already
    begun, worked = time.perf_counter(), time.process_time()
    what = step(folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return what, time.perf_counter() - begun, time.process_time() - worked, peak


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        os.environ.update({"VAR": f"{made}/var"})
        for named in ("ARCHIVE_URL", "SHELF_URL", "CATALOGUE"):
            os.environ.pop(named, None)
        databases.prepare()
        workbooks = Path(made, "workbooks")
        make(workbooks)
        print("| step | s | s of processor | peak MB |\n| --- | ---: | ---: | ---: |")
        context = multiprocessing.get_context("spawn")
        for step in STEPS:
            with context.Pool(1) as pool:
                what, seconds, worked, peak = pool.apply(measure, (step, workbooks))
            print(f"| {what} | {seconds:.1f} | {worked:.1f} | {peak:.0f} |", flush=True)


if __name__ == "__main__":
    main()
