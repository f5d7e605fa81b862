"""Charts that Office itself draws, so that a reader can edit them: in slides, documents, workbooks.

    native.is_possible(chart)                 a map, for one, goes in as its table or as a picture
    native.add_to_slide(slide, chart, left, top, width, height)
    native.add_to_document(document, chart, width_cm)
    native.add_to_sheet(worksheet, chart, anchor)
    native.add_table_to_document(document, chart)

Whole presentations are made of `presentations` (cover, pages of text) and `slides` (figures).

A module plans a form: which columns the sheet behind the chart has, and how each is drawn. One
writer makes the XML of all three programs from it. The sheet holds what the chart shows and nothing
more: the protected cells, as they are written.
"""

from __future__ import annotations

from yearbook.exports.native.document_tables import add_table_to_document
from yearbook.exports.native.in_documents import add_to_document
from yearbook.exports.native.in_sheets import add_to_sheet
from yearbook.exports.native.in_slides import add_to_slide
from yearbook.exports.native.planning import is_possible

__all__ = [
    "add_table_to_document",
    "add_to_document",
    "add_to_sheet",
    "add_to_slide",
    "is_possible",
]
