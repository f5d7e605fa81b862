"""Reads schools' annual returns: figures in columns or rows, of one school or all, of any years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from data_loaders.annual.checks import checked
from data_loaders.annual.figures import Blank, Collected, Figure, Key, to_frame
from data_loaders.annual.levels import programme_of
from data_loaders.annual.rows import Row, RowReader
from data_loaders.cells.values import gives_per_cents, read_figure
from data_loaders.cells.years import split_year, year_in
from data_loaders.findings import Findings, quoted
from data_loaders.hints import Hints
from data_loaders.sheets.checks import remark_columns
from data_loaders.sheets.tables import Column, Table, cell
from data_loaders.words.lexicon import Lexicon, Meaning
from data_loaders.words.spelling import normal, text_of
from data_loaders.workbook import Value


@dataclass(frozen=True)
class Context:
    """What holds for the figures of one table."""

    table: Table
    lexicon: Lexicon
    columns: tuple[Column, ...]
    newest: int | None
    per_cent: frozenset[int]
    programmes: dict[tuple[str, tuple[str, ...], str], tuple[str | None, str]] = field(
        default_factory=dict
    )

    def programme(self, question: str, placed: Meaning) -> tuple[str | None, str]:
        """As `programme_of`, asked once for every level, programme and school."""
        school = placed.school or ""
        per = self.lexicon.questions[question].per
        key = (per, placed.programmes, school)
        if key not in self.programmes:
            self.programmes[key] = programme_of(*key, self.lexicon.catalogue)
        return self.programmes[key]


def read_annual(
    tables: Sequence[Table], lexicon: Lexicon, hints: Hints, findings: Findings
) -> pd.DataFrame:
    """All figures of the tables, checked; what is wrong is added to the findings."""
    collected = Collected(findings)
    for table in tables:
        _read_table(table, lexicon, hints, collected)
    for code, sheet in sorted(collected.lacking):
        findings.fail(code, sheet)
    return to_frame(checked(collected, lexicon))


def _read_table(table: Table, lexicon: Lexicon, hints: Hints, collected: Collected) -> None:
    defaults = _defaults(table, lexicon, hints, collected.findings)
    remark_columns(table, lexicon, collected.findings)
    columns = _figure_columns(table, defaults)
    context = Context(
        table,
        lexicon,
        columns,
        _newest_year(columns, defaults.year),
        _columns_of_per_cents(table, columns, lexicon),
    )
    section = Meaning()
    for row in RowReader(table, lexicon, collected.findings).rows():
        if table.with_role("question") and row.question is None:
            section = _section(row, section, context, collected.findings)
        elif not row.broken:
            _read_row(row, section.over(defaults), context, collected)


def _defaults(table: Table, lexicon: Lexicon, hints: Hints, findings: Findings) -> Meaning:
    """What labels, titles, the sheet's name, the director and the file's name say, in order."""
    found = _labelled(table, lexicon, findings).over(table.above)
    by_name = lexicon.heading(table.name) or Meaning()
    found = found.over(Meaning() if by_name.role else by_name)
    file_name = (hints.name or "").rpartition(".")[0]
    years = (table.titled_year, split_year(table.name)[1], hints.year, split_year(file_name)[1])
    schools = (hints.school, _school_in(file_name, lexicon))
    return replace(
        found,
        previous=False,
        year=found.year or next((year for year in years if year is not None), None),
        school=found.school or next((school for school in schools if school), None),
    )


def _labelled(table: Table, lexicon: Lexicon, findings: Findings) -> Meaning:
    """Pairs above the table, as "Oppilaitos: Kuopion konservatorio"."""
    found = Meaning()
    for role, text in table.labels:
        if role == "year":
            found = found.over(Meaning(year=year_in(text)))
        elif role == "programme":
            found = found.over(Meaning(programmes=lexicon.programmes.find(text)))
        elif role == "school" and found.school is None and not table.with_role("school"):
            found = found.over(Meaning(school=_school_labelled(table, text, lexicon, findings)))
    return found


def _school_labelled(table: Table, text: str, lexicon: Lexicon, findings: Findings) -> str | None:
    if codes := lexicon.schools.find(text):
        return codes[0]
    if lexicon.schools.catch_all is not None:
        return lexicon.schools.catch_all
    guess = lexicon.schools.suggest(text)
    code = "unknown_school_guessed" if guess else "unknown_school"
    findings.fail(code, table.name, value=quoted(text), guess=guess or "")
    return ""


def _school_in(file_name: str, lexicon: Lexicon) -> str | None:
    """The one school whose name is a part of the file's name."""
    words = f" {normal(file_name)} "
    named = {
        code
        for spelling, codes in lexicon.schools.exact.items()
        if len(spelling) >= 4 and f" {spelling} " in words
        for code in codes
    }
    return named.pop() if len(named) == 1 else None


def _figure_columns(table: Table, defaults: Meaning) -> tuple[Column, ...]:
    """The columns that hold figures."""
    # A sheet named by its question holds figures under years and programmes alone.
    has_question = bool(table.with_role("question") or (defaults.question and not table.asks))
    return tuple(
        column
        for column in table.columns
        if (meaning := column.meaning) is not None
        and (meaning.question or meaning.role == "value" or (meaning.is_place and has_question))
    )


