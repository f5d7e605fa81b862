"""Finds the table in a sheet: its header rows, what each column is, and what stands above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from data_loaders.lexicon import Lexicon, Meaning
from data_loaders.spelling import text_of
from data_loaders.workbook import Sheet, Value, cell_address
from data_loaders.years import is_bare_year, titled_year
from yearbook.submissions import Kind

SEARCHED_ROWS = 60
SEARCHED_LABEL_ROWS = 400
SEARCHED_LABEL_COLUMNS = 8
MOST_HEADER_ROWS = 3
# A heading that says only where or when counts less: data rows hold such cells too.
PLACE_WEIGHT = 0.34
LEAST_SCORE = 1.3
KNOWN_SHARE = 0.8


@dataclass(frozen=True)
class Column:
    """A column of a table. `meaning` is None where nobody knows the heading."""

    index: int
    heading: str
    meaning: Meaning | None


@dataclass(frozen=True)
class Table:
    """A table found in a sheet; rows count from 0. above: what the titles say."""

    sheet: Sheet
    header: tuple[int, ...]
    first_row: int
    columns: tuple[Column, ...]
    above: Meaning = field(default_factory=Meaning)
    labels: tuple[tuple[str, str], ...] = ()  # "Oppilaitos: Kuopio" above the table -> (role, text)
    titled_year: int | None = None
    score: float = 0.0
    of_database: bool = False
    shown_as: Mapping[int, Column] = field(default_factory=dict)  # where a made column comes from

    @property
    def name(self) -> str:
        return self.sheet.name

    def address(self, row: int, column: int) -> str:
        """ "C14"; in a table of a database row and column name, "13:students"."""
        if not self.of_database and not self.shown_as:
            return cell_address(row, column)
        own = next((c for c in self.columns if c.index == column), Column(column, "", None))
        shown = self.shown_as.get(column, own)
        if self.of_database:
            return f"{row - self.first_row + 1}:{shown.heading}"
        return cell_address(row, shown.index)

    def with_role(self, role: str) -> tuple[Column, ...]:
        return tuple(c for c in self.columns if c.meaning and c.meaning.role == role)

    @property
    def asks(self) -> frozenset[str]:
        """The questions that its headings name."""
        return frozenset(c.meaning.question for c in self.columns if c.meaning) - {""}

    def rows(self) -> Iterator[tuple[int, Sequence[Value]]]:
        """The rows below the headings, with their number in the sheet."""
        yield from enumerate(self.sheet.rows[self.first_row :], start=self.first_row)

    def is_label(self, column: int) -> bool:
        """Whether the column says whose the figures are (school, programme, year …)."""
        return any(c.index == column and c.meaning and c.meaning.role for c in self.columns)


def find_table(sheet: Sheet, lexicon: Lexicon) -> Table | None:
    """The table whose headings are known best: figures in columns, or questions down the rows."""
    in_columns = _best_in_columns(sheet, lexicon)
    in_rows = _best_in_rows(sheet, lexicon)
    if in_rows and (in_columns is None or in_rows.score > in_columns.score):
        return in_rows
    return in_columns


def cell(row: Sequence[Value], column: int) -> Value:
    """A cell of a row that may be shorter than the headings; a text of spaces is empty."""
    value = row[column] if column < len(row) else None
    if isinstance(value, str) and not value.strip():
        return None
    return value


def is_blank(row: Sequence[Value]) -> bool:
    return all(value is None or (isinstance(value, str) and not value.strip()) for value in row)


def _best_in_columns(sheet: Sheet, lexicon: Lexicon) -> Table | None:
    start = _best_single_row(sheet, lexicon)
    if start is None:
        return None
    best: tuple[float, tuple[int, ...], tuple[Column, ...]] | None = None
    for first in range(max(0, start - MOST_HEADER_ROWS + 1), start + 1):
        for header in _header_blocks(sheet, first, lexicon):
            columns = _columns(sheet, header, lexicon)
            score = _score(columns) - 0.01 * len(header)
            if best is None or score > best[0]:
                best = score, header, columns
    if best is None or best[0] < LEAST_SCORE:
        return None
    score, header, columns = best
    asked = [c.index for c in columns if c.meaning and c.meaning.role == "question"]
    in_long = _asked_in(sheet, asked[0], lexicon)[1] if asked else set()
    return replace(
        _with_titles(sheet, header[0], lexicon),
        header=header,
        first_row=header[-1] + 1,
        columns=columns,
        score=score + len(in_long),
    )


def _best_single_row(sheet: Sheet, lexicon: Lexicon) -> int | None:
    """The row that holds most headings; the search ends where nearly all of a row is known."""
    best, found = 0.0, None
    for number, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
        filled = sum(value is not None for value in row)
        if not filled:
            continue
        score = _score(_columns(sheet, (number,), lexicon))
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
        if is_data or not _looks_like_headings(sheet.rows[row]):
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


def _looks_like_headings(row: Sequence[Value]) -> bool:
    filled = [value for value in row if value is not None and text_of(value)]
    return bool(filled) and all(isinstance(v, str) or is_bare_year(v) for v in filled)


def _columns(sheet: Sheet, header: tuple[int, ...], lexicon: Lexicon) -> tuple[Column, ...]:
    rows = [sheet.rows[row] for row in header]
    width = max(len(row) for row in rows)
    upper = [_filled_forward(sheet, row, width) for row in header[:-1]]
    columns = []
    for index in range(width):
        texts = (*(row[index] for row in upper), text_of(cell(rows[-1], index)))
        heading = " – ".join(dict.fromkeys(filter(None, texts)))
        columns.append(Column(index, heading, lexicon.heading(*texts) if heading else None))
    return tuple(columns)


def _filled_forward(sheet: Sheet, row: int, width: int) -> list[str]:
    """A row of upper headings; each reaches over empty cells, or as far as it is merged."""
    reaches = {
        merged.first_column: merged.last_column
        for merged in sheet.merged or ()
        if merged.first_row <= row <= merged.last_row
    }
    texts: list[str] = []
    current, until = "", -1
    for index in range(width):
        text = text_of(cell(sheet.rows[row], index))
        if text:
            current, until = text, reaches.get(index, index if reaches else width)
        texts.append(current if index <= until else "")
    return texts


def _score(columns: Sequence[Column]) -> float:
    seen: set[Meaning] = set()
    score = 0.0
    for column in columns:
        if column.meaning is None or column.meaning in seen:
            continue
        seen.add(column.meaning)
        score += PLACE_WEIGHT if column.meaning.is_place else 1.0
    return score


def _best_in_rows(sheet: Sheet, lexicon: Lexicon) -> Table | None:
    """Questions down a column: the column that names most of them."""
    if lexicon.kind is Kind.SURVEY:
        return None
    best: tuple[int, int, list[int]] | None = None
    for index in range(SEARCHED_LABEL_COLUMNS):
        rows, asked = _asked_in(sheet, index, lexicon)
        if best is None or len(asked) > best[0]:
            best = len(asked), index, rows
    if best is None or best[0] < 2:
        return None
    count, label, rows = best
    header = _header_above(sheet, rows[0], label, lexicon)
    columns = _columns_beside(sheet, header, label, rows, lexicon)
    if columns is None:
        return None
    return replace(
        _with_titles(sheet, header[0] if header else rows[0], lexicon),
        header=header,
        first_row=rows[0],
        columns=columns,
        score=float(count),
    )


def _asked_in(sheet: Sheet, index: int, lexicon: Lexicon) -> tuple[list[int], set[str]]:
    rows, asked = [], set()
    for number, row in enumerate(sheet.rows[:SEARCHED_LABEL_ROWS]):
        value = cell(row, index)
        if isinstance(value, str) and (meaning := lexicon.heading(value)) and meaning.question:
            rows.append(number)
            asked.add(meaning.question)
    return rows, asked


def _header_above(sheet: Sheet, first: int, label: int, lexicon: Lexicon) -> tuple[int, ...]:
    """The rows above the first question that say, over two columns or more, where or when."""
    header: list[int] = []
    for row in range(first - 1, max(-1, first - 1 - SEARCHED_ROWS), -1):
        filled = [i for i in range(len(sheet.rows[row])) if cell(sheet.rows[row], i) is not None]
        if not filled:
            continue
        known = [
            i
            for i in filled
            if i != label
            and (m := lexicon.heading(text_of(sheet.rows[row][i])))
            and m.role != "personal"
        ]
        right = [i for i in filled if i > label]
        if len(known) >= 2 or (
            known and not header and right == known and len(right) == len(filled)
        ):
            header.append(row)
        elif header:
            break
        elif known and not _is_pair(sheet, row, lexicon):
            header.append(row)
        if len(header) == MOST_HEADER_ROWS:
            break
    return tuple(reversed(header))


def _is_pair(sheet: Sheet, row: int, lexicon: Lexicon) -> bool:
    """ "Oppilaitos | Kuopion konservatorio": a role and its value, for the whole sheet."""
    filled = [value for value in sheet.rows[row] if text_of(value)]
    if len(filled) != 2:
        return False
    meaning = lexicon.heading(text_of(filled[0]))
    return meaning is not None and meaning.role in ("school", "year", "programme", "survey")


def _columns_beside(
    sheet: Sheet, header: tuple[int, ...], label: int, rows: list[int], lexicon: Lexicon
) -> tuple[Column, ...] | None:
    width = max(len(sheet.rows[row]) for row in (*header, *rows))
    known = {c.index: c for c in _columns(sheet, header, lexicon)} if header else {}
    columns = [Column(label, "", Meaning(role="question"))]
    for index in range(width):
        column = known.get(index)
        if index != label and column is not None and column.heading:
            columns.append(column)
    if not any(c.meaning and (c.meaning.is_place or c.meaning.role == "value") for c in columns):
        lone = _first_with_figures(sheet, rows, label, {c.index for c in columns if c.meaning})
        if lone is None:
            return None
        heading = known[lone].heading if lone in known else ""
        columns = [c for c in columns if c.index != lone] + [
            Column(lone, heading, Meaning(role="value"))
        ]
    return tuple(sorted(columns, key=lambda column: column.index))


def _first_with_figures(sheet: Sheet, rows: list[int], label: int, taken: set[int]) -> int | None:
    width = max(len(sheet.rows[row]) for row in rows)
    for index in range(label + 1, width):
        values = [cell(sheet.rows[row], index) for row in rows]
        if index not in taken and any(isinstance(v, int | float) for v in values):
            return index
    return next((i for i in range(label + 1, width) if i not in taken), None)


def _with_titles(sheet: Sheet, until: int, lexicon: Lexicon) -> Table:
    """What titles above the table say: years, schools, and pairs as "Oppilaitos: Kuopio"."""
    found = Meaning()
    labels: list[tuple[str, str]] = []
    titles: list[str] = []
    for row in sheet.rows[:until]:
        texts = [text for value in row if (text := text_of(value))]
        titles.extend(texts)
        labels.extend(_pairs(texts, lexicon))
        for text in texts:
            if (meaning := lexicon.heading(text)) and not meaning.role:
                found = found.over(meaning)
    return Table(sheet, (), until, (), found, tuple(labels), titled_year(titles))


def _pairs(texts: Sequence[str], lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    for text in texts:
        name, colon, value = text.partition(":")
        if colon and value.strip() and (role := _role(name, lexicon)):
            yield role, value.strip()
    for name, value in zip(texts, texts[1:], strict=False):
        if role := _role(name, lexicon):
            yield role, value


def _role(name: str, lexicon: Lexicon) -> str:
    meaning = lexicon.heading(name.strip())
    known = ("school", "programme", "year", "survey", "survey_year", "cohort")
    return meaning.role if meaning and meaning.role in known else ""
