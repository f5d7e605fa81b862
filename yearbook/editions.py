"""What anyone may see: an edition of published tables, and the cells in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from yearbook.catalogue import Catalogue, Content, Indicator, build
from yearbook.language import Text

FORMAT = 1
# Whom an edition is for: all members, everyone, or (by its code) what one school alone may see.
MEMBERS, PUBLIC = "members", "public"
ALL = ""
ALL_BLOCKS = "blocks"
# The table of those who were asked: for each survey group its invited, reached and answered.
FRAME = ".frame"
# Of an annual figure with that at its end: of the schools known both in a year and in the one
# before it, the figure then (BEFORE) and now (AFTER).
CHANGE = ".change"
BEFORE, AFTER = "before", "after"
INVITED, REACHED, ANSWERED = "invited", "reached", "answered"


FOLD = "+"


class State(StrEnum):
    """Why a cell looks as it does. Only `shown` and `interval` carry a value."""

    SHOWN = "shown"
    INTERVAL = "interval"  # "1–4"
    WITHHELD = "withheld"
    FOLDED = "folded"  # counted together with other options, in a cell of their own
    NOT_ASKED = "not_asked"
    NOT_OFFERED = "not_offered"
    NO_ANSWER = "no_answer"
    NOT_RETURNED = "not_returned"


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """Whom a figure is about. A dimension that is "" is taken whole (all schools, all programmes).

    Annual figures have `year`. Survey results have `survey` and one of `cohort` (a school year,
    2019 = "2019–20", kept as "2019") and `block` ("2018-2020", inclusive; "blocks" = all closed
    blocks since the last break of the question).
    """

    school: str = ALL
    programme: str = ALL
    region: str = ALL
    maintainer_kind: str = ALL
    year: str = ALL
    survey: str = ALL
    cohort: str = ALL
    block: str = ALL

    @property
    def cut(self) -> tuple[str, ...]:
        """The dimensions that are fixed, in their order; ("school", "year") …; survey is always
        implied."""
        return tuple(name for name in DIMENSIONS if getattr(self, name))


DIMENSIONS = ("school", "programme", "region", "maintainer_kind", "year", "cohort", "block")


@dataclass(frozen=True, slots=True)
class Cell:
    """One published number, or the reason why there is none.

    value: what is shown, in the indicator's unit; shares are 0–1. low, high: the ends of "1–4"
    where the state is `interval`, else the 95 % interval of a share, or None. count: persons behind
    a share. n: answers to the question in the group; for annual figures the schools behind the
    figure. option: the choice's code, "" for a figure that has no options; "a+b" for options
    counted together, each of which has a cell of its own that is `folded`.
    """

    group: Group
    option: str = ""
    state: State = State.SHOWN
    value: float | None = None
    low: float | None = None
    high: float | None = None
    count: int | None = None
    n: int | None = None

    @property
    def is_shown(self) -> bool:
        return self.state is State.SHOWN

    @property
    def is_fold(self) -> bool:
        """Whether it counts several options together."""
        return FOLD in self.option

    @property
    def folded(self) -> tuple[str, ...]:
        """The options that it counts together; none where it counts a single one."""
        return tuple(self.option.split(FOLD)) if self.is_fold else ()


@dataclass(frozen=True)
class Table:
    """The published cells of one indicator."""

    indicator: str
    cells: tuple[Cell, ...]

    @cached_property
    def by_cut(self) -> Mapping[tuple[str, ...], tuple[Cell, ...]]:
        found: dict[tuple[str, ...], list[Cell]] = {}
        for cell in self.cells:
            found.setdefault(cell.group.cut, []).append(cell)
        return {cut: tuple(cells) for cut, cells in found.items()}

    @cached_property
    def by_group(self) -> Mapping[Group, tuple[Cell, ...]]:
        """All options of a group, in the published order."""
        found: dict[Group, list[Cell]] = {}
        for cell in self.cells:
            found.setdefault(cell.group, []).append(cell)
        return {group: tuple(cells) for group, cells in found.items()}

    def cut(self, *dimensions: str) -> Table:
        """Only the cells of that cross-table, as ("school", "year")."""
        return replace(self, cells=self.by_cut.get(tuple(dimensions), ()))

    def where(self, keep: Callable[[Cell], bool]) -> Table:
        return replace(self, cells=tuple(cell for cell in self.cells if keep(cell)))

    def select(self, **chosen: str | tuple[str, ...] | list[str]) -> Table:
        """Cells whose group (or option) has one of the chosen values: select(school=("kuopio",
        ""))."""
        wanted = {k: {v} if isinstance(v, str) else set(v) for k, v in chosen.items()}
        options = wanted.pop("option", None)
        return self.where(
            lambda cell: (
                (options is None or cell.option in options)
                and all(getattr(cell.group, name) in values for name, values in wanted.items())
            )
        )

    def values_of(self, dimension: str) -> tuple[str, ...]:
        """The values that occur in a dimension of the groups, sorted, without "all"."""
        return tuple(sorted({v for c in self.cells if (v := getattr(c.group, dimension))}))

    def one(self, group: Group, option: str = "") -> Cell | None:
        """The cell of a group, or None where the edition has none."""
        return next((c for c in self.by_group.get(group, ()) if c.option == option), None)


@dataclass(frozen=True, slots=True)
class Note:
    """A remark that follows figures everywhere. "" for a place means it applies to all."""

    text: Text
    indicator: str = ""
    school: str = ""
    year: str = ""
    survey: str = ""
    block: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """An open answer that the director released: scrubbed, without school or year."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Round:
    """A survey of one year: which cohorts it asked, when, and how many answered.

    invited: None where no frame is known; opened, closed: ISO dates, "" where not known.
    """

    survey: str
    survey_year: int
    first_cohort: int
    last_cohort: int
    invited: int | None
    answered: int
    opened: str = ""
    closed: str = ""


