"""Collects every number that a card shows: in its picture, hover texts, table, words and files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from openpyxl import load_workbook

from tests.attack.crawling import Card
from yearbook import exports
from yearbook.charts import screen
from yearbook.editions import ANSWERED, FRAME, INVITED, REACHED, Cell, Edition, Group
from yearbook.exports.csv import DELIMITERS
from yearbook.exports.words import heading
from yearbook.language import Language, write_date

NUMBER = re.compile(r"(?<![\w.,:])\d+(?:[\u00a0\u202f, ]\d{3}(?!\d))*(?:[.,]\d+)?")
THOUSANDS = re.compile(r"[\u00a0\u202f ]|,(?=\d{3}(?!\d))")
COUNT_OF_N = re.compile(r"\((\d+)[^()\d]+(\d+)[^()\d]*\)")  # "(10 vastaajaa 27:stä)"
MARKUP = re.compile(r"<[^>]*>")
AXIS = {str(tick) for tick in range(0, 101, 25)}  # the lines behind a chart of shares
SHARE = re.compile(r": (\d+(?:,\d)?|\d+(?:\.\d)?)[\u00a0 ]?%")


class Datum(NamedTuple):
    """A number of an option as someone reads it off; None where it is not told there."""

    where: str
    share: float | None  # per cents, as written
    count: int | None
    n: int | None


def shares(card: Card, edition: Edition) -> Iterator[Datum]:
    """What hover texts and the CSV tell, number by number."""
    for text in texts_in(screen.figure(card.chart)):
        for line in re.split(r"<br>|\n", text):
            found = COUNT_OF_N.search(line)
            if found:
                share = SHARE.search(line)
                value = float(share[1].replace(",", ".")) if share else None
                yield Datum("hover", value, int(found[1]), int(found[2]))
    yield from _csv_rows(card, edition)


def _csv_rows(card: Card, edition: Edition) -> Iterator[Datum]:
    language = card.chart.language
    text = written(card, edition, "csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=DELIMITERS[language]))
    names = {key: heading(key, language, edition) for key in ("value", "unit", "n", "mean")}
    for row in rows:
        if row[names["value"]] and row[names["unit"]] == "%" and row[names["n"]]:
            yield Datum("csv", number(row[names["value"]], language), None, int(row[names["n"]]))


def written(card: Card, edition: Edition, extension: str) -> bytes:
    kind = next(kind for kind in exports.formats() if extension == kind.EXTENSION)
    found: bytes = kind.write(card.chart, edition)
    return found


def texts_in(plain: Any) -> Iterator[str]:
    """Every text in a JSON-like value, wherever it stands."""
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, dict):
        for value in plain.values():
            yield from texts_in(value)
    elif isinstance(plain, list | tuple):
        for value in plain:
            yield from texts_in(value)


def words_of(card: Card) -> Iterator[str]:
    """All that is said in words: titles, footer, alt text, table, the texts in the pictures."""
    chart = card.chart
    yield from (chart.headline, chart.subtitle, chart.alt, chart.response, chart.population)
    yield from (*chart.footer, *chart.notes, *chart.remarks, *(why for _, why in chart.states))
    for row in chart.twin.rows:
        yield from (entry.written for entry in row)
    for figure in (screen.figure(chart), screen.picture(chart)):
        yield from _said_in(figure)


def _said_in(figure: dict[str, Any]) -> Iterator[str]:
    """Only what is read: colours and fonts have numbers of their own."""
    said = ("text", "hovertext", "customdata", "hovertemplate", "name", "ticktext", "title")
    if isinstance(figure, dict):
        for key, value in figure.items():
            if key in said:
                yield from texts_in(value)
            else:
                yield from _said_in(value)
    elif isinstance(figure, list | tuple):
        for value in figure:
            yield from _said_in(value)


def numbers_in_workbook(card: Card, edition: Edition) -> Iterator[float]:
    """Every number of the sheet with the figures; shares as per cents."""
    book = load_workbook(io.BytesIO(written(card, edition, "xlsx")), data_only=True)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if isinstance(cell.value, int | float):
                is_share = "%" in str(cell.number_format)
                yield round(100 * cell.value, 4) if is_share else float(cell.value)


def tokens(text: str) -> Iterator[str]:
    for found in NUMBER.findall(MARKUP.sub(" ", text)):
        yield THOUSANDS.sub("", found).replace(",", ".").removesuffix(".0")


def number(text: str, language: Language) -> float:
    return float(text if language is Language.EN else text.replace(",", "."))


# --- What may be told -------------------------------------------------------------------------


def explained(card: Card, edition: Edition) -> set[str]:
    """Every number that the published cells of this card tell, as it may be written."""
    shown = [cell for cell in card.table.cells if cell.value is not None or cell.low is not None]
    found: set[str] = set()
    for cell in shown:
        found |= _of_cell(cell) | _of_frame(cell, edition)
    for group in {cell.group for cell in card.table.cells}:
        found |= _of_moment(group)
    found |= _sums_and_differences(shown)
    found |= {_write(mean.value, 1) for mean in card.chart.means}
    most = max(len(card.chart.places), len(card.chart.series), len(card.table.by_group), 20)
    return found | {str(one) for one in range(most + 1)} | _static(card, edition)


def _of_cell(cell: Cell) -> set[str]:
    found = {str(number) for number in (cell.n, cell.count) if number is not None}
    for value in (cell.value, cell.low, cell.high):
        if value is not None:
            found |= {_write(scale * value, places) for scale in (1, 100) for places in (0, 1, 2)}
    return found


def _of_frame(cell: Cell, edition: Edition) -> set[str]:
    """Those asked, and how many of them answered: known to all members."""
    frame = edition.table(FRAME)
    found: set[str] = set()
    for option in (INVITED, REACHED, ANSWERED):
        asked = frame.one(cell.group, option)
        if asked is not None and asked.value:
            found.add(_write(asked.value, 0))
            if cell.n:
                found |= {_write(100 * cell.n / asked.value, places) for places in (0, 1)}
    return found


def _of_moment(group: Group) -> set[str]:
    years = {
        int(year) for year in re.findall(r"\d{4}", f"{group.cohort} {group.block} {group.year}")
    }
    years |= {year + 1 for year in years}
    return {str(year) for year in years} | {f"{year % 100:02}" for year in years}


def _sums_and_differences(shown: Iterable[Cell]) -> set[str]:
    """Answers that stand beside each other added up ("agree"), and what lies between two groups."""
    found: set[str] = set()
    by_group: dict[Group, list[Cell]] = {}
    by_option: dict[str, list[float]] = {}
    for cell in shown:
        by_group.setdefault(cell.group, []).append(cell)
        if cell.value is not None:
            by_option.setdefault(cell.option, []).append(cell.value)
    for cells in by_group.values():
        for start in range(len(cells)):
            total = 0.0
            for cell in cells[start:]:
                total += cell.value or 0.0
                found |= {_write(100 * total, places) for places in (0, 1)}
    for values in by_option.values():
        for one in values:
            found |= {_write(abs(100 * (one - other)), 0) for other in values}
            found |= {str(abs(round(100 * one) - round(100 * other))) for other in values}
    return found


def _static(card: Card, edition: Edition) -> set[str]:
    """Numbers in the catalogue's own words, in the name of the edition and its date."""
    chart = card.chart
    words = [chart.definition, chart.label, chart.edition, chart.published, chart.source]
    words += [text for place in chart.places for text in (place.label, place.name)]
    words += [series.name for series in chart.series]
    words += [note.text[chart.language] for note in edition.notes]
    words += [text[chart.language] for key, text in edition.catalogue.words.items()
              if key.startswith(("charts.", "state."))]  # fmt: skip
    question = edition.catalogue.indicators[card.table.indicator].question
    if question:
        choices = edition.catalogue.questions[question].choices
        words += [choice.label[chart.language] for choice in choices]
    words += [brk.reason for brk in chart.breaks]
    day = date.fromisoformat(chart.published)
    words += [write_date(day, language) for language in Language]
    return {token for text in words for token in tokens(text)} | AXIS


def _write(value: float, places: int) -> str:
    return (
        f"{value:.{places}f}".removesuffix(".0").removesuffix(".00")
        if places
        else (str(int(value + 0.5)))
    )
