"""Writes a pack as slides: a cover, the contents, and a chart of Office on each slide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pptx.presentation import Presentation as Deck

from yearbook.charts import Chart
from yearbook.charts.captions import SEPARATOR
from yearbook.charts.style import LIGHT
from yearbook.exports.native import presentations
from yearbook.exports.native.presentations import MARK
from yearbook.exports.native.slide_texts import Words
from yearbook.exports.native.slides import Figure, add_figure

if TYPE_CHECKING:
    from office.packs.files import Pack

TITLE, LEAD, LINE, TEXT = 28.0, 24.0, 16.0, 14.0  # points
AS_TABLE = ("representation",)  # a slide has no room for the dots of sixteen schools


def write(pack: Pack) -> bytes:
    deck = presentations.blank(pack.language, f"{pack.school}: {pack.title}", pack.organisation)
    _add_cover(deck, pack)
    _add_contents(deck, pack)
    for number, chart in enumerate(pack.charts, 1):
        label = f"{pack.school}{SEPARATOR}{number} / {len(pack.charts)}"
        add_figure(deck, Figure(chart, label, is_table=chart.form in AS_TABLE))
    return presentations.written(deck)


def _add_cover(deck: Deck, pack: Pack) -> None:
    lines = [
        Words(pack.lead, LEAD, pack.language),
        Words(pack.edition, LINE, pack.language, LIGHT.muted),
        Words(pack.organisation, LINE, pack.language, LIGHT.muted),
        Words(pack.invented, LINE, pack.language, MARK, is_bold=True),
        *(Words(caution, TEXT, pack.language) for caution in pack.cautions),
    ]
    presentations.add_cover(deck, Words(pack.school, TITLE, pack.language), lines)


def _add_contents(deck: Deck, pack: Pack) -> None:
    listed = [f"{number}.  {named(chart)}" for number, chart in enumerate(pack.charts, 1)]
    presentations.add_page(
        deck,
        Words(pack.contents, TITLE, pack.language),
        [[Words(line, LINE, pack.language)] for line in listed],
    )


def named(chart: Chart) -> str:
    """The headline, with the label before it where it does not say it."""
    says_label = chart.label.casefold() in chart.headline.casefold()
    return chart.headline if says_label else f"{chart.label}. {chart.headline}"
