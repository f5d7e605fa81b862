"""Kuvio: one chart by its code, as a document links to it; drawn with the reader's own eyes."""

from __future__ import annotations

from ui import address, card, prose
from ui.statements.drawing import is_hers
from ui.visit import Visitor
from yearbook.charts.excerpt import Excerpt, NotAnExcerpt, cells_of, read
from yearbook.charts.view import View
from yearbook.editions import Edition
from yearbook.statements.laid_figures import drawn

ORDER = 90
ICON = None
TITLE = "statement_page.figure_title"
URL_PATH = "kuvio"
VISIBILITY = "hidden"  # reached from documents


def show(_edition: Edition, visitor: Visitor) -> None:
    asked = address.wanted("kuvio") or ""
    code = address.chosen("kuvio", (asked,), "")
    excerpt = _read(code)
    edition = visitor.open_edition(excerpt.edition) if excerpt is not None else None
    if excerpt is None or edition is None or not _can_be_shown(excerpt, edition, visitor):
        prose.title(visitor.word(TITLE))
        prose.say(visitor.word("statement_page.figure_missing"))
        return
    prose.title(visitor.word(TITLE), visitor.word("statement_page.figure_lead"))
    view = View(form=excerpt.form, own_school=excerpt.own_school, option=excerpt.option)
    card.of(cells_of(excerpt, edition), edition, visitor, "figure", view)


def _can_be_shown(excerpt: Excerpt, edition: Edition, visitor: Visitor) -> bool:
    """Hers to see, and something that can be drawn: a code can be written by anybody."""
    return is_hers(excerpt, edition) and drawn(excerpt, edition, visitor.language) is not None


def _read(code: str) -> Excerpt | None:
    """Whoever wrote it: an address can be cut short on its way."""
    try:
        return read(code)
    except NotAnExcerpt:
        return None
