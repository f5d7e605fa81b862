"""Lets every respondent count once: leaves out rows that came twice, and rows without answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from data_loaders.findings import has_failed, quoted
from data_loaders.personal import looks_personal
from data_loaders.survey.columns import Answers
from data_loaders.survey.tables import Reader
from data_loaders.words.spelling import text_of


def first_of_each(
    reader: Reader, respondents: pd.DataFrame, answers: Sequence[Answers], seen: set[str]
) -> np.ndarray:
    """Which rows count. seen: the respondents of earlier tables, to which these are added."""
    answered = who_answered(reader, answers) & ~_is_nowhere(respondents)
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


def who_answered(reader: Reader, answers: Sequence[Answers]) -> np.ndarray:
    """Which rows answered anything at all."""
    answered = np.zeros(len(reader.rows), dtype=bool)
    for one in answers:
        answered[one.rows] = True
    return answered


def without_empty(reader: Reader, answers: Sequence[Answers]) -> tuple[Reader, tuple[Answers, ...]]:
    """Without the rows that answered nothing: those need no school either."""
    answered = who_answered(reader, answers)
    # An answer that failed to be read is not an empty one.
    if answered.all() or has_failed(reader.findings.found):
        return reader, tuple(answers)
    reader.findings.note("empty_answers", reader.table.name, count=int((~answered).sum()))
    place = (np.cumsum(answered) - 1).astype(np.int32)
    return reader.of(answered), tuple(replace(one, rows=place[one.rows]) for one in answers)


def _is_nowhere(respondents: pd.DataFrame) -> np.ndarray:
    """Without school or school year, as who broke off may be."""
    return respondents[["school", "cohort"]].isna().any(axis=1).to_numpy()


def _remark(reader: Reader, row: int, first: int | None) -> None:
    number = reader.rows[row][0]
    respondent = reader.table.with_role("respondent")
    index = respondent[0].index if respondent else 0
    cells = reader.rows[row][1]
    cell = reader.table.address(number, index)
    has_name = bool(respondent) and index < len(cells) and bool(text_of(cells[index]))
    if has_name and not looks_personal([cells[index]], reader.catalogue):
        value = quoted(text_of(cells[index]))
        reader.findings.warn("respondent_twice", reader.table.name, cell, value=value)
    else:
        row_of_first = "" if first is None else reader.rows[first][0] + 1
        reader.findings.warn("row_twice", reader.table.name, cell, first=row_of_first)
