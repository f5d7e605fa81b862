"""Finds how a form of chart is drawn by Office."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from yearbook.charts.description import Chart
from yearbook.exports.native import bars, diverging, dots, lines, stacked
from yearbook.exports.native.plan import Plan

KINDS = (bars, diverging, dots, lines, stacked)


@cache
def planners() -> Mapping[str, Callable[[Chart], Plan]]:
    """Form -> what plans it."""
    return {form: kind.plan for kind in KINDS for form in kind.FORMS}


def is_possible(chart: Chart) -> bool:
    """Office can draw the form, and there is something to draw."""
    return chart.form in planners() and not chart.is_empty


def plan_of(chart: Chart) -> Plan:
    marks = tuple(mark for mark in (chart.invented, chart.own_school) if mark)
    return replace(planners()[chart.form](chart), marks=marks)
