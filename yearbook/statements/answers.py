"""Tells a chart of the answers of a survey, form by form: which row or line it tells of, and what
of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from yearbook.charts.description import Mark, Place, Role
from yearbook.charts.scales import middle_of
from yearbook.editions import FOLD, Group, State
from yearbook.language import write_share
from yearbook.statements import shares
from yearbook.statements.telling import (
    Telling,
    absent,
    asked,
    group_of,
    main_place,
    main_series,
    since_break,
)
from yearbook.statements.words import known


def over_time(telling: Telling) -> str:
    """Lines: the newest share of the main group, and its change since the last break."""
    series = main_series(telling.chart)
    if series is None:
        return _commonest_of_lines(telling)
    group, marks = group_of(series.key), since_break(telling.chart, series)
    newest = series.at(telling.newest)
    if newest is None or not newest.is_shown:
        return absent(telling, group, newest, telling.newest)
    level = shares.level(telling, group, newest, telling.newest)
    if not telling.chart.axis.is_share:
        return level
    option = series.key.partition("/")[2]
    return level + shares.changed(telling, marks) + shares.beside(telling, group, newest, option)


def at_once(telling: Telling) -> str:
    """Bars, dots, map: own school's share beside the others', else everyone's."""
    marks = telling.chart.series[0].marks if telling.chart.series else ()
    place = next((p for p in telling.chart.places if p.role is Role.OWN), None)
    if place is None:
        return _everyone(telling)
    group, mark = group_of(place.key), telling.chart.series[0].at(place.key)
    if mark is None or mark not in marks or not mark.is_shown:
        return absent(telling, group, mark, telling.newest)
    level = shares.level(telling, group, mark, telling.newest)
    return level + shares.beside(telling, group, mark, telling.chart.option)


def in_rows(telling: Telling) -> str:
    """Stacked bars: the commonest answer of the main row."""
    chart = telling.chart
    place = main_place(chart.places, [mark for series in chart.series for mark in series.marks])
    if place is None:
        return ""
    key, _, moment = place.key.rpartition("|")
    answers = [(s.key, s.name, m) for s in chart.series if (m := s.at(place.key)) is not None]
    return shares.commonest(telling, group_of(key), moment, answers)


def by_option(telling: Telling) -> str:
    """Options beside each other: the commonest answer of own school, else of the first group."""
    series = next(
        (
            s
            for s in telling.chart.series
            if s.role is Role.OWN and any(m.is_shown for m in s.marks)
        ),
        telling.chart.series[0] if telling.chart.series else None,
    )
    if series is None:
        return ""
    names = {place.key: place.name for place in telling.chart.places}
    answers = [(mark.place, names[mark.place], mark) for mark in series.marks]
    return shares.commonest(telling, group_of(series.key), telling.newest, answers)


def on_a_scale(telling: Telling) -> str:
    """Diverging bars: how many answered positively in the main row."""
    chart = telling.chart
    scored = [s for s, score in zip(chart.series, chart.scale, strict=True) if score is not None]
    place = main_place(chart.places, [mark for series in scored for mark in series.marks])
    mark = _positive(telling, place) if place is not None else None
    if place is None or mark is None:
        return ""
    key, _, moment = place.key.rpartition("|")
    group = group_of(key)
    own_words = known(f"positive.{chart.indicator}", telling.language)
    pattern = own_words or known("survey.positive", telling.language)
    told = pattern.format(share=mark.written, **asked(telling))
    return shares.of_those(telling, group, moment, mark, told) + _positive_beside(
        telling, place, mark
    )


def between_surveys(telling: Telling) -> str:
    """Slopes: the share soon after graduation and later, and whether they differ clearly."""
    chart = telling.chart
    own = next((s for s in chart.series if s.role is Role.OWN), None)
    series = own or (chart.series[0] if chart.series else None)
    shown = [mark for mark in series.marks if mark.is_shown] if series is not None else []
    if series is None or len(shown) < 2:
        return ""
    first, last = shown[0], shown[-1]
    option = series.key.partition("/")[2] or chart.option
    group = replace(group_of(series.key), survey=first.place)
    level = shares.of_those(
        telling, group, telling.newest, first, shares.answered(telling, option, first.written)
    )
    return level + shares.later(telling, first, last)


# --- What is told of all, and of several answers together -----------------------------------------


def _everyone(telling: Telling) -> str:
    """Of bars without an own school: the only group, or all schools together, where the edition
    has them."""
    places = telling.chart.places
    group = group_of(places[0].key) if places else Group()
    if len(places) == 1 and (mark := telling.chart.series[0].at(places[0].key)) is not None:
        return shares.level(telling, group, mark, telling.newest) if mark.is_shown else ""
    whole = telling.everyone(group, telling.chart.option, telling.newest)
    if whole is None or not group.school:
        return ""
    return shares.level(telling, replace(group, school=""), whole, telling.newest)


def _commonest_of_lines(telling: Telling) -> str:
    """Lines of the options of one group: what was the commonest at the newest moment."""
    series = telling.chart.series
    keys = {s.key.partition("/")[0] for s in series}
    if len(keys) != 1 or not telling.chart.axis.is_share:
        return ""
    answers = [
        (s.key.partition("/")[2], s.name, mark)
        for s in series
        if (mark := s.at(telling.newest)) is not None
    ]
    return shares.commonest(telling, group_of(keys.pop()), telling.newest, answers)


def _positive(telling: Telling, place: Place) -> Mark | None:
    """All positive answers of a row; None where some are counted together with others."""
    question = telling.question
    scores = {c.code: c.score for c in question.choices} if question is not None else {}
    steps = [score for score in scores.values() if score is not None]
    if not steps:
        return None
    middle = middle_of(steps)
    marks = []
    for series in telling.chart.series:
        mark = series.at(place.key)
        if mark is None or mark.state is State.FOLDED:
            continue
        sides = {(scores.get(code) or middle) > middle for code in series.key.split(FOLD)}
        if len(sides) > 1:
            return None
        marks += [mark] if sides == {True} else []
    return _together(telling, marks)


def _together(telling: Telling, marks: Sequence[Mark]) -> Mark | None:
    """From persons, so that rounding does not add up."""
    if not marks or any(mark.count is None or not mark.n for mark in marks):
        return None
    first, count = marks[0], sum(mark.count or 0 for mark in marks)
    share = count / (first.n or 1)
    written = write_share(share, 0, telling.language)
    return replace(first, count=count, value=100 * share, written=written, low=None, high=None)


def _positive_beside(telling: Telling, place: Place, mark: Mark) -> str:
    if place.role is not Role.OWN:
        return ""
    moment = place.key.rpartition("|")[2]
    rows = (p for p in telling.chart.places if p.role is Role.ALL)
    whole = next((p for p in rows if p.key.rpartition("|")[2] == moment), None)
    return shares.told_beside(
        telling, mark, _positive(telling, whole) if whole is not None else None
    )
