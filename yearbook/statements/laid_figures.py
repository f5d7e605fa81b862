"""Lays one figure of a statement out in one language: drawn, with its label and the text before
it, or why it cannot be drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yearbook.charts import Chart
from yearbook.charts.excerpt import Excerpt, cells_of, drawn_again
from yearbook.editions import Edition
from yearbook.language import Language, Text
from yearbook.statements.sentences import draft
from yearbook.statements.statement import Figure, Statement
from yearbook.statements.words import clean, paragraphs, said


@dataclass(frozen=True)
class LaidFigure:
    """number: its place in the statement, from 1. label: "Kuvio 2", "Taulukko 1" (each kind is
    counted by itself). text: the paragraphs before it, in `text_language`. is_drafted: the text is
    from the data, not a person's. chart: None where `missing` says why there is none."""

    number: int
    label: str
    as_table: bool
    chart: Chart | None = None
    text: tuple[str, ...] = ()
    text_language: Language = Language.FI
    is_drafted: bool = False
    missing: str = ""

    @property
    def headline(self) -> str:
        return self.chart.headline if self.chart is not None else self.missing

    @property
    def caption(self) -> str:
        """ "Kuvio 2. Opiskelijat: kasvua 12 % vuodesta 2020"."""
        return f"{self.label}. {self.headline}"

    @property
    def under(self) -> tuple[str, ...]:
        """Source, notes, n, date and mark, each a line of text under the figure."""
        return self.chart.footer if self.chart is not None else ()

    @property
    def link(self) -> str:
        """The line under it that is an address: documents print a few words that lead there."""
        return self.chart.link if self.chart is not None else ""


def laid_figure(
    figure: Figure, editions: Mapping[str, Edition], language: Language, own_language: Language
) -> LaidFigure:
    """A figure by itself, as yet without a number, for a preview while it is written."""
    edition = editions.get(figure.excerpt.edition)
    if edition is None:
        why = said("missing.edition", language, name=clean(figure.excerpt.edition))
        return LaidFigure(0, "", figure.as_table, missing=why)
    chart = drawn(figure.excerpt, edition, language, figure.headline, figure.alt)
    if chart is None:
        why = said("missing.figure", language, name=edition.name)
        return LaidFigure(0, "", figure.as_table, missing=why)
    own_words, of = _own_text(figure.text, language, own_language)
    if own_words is None:
        own_words, of = draft(chart, edition), language
    return LaidFigure(
        0,
        "",
        figure.as_table,
        chart,
        paragraphs(own_words),
        of,
        is_drafted=figure.text is None,
    )


def labels(statement: Statement, language: Language) -> tuple[str, ...]:
    """ "Kuvio 1", "Taulukko 1", "Kuvio 2": each kind is counted by itself."""
    counted, found = {True: 0, False: 0}, []
    for figure in statement.figures:
        counted[figure.as_table] += 1
        key = "table" if figure.as_table else "figure"
        found.append(said(key, language, number=counted[figure.as_table]))
    return tuple(found)


def drawn(
    excerpt: Excerpt,
    edition: Edition,
    language: Language,
    headline: Text | None = None,
    alt: Text | None = None,
) -> Chart | None:
    """None where the edition has none of it: an excerpt may be of a withdrawn indicator."""
    if not cells_of(excerpt, edition).cells:
        return None
    headline, alt = _spoken(headline, language), _spoken(alt, language)
    try:
        return drawn_again(excerpt, edition, language, headline, alt)
    except (LookupError, StopIteration, ValueError):  # a form, option or school that it never had
        return None


def _spoken(words: Text | None, language: Language) -> Text | None:
    """A person's own words in that language; None where there are none, so that they are
    drafted."""
    own_words = clean(words[language]) if words is not None else ""
    return Text(own_words, own_words, own_words) if own_words else None


def _own_text(
    words: Text | None, language: Language, own_language: Language
) -> tuple[str | None, Language]:
    """A person's own words and their language: in that of the document, else as they were written.
    None where they are left to the draft; "" where there shall be none."""
    if words is None:
        return None, language
    if clean(words[language]):
        return words[language], language
    for other in (own_language, *Language):
        if clean(words[other]):
            return words[other], other
    return "", language
