"""Finds what is wrong with a survey's table as a whole: shifted columns, options nobody knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data_loaders.findings import Findings, quoted
from data_loaders.sheets.tables import Column, Table, cell
from data_loaders.survey.codebook_texts import check_codebook
from data_loaders.survey.splitting import Splitter
from data_loaders.words.lexicon import Lexicon
from data_loaders.words.spelling import Spellings

LOOKED_AT_ROWS = 300
LEAST_SHIFTED = 2
FITS, FITS_NOT = 0.6, 0.4
SHARE_SHIFTED = 0.5


@dataclass(frozen=True)
class Fit:
    """How large a share of a column's contents is known to its own words and to its neighbour's."""

    column: Column
    own: float
    neighbour: float

    @property
    def is_shifted(self) -> bool:
        return self.own < FITS_NOT and self.neighbour >= FITS


def check_survey(table: Table, lexicon: Lexicon, findings: Findings) -> None:
    check_codebook(table, lexicon, findings)
    _check_shifted(table, lexicon, findings)
    _check_beyond(table, findings)
    _check_unknown_options(table, lexicon, findings)


def nothing_known(table: Table, findings: Findings) -> None:
    """A survey of which no heading is known: all of its columns have to be mapped."""
    named = [column.heading for column in table.columns if column.heading]
    row = table.header[-1] if table.header else table.first_row
    first = next((column.index for column in table.columns if column.heading), 0)
    shown = quoted(", ".join(f"”{heading}”" for heading in named))
    findings.fail(
        "nothing_known", table.name, table.address(row, first), count=len(named), value=shown
    )


def _check_unknown_options(table: Table, lexicon: Lexicon, findings: Findings) -> None:
    """A column for an option that a question does not have would silently be left out."""
    row = table.header[-1] if table.header else table.first_row
    for column in table.columns:
        if not column.asks or lexicon.questions[column.asks].type != "multiple":
            continue
        place = table.address(row, column.index)
        what, said = lexicon.name_of(column.asks), column.parts[-1]
        guess = lexicon.choices[column.asks].suggest(said) if column.asks in lexicon.choices else ""
        code = "unknown_option_guessed" if guess else "unknown_option"
        values = {"what": what, "value": quoted(said), "guess": guess or ""}
        findings.fail(code, table.name, place, **values)


def _check_shifted(table: Table, lexicon: Lexicon, findings: Findings) -> None:
    """Cells that slid one column to the side fit the question beside their own."""
    columns = [column for column in table.columns if _words_of(column, lexicon) is not None]
    own = [_own_share(table, column, lexicon) for column in columns]
    # What is at home where it stands need not be compared, which takes time.
    if not any(share < FITS_NOT for share in own):
        return
    for step in (-1, 1):
        fits = _fits(table, dict(zip(columns, own, strict=True)), lexicon, step)
        first = next((at for at, fit in enumerate(fits) if fit.is_shifted), None)
        if first is None:
            continue
        behind = fits[first:]
        shifted = [fit for fit in behind if fit.is_shifted]
        if len(shifted) < LEAST_SHIFTED or len(shifted) < SHARE_SHIFTED * len(behind):
            continue
        column = shifted[0].column
        row = table.header[-1] if table.header else table.first_row
        place = table.address(row, column.index)
        heading = quoted(column.heading)
        findings.fail("shifted_columns", table.name, place, value=heading, count=len(shifted))
        return


def _check_beyond(table: Table, findings: Findings) -> None:
    """A row that runs on behind the last heading has slid, as by a comma that nobody quoted."""
    last = max((column.index for column in table.columns if column.heading), default=-1)
    cells = [
        table.address(number, index)
        for number, row in table.rows()
        for index in range(last + 1, len(row))
        if cell(row, index) is not None
    ]
    if cells:
        findings.warn("beyond_headings", table.name, cells, count=len(cells))


def _fits(table: Table, own: Mapping[Column, float], lexicon: Lexicon, step: int) -> list[Fit]:
    by_index = {column.index: column for column in own}
    fits = []
    for column, share in own.items():
        beside = by_index.get(column.index + step)
        contents = _contents(table, column)
        if contents and beside is not None:
            is_strange = share < FITS_NOT
            other = _known_share(contents, _words_of(beside, lexicon)) if is_strange else 0.0
            fits.append(Fit(column, share, other))
    return fits


def _own_share(table: Table, column: Column, lexicon: Lexicon) -> float:
    contents = _contents(table, column)
    return _known_share(contents, _words_of(column, lexicon)) if contents else 1.0


def _words_of(column: Column, lexicon: Lexicon) -> Spellings | None:
    """What may stand in a column: the choices of its question, or names of schools …"""
    meaning = column.meaning
    if meaning is None or meaning.option is not None or meaning.is_other:
        return None
    of_roles = {"school": lexicon.schools, "programme": lexicon.programmes}
    return lexicon.choices.get(meaning.question) or of_roles.get(meaning.role)


def _contents(table: Table, column: Column) -> list[object]:
    rows = table.sheet.rows[table.first_row : table.first_row + LOOKED_AT_ROWS]
    return [value for row in rows if (value := cell(row, column.index)) is not None]


def _known_share(contents: Sequence[object], words: Spellings | None) -> float:
    if words is None:
        return 0.0
    splitter = Splitter(words)
    known = {value: _is_known(value, splitter) for value in set(contents)}
    return sum(known[value] for value in contents) / len(contents)


def _is_known(value: object, splitter: Splitter) -> bool:
    if splitter.spellings.find(value):
        return True
    if not isinstance(value, str):
        return False
    known, unknown = splitter.split(value)
    return bool(known) and not unknown
