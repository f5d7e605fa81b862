"""Measures how long a survey takes to read, and how much memory, and prints a Markdown table.

    python benchmarks/read_workbook.py

Each size is read in a process of its own, so that the peak of one does not hide another's.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

import openpyxl

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from data_loaders.workbook import read  # noqa: E402

SIZES = ((1_500, 60), (50_000, 60))
ANSWERS = ("Kyllä", "Ei", "En osaa sanoa", "Täysin samaa mieltä", "Jokseenkin eri mieltä")


def write_survey(path: Path, respondents: int, questions: int) -> None:
    """A sheet of answers and numbers, half and half, as a survey tool would export it."""
    chance = random.Random(2026)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Vastaukset")
    sheet.append([f"Kysymys {number}" for number in range(1, questions + 1)])
    for _ in range(respondents):
        sheet.append([_answer(number, chance) for number in range(questions)])
    book.save(path)


def _answer(number: int, chance: random.Random) -> str | float:
    if number % 2:
        return chance.choice(ANSWERS)
    return chance.randint(0, 5_000) / (8 if number % 4 else 1)


def measure(path: Path) -> tuple[float, float, float, float]:
    """Seconds on the clock and of the processor; the peak of memory in MB, before and after."""
    before = _peak_megabytes()
    started, worked = time.perf_counter(), time.process_time()
    read(path)
    seconds, busy = time.perf_counter() - started, time.process_time() - worked
    return seconds, busy, before, _peak_megabytes()


def _peak_megabytes() -> float:
    """Linux counts in KB, macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    print("| respondents | questions | file MB | seconds | of processor | peak MB | for reading |")
    print("|---:|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for respondents, questions in SIZES:
            path = Path(folder) / f"survey_{respondents}.xlsx"
            write_survey(path, respondents, questions)
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                seconds, busy, before, peak = pool.apply(measure, (path,))
            megabytes = path.stat().st_size / 1e6
            print(
                f"| {respondents} | {questions} | {megabytes:.1f} | {seconds:.2f} | {busy:.2f} "
                f"| {peak:.0f} | {peak - before:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
