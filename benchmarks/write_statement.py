"""Measures how long a statement of ten charts takes, from excerpts to each kind of document, and
prints a Markdown table.

    python benchmarks/write_statement.py sqlite:///var/shelf.sqlite

The edition is the newest on that shelf (of the sample data, say), opened before the clock starts:
the dashboard keeps it open. Written twice; the second time is what somebody at work waits for.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import press  # noqa: E402
from benchmarks.browser_meter import megabytes, processor  # noqa: E402
from press import pieces  # noqa: E402
from yearbook import shelf  # noqa: E402
from yearbook.charts import View, screen  # noqa: E402
from yearbook.charts.excerpt import excerpt_of  # noqa: E402
from yearbook.editions import Edition, Table  # noqa: E402
from yearbook.statements import Figure, Layout, Statement, docx, html, laid_out, pptx  # noqa: E402

CHARTS = 10


def statement(edition: Edition) -> Statement:
    """Lines of annual figures and bars of answers, by turns: own school beside all of them."""
    annual = [_over_years(edition, found.code) for found in edition.indicators(source="annual")]
    asked = [_of_answers(edition, found.code) for found in edition.indicators(source="survey")]
    tables = [t for pair in zip(annual, asked, strict=False) for t in pair if t.cells][:CHARTS]
    view = View(own_school="helsinki")
    return Statement(
        "Lausunto", figures=tuple(Figure(excerpt_of(edition, t, view)) for t in tables)
    )


def _over_years(edition: Edition, code: str) -> Table:
    whole = {"programme": "", "region": "", "maintainer_kind": ""}
    return edition.table(code).select(school=("", "helsinki", "turku"), **whole)


def _of_answers(edition: Edition, code: str) -> Table:
    wanted = {"survey": "base", "block": edition.blocks["base"][-1], "programme": ""}
    return edition.table(code).select(school=("", "helsinki", "turku"), **wanted)


def as_pdf(layout: Layout) -> bytes:
    """With every chart drawn by the warm browser, then the whole page printed."""
    drawings: list[str | None] = []
    for figure in layout.figures:
        assert figure.chart is not None
        drawn = screen.picture(figure.chart, screen.IN_TEXT)
        size = drawn["layout"]["width"], drawn["layout"]["height"]
        drawings.append(press.svg(drawn, *size).decode())
    return press.pdf_of(html.write(layout, drawings))


def _anew(layout: Layout) -> bytes:
    pieces.drawings.forget()
    return as_pdf(layout)


def main() -> None:
    edition = shelf.latest(sa.create_engine(sys.argv[1]))
    assert edition is not None
    made = statement(edition)
    steps: dict[str, Callable[[], object]] = {
        "draw and lay out": lambda: laid_out(made, {edition.name: edition}),
        "Word": lambda: docx.write(laid_out(made, {edition.name: edition})),
        "PowerPoint": lambda: pptx.write(laid_out(made, {edition.name: edition})),
    }
    if press.is_there():
        press.pdf_of("<html><head></head><body></body></html>")  # warm, as the page makes it
        steps["PDF, drawn anew"] = lambda: _anew(laid_out(made, {edition.name: edition}))
        steps["PDF again, its words changed"] = lambda: as_pdf(
            laid_out(made, {edition.name: edition})
        )
    print(f"{len(made.figures)} charts\n")
    print("| | first s | again s | processor s, again |\n|---|---:|---:|---:|")
    for name, step in steps.items():
        first, again = _measured(step), _measured(step)
        print(f"| {name} | {first[0]:.1f} | {again[0]:.1f} | {again[1]:.1f} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nPeak memory {peak:.0f} MB; the browser's processes together {megabytes():.0f} MB.")
    press.close()


def _measured(step: Callable[[], object]) -> tuple[float, float]:
    started, worked = time.perf_counter(), processor()
    step()
    return time.perf_counter() - started, processor() - worked


if __name__ == "__main__":
    main()
