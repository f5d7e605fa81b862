"""Reads what stands above a table: its title, its year, pairs as "Oppilaitos: Kuopio"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data_loaders.cells.years import titled_year
from data_loaders.sheets.tables import Table
from data_loaders.words.lexicon import Lexicon, Meaning
from data_loaders.words.spelling import text_of
from data_loaders.workbook import Sheet

LABELS = ("school", "programme", "year", "survey", "survey_year", "cohort")


def with_titles(sheet: Sheet, until: int, lexicon: Lexicon) -> Table:
    """A table that has no columns yet; of two titles that differ the nearer one counts."""
    found = Meaning()
    labels: list[tuple[str, str]] = []
    titles: list[str] = []
    for row in reversed(sheet.rows[:until]):
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
    return meaning.role if meaning and meaning.role in LABELS else ""
