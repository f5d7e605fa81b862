"""Finds the rows of headings of a survey export by their shape, also where no word is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from data_loaders.sheets.tables import cell
from data_loaders.words.heading_words import ANSWER_WORDS, is_coded, is_placeholder
from data_loaders.words.spelling import normal, text_of
from data_loaders.workbook import Sheet, Value

SEARCHED_ROWS = 60
SAMPLED_ROWS = 200
COVERED_SHARE = 0.5
ALIKE_SHARE = 0.8
MOST_IDENTIFIER_ROWS = 3
LEAST_TOOLS_WORDS = 2
LONG_HEADING = 20
_NUMBER = re.compile(r"\s*[-+]?\d[\d\s.,:/%T-]*Z?\s*(?:[AP]M)?\s*", re.IGNORECASE)


def header_by_shape(sheet: Sheet) -> tuple[int, ...]:
    """The rows that make the heading: one, or two or three of a tool that writes so; () if none."""
    rows = [_without_placeholders(row) for row in sheet.rows[:SEARCHED_ROWS]]
    widest = max((len(_filled(row)) for row in rows), default=0)
    filled = [number for number, row in enumerate(rows) if _filled(row)]
    for at, number in enumerate(filled):
        following = filled[at + 1 : at + MOST_IDENTIFIER_ROWS]
        if not following or not _are_words(rows[number]):
            continue
        if identifiers := _up_to_identifiers(rows, number, following):
            return identifiers
        data = [sheet.rows[each] for each in filled[at + 2 : at + 2 + SAMPLED_ROWS]]
        above, below = rows[number], rows[following[0]]
        repeated = _without_repeats(above)
        if (
            _is_above_parts(above, below, data)
            or (repeated != above and _is_above_parts(repeated, below, data, is_sure=True))
            or _holds_tools_words(below, data)
        ):
            return (number, following[0])
        if len(_filled(rows[number])) < max(1, COVERED_SHARE * widest):
            continue
        is_second = _is_second(sheet, number, following[0])
        return (number, following[0]) if is_second else (number,)
    return ()


def _without_placeholders(row: Sequence[Value]) -> Sequence[Value]:
    if not any(isinstance(value, str) and is_placeholder(value, row) for value in row):
        return row
    return [None if isinstance(v, str) and is_placeholder(v, row) else v for v in row]


def _filled(row: Sequence[Value]) -> list[int]:
    return [index for index in range(len(row)) if cell(row, index) is not None]


def is_number_like(value: Value) -> bool:
    """A number, a day or a time, also one that is written as text."""
    if isinstance(value, str):
        return _NUMBER.fullmatch(value) is not None
    return isinstance(value, int | float | date | datetime)


def _are_words(row: Sequence[Value]) -> bool:
    """Headings are words; one of them may be a number, as a scale's."""
    filled = _filled(row)
    numbers = sum(is_number_like(row[index]) for index in filled)
    return numbers <= 0.2 * len(filled)


def _up_to_identifiers(
    rows: Sequence[Sequence[Value]], number: int, following: Sequence[int]
) -> tuple[int, ...]:
    """Qualtrics ends its headings with a row of {"ImportId": …}."""
    for below in following:
        filled = _filled(rows[below])
        told = [index for index in filled if text_of(rows[below][index]).startswith('{"')]
        if filled and len(told) >= ALIKE_SHARE * len(filled):
            return tuple(range(number, below + 1))
    return ()


def _without_repeats(row: Sequence[Value]) -> list[Value]:
    """A question that stands again over each of its options, as if it stood once."""
    return [
        None if at and value is not None and value == row[at - 1] else value
        for at, value in enumerate(row)
    ]


def _is_above_parts(
    above: Sequence[Value],
    below: Sequence[Value],
    data: Sequence[Sequence[Value]],
    is_sure: bool = False,
) -> bool:
    """SurveyMonkey: questions above; below them options or rows, or only "Response".

    is_sure: one of the words by which tools mark a lone answer must stand there.
    """
    upper, lower = set(_filled(above)), set(_filled(below))
    if len(upper) < 2 or not lower or not _are_words(below):
        return False
    last = max(upper | lower)
    single = [i for i in sorted(upper) if i == last or i + 1 in upper or i + 1 not in lower]
    words = [normal(text_of(below[index])) for index in single if index in lower]
    has_parts = bool(lower - upper)
    if is_sure:
        return bool(words) and has_parts and all(word in ANSWER_WORDS for word in words)
    are_answers = all(word in ANSWER_WORDS for word in words)
    are_alike = len(words) >= 3 and len(set(words)) <= 2 and not _comes_again(below, single, data)
    return (are_answers and (has_parts or len(words) >= 1)) or (has_parts and are_alike)


def _holds_tools_words(row: Sequence[Value], data: Sequence[Sequence[Value]]) -> bool:
    """ "Response" and "Open-Ended Response", which nobody answers."""
    words = [at for at in _filled(row) if normal(text_of(row[at])) in ANSWER_WORDS]
    return len(words) >= LEAST_TOOLS_WORDS and not _comes_again(row, words, data)


def _comes_again(
    row: Sequence[Value], columns: Sequence[int], data: Sequence[Sequence[Value]]
) -> bool:
    """Whether what stands there is answered by others, too; so it may be where nobody else is."""
    answers = {normal(text_of(cell(each, at))) for each in data for at in columns} - {""}
    return not data or any(normal(text_of(cell(row, at))) in answers for at in columns)


def _is_second(sheet: Sheet, number: int, below: int) -> bool:
    """Whether the next row repeats the headings in words or codes: it is unlike the data below."""
    upper, lower = sheet.rows[number], sheet.rows[below]
    columns = [index for index in _filled(lower) if cell(upper, index) is not None]
    if len(columns) < COVERED_SHARE * len(_filled(upper)):
        return False
    coded = [[is_coded(text_of(row[i])) for i in columns].count(True) for row in (upper, lower)]
    if max(coded) < 0.3 * len(columns) or not _are_words(lower):
        return False
    data = [row for row in sheet.rows[below + 1 : below + 1 + SAMPLED_ROWS] if _filled(row)]
    return bool(data) and _is_unlike(lower, columns, data)


def _is_unlike(
    row: Sequence[Value], columns: Sequence[int], data: Sequence[Sequence[Value]]
) -> bool:
    """Words stand where numbers stand below, and what it says never comes again."""
    contrasts = 0
    for index in columns:
        values = [value for each in data if (value := cell(each, index)) is not None]
        numbers = sum(is_number_like(value) for value in values)
        if values and numbers >= ALIKE_SHARE * len(values):
            if is_number_like(row[index]):
                return False
            contrasts += 1
        elif text_of(row[index]) in {text_of(value) for value in values}:
            return False
    texts = [text_of(row[index]) for index in columns]
    is_distinct = len(set(texts)) >= 0.9 * len(texts)
    return is_distinct and (contrasts > 0 or _are_longer(texts, columns, data))


def _are_longer(
    texts: Sequence[str], columns: Sequence[int], data: Sequence[Sequence[Value]]
) -> bool:
    """Questions in full are much longer than what is answered to them."""
    answers = [text_of(value) for row in data for i in columns if (value := cell(row, i))]
    mean = sum(map(len, texts)) / len(texts)
    return mean >= LONG_HEADING and mean * len(answers) >= 1.5 * sum(map(len, answers))
