"""Turns the marks of a chart into points of an Office chart: what is shown, and nothing else."""

from __future__ import annotations

from math import ceil, log10

from yearbook.charts.axes import highest
from yearbook.charts.description import Chart, Mark, Series
from yearbook.charts.folds import short_of
from yearbook.charts.marks import rounded
from yearbook.charts.style import LIGHT
from yearbook.charts.whiskers import has_whisker
from yearbook.charts.words import word_of_today
from yearbook.editions import State
from yearbook.exports.native.plan import Column, Drawn, Point, Scale
from yearbook.language import EN_DASH, Language, write_number

TICKS = 5
SHOWN = (State.SHOWN, State.INTERVAL)
HATCH = "wdUpDiag"


def said(key: str, language: Language) -> str:
    return word_of_today(f"exports.native.{key}")[language]


def point(chart: Chart, mark: Mark | None, has_interval: bool = False) -> Point:
    """The number as it is written; the interval as far as it is written."""
    if mark is None or mark.state not in SHOWN:
        return Point()
    decimals = decimals_of(mark.written, chart.language)
    if mark.is_range:
        return _range(mark, decimals)
    if mark.shown is None:
        return Point()
    if not (has_interval and has_whisker(mark)):
        return Point(mark.shown, decimals, is_hollow=mark.hollow)
    whole = 0 if chart.axis.is_share else decimals
    low, high = (rounded(end, whole) for end in (mark.low or 0.0, mark.high or 0.0))
    below, above = (round(max(0.0, s), 6) for s in (mark.shown - low, high - mark.shown))
    written = mark.interval or f"{write_number(low, whole, chart.language)}{EN_DASH}" + (
        write_number(high, whole, chart.language))  # fmt: skip
    return Point(mark.shown, decimals, written, below, above, is_hollow=mark.hollow)


def _range(mark: Mark, decimals: int) -> Point:
    """ "1–4" stands from its lower end to its upper one; where the number lies is not known."""
    low, high = rounded(mark.low or 0.0, decimals), rounded(mark.high or 0.0, decimals)
    return Point(low, decimals, mark.written, 0.0, round(high - low, decimals), is_range=True)


def middle(chart: Chart, mark: Mark | None) -> Point:
    """Of a part of a whole: a range takes its middle, so that the whole stays whole."""
    if mark is None or mark.state not in SHOWN or not mark.is_range:
        return point(chart, mark)
    return Point(rounded(mark.middle or 0.0, 0), 0, mark.written, is_range=True)


def decimals_of(written: str, language: Language) -> int:
    """As many as are written: "63 %" has none, "63,4 %" one."""
    number = written.partition(EN_DASH)[0] or written
    _, _, rest = number.partition("." if language is Language.EN else ",")
    return sum(sign.isdigit() for sign in rest)


def absence(chart: Chart, mark: Mark | None) -> str:
    """ "– suojattu", or "" of a mark with a number and of none."""
    if mark is None or mark.state in SHOWN:
        return ""
    word = dict(chart.state_words).get(mark.state, "")
    return f"{EN_DASH} {word}".strip()


def reason(chart: Chart, mark: Mark) -> str:
    return mark.why or dict(chart.states).get(mark.state, "") or absence(chart, mark)


def row_note(chart: Chart, place: str) -> str:
    """Why cells of a row are empty, each reason once; what is only a range, that it is."""
    told: dict[str, list[str]] = {}
    for series in chart.series:
        mark = series.at(place)
        if mark is not None and mark.state not in SHOWN:
            told.setdefault(reason(chart, mark), []).append(series.name)
        elif mark is not None and mark.is_range:
            told.setdefault(said("range", chart.language), []).append(
                f"{series.name} {mark.written}"
            )
    if len(chart.series) == 1:
        return "; ".join(told)
    return "; ".join(f"{', '.join(names)}: {why}" for why, names in told.items())


def column_name(chart: Chart, series: Series) -> str:
    """Of a series without any number with the reason in a word, as there is nothing else of it."""
    if not never_shown(series) or not series.marks:
        return short_of(series)
    return f"{short_of(series)}: {absence(chart, series.marks[-1])}"


def is_withheld(chart: Chart, place: str) -> bool:
    """Nothing of the row is shown, for protection's sake."""
    marks = [mark for series in chart.series if (mark := series.at(place)) is not None]
    has_number = any(mark.state in SHOWN for mark in marks)
    return not has_number and any(mark.state is State.WITHHELD for mark in marks)


def row_label(chart: Chart, place: str) -> str:
    """The name of a row; of one without any number, with the reason in a word."""
    label = chart.place(place).label
    marks = [mark for series in chart.series if (mark := series.at(place)) is not None]
    if not marks or any(mark.state in SHOWN for mark in marks):
        return label
    told = next((mark for mark in marks if mark.state is State.WITHHELD), marks[0])
    return f"{label}: {absence(chart, told)}"


def hatching(chart: Chart, rows: list[bool], length: float) -> list[Column]:
    """A column that fills the rows that are withheld with thin lines."""
    if not any(rows):
        return []
    points = tuple(Point(length) if is_hatched else Point() for is_hatched in rows)
    name = sentence(dict(chart.state_words)[State.WITHHELD])
    return [
        Column(
            name,
            Drawn.BAR,
            points,
            LIGHT.ground,
            pattern=HATCH,
            pattern_colour=LIGHT.other,
            is_helper=True,
        )
    ]


def sentence(word: str) -> str:
    return f"{word[:1].upper()}{word[1:]}"


def scale_of(chart: Chart) -> Scale:
    """From the chart's lowest to where it ends, in round steps."""
    unit = "%" if chart.axis.is_share else ""
    lowest, fixed = chart.axis.lowest, chart.axis.highest
    if chart.axis.is_share and fixed == 100:
        return Scale(lowest, fixed, 25.0, unit)
    references = [reference.value for reference in chart.references]
    top = fixed if fixed is not None else max([highest(chart), *references]) * 1.04 or 1.0
    step = _round_step((top - lowest) / TICKS)
    end = fixed if fixed is not None else lowest + step * ceil((top - lowest) / step)
    return Scale(lowest, end, step, unit, max(0, -int(log10(step) // 1)) if step < 1 else 0)


def _round_step(step: float) -> float:
    """1, 2 or 5, ten or a tenth of them …: the first that is not less."""
    whole = 10.0 ** (log10(step) // 1)
    return next(n * whole for n in (1, 2, 5, 10) if n * whole >= step * 0.999)


def never_shown(series: Series) -> bool:
    return not any(mark.state in SHOWN for mark in series.marks)
