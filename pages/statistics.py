"""Tilastot: one annual figure large, over time, by school, by kind of maintainer and by region."""

from __future__ import annotations

from dataclasses import dataclass

from ui import address, card, filters, grid, naming, prose, selection
from ui.selection import each, pick
from ui.visit import Visitor
from yearbook.charts.view import View
from yearbook.editions import Edition, Table

ORDER = 40
ICON = None
TITLE = "pages.statistics.title"
URL_PATH = "tilastot"

SCHOOLS_BESIDE = 4


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the filters say."""

    table: Table
    programme: str
    beside: tuple[str, ...]
    years: tuple[str, ...]


def show(edition: Edition, visitor: Visitor) -> None:
    lead = "pages.statistics.lead" if edition.tells_of_schools else "public.statistics_lead"
    prose.title(visitor.word(TITLE), visitor.word(lead))
    if not edition.indicators(source="annual"):
        prose.say(visitor.word("empty.page_missing"))
        return
    chosen = _choose(edition, visitor)
    prose.definition(edition.catalogue.indicators[chosen.table.indicator], visitor)
    _over_time(edition, visitor, chosen)
    if not edition.tells_of_schools:
        _by_programme(edition, visitor, chosen)
        return
    grid.of([_by_school, _by_region], 2, lambda draw: draw(edition, visitor, chosen))
    _by_maintainer(edition, visitor, chosen)


def _choose(edition: Edition, visitor: Visitor) -> Chosen:
    with filters.row(visitor, "theme", "indicator", "programme", "compare", "years"):
        themes = naming.themes(edition, visitor, "annual")
        _take_theme_of_asked(edition)
        theme = filters.one(visitor, "theme", themes)
        offered = naming.indicators(edition, visitor, "annual", theme)
        table = edition.table(filters.one(visitor, "indicator", offered))
        programme = filters.programme(visitor, edition, table)
        years = filters.years(visitor, table.values_of("year"))
        beside = _beside(edition, visitor)
        return Chosen(table, programme, beside, years)


def _beside(edition: Edition, visitor: Visitor) -> tuple[str, ...]:
    """Schools to set beside all together."""
    if not edition.tells_of_schools:
        return ()
    with filters.more(visitor, "compare"):
        schools = naming.schools(edition, visitor, is_short=True)
        return filters.several(visitor, "compare", schools, SCHOOLS_BESIDE)


def _take_theme_of_asked(edition: Edition) -> None:
    """A link may name the figure alone: its theme is chosen with it, so that the next link of this
    view says the theme, too, where the figure comes by itself."""
    asked = edition.catalogue.indicators.get(address.wanted("indicator") or "")
    if asked is not None and address.wanted("theme") is None:
        address.remember("theme", asked.theme)


def _over_time(edition: Edition, visitor: Visitor, chosen: Chosen) -> None:
    schools = ("", visitor.own_school, *chosen.beside)
    table = pick(chosen.table, school=schools, programme=(chosen.programme,), year=chosen.years)
    card.of(table, edition, visitor, "time", View(form="lines"))


def _by_school(edition: Edition, visitor: Visitor, chosen: Chosen) -> None:
    newest = chosen.years[-1:]
    table = each(chosen.table, "school", programme=(chosen.programme,), year=newest)
    card.of(table, edition, visitor, "schools", View(form="bars"))


def _by_programme(edition: Edition, visitor: Visitor, chosen: Chosen) -> None:
    """Where no school has a figure, the programmes beside each other; not where one was chosen."""
    if chosen.programme or len(selection.programmes_of(chosen.table)) < 2:
        return
    table = each(chosen.table, "programme", year=chosen.years[-1:])
    card.of(table, edition, visitor, "programmes", View(form="bars"))


def _by_maintainer(edition: Edition, visitor: Visitor, chosen: Chosen) -> None:
    table = each(chosen.table, "maintainer_kind", year=chosen.years)
    card.of(table, edition, visitor, "maintainers", View(form="lines"))


def _by_region(edition: Edition, visitor: Visitor, chosen: Chosen) -> None:
    table = each(chosen.table, "region", year=chosen.years[-1:])
    card.of(table, edition, visitor, "regions", View(form="bars"))
