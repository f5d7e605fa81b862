"""Which graduates two surveys or more have asked: soon after graduation, later, and in the wide
one."""

from __future__ import annotations

from ui import naming
from ui.selection import has_figures, pick, spans
from ui.visit import Visitor
from yearbook.editions import Table

LEAST_SURVEYS = 2


def moments(table: Table, programme: str) -> list[str]:
    """Cohorts and spans that have figures of several surveys: the newest first, cohorts first."""
    cohorts = sorted(table.values_of("cohort"), reverse=True)
    blocks = sorted(spans(table), reverse=True)
    return [m for m in (*cohorts, *blocks) if len(surveys(table, m, programme)) >= LEAST_SURVEYS]


def surveys(table: Table, moment: str, programme: str) -> tuple[str, ...]:
    """The surveys with a figure of those graduates."""
    found = cells(table, moment, programme)
    return tuple(s for s in found.values_of("survey") if has_figures(found.select(survey=s)))


def cells(table: Table, moment: str, programme: str) -> Table:
    time = "block" if "-" in moment else "cohort"
    return pick(table, **{time: (moment,)}, programme=(programme,))


def most_told(table: Table, found: list[str], programme: str) -> str:
    """The newest of those whom the most surveys have asked."""
    return max(found, key=lambda moment: len(surveys(table, moment, programme)), default="")


def names(visitor: Visitor, found: list[str]) -> naming.Names:
    return {moment: naming.moment_name(moment, visitor) for moment in found}
