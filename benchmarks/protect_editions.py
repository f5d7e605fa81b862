"""Measures protection and audit: three yearly editions of the sample data, one after the other.

python benchmarks/protect_editions.py [--seed N]

Prints as Markdown how long each edition took, and of the groups with enough answers how many the
third one shows.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from data_loaders.hints import Hints  # noqa: E402
from office import databases, publishing, receiving  # noqa: E402
from sample_data.make import SEED, YEARS, make  # noqa: E402
from yearbook.editions import Edition  # noqa: E402

EDITIONS = tuple(YEARS)[-3:]
WANTED = {
    "cohort": (100, 100),
    "block": (100, 100),
    "programme+block": (98, 92),
    "school+blocks": (98, 93),
    "school+block": (95, 90),
    "programme+cohort": (88, 60),
    "school+programme+blocks": (80, 70),
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seed", type=int, default=SEED, help=f"{SEED} unless another is given")
    seed = options.parse_args().seed
    memory = Memory()
    memory.start()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["VAR"] = folder
        databases.prepare()
        print("| edition | seconds by the clock | seconds of processor | figures examined |")
        print("|---|---:|---:|---:|")
        handed_in: set[int] = set()
        for last in EDITIONS:
            years = [year for year in YEARS if year <= last and year not in handed_in]
            handed_in.update(years)
            files = make(Path(folder) / f"workbooks-{last}", seed, years)
            receiving.receive_all([(path, Hints()) for path in files], "benchmark")
            edition = _published()
    _coverage(edition)
    if memory.all_together:
        print(f"\nPeak memory: {memory.largest} MB in one process, "
              f"{memory.all_together} MB in all of them together.")  # fmt: skip


class Memory(threading.Thread):
    """Looks twice a second how much memory this process and those that it started hold (Linux)."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.largest = self.all_together = 0

    def run(self) -> None:
        while Path("/proc/self/task").is_dir():
            held = [_held(process) for process in _family(os.getpid())]
            self.largest = max(self.largest, *held)
            self.all_together = max(self.all_together, sum(held))
            time.sleep(0.5)


def _family(process: int) -> list[int]:
    """A process with all that it started; what has just ended is left out."""
    found = [process]
    with suppress(OSError):
        for children in Path(f"/proc/{process}/task").glob("*/children"):
            for child in children.read_text().split():
                found += _family(int(child))
    return found


def _held(process: int) -> int:
    """Megabytes, of what processes share each its part; 0 of one that has just ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    kilobytes = {line.split()[0]: line.split()[1] for line in lines[1:]}
    return int(kilobytes.get("Pss:", "0")) * 1024 // 1_000_000


def _published() -> Edition:
    begun, worked = time.perf_counter(), _processor()
    draft = publishing.preview()
    clock, processor = time.perf_counter() - begun, _processor() - worked
    examined = draft.edition.report["audit"]["cells"]  # type: ignore[index]
    print(f"| {draft.edition.name} | {clock:.0f} | {processor:.0f} | {examined:,} |", flush=True)
    return publishing.publish(draft, "benchmark")


def _processor() -> float:
    """Of this process and of those that ended."""
    return sum(os.times()[:4])


def _coverage(edition: Edition) -> None:
    found: dict[tuple[str, bool], Counter[str]] = {}
    for name, told in edition.report["protection"].items():  # type: ignore[attr-defined]
        question, _, survey = name.partition("/")
        if survey == "wide":
            continue
        for cut, counts in told["cuts"].items():
            of_cut = (cut, edition.catalogue.questions[question].sensitive)
            found.setdefault(of_cut, Counter()).update(counts)
    print(
        "\n| grouping | ordinary: wanted | allowed | shown | sensitive: wanted | allowed | shown |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|")
    for cut in sorted({cut for cut, _ in found}, key=lambda cut: [*WANTED, cut].index(cut)):
        wanted = WANTED.get(cut, ("", ""))
        parts = [
            f"{want} | {_share(found[cut, is_sensitive], 'possible')} | "
            f"{_share(found[cut, is_sensitive], 'shown')}"
            for want, is_sensitive in zip(wanted, (False, True), strict=True)
        ]
        print(f"| {cut} | {' | '.join(parts)} |")


def _share(counts: Counter[str], name: str) -> str:
    return f"{100 * counts[name] / counts['large']:.1f} %" if counts["large"] else ""


if __name__ == "__main__":
    main()
