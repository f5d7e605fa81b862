"""What a statement is before it is laid out: a person's words, and excerpts of editions in their
order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, TypeVar

from yearbook.charts.excerpt import Excerpt, NotAnExcerpt
from yearbook.charts.excerpt import from_plain as excerpt_from_plain
from yearbook.charts.excerpt import to_plain as excerpt_to_plain
from yearbook.language import Language, Text

FORMAT = 1
MOST_FIGURES = 60
MOST_SIGNATORIES = 20
LONGEST_LINE = 500  # characters of what stands on a line or two
LONGEST_TEXT = 20_000  # characters of what fills pages
LINES = ("title", "recipient", "diary_number", "place")
PAGES = ("opening", "closing")

Some = TypeVar("Some")


class NotAStatement(Exception):
    """What was read is no statement, or one of a newer version of the product."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, and in what office."""

    name: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart or table of the statement, and the paragraph before it.

    headline, alt, text: a person's own words, None where the draft stands. Where headline and alt
    are "" in a language, its draft stands; a text stays in the language it was written in, and one
    that is "" in all of them is none at all.
    """

    excerpt: Excerpt
    headline: Text | None = None
    alt: Text | None = None
    text: Text | None = None
    as_table: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """`language` is that of the person's own words. date: ISO, or "". recipient: may have several
    lines; opening and closing: paragraphs with an empty line between them."""

    title: str = ""
    language: Language = Language.FI
    recipient: str = ""
    diary_number: str = ""
    date: str = ""
    place: str = ""
    signatories: tuple[Signatory, ...] = ()
    opening: str = ""
    closing: str = ""
    figures: tuple[Figure, ...] = ()

    @property
    def editions(self) -> tuple[str, ...]:
        """The names of the editions that its figures are from."""
        return tuple(dict.fromkeys(figure.excerpt.edition for figure in self.figures))


# --- Changing one ------------------------------------------------------------------------------


def add(statement: Statement, figure: Figure) -> Statement:
    """With the figure at its end; the same where it is full already."""
    if len(statement.figures) >= MOST_FIGURES:
        return statement
    return replace(statement, figures=(*statement.figures, figure))


def is_full(statement: Statement) -> bool:
    return len(statement.figures) >= MOST_FIGURES


def move(statement: Statement, number: int, by: int) -> Statement:
    """The figure of that number (from 1) so many places on, at most to an end."""
    figures = list(statement.figures)
    figure = figures.pop(number - 1)
    figures.insert(min(max(number - 1 + by, 0), len(figures)), figure)
    return replace(statement, figures=tuple(figures))


def remove(statement: Statement, number: int) -> Statement:
    figures = statement.figures
    return replace(statement, figures=(*figures[: number - 1], *figures[number:]))


def replace_figure(statement: Statement, number: int, figure: Figure) -> Statement:
    figures = statement.figures
    return replace(statement, figures=(*figures[: number - 1], figure, *figures[number:]))


# --- Keeping one -------------------------------------------------------------------------------


def to_plain(statement: Statement) -> dict[str, Any]:
    """As JSON values, without what is empty."""
    plain: dict[str, Any] = {"format": FORMAT, "language": statement.language.value}
    for name in (*LINES, "date", *PAGES):
        if value := getattr(statement, name):
            plain[name] = value
    plain["signatories"] = [asdict(signatory) for signatory in statement.signatories]
    plain["figures"] = [_figure_to_plain(figure) for figure in statement.figures]
    return plain


def from_plain(plain: Any) -> Statement:
    """Reads `to_plain`, whoever wrote it. Raises NotAStatement."""
    try:
        if plain["format"] != FORMAT:
            raise NotAStatement(f"format {plain['format']!r}")
        lines = {name: _text(plain.get(name, ""), LONGEST_LINE) for name in LINES}
        pages = {name: _text(plain.get(name, ""), LONGEST_TEXT) for name in PAGES}
        return Statement(
            language=Language(plain["language"]),
            date=_date(plain.get("date", "")),
            signatories=_many(plain.get("signatories", []), MOST_SIGNATORIES, _signatory),
            figures=_many(plain.get("figures", []), MOST_FIGURES, _figure),
            **lines,
            **pages,
        )
    except (KeyError, TypeError, ValueError, AttributeError, NotAnExcerpt) as error:
        raise NotAStatement(str(error)) from error


def _figure_to_plain(figure: Figure) -> dict[str, Any]:
    plain: dict[str, Any] = {"excerpt": excerpt_to_plain(figure.excerpt)}
    for name in ("headline", "alt", "text"):
        if (own_words := getattr(figure, name)) is not None:
            plain[name] = asdict(own_words)
    return {**plain, "as_table": True} if figure.as_table else plain


def _figure(plain: Any) -> Figure:
    as_table = plain.get("as_table", False)
    if not isinstance(as_table, bool):
        raise ValueError("as_table is neither true nor false")
    return Figure(
        excerpt_from_plain(plain["excerpt"]),
        _own_words(plain.get("headline"), LONGEST_LINE),
        _own_words(plain.get("alt"), LONGEST_LINE),
        _own_words(plain.get("text"), LONGEST_TEXT),
        as_table,
    )


def _own_words(plain: Any, longest: int) -> Text | None:
    if plain is None:
        return None
    return Text(*(_text(plain.get(language.value, ""), longest) for language in Language))


def _signatory(plain: Any) -> Signatory:
    name = _text(plain.get("name", ""), LONGEST_LINE)
    return Signatory(name, _text(plain.get("title", ""), LONGEST_LINE))


def _many(plain: Any, most: int, read: Callable[[Any], Some]) -> tuple[Some, ...]:
    if not isinstance(plain, list) or len(plain) > most:
        raise ValueError("no list, or too long a one")
    return tuple(read(part) for part in plain)


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError("no text, or too long a one")
    return value


def _date(value: Any) -> str:
    written = _text(value, 10)
    return date.fromisoformat(written).isoformat() if written else ""
