"""Measures what a file of a chart costs: a slide, a document, a workbook, ten charts together.

    .venv/bin/python benchmarks/write_files.py

Draws the forms of the tests' small edition; prints seconds of processor and of clock for each.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.charts_for_tests import FORMS  # noqa: E402
from tests.editions_for_tests import small_edition  # noqa: E402
from yearbook.charts import Chart  # noqa: E402
from yearbook.exports import formats, native  # noqa: E402
from yearbook.exports.native import documents, presentations  # noqa: E402
from yearbook.exports.native.slides import Figure, add_figure  # noqa: E402
from yearbook.language import Language  # noqa: E402

TIMES = 7


def main() -> None:
    edition = small_edition()
    charts = [draw(Language.FI) for draw in FORMS.values()]
    ten = [chart for chart in charts if native.is_possible(chart)]
    for kind in formats():
        name = f"one chart as {kind.EXTENSION} (median of the forms)"
        found = [_measured(lambda c=chart, k=kind: k.write(c, edition)) for chart in charts]
        _tell(name, statistics.median(f[0] for f in found), statistics.median(f[1] for f in found))
    deck = presentations.blank(Language.FI, "", "")
    slides = [_measured(lambda c=chart: add_figure(deck, Figure(c))) for chart in ten]
    _tell("a native slide in a deck (slowest form)", *max(slides))
    _tell("a document of ten native charts with tables", *_measured(lambda: _paper(ten)))
    _tell("a presentation of ten native charts", *_measured(lambda: _deck(ten)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'memory of the process at most':<52}{peak:8.0f} MB")


def _measured(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds of processor and of clock, the median of several times after a first one."""
    act()
    found = []
    for _ in range(TIMES):
        processor, clock = time.process_time(), time.perf_counter()
        act()
        found.append((time.process_time() - processor, time.perf_counter() - clock))
    return statistics.median(f[0] for f in found), statistics.median(f[1] for f in found)


def _paper(charts: list[Chart]) -> bytes:
    document = documents.blank(Language.FI, "", "")
    for chart in charts:
        document.add_heading(chart.headline, 1)
        documents.add_figure(document, chart)
        documents.add_table(document, chart)
    return documents.written(document)


def _deck(charts: list[Chart]) -> bytes:
    deck = presentations.blank(Language.FI, "", "")
    for chart in charts:
        add_figure(deck, Figure(chart))
    return presentations.written(deck)


def _tell(name: str, processor: float, clock: float) -> None:
    print(f"{name:<52}{processor:8.3f} s processor {clock:8.3f} s clock")


if __name__ == "__main__":
    main()
