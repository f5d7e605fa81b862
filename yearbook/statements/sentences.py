"""Drafts the first sentence on a chart from its data: the level of the newest moment, and a change
or a comparison where it is clear; never more than the figures allow."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from yearbook.charts import Chart
from yearbook.charts.description import Mark, Place, Role, Series
from yearbook.charts.marks import rounded
from yearbook.charts.words import lowered
from yearbook.editions import Edition, Group, State
from yearbook.language import write_share
from yearbook.statements import answers
from yearbook.statements.telling import (
    Telling,
    absent,
    group_of,
    main_series,
    sentence,
    since_break,
)
from yearbook.statements.words import known

LEAST_TO_RANK = 3
SMALL_COUNT = 100  # below this a change is told as a number, not as a per cent

Tell = Callable[[Telling], str]


def draft(chart: Chart, edition: Edition) -> str:
    """One to three sentences in the language of the chart; neutral where nothing is clear."""
    telling = Telling(chart, edition)
    if chart.is_empty:
        return _nothing(telling)
    tell = (OF_SURVEYS if telling.is_survey else OF_YEARS).get(chart.form, _neutral)
    return tell(telling) or _neutral(telling)


def _nothing(telling: Telling) -> str:
    """A chart without a number says so, and why."""
    states = {state for state, _ in telling.chart.states}
    is_protected = bool(states & {State.WITHHELD, State.FOLDED})
    key = "absent.all" if is_protected else "absent.none"
    return telling.said(key, label=telling.chart.label)


def _neutral(telling: Telling) -> str:
    _, _, about = telling.chart.subtitle.partition(" · ")
    if not about:
        return telling.said("neutral.named", label=telling.chart.label)
    first, *others = about.split(" · ")
    told = ", ".join((lowered(first), *others))
    return telling.said("neutral.figure", label=telling.chart.label, about=told)


def _who_answered(telling: Telling) -> str:
    """The chart of those asked and those who answered says it in its remarks."""
    return sentence(telling.chart.remarks[0]) if telling.chart.remarks else ""


# --- Annual figures -------------------------------------------------------------------------------


def _over_years(telling: Telling) -> str:
    """The newest year in which all schools are in, and the change since the last break."""
    series = main_series(telling.chart)
    if series is None:
        return _largest_line(telling)
    group = group_of(series.key)
    marks = since_break(telling.chart, series)
    newest = series.at(telling.newest)
    if newest is None or not (newest.is_shown or newest.is_range):
        return absent(telling, group, newest, telling.newest) + _latest(telling, series)
    if newest.hollow and not marks:
        return _level(telling, group, newest) + telling.said("annual.partial")
    told = newest if newest.is_range or not marks else marks[-1]
    return _level(telling, group, told, _changed(telling, marks, told)) + _band(telling, told)


def _among_schools(telling: Telling) -> str:
    """Bars, dots, map: own school and its place among those shown, else the largest."""
    chart = telling.chart
    only = chart.places[0] if len(chart.places) == 1 else None
    place = next((p for p in chart.places if p.role is Role.OWN), only)
    if place is None:
        return _largest(telling)
    group, mark = group_of(place.key), chart.series[0].at(place.key)
    if mark is None or not (mark.is_shown or mark.is_range):
        return absent(telling, group, mark, telling.newest)
    told = _level(telling, group, mark, _rank(telling, mark), telling.newest)
    reference = chart.references[0].written if chart.references else ""
    return told + (telling.said("annual.whole", value=reference) if reference else "")


def _level(telling: Telling, group: Group, mark: Mark, more: str = "", moment: str = "") -> str:
    """ "Opiskelijoiden määrä oli Kuopion konservatoriossa 130 vuonna 2024 …"."""
    told = telling.said(
        "annual.level",
        subject=_subject(telling),
        where=telling.at_group(group),
        value=telling.value(mark),
        year=moment or mark.place,
    )
    return sentence(told + more)


def _subject(telling: Telling) -> str:
    own_words = known(f"subject.{telling.chart.indicator}", telling.language)
    return own_words or telling.said("annual.named", label=telling.chart.label)


def _changed(telling: Telling, marks: list[Mark], told: Mark) -> str:
    """Since the first year after the last break; "" where there is no other year."""
    if len(marks) < 2 or told is not marks[-1]:
        return ""
    first, last = marks[0], marks[-1]
    change = round((last.shown or 0.0) - (first.shown or 0.0), 9)
    if change == 0:
        return telling.said("annual.same", since=first.place)
    size = _size(telling, change, first)
    if not size:
        return telling.said("annual.alike", since=first.place, then=telling.value(first))
    key = "annual.more" if change > 0 else "annual.less"
    return telling.said(key, size=size, since=first.place, then=telling.value(first))


def _size(telling: Telling, change: float, first: Mark) -> str:
    """Points of a share, per cents of a large sum, else the number; "" of less than a per cent."""
    indicator, before = telling.indicator, first.shown or 0.0
    number = telling.number(abs(change), telling.chart.axis.decimals)
    if telling.chart.axis.is_share:
        return telling.said("annual.points", number=number)
    if indicator is None or indicator.measure != "sum" or before < SMALL_COUNT:
        return telling.with_unit(number)
    share = abs(change / before)
    return write_share(share, 0, telling.language) if rounded(100 * share, 0) else ""


def _latest(telling: Telling, series: Series) -> str:
    """After a year that is not shown, the last that is."""
    shown = [mark for mark in series.marks if mark.is_shown]
    if not shown:
        return ""
    last = max(shown, key=lambda mark: mark.place)
    return telling.said("absent.latest", year=last.place, value=telling.value(last))


def _band(telling: Telling, told: Mark) -> str:
    """The mean of the other schools, where the chart draws it."""
    point = next((p for p in telling.chart.band if p.place == told.place), None)
    return telling.said("annual.mean", value=point.mean_written) if point is not None else ""


def _rank(telling: Telling, own: Mark) -> str:
    """Nothing of few, nor where another has the same."""
    shown = [mark for mark in telling.chart.series[0].marks if mark.is_shown]
    if len(shown) < LEAST_TO_RANK or not own.is_shown:
        return ""
    if sum(mark.shown == own.shown for mark in shown) > 1:
        return ""
    rank = 1 + sum((mark.shown or 0) > (own.shown or 0) for mark in shown)
    ends = {1: "annual.rank_first", len(shown): "annual.rank_last"}
    return telling.said(ends.get(rank, "annual.rank"), rank=rank, whole=len(shown))


def _largest(telling: Telling) -> str:
    marks = telling.chart.series[0].marks if telling.chart.series else ()
    places = {place.key: place for place in telling.chart.places}
    told = [(_where(telling, places[m.place]), m) for m in marks if m.place in places]
    return _told_largest(telling, told)


def _largest_line(telling: Telling) -> str:
    """Of lines of equals, at the newest year."""
    told = [
        (_where(telling, Place(s.key, s.name, s.name)), mark)
        for s in telling.chart.series
        if (mark := s.at(telling.newest)) is not None
    ]
    return _told_largest(telling, told)


def _told_largest(telling: Telling, told: list[tuple[str, Mark]]) -> str:
    """The largest of those shown; nothing of two alike, or of too few."""
    shown = sorted((t for t in told if t[1].is_shown), key=lambda t: -(t[1].shown or 0))
    is_tie = len(shown) > 1 and shown[0][1].shown == shown[1][1].shown
    if len(shown) < LEAST_TO_RANK or is_tie:
        return ""
    where, mark = shown[0]
    key = "annual.largest" if len(shown) == len(told) else "annual.largest_shown"
    subject, value = _subject(telling), telling.value(mark)
    return sentence(
        telling.said(key, subject=subject, year=telling.newest, where=where, value=value)
    )


def _where(telling: Telling, place: Place) -> str:
    """A school by its inflected name, another group in quotation marks."""
    group = group_of(place.key)
    return (
        telling.at_group(group) if group.school else telling.said("group.within", name=place.name)
    )


OF_YEARS: Mapping[str, Tell] = {
    "lines": _over_years,
    "sparkline": _over_years,
    "small_multiple": _over_years,
    "bars": _among_schools,
    "dots": _among_schools,
    "map": _among_schools,
}
OF_SURVEYS: Mapping[str, Tell] = {
    "lines": answers.over_time,
    "sparkline": answers.over_time,
    "small_multiple": answers.over_time,
    "bars": answers.at_once,
    "dots": answers.at_once,
    "map": answers.at_once,
    "stacked": answers.in_rows,
    "options": answers.by_option,
    "diverging": answers.on_a_scale,
    "slope": answers.between_surveys,
    "representation": _who_answered,
}
