"""A map of the schools: circles at their towns, as large as the figure, in a plain projection."""

from __future__ import annotations

from math import cos, radians, sqrt

from yearbook.charts.description import Axis, Chart, Mark, Place, Role
from yearbook.charts.material import Material
from yearbook.charts.plotting import Drawn, Layout, Trace, hover, note, safe
from yearbook.charts.ranking import ordered_marks, ranking_headline, series_of
from yearbook.charts.style import Theme

FORM = "map"
HEIGHT = 520
LARGEST = 46  # pixels across, of the largest circle
SMALLEST = 8
MIDDLE_LATITUDE = 64.0  # a degree of longitude is drawn as wide as it is in the middle of Finland
SIDE_BY_SIDE = 0.62  # degrees of longitude between schools of one town


def draw(material: Material) -> Chart:
    """The newest moment of the school cells; a school without coordinates is in the table only."""
    places, marks = ordered_marks(material)
    unit = material.word(f"unit.{material.indicator.unit}")
    return Chart(
        form=FORM,
        indicator=material.indicator.code,
        language=material.language,
        headline=ranking_headline(material, places, marks),
        axis=Axis(unit, material.is_share, material.indicator.decimals),
        places=_located(material, places),
        series=(series_of(material, marks),),
        height=HEIGHT,
        place_dimension=material.word("dimension.school"),
        series_dimension=material.word("charts.dimension.figure"),
        remarks=(material.word("charts.remark.map"),),
    )


def _located(material: Material, places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Schools of one town stand side by side, the largest first."""
    found: list[Place] = []
    in_town: dict[tuple[float | None, float | None], int] = {}
    for place in places:
        school = material.catalogue.schools[place.key.split("|")[0]]
        where = (school.longitude, school.latitude)
        count = in_town.get(where, 0)
        in_town[where] = count + 1
        longitude = None if school.longitude is None else school.longitude + count * SIDE_BY_SIDE
        found.append(
            Place(place.key, place.label, place.name, place.role, longitude, school.latitude)
        )
    return tuple(found)


def render(chart: Chart, theme: Theme) -> Drawn:
    return Drawn([_circles(chart, theme), _absent(chart, theme)], _layout(chart, theme))


def _shown(chart: Chart) -> list[tuple[Place, Mark]]:
    pairs = [(chart.place(mark.place), mark) for mark in chart.series[0].marks if mark.is_shown]
    return [(place, mark) for place, mark in pairs if place.latitude is not None]


def diameter(value: float, largest: float) -> float:
    """The area of a circle follows the figure."""
    return max(SMALLEST, LARGEST * sqrt(max(value, 0.0) / largest)) if largest else SMALLEST


def _circles(chart: Chart, theme: Theme) -> Trace:
    pairs = _shown(chart)
    largest = max((mark.value or 0.0 for _, mark in pairs), default=0.0)
    colours = [theme.own if place.role is Role.OWN else theme.other for place, _ in pairs]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": safe(chart.series[0].name),
        "x": [place.longitude for place, _ in pairs],
        "y": [place.latitude for place, _ in pairs],
        "customdata": [place.key.split("|")[0] for place, _ in pairs],
        "hovertext": [hover(mark) for _, mark in pairs],
        "hoverinfo": "text",
        "cliponaxis": False,
        "marker": {
            "size": [diameter(mark.value or 0.0, largest) for _, mark in pairs],
            "color": colours,
            "opacity": 0.82,
            "line": {"color": theme.ground, "width": 1.5},
        },
        "showlegend": False,
    }


def _absent(chart: Chart, theme: Theme) -> Trace:
    """Schools without a number: an empty ring of one size, whatever the reason."""
    marks = [mark for mark in chart.series[0].marks if not mark.is_shown]
    pairs = [(chart.place(mark.place), mark) for mark in marks]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [place.longitude for place, _ in pairs],
        "y": [place.latitude for place, _ in pairs],
        "customdata": [place.key.split("|")[0] for place, _ in pairs],
        "hovertext": [hover(mark) for _, mark in pairs],
        "hoverinfo": "text",
        "marker": {
            "size": 12,
            "symbol": "x-thin-open",
            "color": theme.muted,
            "line": {"color": theme.muted, "width": 1.5},
        },
        "showlegend": False,
    }


def _layout(chart: Chart, theme: Theme) -> Layout:
    located = [p for p in chart.places if p.latitude is not None and p.longitude is not None]
    longitudes = [p.longitude for p in located if p.longitude is not None] or [25.0]
    latitudes = [p.latitude for p in located if p.latitude is not None] or [63.0]
    plain = {"visible": False, "fixedrange": True, "showgrid": False, "zeroline": False}
    return {
        "xaxis": {**plain, "range": [min(longitudes) - 1.6, max(longitudes) + 2.6]},
        "yaxis": {
            **plain,
            "range": [min(latitudes) - 0.7, max(latitudes) + 0.7],
            "scaleanchor": "x",
            "scaleratio": 1 / cos(radians(MIDDLE_LATITUDE)),
        },
        "annotations": [_label(chart, place, theme) for place in located],
        "margin": {"t": 8, "r": 8, "b": 8, "l": 8},
    }


def _label(chart: Chart, place: Place, theme: Theme) -> Layout:
    mark = chart.series[0].at(place.key)
    values = [m.value for m in chart.series[0].marks if m.value is not None]
    size = diameter(mark.value, max(values)) if mark and mark.value is not None else 10
    written = f" {mark.written}" if mark is not None else ""
    is_own = place.role is Role.OWN
    text = f"{safe(place.label)}{written}"
    return note(
        f"<b>{text}</b>" if is_own else text,
        theme,
        x=place.longitude,
        y=place.latitude,
        xanchor="center",
        yanchor="top",
        yshift=-size / 2 - 1,
        color=theme.own if is_own else theme.text,
    )
