"""A tile: one figure of all schools, its course as a small line, and its change in words."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from urllib.parse import quote

import streamlit as st

from ui import frame, naming
from ui.selection import pick
from ui.visit import Visitor
from yearbook.catalogue import Indicator
from yearbook.charts import View, draw
from yearbook.charts.description import Chart, Mark
from yearbook.charts.differences import clear_difference, published_share
from yearbook.charts.like_with_like import Comparison, compare
from yearbook.charts.words import lowered
from yearbook.editions import Edition
from yearbook.language import write_number, write_share

WIDTH, HEIGHT = 132.0, 34.0
SMALL_COUNT = 100  # below this a change is told as a number, not as a per cent
UNCHANGED = 1e-9


@dataclass(frozen=True, slots=True)
class Tile:
    """What a tile says; the marks are those of its small line, oldest first."""

    label: str
    value: str
    when: str
    change: str
    marks: tuple[Mark | None, ...]


def show(tile: Tile, key: str) -> None:
    with st.container(border=True, key=f"tile-{key}", height="stretch"):
        st.html(
            f'<p class="tile-label">{escape(tile.label)}</p>'
            f'<div class="tile-figure"><b>{escape(tile.value)}</b>{_line(tile.marks)}</div>'
            f'<p class="tile-change">{escape(tile.when)} · {escape(tile.change)}</p>'
        )


def annual(edition: Edition, visitor: Visitor, indicator: Indicator) -> Tile | None:
    """The newest year of all schools together, against the year before over the same schools."""
    chart = _chart(edition, visitor, indicator, "year")
    if chart.is_empty:
        return None
    marks, newest = _course(chart)
    years = [mark.place for mark in marks if mark is not None and mark.is_shown][-2:]
    is_joined = len(years) == 2 and not _parted(chart, years[0], years[1])
    found = compare(edition, indicator, (years[0], years[1])) if is_joined else None
    said = _annual_change(visitor, indicator, found) if found else _unknown(visitor)
    return Tile(chart.label, newest.written, newest.place, said, _stretches(chart))


def survey(edition: Edition, visitor: Visitor, indicator: Indicator) -> Tile | None:
    """The first option of a question among the newest graduates, with its interval."""
    table = edition.table(indicator.code)
    options = list(dict.fromkeys(cell.option for cell in table.cells if not cell.is_fold))
    if not options:
        return None
    chart = _chart(edition, visitor, indicator, "cohort", options[0])
    if chart.is_empty:
        return None
    _, newest = _course(chart)
    label = naming.options(edition, visitor, table)[options[0]]
    named = f"{visitor.reads(indicator.label)}: {lowered(label)}"
    said = [_response(visitor, newest), _interval(visitor, newest), _survey_change(visitor, chart)]
    return Tile(
        named,
        newest.written,
        chart.place(newest.place).name,
        ", ".join(filter(None, said)),
        _stretches(chart),
    )


def _response(visitor: Visitor, mark: Mark) -> str:
    """Answers, those invited and the rate, where it is known who was invited."""
    if mark.n is None or mark.invited is None:
        return ""
    rate = write_share(mark.n / mark.invited, 0, visitor.language)
    return visitor.word("tiles.response", n=mark.n, invited=mark.invited, rate=rate)


def _interval(visitor: Visitor, mark: Mark) -> str:
    return visitor.word("tiles.interval", interval=mark.interval) if mark.interval else ""


def _chart(
    edition: Edition, visitor: Visitor, indicator: Indicator, time: str, option: str = ""
) -> Chart:
    """All schools over time; of surveys, the first in the catalogue's order that has something."""
    table = edition.table(indicator.code)
    table = pick(table, **{time: table.values_of(time)})
    if surveys := sorted(
        table.values_of("survey"), key=lambda s: edition.catalogue.surveys[s].order
    ):
        table = table.select(survey=surveys[0])
    return draw(edition, table, View(visitor.language, form="lines", option=option))


def _course(chart: Chart) -> tuple[tuple[Mark | None, ...], Mark]:
    series = chart.series[0]
    marks = tuple(series.at(place.key) for place in chart.places)
    return marks, [mark for mark in marks if mark is not None and mark.is_shown][-1]


