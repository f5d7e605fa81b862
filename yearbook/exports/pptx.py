"""Writes a chart as a slide of PowerPoint: a chart that can be edited, with its words as text."""

from __future__ import annotations

from yearbook.charts import Chart
from yearbook.editions import Edition
from yearbook.exports.native import presentations
from yearbook.exports.native.slides import Figure, add_figure
from yearbook.language import Text

ORDER = 50
EXTENSION = "pptx"
MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
LABEL = Text("PowerPoint", "PowerPoint", "PowerPoint")


def write(chart: Chart, edition: Edition, picture: bytes | None = None) -> bytes:
    """picture: a PNG for what Office cannot draw, as a map; without one, its table."""
    creator = edition.catalogue.association[chart.language]
    deck = presentations.blank(chart.language, chart.headline, creator)
    add_figure(deck, Figure(chart, picture=picture))
    return presentations.written(deck)
