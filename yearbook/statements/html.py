"""Writes a statement as one page of HTML that is printed as a PDF: tagged, in its language, with
figures as drawings and nothing loaded from anywhere."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from yearbook.charts import Chart
from yearbook.charts.description import Column, Entry
from yearbook.editions import State
from yearbook.language import Language
from yearbook.statements.laid_figures import LaidFigure
from yearbook.statements.layout import Layout
from yearbook.statements.words import clean, said

STYLE = Path(__file__).with_name("statement.css")
LINKS = ("https://", "http://")
WIDE = 7  # columns of a table; more are written smaller


def write(layout: Layout, svgs: Sequence[str | None] = ()) -> str:
    """svgs: in the order of the figures; a figure without one is its table."""
    drawn = [*svgs, *[None] * len(layout.figures)]
    parts = [
        *_head(layout),
        *_paragraphs(layout.opening, layout.own_language, layout),
        *(part for figure, svg in zip(layout.figures, drawn, strict=False)
          for part in _figure(figure, svg, layout)),
        *_paragraphs(layout.closing, layout.own_language, layout),
        *_signatures(layout),
        *_about(layout),
    ]  # fmt: skip
    body = "\n".join(parts)
    return (
        f'<!DOCTYPE html>\n<html lang="{layout.language.value}">\n<head>\n'
        f'<meta charset="utf-8">\n<title>{_text(layout.title)}</title>\n'
        f'<meta name="author" content="{_text(layout.association)}">\n'
        f"<style>\n{_style(layout)}\n</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _style(layout: Layout) -> str:
    """With the words of the page's edges, which CSS prints."""
    before, between, after = said("page", layout.language, number="\0", whole="\0").split("\0")
    page = f"{_css(before)} counter(page) {_css(between)} counter(pages) {_css(after)}"
    edges = f"""@page {{
  @top-left {{ content: {_css(layout.association)}; }}
  @top-right {{ content: {_css(layout.kind)}; }}
  @bottom-right {{ content: {page}; }}
}}"""
    return f"{STYLE.read_text(encoding='utf-8')}\n{edges}"


def _css(text: str) -> str:
    """A string of CSS; no sign of it can end the string or the style."""
    line = "".join(sign for sign in text.replace("\n", " ") if sign.isprintable())
    kept = (sign if sign.isalnum() or sign in " .,-/" else f"\\{ord(sign):x} " for sign in line)
    return f'"{"".join(kept)}"'


def _head(layout: Layout) -> Iterator[str]:
    lines = [layout.place_and_date, *(f"{name} {value}" for name, value in layout.head)]
    yield '<header class="letter">'
    yield from _lines("date", lines, layout.language, layout)
    yield from _lines("recipient", layout.recipient, layout.own_language, layout)
    yield "</header>"
    yield f"<h1{_spoken(layout.own_language, layout)}>{_text(layout.title)}</h1>"
    if layout.invented:
        yield f'<p class="notice">{_text(layout.invented)}.</p>'


def _lines(name: str, lines: Iterable[str], language: Language, layout: Layout) -> Iterator[str]:
    told = [_text(line) for line in lines if line]
    if told:
        yield f'<p class="{name}"{_spoken(language, layout)}>{"<br>".join(told)}</p>'


def _figure(figure: LaidFigure, svg: str | None, layout: Layout) -> Iterator[str]:
    yield from _paragraphs(figure.text, figure.text_language, layout)
    chart = figure.chart
    if chart is None:
        yield f'<p class="missing">{_text(figure.caption)}</p>'
        return
    yield "<figure>"
    yield (
        f"<figcaption><strong>{_text(figure.caption)}</strong>"
        f'<span class="subtitle">{_text(chart.subtitle)}</span></figcaption>'
    )
    yield _table(chart) if figure.as_table or svg is None else _drawing(chart, svg)
    for line in figure.under:
        told = _text(line)
        if line == figure.link and line.startswith(LINKS):
            told = f'<a href="{told}">{_text(layout.see_again)}</a>'
        yield f'<p class="under">{told}</p>'
    yield "</figure>"


def _drawing(chart: Chart, svg: str) -> str:
    """As an image: what two drawings call alike inside cannot meet."""
    coded = b64encode(svg.encode()).decode()
    return f'<img alt="{_text(chart.alt)}" src="data:image/svg+xml;base64,{coded}">'


def _table(chart: Chart) -> str:
    """The twin, with headings that say what they head."""
    columns, rows = chart.twin.columns, chart.twin.rows
    size = ' class="wide"' if len(columns) > WIDE else ""
    head = "".join(f'<th scope="col"{_side(c)}>{_text(c.name)}</th>' for c in columns)
    body = "\n".join(f"<tr>{''.join(_cells(columns, row))}</tr>" for row in rows)
    return f"<table{size}><thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"


def _cells(columns: Sequence[Column], row: Sequence[Entry]) -> Iterator[str]:
    for number, (column, entry) in enumerate(zip(columns, row, strict=True)):
        if number == 0:
            yield f'<th scope="row">{_text(entry.written)}</th>'
            continue
        withheld = " withheld" if entry.state is State.WITHHELD else ""
        name = f' class="{_kind(column)}{withheld}"'
        yield f"<td{name}>{_text(entry.written)}</td>"


def _kind(column: Column) -> str:
    return "text" if column.kind == "text" else "number"


def _side(column: Column) -> str:
    return f' class="{_kind(column)}"'


def _signatures(layout: Layout) -> Iterator[str]:
    if not layout.signatories:
        return
    yield '<div class="signatures">'
    for signatory in layout.signatories:
        yield f"<p>{_text(signatory.name)}<br>{_text(signatory.title)}</p>"
    yield "</div>"


def _about(layout: Layout) -> Iterator[str]:
    told = [text for text in (*layout.about, layout.foreign) if text]
    if told:
        yield f"<h2>{_text(layout.about_heading)}</h2>"
        yield from (f'<p class="under">{_text(text)}</p>' for text in told)


def _paragraphs(texts: Sequence[str], language: Language, layout: Layout) -> Iterator[str]:
    for text in texts:
        said_so = "<br>".join(_text(line) for line in text.split("\n"))
        yield f"<p{_spoken(language, layout)}>{said_so}</p>"


def _spoken(language: Language, layout: Layout) -> str:
    """The language of a part that is not in the document's."""
    return "" if language is layout.language else f' lang="{language.value}"'


def _text(text: str) -> str:
    return escape(clean(text), quote=True)
