"""A map of the schools: circles at their towns, as large as the figure, in a plain projection."""

from __future__ import annotations

from dataclasses import replace
from math import cos, radians, sqrt

from yearbook.charts.description import Axis, Chart, Mark, Place, Role
from yearbook.charts.label_places import Circle, Side, sides
from yearbook.charts.material import Material
from yearbook.charts.plotting import Drawn, Layout, Trace, hover, note, safe
from yearbook.charts.ranking import ordered_marks, ranking_headline, series_of
from yearbook.charts.style import Theme

FORM = "map"
HEIGHT = 520
LARGEST = 46  # pixels across, of the largest circle
SMALLEST = 8
MIDDLE_LATITUDE = 64.0  # a degree of longitude is drawn as wide as it is in the middle of Finland
ABSENT = 12  # pixels across, of the cross of a school without a number
PIXELS_A_DEGREE_NORTH = 72.0  # about, on a card of a usual width; labels keep clear by it
PIXELS_A_DEGREE_EAST = PIXELS_A_DEGREE_NORTH * cos(radians(MIDDLE_LATITUDE))


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
        places=_located(material, places, marks),
        series=(series_of(material, marks),),
        height=HEIGHT,
        place_dimension=material.word("dimension.school"),
        series_dimension=material.word("charts.dimension.figure"),
        remarks=(material.word("charts.remark.map"),),
    )


def _located(
    material: Material, places: tuple[Place, ...], marks: tuple[Mark, ...]
) -> tuple[Place, ...]:
    """Schools of one town stand side by side, the largest first, none over another."""
    largest = max((mark.value or 0.0 for mark in marks), default=0.0)
    found: list[Place] = []
    reached: dict[tuple[float | None, float | None], float] = {}
    for place, mark in zip(places, marks, strict=True):
        school = material.catalogue.schools[place.key.split("|")[0]]
        where, radius = (school.longitude, school.latitude), _radius(mark, largest)
        if school.longitude is None:
            found.append(place)
            continue
        x = reached[where] + radius + 1 if where in reached else 0.0
        reached[where] = x + radius
        longitude = school.longitude + x / PIXELS_A_DEGREE_EAST
        found.append(replace(place, longitude=longitude, latitude=school.latitude))
    return tuple(found)


def _radius(mark: Mark, largest: float) -> float:
    return diameter(mark.value, largest) / 2 if mark.value is not None else ABSENT / 2


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
            "size": ABSENT,
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
            "range": [min(latitudes) - 1.15, max(latitudes) + 0.7],
            "scaleanchor": "x",
            "scaleratio": 1 / cos(radians(MIDDLE_LATITUDE)),
        },
        "annotations": _labels(chart, theme),
        "margin": {"t": 8, "r": 8, "b": 8, "l": 8},
    }


def _labels(chart: Chart, theme: Theme) -> list[Layout]:
    """Each beside its circle, on the side that is free."""
    located = [p for p in chart.places if p.latitude is not None and p.longitude is not None]
    largest = max((m.value for m in chart.series[0].marks if m.value is not None), default=0.0)
    circles = [_circle(place, chart.series[0].at(place.key), largest) for place in located]
    return [
        _label(place, circle.label, side, theme)
        for place, circle, side in zip(located, circles, sides(circles), strict=True)
    ]


def _circle(place: Place, mark: Mark | None, largest: float) -> Circle:
    x = (place.longitude or 0.0) * PIXELS_A_DEGREE_EAST
    y = (place.latitude or 0.0) * PIXELS_A_DEGREE_NORTH
    if mark is None:
        return Circle(x, y, ABSENT / 2, place.label)
    return Circle(x, y, _radius(mark, largest), f"{place.label} {mark.written}")


def _label(place: Place, text: str, side: Side, theme: Theme) -> Layout:
    is_own = place.role is Role.OWN
    return note(
        f"<b>{safe(text)}</b>" if is_own else safe(text),
        theme,
        x=place.longitude,
        y=place.latitude,
        xanchor=side.xanchor,
        yanchor=side.yanchor,
        xshift=side.xshift,
        yshift=side.yshift,
        color=theme.own if is_own else theme.text,
    )
