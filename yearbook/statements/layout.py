"""Lays a statement out in one language: figures numbered and drawn, with all the words around
them; every format of document writes the same layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from yearbook.charts import Chart, captions
from yearbook.editions import Edition
from yearbook.language import Language, write_date
from yearbook.statements.laid_figures import LaidFigure, labels, laid_figure
from yearbook.statements.statement import Figure, Signatory, Statement
from yearbook.statements.words import clean, paragraphs, said

Address = Callable[[Figure], str]
NAMES = {Language.FI: "finnish", Language.SV: "swedish", Language.EN: "english"}


@dataclass(frozen=True)
class Layout:
    """All the words of a document in their order.

    own_language: that of title, opening and closing, which stay as the person wrote them; `foreign`
    says so where it is not `language`, else "". head: names and values ("Diaarinumero",
    "VN/123/2026"). about: sentences on the figures, at the end. invented: the mark of sample data.
    """

    language: Language
    own_language: Language
    association: str
    kind: str
    title: str
    recipient: tuple[str, ...]
    head: tuple[tuple[str, str], ...]
    place_and_date: str
    opening: tuple[str, ...]
    figures: tuple[LaidFigure, ...]
    closing: tuple[str, ...]
    signatories: tuple[Signatory, ...]
    see_again: str  # the words of a figure's link
    about_heading: str
    about: tuple[str, ...]
    invented: str
    foreign: str


def laid_out(
    statement: Statement,
    editions: Mapping[str, Edition],
    language: Language | None = None,
    address: Address | None = None,
) -> Layout:
    """In the statement's language, or in another. editions: by name, those of its figures.

    address: where the numbers of a figure are seen again, printed under it; "" for none.
    """
    speaks = language or statement.language
    figures = _linked(statement, _figures(statement, editions, speaks), address)
    charts = [figure.chart for figure in figures if figure.chart is not None]
    return Layout(
        language=speaks,
        own_language=statement.language,
        association=_association(statement, editions, speaks),
        kind=said("kind", speaks),
        title=clean(statement.title) or said("untitled", speaks),
        recipient=tuple(line for line in clean(statement.recipient).split("\n") if line.strip()),
        head=_head(statement, speaks),
        place_and_date=_place_and_date(statement, speaks),
        opening=paragraphs(statement.opening),
        figures=figures,
        closing=paragraphs(statement.closing),
        signatories=_signatories(statement),
        see_again=said("see_again", speaks),
        about_heading=said("about", speaks),
        about=_about(charts, speaks),
        invented=next((chart.invented for chart in charts if chart.invented), ""),
        foreign=_foreign(statement, figures, speaks),
    )


def _figures(
    statement: Statement, editions: Mapping[str, Edition], language: Language
) -> tuple[LaidFigure, ...]:
    named = zip(labels(statement, language), statement.figures, strict=True)
    return tuple(
        replace(laid_figure(f, editions, language, statement.language), number=number, label=label)
        for number, (label, f) in enumerate(named, 1)
    )


def _linked(
    statement: Statement, figures: tuple[LaidFigure, ...], address: Address | None
) -> tuple[LaidFigure, ...]:
    """With the address of each under it, as every export carries it."""
    if address is None:
        return figures
    found = []
    for figure, laid in zip(statement.figures, figures, strict=True):
        link = address(figure) if laid.chart is not None else ""
        chart = captions.linked(laid.chart, link) if laid.chart is not None and link else laid.chart
        found.append(replace(laid, chart=chart))
    return tuple(found)


def _association(statement: Statement, editions: Mapping[str, Edition], language: Language) -> str:
    for name in statement.editions:
        if name in editions:
            return editions[name].catalogue.association[language]
    return said("association", language)


def _head(statement: Statement, language: Language) -> tuple[tuple[str, str], ...]:
    number = clean(statement.diary_number)
    return ((said("diary_number", language), number),) if number else ()


def _place_and_date(statement: Statement, language: Language) -> str:
    """ "Helsinki 22.11.2026", or the one of them that is given."""
    place = clean(statement.place)
    day = write_date(date.fromisoformat(statement.date), language) if statement.date else ""
    if place and day:
        return said("place_and_date", language, place=place, date=day)
    return place or day


def _signatories(statement: Statement) -> tuple[Signatory, ...]:
    cleaned = (Signatory(clean(s.name), clean(s.title)) for s in statement.signatories)
    return tuple(signatory for signatory in cleaned if signatory.name)


def _about(charts: list[Chart], language: Language) -> tuple[str, ...]:
    """The editions, what a clear difference is, and what a dash is, where they occur."""
    if not charts:
        return ()
    names = list(dict.fromkeys(chart.edition for chart in charts))
    listed = f" {said('editions.and', language)} ".join(
        part for part in (", ".join(names[:-1]), names[-1]) if part
    )
    association = said("editions.association", language)
    key = "editions.many" if len(names) > 1 else "editions.one"
    told = [said(key, language, names=listed, association=association)]
    if any(chart.has_whiskers for chart in charts):
        told.append(said("editions.interval", language))
    if any(chart.states for chart in charts):
        told.append(said("editions.withheld", language))
    return tuple(told)


def _foreign(statement: Statement, figures: tuple[LaidFigure, ...], language: Language) -> str:
    """That a person's own words are in another language, where there are such."""
    own = (statement.title, statement.opening, statement.closing)
    is_own = any(map(clean, own)) and statement.language is not language
    others = [f.text_language for f in figures if f.text and f.text_language is not language]
    if is_own:
        others.insert(0, statement.language)
    return " ".join(said(f"foreign.{NAMES[of]}", language) for of in dict.fromkeys(others))
