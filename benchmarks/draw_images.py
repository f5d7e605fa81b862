"""Measures the press: its start, a warm picture of every form and kind, a document, its memory.

python benchmarks/draw_images.py
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import press  # noqa: E402
from benchmarks.browser_meter import megabytes, processor  # noqa: E402
from press import pieces  # noqa: E402
from tests.charts_for_tests import FORMS  # noqa: E402
from yearbook.charts import Chart, screen  # noqa: E402
from yearbook.language import Language  # noqa: E402

ROUNDS = 3
STARTS = 2
MAKERS = {"PNG (16:9, 2560 × 1440)": press.png, "SVG": press.svg, "PDF": press.pdf}
DOCUMENT = (
    '<!doctype html><html lang="fi"><head><title>Lausunto</title></head><body>{}</body></html>'
)


@dataclass(frozen=True)
class Taken:
    """Seconds by the clock, and of processors."""

    clock: float
    processor: float


def main() -> None:
    if not press.is_there():
        sys.exit("No Chromium is installed.")
    charts = [draw(Language.FI) for draw in FORMS.values()]
    print("| what | processor s | median s | slowest s |\n|---|---:|---:|---:|")
    _row("start of the browser and the first PNG", [_cold(charts[0]) for _ in range(STARTS)])
    for name, make in MAKERS.items():
        _row(f"{name}, warm", [
            _timed(lambda make=make, chart=chart: _made(make, chart))
            for _ in range(ROUNDS) for chart in charts
        ])  # fmt: skip
    figures = [_made(press.svg, chart).decode() for chart in charts[:10]]
    document = DOCUMENT.format("".join(f"<h2>Kuvio</h2>{svg}" for svg in figures))
    _row("PDF of a document of ten charts", [_timed(lambda: press.pdf_of(document))
                                             for _ in range(ROUNDS)])  # fmt: skip
    print(f"\nMemory of the warm browser, all its processes: {megabytes():.0f} MB (PSS)")
    press.close()


def _cold(chart: Chart) -> Taken:
    press.close()
    return _timed(lambda: _made(press.png, chart))


def _made(make: Callable[..., bytes], chart: Chart) -> bytes:
    figure = screen.picture(chart)
    return make(figure, figure["layout"]["width"], figure["layout"]["height"])


def _timed(work: Callable[[], object]) -> Taken:
    pieces.drawings.forget()
    begun, spent = time.perf_counter(), processor()
    work()
    return Taken(time.perf_counter() - begun, processor() - spent)


def _row(what: str, taken: list[Taken]) -> None:
    """Processor: the mean, for the system counts it in hundredths."""
    spent = statistics.mean(one.processor for one in taken)
    clock = [one.clock for one in taken]
    print(
        f"| {what} | {spent:.2f} | {statistics.median(clock):.2f} | {max(clock):.2f} |", flush=True
    )


if __name__ == "__main__":
    main()
