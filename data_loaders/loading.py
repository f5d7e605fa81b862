"""Reads a file into a submission: which kind it is, which sheets count, what is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from data_loaders import workbook
from data_loaders.aggregated_survey import read_tabulated
from data_loaders.annual_statistics import read_annual
from data_loaders.findings import Findings, has_failed
from data_loaders.graduate_survey import read_survey
from data_loaders.hints import Hints, Loaded, named_as_told
from data_loaders.results.kinds import ROUND_KINDS, is_of_kind, round_lexicons
from data_loaders.sheets.checks import check_sheets
from data_loaders.sheets.merged_labels import with_labels_filled
from data_loaders.sheets.table_search import find_tables
from data_loaders.sheets.tables import Table
from data_loaders.survey.checks import check_survey, nothing_known
from data_loaders.survey.export import (
    codebook_sheets,
    table_by_shape,
    told_of,
    with_survey_contents,
)
from data_loaders.survey_frame import read_frame
from data_loaders.words.lexicon import Lexicon
from data_loaders.words.spelling import text_of
from data_loaders.workbook import Sheet, Workbook
from yearbook.catalogue import Catalogue
from yearbook.submissions import Kind, Submission

INVENTED_MARK = "keksitty esimerkkiaineisto"
MARKED_ROWS = 10


def load(
    path: str | os.PathLike[str],
    catalogue: Catalogue,
    hints: Hints = Hints(),  # noqa: B008
) -> Loaded:
    """The submission in a file, or None and what has to be mended. Raises Unreadable."""
    opened = workbook.read(path)
    return load_workbook(opened, catalogue, replace(hints, name=hints.name or opened.name))


def load_workbook(opened: Workbook, catalogue: Catalogue, hints: Hints) -> Loaded:
    """As `load`, of a workbook that is open; a table of a database comes in here too."""
    opened = named_as_told(opened, hints)
    found = Findings()
    lexicon, tables = _tables(opened, catalogue, hints, found)
    if not tables:
        _say_unknown(opened, lexicon, found)
        return Loaded(None, tuple(found.found))
    check_sheets(tables, opened, found)
    submission = _submission(lexicon, tables, hints, found)
    invented = is_invented(opened.sheets)
    if invented:
        found.note("invented")
    if has_failed(found.found):
        return Loaded(None, tuple(found.found))
    return Loaded(replace(submission, invented=invented), tuple(found.found))


def _say_unknown(opened: Workbook, lexicon: Lexicon, found: Findings) -> None:
    """What the director calls a survey may have headings that nobody knows yet."""
    shaped = [table_by_shape(sheet, lexicon) for sheet in _read_sheets(opened, lexicon)]
    tables = [table for table in shaped if table is not None]
    if not lexicon.told.is_survey or not tables:
        found.fail("nothing_recognised")
    for table in tables if lexicon.told.is_survey else ():
        nothing_known(table, found)


def is_invented(sheets: Sequence[Sheet]) -> bool:
    """Whether a title says that the figures are invented for practice."""
    return any(
        isinstance(value, str) and INVENTED_MARK in value.casefold()
        for sheet in sheets
        for row in sheet.rows[:MARKED_ROWS]
        for value in row
    )


def _tables(
    opened: Workbook, catalogue: Catalogue, hints: Hints, found: Findings
) -> tuple[Lexicon, list[Table]]:
    """The sheets that count, read as the kind whose headings are known best."""
    kinds = (Kind.SURVEY,) if hints.survey else (Kind.ANNUAL, Kind.SURVEY)
    told = told_of(opened, catalogue, hints)
    of_rounds = [(one, _tables_of(opened, one)) for one in round_lexicons(opened, catalogue)]
    tried = [(lexicon, tables) for lexicon, tables in of_rounds if tables]
    lexicons = [Lexicon(catalogue, kind, told) for kind in kinds]
    tried += [(lexicon, _tables_of(opened, lexicon)) for lexicon in lexicons]
    lexicon, tables = max(tried, key=lambda one: sum(table.score for table in one[1]))
    read = {table.name for table in tables}
    if not tables and told.is_survey:
        return lexicon, tables  # that no heading is known is told of each sheet
    explaining = {sheet.name for sheet in codebook_sheets(opened)}
    read |= explaining if lexicon.kind is Kind.SURVEY else set()
    for sheet in opened.sheets:
        if sheet.name not in read and any(text_of(v) for row in sheet.rows for v in row):
            _remark_unread(sheet, lexicon, found)
    return lexicon, tables


def _tables_of(opened: Workbook, lexicon: Lexicon) -> list[Table]:
    tables = []
    for sheet in _read_sheets(opened, lexicon):
        for table in find_tables(sheet, lexicon):
            if lexicon.kind is Kind.SURVEY:
                table = with_survey_contents(table, lexicon)
            if _asks_something(table, lexicon):
                own = replace(table, of_database=opened.format == "database")
                tables.append(with_labels_filled(own))
    return tables


def _read_sheets(opened: Workbook, lexicon: Lexicon) -> list[Sheet]:
    """The sheets that may hold a table; one that explains codes is no table of answers."""
    explaining = codebook_sheets(opened) if lexicon.kind is Kind.SURVEY else ()
    return [
        sheet
        for sheet in opened.sheets
        if not sheet.hidden
        and not lexicon.is_ignored_sheet(sheet.name)
        and not any(sheet is one for one in explaining)
    ]


def _asks_something(table: Table, lexicon: Lexicon) -> bool:
    if lexicon.kind in ROUND_KINDS:
        return is_of_kind(table, lexicon)
    named = lexicon.heading(table.name)
    by_title = table.above.question or (named.question if named else "")
    return bool(table.asks or table.with_role("question") or by_title)


def _remark_unread(sheet: Sheet, lexicon: Lexicon, found: Findings) -> None:
    if lexicon.is_ignored_sheet(sheet.name):
        return
    if sheet.hidden:
        found.note("hidden_sheet", sheet.name)
    else:
        found.note("unread_sheet", sheet.name)


def _submission(
    lexicon: Lexicon, tables: Sequence[Table], hints: Hints, found: Findings
) -> Submission:
    source = hints.name or ""
    if lexicon.kind is Kind.ANNUAL:
        figures = read_annual(tables, lexicon, hints, found)
        if figures["carried"].all() and not has_failed(found.found):
            found.fail("no_figures")
        _check_years(hints.year, figures.loc[~figures["carried"], "year"], found)
        return Submission(lexicon.kind, source, figures=figures)
    if lexicon.kind in ROUND_KINDS:
        return _of_round(lexicon, tables, hints, found)
    for table in tables:
        check_survey(table, lexicon, found)
    respondents, answers = read_survey(tables, lexicon, hints, found)
    if respondents.empty and not has_failed(found.found):
        found.fail("no_respondents")
    _check_years(hints.survey_year, respondents["survey_year"], found)
    return Submission(lexicon.kind, source, respondents=respondents, answers=answers)


def _of_round(
    lexicon: Lexicon, tables: Sequence[Table], hints: Hints, found: Findings
) -> Submission:
    """A frame, or old results that exist only as tables."""
    source = hints.name or ""
    if lexicon.kind is Kind.FRAME:
        rows = read_frame(tables, lexicon, hints, found)
        read = Submission(lexicon.kind, source, frame=rows)
    else:
        rows = read_tabulated(tables, lexicon, hints, found)
        read = Submission(lexicon.kind, source, tabulated=rows)
    _check_years(hints.survey_year, rows["survey_year"], found)
    return read


def _check_years(told: int | None, read: pd.Series, found: Findings) -> None:
    """The file's own year goes before the director's, who is told if they differ."""
    years = sorted({int(year) for year in read})
    if told is not None and years and told not in years:
        found.warn("other_year", told=told, value=", ".join(str(year) for year in years))
