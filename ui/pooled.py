"""The pooled view that is shown where a part of a chart is withheld: longer spans of school years,
all programmes or all schools together. Only what the edition has is offered."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from ui.visit import Visitor
from yearbook.charts.material import Material, ends
from yearbook.charts.series_breaks import since_break
from yearbook.charts.view import View
from yearbook.editions import ALL_BLOCKS, Edition, Group, State, Table

SPANS, ALL_SPANS, PROGRAMMES, SCHOOLS = "spans", "all_spans", "programmes", "schools"
TOLD = (State.SHOWN, State.INTERVAL, State.FOLDED)
Told = tuple[Group, str]  # a group and an option
Way = tuple[str, ...]  # what is pooled: time, then programmes, then schools

# From the nearest: one kind before two, and longer spans before all programmes before all schools.
WAYS: tuple[Way, ...] = tuple(
    sorted(
        (
            tuple(filter(None, (time, area, school)))
            for school, area, time in product(
                ("", SCHOOLS), ("", PROGRAMMES), ("", SPANS, ALL_SPANS)
            )
            if time or area or school
        ),
        key=len,
    )
)


@dataclass(frozen=True, slots=True)
class Offer:
    """The cells of a pooled view, and what is pooled in it."""

    table: Table
    way: Way

    def named(self, visitor: Visitor) -> str:
        """ "kaikki jaksot yhdessä"."""
        return ", ".join(visitor.word(f"pooled.{what}") for what in self.way)


def offer(edition: Edition, cells: Table, option: str = "") -> Offer | None:
    """The nearest view that tells the most of what is withheld in these cells; None where nothing
    is withheld, or no view tells more of it than the chart does."""
    followed = [cell for cell in cells.cells if option in ("", cell.option)]
    hidden = [(c.group, c.option) for c in followed if c.state is State.WITHHELD]
    if not hidden:
        return None
    pooling = _Pooling(edition, edition.table(cells.indicator))
    known = {(c.group, c.option) for c in followed if c.state in TOLD}
    gains = {way: sum(pooling.tells(of, way, known) for of in hidden) for way in WAYS}
    best = max(WAYS, key=lambda way: gains[way])  # of equals the first
    if not gains[best]:
        return None
    wanted = {pooling.of(group, best) for group in cells.by_group}
    return Offer(pooling.whole.where(lambda cell: cell.group in wanted), best)


@dataclass(frozen=True)
class _Pooling:
    """The published cells of a figure, among which larger groups are looked for."""

    edition: Edition
    whole: Table

    @cached_property
    def told(self) -> Set[Told]:
        return {(c.group, c.option) for c in self.whole.cells if c.state in TOLD}

    def tells(self, hidden: Told, way: Way, known: Set[Told]) -> bool:
        """Whether this way shows a larger group with it that the chart has not, nor any of which
        this one is but a still larger one."""
        group, option = hidden
        parts = [part for part in WAYS if set(part) <= set(way)]
        if any((self.of(group, part), option) in known for part in parts):
            return False
        return (self.of(group, way), option) in self.told

    def of(self, group: Group, way: Way) -> Group:
        """The group that holds it."""
        if PROGRAMMES in way:
            group = replace(group, programme="")
        if SCHOOLS in way:
            group = replace(group, school="")
        if SPANS in way and group.cohort:
            return replace(group, cohort="", block=self._span(group))
        if ALL_SPANS in way and self._is_since_break(group):
            return replace(group, cohort="", block=ALL_BLOCKS)
        return group

    def _span(self, group: Group) -> str:
        """The span that holds the school year, "" where there is none."""
        blocks = self._blocks.get(group.survey, ())
        held = (b for b in blocks if ends(b)[0] <= int(group.cohort) <= ends(b)[1])
        return next(held, "")

    @cached_property
    def _blocks(self) -> dict[str, list[str]]:
        """Survey -> the question's own spans."""
        found: dict[str, dict[str, None]] = {}
        for group in self.whole.by_group:
            if group.block not in ("", ALL_BLOCKS):
                found.setdefault(group.survey, {})[group.block] = None
        return {survey: list(blocks) for survey, blocks in found.items()}

    def _is_since_break(self, group: Group) -> bool:
        """All spans together begin after the question's last break."""
        moment = group.cohort or group.block
        if not moment or moment == ALL_BLOCKS:
            return False
        since = self._since[group.survey]
        return since is not None and ends(moment)[0] >= since

    @cached_property
    def _since(self) -> dict[str, int | None]:
        """Survey -> the first cohort after the question's last break, None where no one knows."""
        material = Material(self.edition, self.whole, View())
        surveys = {group.survey for group in self.whole.by_group}
        return {survey: since_break(material, survey) for survey in surveys if survey}
