"""Lets every respondent count once: leaves out rows that came twice, and rows without answers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from data_loaders.findings import has_failed, quoted
from data_loaders.spelling import text_of
from data_loaders.survey_columns import Answers
from data_loaders.survey_tables import Reader


def first_of_each(
    reader: Reader, respondents: pd.DataFrame, answers: Sequence[Answers], seen: set[str]
) -> np.ndarray:
    """Which rows count. seen: the respondents of earlier tables, to which these are added."""
    answered = np.zeros(len(reader.rows), dtype=bool)
    for one in answers:
        answered[one.rows] = True
    if not answered.all() and not has_failed(reader.findings.found):
        reader.findings.note("empty_answers", reader.table.name, count=int((~answered).sum()))
    fresh = np.ones(len(reader.rows), dtype=bool)
    first: dict[str, int] = {}
    for row, identity in enumerate(respondents["respondent"]):
        if not answered[row]:
            continue
        if identity in seen:
            fresh[row] = False
            _remark(reader, row, first.get(identity))
        seen.add(identity)
        first.setdefault(identity, row)
    return answered & fresh


def _remark(reader: Reader, row: int, first: int | None) -> None:
    number = reader.rows[row][0]
    respondent = reader.table.with_role("respondent")
    index = respondent[0].index if respondent else 0
    cells = reader.rows[row][1]
    cell = reader.table.address(number, index)
    if respondent and index < len(cells) and text_of(cells[index]):
        value = quoted(text_of(cells[index]))
        reader.findings.warn("respondent_twice", reader.table.name, cell, value=value)
    else:
        row_of_first = "" if first is None else reader.rows[first][0] + 1
        reader.findings.warn("row_twice", reader.table.name, cell, first=row_of_first)
