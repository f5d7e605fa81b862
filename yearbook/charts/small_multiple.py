"""One of many small charts: own line strong, half of the other schools soft, their mean dashed."""

from __future__ import annotations

from yearbook.charts.axes import moment_axis, numbers_width, top_of, value_axis_layout
from yearbook.charts.band import band_of
from yearbook.charts.break_lines import break_lines
from yearbook.charts.description import BandPoint, Chart, Mark, Role, Series
from yearbook.charts.hatching import strip_notes, strips
from yearbook.charts.lines import moments_of, series_over_time, value_axis
from yearbook.charts.material import Material
from yearbook.charts.plotting import (
    LINE_HEIGHT,
    PIXELS_PER_LETTER,
    Drawn,
    Layout,
    Trace,
    note,
    plain,
    safe,
)
from yearbook.charts.series_breaks import breaks_of
from yearbook.charts.strokes import line_trace
from yearbook.charts.style import Theme
from yearbook.charts.trends import topic

FORM = "small_multiple"
HEIGHT = 200


def draw(material: Material) -> Chart:
    """Of the school × time cells: own school as a line, the others only as band and mean."""
    schools = [s for s in series_over_time(material) if s.role is not Role.ALL]
    own = tuple(s for s in schools if s.role is Role.OWN)
    others = [s for s in schools if s.role is not Role.OWN]
    band = band_of(material, others)
    return Chart(
        form=FORM,
        indicator=material.indicator.code,
        language=material.language,
        headline=topic(material),
        axis=value_axis(material, tuple(schools)),
        places=moments_of(material),
        series=own,
        height=HEIGHT,
        place_dimension=material.word(f"dimension.{material.time or 'year'}"),
        series_dimension=material.word("dimension.school"),
        breaks=breaks_of(material),
        band=band,
        mean_label=material.word("charts.mean"),
        remarks=_remarks(material, band),
    )


def _remarks(material: Material, band: tuple[BandPoint, ...]) -> tuple[str, ...]:
    if not band:
        return ()
    fewest, most = min(p.schools for p in band), max(p.schools for p in band)
    schools = str(most) if fewest == most else f"{fewest}–{most}"
    return (material.word("charts.remark.band", schools=schools),)


def render(chart: Chart, theme: Theme) -> Drawn:
    own = [line_trace(chart, series, theme) | {"showlegend": False} for series in chart.series]
    under = [*strips(chart, theme), *_band(chart, theme), *_means(chart, theme)]
    return Drawn([*under, *own], _layout(chart, theme))


def _runs(chart: Chart) -> list[list[tuple[int, BandPoint]]]:
    """The band's stretches: it stops at breaks and gaps, as lines do."""
    points = {point.place: point for point in chart.band}
    borders = {line.before for line in chart.breaks}
    runs: list[list[tuple[int, BandPoint]]] = [[]]
    for index, place in enumerate(chart.places):
        point = points.get(place.key)
        if place.key in borders or point is None:
            runs.append([])
        if point is not None:
            runs[-1].append((index, point))
    return [run for run in runs if run]


def _band(chart: Chart, theme: Theme) -> list[Trace]:
    """There and back along the quartiles, one closed shape for every stretch."""
    drawn = []
    for run in _runs(chart):
        edges = [(i, p.low, p.high) for i, p in run if p.low is not None and p.high is not None]
        if not edges:
            continue
        there, back = edges, edges[::-1]
        drawn.append(
            {
                "type": "scatter",
                "mode": "lines",
                "meta": "band",
                "x": [i for i, _, _ in there] + [i for i, _, _ in back],
                "y": [high for _, _, high in there] + [low for _, low, _ in back],
                "fill": "toself",
                "fillcolor": theme.soft,
                "line": {"width": 0},
                "hoverinfo": "skip",
                "showlegend": False,
            }
        )
    return drawn


def _means(chart: Chart, theme: Theme) -> list[Trace]:
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "meta": "mean",
            "x": [index for index, _ in run],
            "y": [point.mean for _, point in run],
            "line": {"color": theme.muted, "width": 1.5, "dash": "dash"},
            "hovertext": [_says_mean(chart, point) for _, point in run],
            "hoverinfo": "text",
            "showlegend": False,
        }
        for run in _runs(chart)
    ]


def _says_mean(chart: Chart, point: BandPoint) -> str:
    return safe(f"{chart.mean_label} {point.mean_written}, {chart.place(point.place).label}")


def _layout(chart: Chart, theme: Theme) -> Layout:
    breaks, rows = break_lines(chart, theme)
    years = moment_axis(chart, theme)
    ends = [0, len(chart.places) - 1]
    years |= {"tickvals": ends, "ticktext": [chart.places[i].label for i in ends]}
    labels = _labels(chart, theme)
    longest = max((len(plain(label["text"])) for label in labels), default=0)
    right = 16 + round(PIXELS_PER_LETTER * longest)
    return {
        "xaxis": years,
        "yaxis": value_axis_layout(chart, theme) | {"nticks": 3},
        "shapes": [line["shape"] for line in breaks],
        "annotations": [
            *labels,
            *(line["note"] for line in breaks),
            *strip_notes(chart, theme),
        ],
        "margin": {"t": 12 + rows * LINE_HEIGHT, "r": right, "b": 26, "l": numbers_width(chart)},
    }


def _labels(chart: Chart, theme: Theme) -> list[Layout]:
    """Own last value bold, the mean below or above it, never on it."""
    own = _last(chart.series)
    mean = chart.band[-1] if chart.band else None
    labels = []
    positions = {place.key: index for index, place in enumerate(chart.places)}
    at_right: Layout = {"xanchor": "left", "xshift": 8}
    if own is not None:
        text = f"<b>{own.written}</b>"
        where = {"x": positions[own.place], "y": own.value}
        labels.append(note(text, theme, **where, **at_right, color=theme.own))
    if mean is not None:
        text = f"{safe(chart.mean_label)} {mean.mean_written}"
        where = {"x": positions[mean.place], "y": mean.mean}
        labels.append(note(text, theme, **where, **at_right, yshift=_aside(chart, own, mean)))
    return labels


def _last(series: tuple[Series, ...]) -> Mark | None:
    marks = [mark for s in series for mark in s.marks if mark.is_shown]
    return marks[-1] if marks else None


def _aside(chart: Chart, own: Mark | None, mean: BandPoint) -> int:
    """Pixels by which the mean's label makes way for the own one."""
    if own is None or own.value is None:
        return 0
    apart = (mean.mean - own.value) / max(top_of(chart), 1e-9) * (HEIGHT - 60)
    if abs(apart) >= LINE_HEIGHT:
        return 0
    return round(LINE_HEIGHT - apart) if apart >= 0 else round(-LINE_HEIGHT - apart)
