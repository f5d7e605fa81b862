"""Measures reading and publishing the real data of tests/real_data, and prints a Markdown table.

    REALDATA=… python benchmarks/real_data.py

REALDATA names the folder of the data. Each set is worked on in a process of its own, which has its
own peak of memory; the smaller surveys are only read, in one process.
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
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import data_loaders  # noqa: E402
from data_loaders import Hints  # noqa: E402
from data_loaders.examination import examine  # noqa: E402
from tests.real_data.exports import CATALOGUES, EXPORTS  # noqa: E402
from tests.real_data.oregon_lists import write_catalogue  # noqa: E402
from tests.real_data.palkkakysely_by_hand import FOLDER  # noqa: E402
from yearbook import catalogue  # noqa: E402
from yearbook.publication import Title, publish  # noqa: E402

DATA = Path(os.environ.get("REALDATA", ""))
SETS = {
    "oregon_fall_membership": "oregon_fall_membership/*.xlsx",
    "palkkakysely_fi": "palkkakysely_fi/202[12]/results.xlsx",
}
Made = TypeVar("Made")


def work(name: str) -> None:
    files = sorted(DATA.glob(SETS[name]))
    with tempfile.TemporaryDirectory() as made:
        is_own = name == "palkkakysely_fi"
        folder = FOLDER if is_own else write_catalogue(Path(made, "catalogue"), files)
        using = catalogue.load(folder)
    given = []
    for path in files:
        what = f"{path.parent.name}/{path.name}"
        loaded = timed(f"read {what}", lambda path=path: data_loaders.load(path, using))
        assert loaded.submission is not None
        given.append(loaded.submission)
    edition = timed(f"publish {name}", lambda: publish(given, using, Title("1", "2026-01-01")))
    cells = sum(len(table.cells) for table in edition.tables.values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| {name}: {cells:,} cells, peak {peak:.0f} MB | | |", flush=True)


def read_surveys() -> None:
    """Each export with its own catalogue; the first file also bears the start of the loaders."""
    for tool, export in EXPORTS.items():
        using = catalogue.load(CATALOGUES / export.catalogue)
        hints = Hints(survey=export.survey, survey_year=export.year)
        size = (DATA / export.file).stat().st_size // 1024
        what = f"read {tool} ({size:,} kB)"
        path = DATA / export.file
        loaded = timed(
            what, lambda path=path, using=using, hints=hints: data_loaders.load(path, using, hints)
        )
        assert loaded.submission is not None, tool
        timed(
            f"examine {tool}",
            lambda path=path, using=using, hints=hints: examine(path, using, hints),
        )


def timed(what: str, step: Callable[[], Made]) -> Made:
    begun, worked = time.perf_counter(), time.process_time()
    made = step()
    seconds, of_processor = time.perf_counter() - begun, time.process_time() - worked
    print(f"| {what} | {seconds:.1f} | {of_processor:.1f} |", flush=True)
    return made


def main() -> None:
    print("| step | s | s of processor |\n| --- | ---: | ---: |", flush=True)
    for name in SETS:
        process = multiprocessing.get_context("spawn").Process(target=work, args=(name,))
        process.start()
        process.join()
    read_surveys()


if __name__ == "__main__":
    main()
