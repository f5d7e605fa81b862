"""Kuvio: one chart by its code, as a document links to it; drawn with the reader's own eyes."""

from __future__ import annotations

from ui import address, card, prose
from ui.statements.drawing import is_hers
from ui.visit import Visitor
from yearbook.charts.excerpt import Excerpt, NotAnExcerpt, cells_of, read
from yearbook.charts.view import View
from yearbook.editions import Edition

ORDER = 90
ICON = None
TITLE = "statement_page.figure_title"
URL_PATH = "kuvio"
VISIBILITY = "hidden"  # reached from documents


def show(_edition: Edition, visitor: Visitor) -> None:
    asked = address.wanted("kuvio") or ""
    code = address.chosen("kuvio", (asked,), "")
    prose.title(visitor.word(TITLE), visitor.word("statement_page.figure_lead"))
    excerpt = _read(code)
    edition = visitor.open_edition(excerpt.edition) if excerpt is not None else None
    if excerpt is None or edition is None or not is_hers(excerpt, edition):
        prose.say(visitor.word("statement_page.figure_missing"))
        return
    table = cells_of(excerpt, edition)
    if not table.cells:
        prose.say(visitor.word("statement_page.figure_missing"))
        return
    view = View(form=excerpt.form, own_school=excerpt.own_school, option=excerpt.option)
    card.of(table, edition, visitor, "figure", view)


def _read(code: str) -> Excerpt | None:
    """Whoever wrote it: an address can be cut short on its way."""
    try:
        return read(code)
    except NotAnExcerpt:
        return None
