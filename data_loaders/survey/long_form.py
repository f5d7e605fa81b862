"""Turns a long table of answers, a row per respondent and question, into a row per respondent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from data_loaders.findings import Findings, quoted
from data_loaders.sheets.tables import Column, Table, cell, is_blank
from data_loaders.survey.codebook_texts import with_texts
from data_loaders.survey.columns import NOT_CHOSEN
from data_loaders.survey.heading_rows import columns_named
from data_loaders.words.lexicon import Lexicon
from data_loaders.words.spelling import normal, text_of
from data_loaders.workbook import Value

APART = "\n"


@dataclass
class Wide:
    """Rows by respondent while they grow: number of the first row, and cells by column."""

    questions: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    rows: dict[str, dict[int, Value]] = field(default_factory=dict)


def widened(table: Table, lexicon: Lexicon, findings: Findings) -> Table:
    """The table as it is, unless it has a column of questions; then one with a column for each.

    A remark then names the first row of the respondent and the column of the answers.
    """
    respondents = table.with_role("respondent")
    answers = (*table.with_role("option"), *table.with_role("value"))
    if not (table.with_role("question") and respondents and answers):
        return table
    wide = Wide()
    for number, cells in table.rows():
        if not is_blank(cells):
            respondent = text_of(cell(cells, respondents[0].index))
            wide.numbers.setdefault(respondent, number)
            _add_row(table, cells, wide.rows.setdefault(respondent, {}), wide)
    return _rebuilt(table, wide, lexicon, findings)


def _add_row(table: Table, cells: Sequence[Value], row: dict[int, Value], wide: Wide) -> None:
    question = text_of(cell(cells, table.with_role("question")[0].index))
    for column in table.columns:
        role = column.meaning.role if column.meaning else ""
        if role not in ("question", "option", "value") and row.get(column.index) is None:
            row[column.index] = cell(cells, column.index)
    answer = _answer(table, cells)
    if not question or answer is None:
        return
    width = max(column.index for column in table.columns) + 1
    index = wide.questions.setdefault(question, width + len(wide.questions))
    given = row.get(index)
    row[index] = answer if given is None else f"{text_of(given)}{APART}{text_of(answer)}"


def _answer(table: Table, cells: Sequence[Value]) -> Value:
    """The option, unless the value beside it says that it was not chosen; else the value itself."""
    options = [cell(cells, column.index) for column in table.with_role("option")]
    values = [cell(cells, column.index) for column in table.with_role("value")]
    option = next((o for o in options if o is not None), None)
    value = next((v for v in values if v is not None), None)
    if option is None:
        return value
    is_refused = value is not None and normal(text_of(value)) in NOT_CHOSEN
    return None if is_refused else option


def _rebuilt(table: Table, wide: Wide, lexicon: Lexicon, findings: Findings) -> Table:
    shown = (*table.with_role("option"), *table.with_role("value"))[0]
    columns = [c for c in table.columns if not _is_part(c)]
    for column in columns_named(wide.questions, lexicon):
        if column.meaning is None:
            findings.warn("unknown_row", table.name, value=quoted(column.heading))
        columns.append(column)
    rows: list[list[Value]] = [[] for _ in range(max(wide.numbers.values(), default=0) + 1)]
    width = max(column.index for column in columns) + 1
    for respondent, number in wide.numbers.items():
        row = wide.rows[respondent]
        rows[number] = [row.get(index) for index in range(width)]
    made = dict.fromkeys(wide.questions.values(), shown)
    sheet = replace(table.sheet, rows=rows)
    return with_texts(replace(table, sheet=sheet, columns=tuple(columns), shown_as=made), lexicon)


def _is_part(column: Column) -> bool:
    return column.meaning is not None and column.meaning.role in ("question", "option", "value")