def _newest_year(columns: Sequence[Column], default: int | None) -> int | None:
    """The newest year that headings of questions name; others repeat an earlier return."""
    asked = [column.meaning for column in columns if column.meaning and column.meaning.question]
    years = [meaning.year for meaning in asked if meaning.year is not None]
    if years and default is not None and len(years) < len(asked):
        years.append(default)
    return max(years, default=None)


def _columns_of_per_cents(
    table: Table, columns: Sequence[Column], lexicon: Lexicon
) -> frozenset[int]:
    shares = [
        c.index
        for c in columns
        if c.meaning
        and c.meaning.question
        and lexicon.questions[c.meaning.question].type == "share"
    ]
    return frozenset(
        index for index in shares if gives_per_cents(cell(row, index) for _, row in table.rows())
    )


def _section(row: Row, section: Meaning, context: Context, findings: Findings) -> Meaning:
    """A line without a question: a programme, for what follows, or a question nobody knows."""
    texts = [text for value in row.cells if (text := text_of(value))]
    meaning = context.lexicon.heading(texts[0])
    if meaning and meaning.is_place and len(texts) == 1:
        return meaning.over(section)
    label = context.table.with_role("question")[0].index
    text = text_of(cell(row.cells, label))
    filled = any(cell(row.cells, column.index) is not None for column in context.columns)
    if text and filled and (meaning is None or not meaning.role):
        guess = context.lexicon.asked.suggest(text)
        findings.warn(
            "unknown_row_guessed" if guess else "unknown_row",
            context.table.name,
            context.table.address(row.number, label),
            value=quoted(text),
            guess=guess or "",
        )
    return section


def _read_row(row: Row, defaults: Meaning, context: Context, collected: Collected) -> None:
    by_row = Meaning(school=row.school, programmes=row.programmes or (), year=row.year)
    if row.programmes is not None:
        defaults = replace(defaults, programmes=())
    whole = by_row.over(defaults)
    in_row = _per_cents_in_row(row, context)
    for column in context.columns:
        meaning = column.meaning or Meaning()
        code = meaning.question or row.question or defaults.question
        value = cell(row.cells, column.index)
        placed = meaning.over(whole) if meaning.says_place else whole
        if not code or _lacks_place(value, placed, context, collected):
            continue
        address = context.table.address(row.number, column.index)
        programme, part = context.programme(code, placed)
        if programme is None:
            _remark_misplaced(code, value, address, context, collected.findings)
            continue
        key = (placed.school or "", placed.year or 0, programme, code)
        per_cent = in_row or column.index in context.per_cent
        target = Target(key, part or row.folded, row.number, address, per_cent)
        _read_cell(value, target, column, context, collected)


def _per_cents_in_row(row: Row, context: Context) -> bool:
    """Whether a question that stands down the rows gives its shares as 0–100."""
    if row.question is None or context.lexicon.questions[row.question].type != "share":
        return False
    return gives_per_cents(cell(row.cells, column.index) for column in context.columns)


@dataclass(frozen=True, slots=True)
class Target:
    """What the figure in a cell is about."""

    key: Key
    part: str
    row: int
    cell: str
    per_cent: bool


def _lacks_place(value: Value, placed: Meaning, context: Context, collected: Collected) -> bool:
    """Whether it cannot be told whose figure it is, or of which year."""
    if placed.school and placed.year is not None:
        return False
    if value is not None and placed.school != "":
        collected.lacking.add(("no_year" if placed.school else "no_school", context.table.name))
    return True


def _remark_misplaced(
    code: str, value: Value, address: str, context: Context, findings: Findings
) -> None:
    """A figure where the question is not asked; a zero or a dash there does no harm."""
    if value is None or value == 0 or context.lexicon.missing(value) is not None:
        return
    what = context.lexicon.name_of(code)
    findings.fail("not_of_programme", context.table.name, address, what=what, value=quoted(value))


def _read_cell(
    value: Value, target: Target, column: Column, context: Context, collected: Collected
) -> None:
    sheet, lexicon = context.table.name, context.lexicon
    if value is None:
        collected.blanks.append(Blank(*target.key, sheet, target.cell))
        return
    question = lexicon.questions[target.key[3]]
    read = read_figure(question, value, lexicon.missing(value), target.per_cent)
    if read.wrong:
        collected.failed.add(target.key)
        collected.findings.fail(read.wrong, sheet, target.cell, what=question.label, **read.values)
        return
    collected.figures.append(
        Figure(
            *target.key,
            read.value,
            read.missing,
            _is_carried(column, context.newest),
            sheet,
            target.row,
            target.cell,
            target.part,
        )
    )


def _is_carried(column: Column, newest: int | None) -> bool:
    """Whether a column repeats figures of an earlier return: its heading names an older year."""
    meaning = column.meaning or Meaning()
    if meaning.previous:
        return True
    return bool(
        meaning.question
        and meaning.year is not None
        and newest is not None
        and meaning.year < newest
    )
