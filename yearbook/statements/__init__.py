"""Makes a statement of excerpts and a person's words: kept as plain values, laid out in any
language, written as a document.

    statement = add(Statement(title="…"), Figure(excerpt))
    layout = laid_out(statement, {edition.name: edition}, Language.SV)
    docx.write(layout, template=None), pptx.write(layout), html.write(layout, svgs)
"""

from __future__ import annotations

from yearbook.statements.comparing import FigureChange, brought_up, changed
from yearbook.statements.laid_figures import LaidFigure, laid_figure
from yearbook.statements.layout import Layout, laid_out
from yearbook.statements.sentences import draft
from yearbook.statements.statement import (
    MOST_FIGURES,
    Figure,
    NotAStatement,
    Signatory,
    Statement,
    add,
    from_plain,
    is_full,
    move,
    remove,
    replace_figure,
    to_plain,
)

__all__ = [
    "MOST_FIGURES",
    "Figure",
    "FigureChange",
    "LaidFigure",
    "Layout",
    "NotAStatement",
    "Signatory",
    "Statement",
    "add",
    "brought_up",
    "changed",
    "draft",
    "from_plain",
    "is_full",
    "laid_figure",
    "laid_out",
    "move",
    "remove",
    "replace_figure",
    "to_plain",
]