def _stretches(chart: Chart) -> tuple[Mark | None, ...]:
    """The marks with a gap at every break, over which no line is drawn."""
    borders = {line.before for line in chart.breaks}
    found: list[Mark | None] = []
    for place in chart.places:
        found += [None] if place.key in borders else []
        found.append(chart.series[0].at(place.key))
    return tuple(found)


def _annual_change(visitor: Visitor, indicator: Indicator, found: Comparison) -> str:
    size = _size(visitor, indicator, found)
    if not size:
        said = visitor.word("tiles.same", year=found.years[0])
    else:
        said = visitor.word("tiles.changed", size=size, year=found.years[0])
    if found.is_everyone:
        return said
    return f"{said} {visitor.word('tiles.same_schools', schools=found.schools)}"


def _size(visitor: Visitor, indicator: Indicator, found: Comparison) -> str:
    """ "+3 %", "−12", "+0,2", "+2 prosenttiyksikköä"; "" where nothing changed as it is written."""
    change, decimals = found.change, indicator.decimals
    word = ""
    if indicator.unit == "share":
        change, decimals, word = 100 * change, 0, "tiles.points"
    elif indicator.measure == "sum" and found.before >= SMALL_COUNT:
        change, decimals, word = 100 * change / found.before, 0, "tiles.percent"
    number = write_number(change, decimals, visitor.language)
    if abs(change) < 0.5 * 10**-decimals:
        return ""
    signed = number if change < 0 else f"+{number}"
    return visitor.word(word, number=signed) if word else signed


def _parted(chart: Chart, one: str, other: str) -> bool:
    """Whether a break lies between two moments of the chart."""
    order = [place.key for place in chart.places]
    first, last = order.index(one), order.index(other)
    return any(first < order.index(line.before) <= last for line in chart.breaks)


def _survey_change(visitor: Visitor, chart: Chart) -> str:
    """Against the cohort before, where the difference is clear and no break lies between."""
    marks = [mark for mark in _course(chart)[0] if mark is not None and mark.is_shown][-2:]
    if len(marks) < 2 or _parted(chart, marks[0].place, marks[1].place):
        return _unknown(visitor)
    shares = [published_share(mark) for mark in marks]
    if shares[0] is None or shares[1] is None:
        return _unknown(visitor)
    change = 100 * clear_difference(shares[1], shares[0])
    if abs(change) < UNCHANGED:
        return visitor.word("tiles.unclear")
    number = write_number(change, 0, visitor.language)
    signed = number if change < 0 else f"+{number}"
    return visitor.word("tiles.clear", size=visitor.word("tiles.points", number=signed))


def _unknown(visitor: Visitor) -> str:
    return visitor.word("tiles.unknown")


def _line(marks: tuple[Mark | None, ...]) -> str:
    """The course as a small picture that stops at gaps; the newest figure is a dot."""
    values = [mark.value if mark else None for mark in marks]
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    low, high = min(known), max(known)
    step = (WIDTH - 8) / max(1, len(values) - 1)
    scale = (HEIGHT - 10) / ((high - low) or 1)
    points = [
        None if value is None else (4 + step * index, HEIGHT - 5 - scale * (value - low))
        for index, value in enumerate(values)
    ]
    # Markup that draws is taken out of pages by Streamlit, a picture is not.
    return f'<img class="sparkline" alt="" src="data:image/svg+xml,{quote(_svg(points))}"/>'


def _svg(points: list[tuple[float, float] | None]) -> str:
    colour = frame.colours()["primary-color"]
    lines = "".join(f'<polyline points="{run}"/>' for run in _runs(points))
    x, y = [point for point in points if point is not None][-1]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:.0f}" height="{HEIGHT:.0f}">'
        f'<g fill="none" stroke="{colour}" stroke-width="2" stroke-linejoin="round">{lines}</g>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/></svg>'
    )


def _runs(points: list[tuple[float, float] | None]) -> list[str]:
    """Unbroken stretches, as the points of a polyline."""
    runs: list[list[str]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(f"{point[0]:.1f},{point[1]:.1f}")
    return [" ".join(run) for run in runs if len(run) > 1]