@dataclass(frozen=True)
class Edition:
    """A complete, immutable, named publication. Equal content has an equal `digest` (SHA-256, hex).

    `content` is the frozen catalogue; `returned` says which schools handed in per statistical year;
    `respondents` how many answered per survey and cohort; `report` what was withheld and why.
    `audience`: MEMBERS, PUBLIC or a school's code; editions of one name stand beside each other.
    `rounds`: what was asked when, oldest first in each survey. `quotes`: question -> what was
    released of its open answers.
    `took`: seconds that protection and audit needed, by table.
    `published` (ISO date), `name` and `took` are not part of the digest.
    """

    name: str
    published: str
    audience: str
    invented: bool
    content: Content
    tables: Mapping[str, Table]
    returned: Mapping[str, tuple[str, ...]]
    respondents: Mapping[str, Mapping[str, int]]
    blocks: Mapping[str, tuple[str, ...]]  # survey -> its blocks, oldest first
    notes: tuple[Note, ...] = ()
    rounds: tuple[Round, ...] = ()
    quotes: Mapping[str, tuple[Quote, ...]] = field(default_factory=dict)
    report: Mapping[str, object] = field(default_factory=dict)
    took: Mapping[str, float] = field(default_factory=dict)
    format: int = FORMAT
    digest: str = ""

    @cached_property
    def catalogue(self) -> Catalogue:
        return build(self.content)

    def table(self, indicator: str) -> Table:
        """The table of an indicator; empty where nothing of it was published."""
        return self.tables.get(indicator, Table(indicator, ()))

    def indicators(
        self, theme: str | None = None, source: str | None = None
    ) -> tuple[Indicator, ...]:
        """The published indicators in the catalogue's order."""
        return tuple(
            indicator
            for code, indicator in self.catalogue.indicators.items()
            if code in self.tables
            and theme in (None, indicator.theme)
            and source in (None, indicator.source)
        )

    @property
    def tells_of_schools(self) -> bool:
        """Whether single schools have figures; to the public only where the policy says so."""
        cuts = self.catalogue.policy.public_lattice
        return self.audience != PUBLIC or any("school" in cut for cut in cuts)

    @property
    def years(self) -> tuple[str, ...]:
        return tuple(sorted(self.returned))
