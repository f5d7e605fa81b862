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
  size: A4; margin: 18mm 16mm 20mm;
  @bottom-right { content: counter(page) " / " counter(pages); font: 9pt "Source Sans"; }
}
* { box-sizing: border-box; }
body { margin: 0; font: 11pt/1.4 "Source Sans"; color: #1b2733; }
h1 { font-size: 28pt; line-height: 1.15; margin: 55mm 0 3mm; }
h2 { font-size: 15pt; line-height: 1.2; margin: 0 0 1mm; }
.lead { font-size: 15pt; }
.quiet, .subtitle, .foot { color: #555f6b; }
.subtitle { margin: 0 0 2mm; }
.mark { font-weight: 700; }
.cover, .contents { break-after: page; }
.contents li { margin: 0 0 2mm; }
section.figure { break-inside: avoid; margin: 0 0 9mm; }
.foot { font-size: 8.5pt; margin: 1mm 0 0; overflow-wrap: anywhere; }
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
    return drawn[drawn.index("<svg") :]


def html(pack: Pack, drawn: tuple[str, ...]) -> str:
    figures = "".join(_figure(chart, one) for chart, one in zip(pack.charts, drawn, strict=True))
    listed = "".join(f"<li>{escape(named(chart))}</li>" for chart in pack.charts)
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


def _figure(chart: Chart, drawn: str) -> str:
    mark = f'<p class="mark">{escape(chart.own_school)}</p>' if chart.own_school else ""
    lines = [*([chart.withheld] if chart.withheld else []), *chart.footer]
    under = "".join(f'<p class="foot">{escape(line)}</p>' for line in lines)
    return (
        f'<section class="figure"><h2>{escape(chart.headline)}</h2>'
        f'<p class="subtitle">{escape(chart.subtitle)}</p>{mark}{drawn}{under}</section>'
    )
