"""Tells frames and old tables from answers and returns, by the headings that only they have."""

from __future__ import annotations

from data_loaders.aggregated_survey import is_tabulated
from data_loaders.results.round_rows import RoundLexicon
from data_loaders.sheets.tables import Table
from data_loaders.survey_frame import is_frame
from data_loaders.words.catalogue_spellings import roles
from data_loaders.words.heading_variants import variants
from data_loaders.words.lexicon import Lexicon
from data_loaders.words.spelling import text_of
from data_loaders.workbook import Workbook
from yearbook.catalogue import Catalogue
from yearbook.submissions import Kind

SEARCHED_ROWS = 60
# A role without which it is not one of the kind; looked for first, as most files are of neither.
TELLING = {Kind.FRAME: "invited", Kind.TABULATED: "answered"}
ROUND_KINDS = tuple(TELLING)
IS_OF_KIND = {Kind.FRAME: is_frame, Kind.TABULATED: is_tabulated}


def round_lexicons(opened: Workbook, catalogue: Catalogue) -> list[Lexicon]:
    """The words of each kind that the workbook may be; none for ordinary answers and returns."""
    known = roles(catalogue, without=frozenset())
    found = {role for text in _texts(opened) for one in variants(text) for role in known.find(one)}
    return [RoundLexicon(catalogue, kind) for kind, role in TELLING.items() if role in found]


def is_of_kind(table: Table, lexicon: Lexicon) -> bool:
    """Whether a table has all that a frame, or a table of old results, must have."""
    return IS_OF_KIND[lexicon.kind](table)


def _texts(opened: Workbook) -> set[str]:
    """Everything that may be a heading, each once."""
    return {
        text
        for sheet in opened.sheets
        for row in sheet.rows[:SEARCHED_ROWS]
        for value in row
        if isinstance(value, str) and (text := text_of(value))
    }
