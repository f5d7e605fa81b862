"""Finds the row of headings, or two or three rows that make one, by how many of them are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from data_loaders.sheets.headings import columns_of, looks_like_headings
from data_loaders.sheets.questions_down import asked_in
from data_loaders.sheets.tables import Column, Table, cell, is_blank
from data_loaders.sheets.titles import with_titles
from data_loaders.survey.header_rows import header_by_shape
from data_loaders.words.lexicon import Lexicon, Meaning
from data_loaders.words.spelling import text_of
from data_loaders.workbook import Sheet
from yearbook.submissions import Kind

SEARCHED_ROWS = 60
MOST_HEADER_ROWS = 3
# A heading that says only where or when counts less: data rows hold such cells too.
PLACE_WEIGHT = 0.34
LEAST_SCORE = 1.3
KNOWN_SHARE = 0.8
# So many times better must words be known elsewhere than where the shape says that headings are.
SURER = 2.0
SURE_SCORE = 3.0


def best_in_columns(sheet: Sheet, lexicon: Lexicon) -> Table | None:
    """By the headings that are known; of a survey also by the shape that its tool gives it."""
    shaped = _by_shape(sheet, lexicon) if lexicon.kind is Kind.SURVEY else None
    if shaped is not None and shaped.score >= SURE_SCORE:
        return shaped
    known = _best_known(sheet, lexicon)
    if known is None or shaped is None:
        return known or shaped
    return known if known.score > SURER * shaped.score + SURER else shaped


def _by_shape(sheet: Sheet, lexicon: Lexicon) -> Table | None:
    """What the director calls a survey is one even if no heading is known."""
    header = header_by_shape(sheet)
    table = _table(sheet, header, columns_of(sheet, header, lexicon), lexicon) if header else None
    is_enough = table is not None and (lexicon.told.is_survey or table.score >= LEAST_SCORE)
    return table if is_enough else None


def _best_known(sheet: Sheet, lexicon: Lexicon) -> Table | None:
    start = _best_single_row(sheet, lexicon)
    if start is None:
        return None
    best: tuple[float, tuple[int, ...], tuple[Column, ...]] | None = None
    for first in range(max(0, start - MOST_HEADER_ROWS + 1), start + 1):
        for header in _header_blocks(sheet, first, lexicon):
            columns = columns_of(sheet, header, lexicon)
            score = _score(columns) - 0.01 * len(header)
            if best is None or score > best[0]:
                best = score, header, columns
    if best is None or best[0] < LEAST_SCORE:
        return None
    _, header, columns = best
    return _table(sheet, header, columns, lexicon)


def _table(
    sheet: Sheet, header: tuple[int, ...], columns: tuple[Column, ...], lexicon: Lexicon
) -> Table:
    asked = [c.index for c in columns if c.meaning and c.meaning.role == "question"]
    in_long = asked_in(sheet, asked[0], lexicon)[1] if asked else set()
    return replace(
        with_titles(sheet, header[0], lexicon),
        header=header,
        first_row=header[-1] + 1,
        columns=columns,
        score=_score(columns) - 0.01 * len(header) + len(in_long),
    )


def _best_single_row(sheet: Sheet, lexicon: Lexicon) -> int | None:
    """The row that holds most headings; the search ends where nearly all of a row is known."""
    best, found = 0.0, None
    for number, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
        filled = sum(value is not None for value in row)
        if not filled:
            continue
        score = _score(columns_of(sheet, (number,), lexicon))
        if score > best:
            best, found = score, number
        if score >= 3 and score >= KNOWN_SHARE * filled:
            break
    return found


def _header_blocks(sheet: Sheet, first: int, lexicon: Lexicon) -> Iterator[tuple[int, ...]]:
    """The row alone, and with the rows below while these hold headings, not data."""
    if is_blank(sheet.rows[first]):
        return
    block: tuple[int, ...] = (first,)
    yield block
    for row in range(first + 1, min(first + MOST_HEADER_ROWS, len(sheet.rows))):
        is_data = any(_is_below_role(sheet, upper, row, lexicon) for upper in block)
        if is_data or not looks_like_headings(sheet.rows[row]):
            return
        block = (*block, row)
        yield block


def _is_below_role(sheet: Sheet, upper: int, lower: int, lexicon: Lexicon) -> bool:
    """Whether a cell stands right below "Oppilaitos", "Vuosi" …: then it is a school, a year."""
    for index, value in enumerate(sheet.rows[upper]):
        text = text_of(value)
        meaning = lexicon.heading(text) if text else None
        is_role = meaning is not None and meaning.role not in ("", "ignored", "personal")
        if is_role and cell(sheet.rows[lower], index) is not None:
            return True
    return False


def _score(columns: Sequence[Column]) -> float:
    seen: set[Meaning] = set()
    score = 0.0
    for column in columns:
        if column.meaning is None or column.meaning in seen:
            continue
        seen.add(column.meaning)
        score += PLACE_WEIGHT if column.meaning.is_place else 1.0
    return score
