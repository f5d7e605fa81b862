"""Tells which rows of a survey tool count: trials and totals do not, answers broken off do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from data_loaders.cells.numbers import number
from data_loaders.sheets.tables import cell
from data_loaders.survey.tables import Contents, Reader
from data_loaders.words.spelling import normal, text_of
from data_loaders.workbook import Value

# "Status" of Qualtrics: what its numbers mean is sure only beside the 0 of an ordinary answer.
ORDINARY = "0"
BROKEN_OFF = frozenset(
    (
        "partial", "incomplete", "incomplete answers", "in progress", "not finished", "started",
        "osittainen", "keskeneräinen", "kesken", "keskeytetty", "ei valmis", "aloitettu",
        "ofullständig", "ofullständigt", "delvis", "påbörjad", "pågår", "avbruten", "teilweise",
    )
)  # fmt: skip
NOT_FINISHED = BROKEN_OFF | {"0", "false", "no", "ei", "nej", "n", "epätosi", "falskt", "falsch"}
WHOLE = 100
# What stands in the first filled cell of a row of totals below the answers.
TOTALS = frozenset(
    (
        "yhteensä", "kaikki yhteensä", "summa", "keskiarvo", "ka", "mediaani", "keskihajonta",
        "vastauksia", "vastauksia yhteensä", "vastaajia yhteensä", "lukumäärä", "totalt",
        "sammanlagt", "medeltal", "medelvärde", "median", "standardavvikelse", "antal svar",
        "total", "totals", "grand total", "sum", "mean", "average", "count", "std dev",
    )
)  # fmt: skip


def without_totals(reader: Reader) -> Reader:
    """The reader of the rows of respondents; sums and means below them are told and left out."""
    stays = np.ones(len(reader.rows), dtype=bool)
    for at in range(len(reader.rows) - 1, -1, -1):
        if not _is_total(reader, reader.rows[at][1]):
            break
        stays[at] = False
    if not stays.all():
        reader.findings.note("total_rows", reader.table.name, count=int((~stays).sum()))
    return reader.of(stays)


def _is_total(reader: Reader, row: Sequence[Value]) -> bool:
    """Not where it may be an answer: an option of the question, or words of the respondent."""
    for column in reader.table.columns:
        value = cell(row, column.index)
        if value is None:
            continue
        if normal(text_of(value)) not in TOTALS:
            return False
        code = column.meaning.question if column.meaning else ""
        if not code:
            return True
        choices = reader.lexicon.choices.get(code)
        is_words = reader.lexicon.questions[code].type == "text"
        return not is_words and not (choices and choices.find(value))
    return False


def without_trials(reader: Reader) -> Reader:
    """The reader of the rows that count; the director is told how many did not."""
    is_trial = np.zeros(len(reader.rows), dtype=bool)
    tests = frozenset(normal(said) for said in reader.catalogue.reading.test_responses)
    for found in _columns(reader, "status", "channel"):
        said = [normal(text_of(value)) for value in found.values]
        has_numbers = ORDINARY in said
        is_test = [text in tests and (has_numbers or not text.isdigit()) for text in said]
        is_trial |= np.array([*is_test, False])[found.which]
    if is_trial.any():
        count = int(is_trial.sum())
        reader.findings.note("test_responses", reader.table.name, count=count)
    return reader.of(~is_trial)


def broken_off(reader: Reader) -> np.ndarray:
    """Which rows are of respondents who did not come to the end, as far as the tool tells."""
    result = np.zeros(len(reader.rows), dtype=bool)
    for found in _columns(reader, "status"):
        result |= _says(found, BROKEN_OFF)
    finished = list(_columns(reader, "finished"))
    for found in finished:
        result |= _says(found, NOT_FINISHED)
    for found in _columns(reader, "progress") if not finished else ():
        result |= _is_below_whole(found)
    if any(_columns(reader, "started")):
        for found in list(_columns(reader, "timestamp"))[:1]:
            result |= found.which < 0
    return result


def remark_broken_off(reader: Reader, respondents: pd.DataFrame, is_partial: np.ndarray) -> None:
    """How many did not come to the end, and how many of them not even to school and year."""
    if not is_partial.any():
        return
    count = int(is_partial.sum())
    reader.findings.note("partial_responses", reader.table.name, count=count)
    nowhere = respondents[["school", "cohort"]].isna().any(axis=1).to_numpy() & is_partial
    if nowhere.any():
        count = int(nowhere.sum())
        reader.findings.warn("partial_left_out", reader.table.name, count=count)


def _columns(reader: Reader, *roles: str) -> Iterable[Contents]:
    for role in roles:
        for column in reader.table.with_role(role):
            found = reader.contents(column)
            if found.values:
                yield found


def _says(found: Contents, words: frozenset[str]) -> np.ndarray:
    said = [_plain(value) in words for value in found.values]
    return np.array([*said, False])[found.which]


def _plain(value: object) -> str:
    return normal(text_of(value)).removesuffix(" 0")


def _is_below_whole(found: Contents) -> np.ndarray:
    """Of a hundred per cent; the number of the last page is no share."""
    read = [number(value) for value in found.values]
    shares = [n.value * (100 if n.percent else 1) if n else WHOLE for n in read]
    is_share = max(shares, default=0) == WHOLE
    return np.array([*(is_share and share < WHOLE for share in shares), False])[found.which]
