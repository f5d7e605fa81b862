"""Writes a pack as a PDF, printed by the server's own browser."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import press
from office.packs.slides import named
from yearbook.charts import Chart, screen

if TYPE_CHECKING:
    from office.packs.files import Pack

STYLE = """
@page {
  size: A4; margin: 15mm 16mm 17mm;
  @bottom-right { content: counter(page) " / " counter(pages); font: 9pt "Source Sans"; }
}
* { box-sizing: border-box; }
body { margin: 0; font: 11pt/1.4 "Source Sans"; color: #1b2733; }
/* In lines lower than its letters a heading would be on the page before its own, too, unseen. */
h1 { font-size: 28pt; line-height: 1.3; margin: 55mm 0 3mm; }
h2 { font-size: 15pt; line-height: 1.3; margin: 0 0 1mm; }
a { color: #00555a; text-decoration: none; }
.lead { font-size: 15pt; }
.quiet, .subtitle, .foot { color: #555f6b; }
.subtitle { font-size: 10pt; line-height: 1.3; margin: 0 0 1mm; }
.mark { font-weight: 700; }
.cover, .contents { break-after: page; }
.contents li { margin: 0 0 2mm; }
section.figure { break-inside: avoid; margin: 0 0 6mm; }
.foot { font-size: 8.5pt; line-height: 1.3; margin: 0.5mm 0 0; overflow-wrap: anywhere; }
svg { max-width: 100%; height: auto; display: block; }
"""


def write(pack: Pack) -> bytes:
    """Raises press.Unprintable where there is no browser, or it does not answer."""
    return press.pdf_of(html(pack, tuple(_drawn(chart) for chart in pack.charts)))


def _drawn(chart: Chart) -> str:
    if chart.is_empty:
        return "".join(f"<p>{escape(reason)}</p>" for _, reason in chart.states)
    figure = screen.picture(chart, screen.IN_TEXT)
    size = figure["layout"]
    drawn = press.svg(figure, round(size["width"]), round(size["height"])).decode("utf-8")
    # Within a page it is read aloud by its label; its own <title> would be, in place of the alt.
    return drawn.replace("<svg ", f'<svg aria-label="{escape(chart.alt)}" ', 1)


def html(pack: Pack, drawn: tuple[str, ...]) -> str:
    shown = tuple(enumerate(zip(pack.charts, drawn, strict=True), 1))
    figures = "".join(_figure(number, chart, one) for number, (chart, one) in shown)
    listed = "".join(
        f'<li><a href="#figure-{number}">{escape(named(chart))}</a></li>'
        for number, (chart, _) in shown
    )
    said = "".join(f"<p>{escape(one)}</p>" for one in pack.cautions)
    invented = f'<p class="mark">{escape(pack.invented)}</p>' if pack.invented else ""
    return (
        f'<!DOCTYPE html><html lang="{pack.language.value}"><head><meta charset="utf-8">'
        f"<title>{escape(pack.school)}: {escape(pack.title)}</title><style>{STYLE}</style></head>"
        f'<body><div class="cover"><h1>{escape(pack.school)}</h1>'
        f'<p class="lead">{escape(pack.lead)}</p><p class="quiet">{escape(pack.edition)}</p>'
        f'<p class="quiet">{escape(pack.organisation)}</p>{invented}{said}</div>'
        f'<div class="contents"><h2>{escape(pack.contents)}</h2><ol>{listed}</ol></div>'
        f"{figures}</body></html>"
    )


def _figure(number: int, chart: Chart, drawn: str) -> str:
    mark = f'<p class="mark">{escape(chart.own_school)}</p>' if chart.own_school else ""
    lines = [*([chart.withheld] if chart.withheld else []), *chart.footer]
    under = "".join(f'<p class="foot">{escape(line)}</p>' for line in lines)
    return (
        f'<section class="figure" id="figure-{number}"><h2>{number}. {escape(chart.headline)}</h2>'
        f'<p class="subtitle">{escape(chart.subtitle)}</p>{mark}{drawn}{under}</section>'
    )
