"""Drafts the alt text of a chart: kind, what, period, finding and a few key values."""

from __future__ import annotations

from yearbook.charts.description import Chart, Mark, Role, Series
from yearbook.charts.material import Material

MOST_LETTERS = 300
MOST_VALUES = 3


def alt_text(material: Material, chart: Chart) -> str:
    """At most 300 letters; the key values go first when it would be longer."""
    kind = material.word(f"charts.form.{chart.form}")
    parts = [f"{kind}: {_ended(chart.headline)}", _ended(chart.subtitle)]
    if chart.own_school:
        parts.insert(0, _ended(chart.own_school))
    if chart.is_empty:
        parts += [_ended(reason) for _, reason in chart.states[:1]]
    elif chart.withheld:
        parts.append(chart.withheld)
    values = [] if chart.is_empty else key_values(chart)
    while values and len(_joined(parts, values)) > MOST_LETTERS:
        values.pop()
    text = _joined(parts, values)
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1].rstrip()}…"


def _joined(parts: list[str], values: list[str]) -> str:
    told = [*parts, f"{'; '.join(values)}."] if values else parts
    return " ".join(told)


def _ended(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def key_values(chart: Chart) -> list[str]:
    """First and last of the main line, or the first few marks of the main series."""
    series = _main(chart)
    marks = [mark for mark in series.marks if mark.is_shown]
    if len(chart.places) == 1 and len(chart.series) > 1:
        shown = [(s, m) for s in chart.series for m in s.marks if m.is_shown]
        return [f"{s.name} {m.written}" for s, m in shown[:MOST_VALUES]]
    chosen = [marks[0], marks[-1]] if _is_over_time(chart) and len(marks) > 1 else marks[:3]
    return [_value(chart, series, mark) for mark in chosen]


def _main(chart: Chart) -> Series:
    for role in (Role.OWN, Role.ALL, Role.CLASS, Role.OTHER):
        for series in chart.series:
            if series.role is role and any(mark.is_shown for mark in series.marks):
                return series
    return chart.series[0]


def _is_over_time(chart: Chart) -> bool:
    return chart.form in ("lines", "small_multiple", "sparkline", "slope")


def _value(chart: Chart, series: Series, mark: Mark) -> str:
    name = chart.place(mark.place).label
    if len(chart.series) > 1 and series.name:
        return f"{series.name}, {name}: {mark.written}"
    return f"{name}: {mark.written}"
