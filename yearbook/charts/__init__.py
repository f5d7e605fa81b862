"""Draws published cells as charts: Table -> Chart, a plain description for screen and files.

For pages, the names that stay:

    from yearbook.charts import Chart, View, draw, forms, screen
    chart = draw(edition, table, View(language, form="", own_school="kuopio", option=""))
    chart.headline, chart.subtitle, chart.footer, chart.notes, chart.alt, chart.invented
    chart.twin.columns, chart.twin.rows         the table twin, written in the language
    chart.is_empty, chart.states                nothing with a number in it, and why
    chart.withheld                              how many of its groups are withheld, or ""
    chart.own_school                            that one school alone may see it, or ""
    chart.height, chart.file_name
    screen.figure(chart, dark=False)            dict for st.plotly_chart(…, theme=None,
                                                config=screen.CONFIG)
    screen.picture(chart), screen.PICTURE       16:9 figure with its texts, and options for toImage

The table holds exactly the cells to draw: `edition.table("students").cut("school", "year")`, or
several cuts together, `table.select(school=("kuopio", ""), programme="", region="",
maintainer_kind="")`. A group that takes the others' dimension whole ("" among schools) becomes the
dashed line or level of everyone. A chart of one time (bars, dots, map, options) draws the newest
moment of its table.

Forms, each a module of this folder: lines, small_multiple (one school, `own_school`, before the
others' band), sparkline, bars, dots, map, stacked, diverging, options (choices of a question beside
each other), slope (the same group in several surveys), representation (of the table `FRAME`: who
answered among those who were asked). `form=""` takes what suits the indicator and
the cells.
"""

from __future__ import annotations

from dataclasses import replace

from yearbook.charts import captions, notes
from yearbook.charts.alt_texts import alt_text
from yearbook.charts.choosing import fitting
from yearbook.charts.description import Chart
from yearbook.charts.kinds import kind_of, kinds
from yearbook.charts.material import Material
from yearbook.charts.own_school import mark
from yearbook.charts.response import response
from yearbook.charts.twins import twin
from yearbook.charts.view import View
from yearbook.charts.withheld import withheld
from yearbook.editions import Edition, Table

__all__ = ["Chart", "View", "draw", "forms"]


def forms() -> tuple[str, ...]:
    """The forms there are."""
    return tuple(sorted(kinds()))


def draw(edition: Edition, table: Table, view: View) -> Chart:
    """Describe a chart of the table, with all the words around it in the view's language."""
    material = Material(edition, table, view)
    chart = kind_of(view.form or fitting(material)).draw(material)
    if view.headline is not None:
        chart = replace(chart, headline=view.headline[view.language])
    return _with_texts(material, chart)


def _with_texts(material: Material, chart: Chart) -> Chart:
    language, indicator = material.language, material.indicator
    chart = replace(
        chart,
        label=captions.label_of(material),
        definition=indicator.definition[language],
        subtitle=captions.subtitle(material),
        population=captions.population(material),
        source=captions.source(material),
        response=response(material),
        states=notes.states(material, chart.form),
        state_words=notes.state_words(material, chart.form),
        edition=material.edition.name,
        published=material.edition.published,
        invented=captions.invented(material),
        own_school=mark(material),
        file_name=captions.file_name(material),
        time=material.time,
        moments=material.moments,
        option=material.view.option,
    )
    chart = replace(chart, notes=notes.notes(material, chart), withheld=withheld(material, chart))
    told = chart.twin if chart.twin.columns else twin(material, chart)
    chart = replace(chart, footer=captions.footer(material, chart), twin=told)
    return replace(chart, alt=_alt(material, chart))


def _alt(material: Material, chart: Chart) -> str:
    """The drafted text, or a person's own, which does not say whose eyes the chart is for."""
    own_words = material.view.alt
    if own_words is None:
        return alt_text(material, chart)
    said = own_words[material.language]
    return f"{chart.own_school}. {said}" if chart.own_school else said
