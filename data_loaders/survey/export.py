"""Finds a survey tool's table in a workbook, with all that is told about its columns."""

from __future__ import annotations

from dataclasses import replace

from data_loaders.cells.years import split_year
from data_loaders.hints import Hints
from data_loaders.sheets.headings import columns_of
from data_loaders.sheets.tables import Table
from data_loaders.sheets.titles import with_titles
from data_loaders.survey import codebook
from data_loaders.survey.codebook import Codebook
from data_loaders.survey.codebook_texts import with_texts
from data_loaders.survey.header_rows import header_by_shape
from data_loaders.survey.option_columns import with_contents
from data_loaders.survey.told import Told
from data_loaders.words.catalogue_spellings import surveys
from data_loaders.words.decisions import decisions
from data_loaders.words.lexicon import Lexicon
from data_loaders.words.spelling import Spellings, normal, text_of
from data_loaders.workbook import Sheet, Workbook
from yearbook.catalogue import Catalogue

HEADING_ROWS = 5


def told_of(opened: Workbook, catalogue: Catalogue, hints: Hints) -> Told:
    """By the director, else by the names of file and sheets; with codebooks from near and far."""
    survey, year = hints.survey, hints.survey_year
    known = surveys(catalogue)
    for name in (*(sheet.name for sheet in opened.sheets), (hints.name or "").rpartition(".")[0]):
        survey = survey or survey_in(name, known) or ""
        year = year if year is not None else split_year(name)[1]
    return Told(
        survey=survey,
        year=year,
        is_survey=bool(hints.survey),
        decisions=decisions(catalogue, survey, year),
        codebook=_codebook(opened, hints.codebook),
    )


def survey_in(name: str, known: Spellings) -> str | None:
    """The survey whose name is in a title; the longest, as one may contain another."""
    text = f" {normal(name)} "
    hits = [(len(said), codes[0]) for said, codes in known.exact.items() if f" {said} " in text]
    return max(hits)[1] if hits else None


def codebook_sheets(opened: Workbook) -> tuple[Sheet, ...]:
    """The sheets that explain codes which head the columns of another sheet."""
    found = []
    for sheet in opened.sheets if len(opened.sheets) > 1 else ():
        others = [other for other in opened.sheets if other is not sheet]
        said = codebook.of_sheet(sheet)
        if said is not None and any(explains(said, other) for other in others):
            found.append(sheet)
    return tuple(found)


def with_survey_contents(table: Table, lexicon: Lexicon) -> Table:
    """The table after its codes were replaced by words, and its columns of options were known."""
    return with_contents(with_texts(table, lexicon), lexicon)


def table_by_shape(sheet: Sheet, lexicon: Lexicon) -> Table | None:
    """The table of a sheet, though it may be that none of its headings is known."""
    header = header_by_shape(sheet)
    if not header:
        return None
    return replace(
        with_titles(sheet, header[0], lexicon),
        header=header,
        first_row=header[-1] + 1,
        columns=columns_of(sheet, header, lexicon),
    )


def _codebook(opened: Workbook, handed: Codebook | None) -> Codebook:
    whole = handed or Codebook()
    inside = codebook.of_sheets(codebook_sheets(opened))
    return whole if inside is None else whole.joined(inside)


def explains(said: Codebook, sheet: Sheet) -> bool:
    cells = {text_of(value) for row in sheet.rows[:HEADING_ROWS] for value in row} - {""}
    explained = {text for text in cells if said.words(text) or said.find(text)}
    # A list of names alone may be a table of anything; values with their labels are a codebook.
    has_options = any(column.options for column in said.columns.values())
    is_enough = has_options or 2 * len(explained) >= min(len(said.columns), len(cells))
    return bool(explained) and is_enough
