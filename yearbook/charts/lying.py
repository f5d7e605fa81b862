"""What charts with lying rows share: labels left, values right, absences in words."""

from __future__ import annotations

from collections.abc import Sequence

from yearbook.charts.axes import free_ticks, share_ticks
from yearbook.charts.description import Chart, Mark, Place, Role
from yearbook.charts.hatching import ground
from yearbook.charts.plotting import Layout, hover, labels_width, note, plain, safe, wrap
from yearbook.charts.style import Theme
from yearbook.editions import State
from yearbook.language import EN_DASH

ROW, TALL_ROW = 27, 36
LABEL_LETTERS = 24  # in a line, so that a narrow screen keeps half its width for the bars
AROUND = 62
VALUE_COLUMN = 58
FOLD_FROM = 3
MOST_TOLD = 4  # groups in the hover of a shared row


def lying_height(places: Sequence[Place], around: int = AROUND) -> int:
    return around + row_height(places) * max(len(places), 2)


def row_height(places: Sequence[Place]) -> int:
    """Taller where a label takes two lines."""
    return TALL_ROW if any(len(place.label) > LABEL_LETTERS for place in places) else ROW


def lying_rows(chart: Chart) -> dict[str, int]:
    """Place -> its row; from three on, places without a number for one reason share a row."""
    rows: dict[str, int] = {}
    by_state: dict[State, int] = {}
    absent = _absent(chart)
    for place in chart.places:
        state = absent.get(place.key)
        if state is None or list(absent.values()).count(state) < FOLD_FROM:
            rows[place.key] = _next(rows)
            continue
        if state not in by_state:
            by_state[state] = _next(rows)
        rows[place.key] = by_state[state]
    return rows


def _next(rows: dict[str, int]) -> int:
    return max(rows.values(), default=-1) + 1


def _absent(chart: Chart) -> dict[str, State]:
    """Places at which no series has a number, with the reason."""
    found = {}
    for place in chart.places:
        marks = [mark for series in chart.series if (mark := series.at(place.key))]
        if marks and not any(mark.is_shown or mark.low is not None for mark in marks):
            found[place.key] = marks[0].state
    return found


def row_colour(chart: Chart, place: str, theme: Theme) -> str:
    role = chart.place(place).role
    return theme.own if role is Role.OWN else theme.everyone if role is Role.ALL else theme.other


def lying_layout(chart: Chart, rows: dict[str, int], theme: Theme) -> Layout:
    """Rows from the top; the written values in a column at the right."""
    top = 26 if chart.references else 10
    return {
        "yaxis": row_axis(chart, rows, theme),
        "xaxis": length_axis(chart, theme),
        "annotations": [
            *value_notes(chart, rows, theme),
            *absence_notes(chart, rows, theme),
            *[_reference_note(r.value, r.label, theme) for r in chart.references],
        ],
        "shapes": [_reference_line(r.value, theme) for r in chart.references],
        "margin": {"t": top, "r": VALUE_COLUMN, "b": 30, "l": rows_width(chart, rows)},
        "barmode": "overlay",
    }


def row_axis(chart: Chart, rows: dict[str, int], theme: Theme) -> Layout:
    labels = row_labels(chart, rows)
    return {
        "tickvals": list(labels),
        "ticktext": list(labels.values()),
        "range": [max(rows.values(), default=0) + 0.6, -0.6],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticklabelstandoff": 6,
    }


def row_labels(chart: Chart, rows: dict[str, int]) -> dict[int, str]:
    """The label of each row; a shared row names two places and counts the rest."""
    grouped: dict[int, list[str]] = {}
    for place in chart.places:
        label = "<br>".join(map(safe, wrap(place.label, LABEL_LETTERS)))
        strong = place.role is Role.OWN
        grouped.setdefault(rows[place.key], []).append(f"<b>{label}</b>" if strong else label)
    return {row: names[0] if len(names) == 1 else _shared(names) for row, names in grouped.items()}


def _shared(names: Sequence[str]) -> str:
    """In two lines where one would take the room of the bars."""
    told, more = ", ".join(names[:2]), f" +{len(names) - 2}" if len(names) > 2 else ""
    if len(plain(told)) > LABEL_LETTERS:
        told = told.replace(", ", ",<br>", 1)
    return told + more


def rows_width(chart: Chart, rows: dict[str, int]) -> int:
    return labels_width(plain(label) for label in row_labels(chart, rows).values())


def length_axis(chart: Chart, theme: Theme) -> Layout:
    top = chart.axis.highest if chart.axis.highest is not None else _longest(chart) * 1.04 or 1
    return {
        "range": [chart.axis.lowest, top],
        "fixedrange": True,
        "gridcolor": theme.line,
        "zeroline": False,
        **(share_ticks(chart, (0, 50, 100)) if top == 100 else free_ticks(chart) | {"nticks": 4}),
    }


def _longest(chart: Chart) -> float:
    marks = [mark for series in chart.series for mark in series.marks]
    ends = [end for mark in marks for end in (mark.value, mark.high) if end is not None]
    return max([*ends, *(r.value for r in chart.references)], default=1.0)


def value_notes(chart: Chart, rows: dict[str, int], theme: Theme) -> list[Layout]:
    """The number of each row in a column, out of the way of bars and whiskers."""
    return [
        note(
            f"<b>{mark.written}</b>" if _is_own(chart, mark) else mark.written,
            theme,
            x=1,
            xref="paper",
            xanchor="right",
            xshift=VALUE_COLUMN - 6,
            y=rows[mark.place],
            color=theme.text,
        )
        for mark in chart.series[0].marks
        if mark.is_shown or mark.is_range
    ]


def _is_own(chart: Chart, mark: Mark) -> bool:
    return chart.place(mark.place).role is Role.OWN


def absence_notes(chart: Chart, rows: dict[str, int], theme: Theme) -> list[Layout]:
    """ "– suojattu" where a bar would begin: never a length, never a zero."""
    told: dict[int, list[Mark]] = {}
    for place in _absent(chart):
        marks = [mark for series in chart.series if (mark := series.at(place))]
        told.setdefault(rows[place], []).append(marks[0])
    return [absence_note(chart, marks, row, theme) for row, marks in told.items()]


def absence_note(chart: Chart, marks: Sequence[Mark], y: float, theme: Theme) -> Layout:
    """The word of a row without a number; its hover says of whom and why."""
    word = dict(chart.state_words).get(marks[0].state, "")
    more = [f"+{len(marks) - MOST_TOLD}"] if len(marks) > MOST_TOLD else []
    said = "<br>".join([*(hover(mark) for mark in marks[:MOST_TOLD]), *more])
    foot = {"x": 0, "xref": "paper", "xanchor": "left", "xshift": 4}
    text = f"{EN_DASH} {safe(word)}"
    return note(text, theme, **foot, **ground(theme), y=y, hovertext=said)


def _reference_line(value: float, theme: Theme) -> Layout:
    stroke = {"color": theme.everyone, "width": 1.5, "dash": "dash"}
    ends = {"x0": value, "x1": value, "y0": 0, "y1": 1, "yref": "paper"}
    return {"type": "line", "layer": "below", **ends, "line": stroke}


def _reference_note(value: float, label: str, theme: Theme) -> Layout:
    return note(
        safe(label), theme, x=value, y=1, yref="paper", yanchor="bottom", xanchor="center",
        color=theme.text,
    )  # fmt: skip
