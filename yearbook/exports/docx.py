"""Writes a chart as a document of Word: a chart that can be edited, its words, and its table."""

from __future__ import annotations

from yearbook.charts import Chart
from yearbook.editions import Edition
from yearbook.exports.native import documents
from yearbook.exports.safety import clean_text, require_alt
from yearbook.exports.words import heading
from yearbook.language import Text

ORDER = 40
EXTENSION = "docx"
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LABEL = Text("Word", "Word", "Word")


def write(chart: Chart, edition: Edition, picture: bytes | None = None) -> bytes:
    """picture: a PNG for what Office cannot draw, as a map; without one, its table alone."""
    require_alt(chart)
    creator = edition.catalogue.association[chart.language]
    document = documents.blank(chart.language, chart.headline, creator)
    document.add_heading(clean_text(chart.headline), 1)
    documents.add_figure(document, chart, picture)
    documents.add_table(document, chart)
    if chart.definition:
        document.add_heading(heading("definition", chart.language, edition), 2)
        document.add_paragraph(clean_text(chart.definition))
    return documents.written(document)
