"""What a chart is made of: the cells of a table, the view, and the names that both go by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from yearbook.catalogue import Catalogue, Choice, Indicator, Question
from yearbook.charts.folds import in_order, is_fold, named, named_shortly
from yearbook.charts.frames import frame_indicator
from yearbook.charts.view import View
from yearbook.charts.words import word_of
from yearbook.editions import ALL_BLOCKS, FOLD, FRAME, Cell, Edition, Group, State, Table
from yearbook.language import Language, Text, write_school_year, write_span

TIMES = ("year", "cohort", "block")
KINDS_OF_GROUP = ("school", "programme", "region", "maintainer_kind", "survey")
MEDIAN, QUARTILES = "median", ("q1", "q3")


@dataclass(frozen=True)
class Material:
    """A table as one view sees it. Charts never filter; only `view.option` narrows the cells."""

    edition: Edition
    table: Table
    view: View

    @property
    def catalogue(self) -> Catalogue:
        return self.edition.catalogue

    @property
    def language(self) -> Language:
        return self.view.language

    @cached_property
    def indicator(self) -> Indicator:
        """What the table is of; the frame of the surveys is no indicator of the catalogue."""
        if self.table.indicator == FRAME:
            return frame_indicator(self.catalogue)
        return self.catalogue.indicators[self.table.indicator]

    @cached_property
    def question(self) -> Question | None:
        """The question behind a survey indicator."""
        code = self.indicator.question
        return self.catalogue.questions[code] if code and self.is_survey else None

    @property
    def is_survey(self) -> bool:
        return self.indicator.source == "survey"

    @property
    def is_share(self) -> bool:
        return self.indicator.unit == "share"

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        if self.indicator.measure == MEDIAN:
            return _with_quartiles(self.table)
        if self.view.option:
            return self.table.select(option=self.view.option).cells
        return self.table.cells

    @cached_property
    def options(self) -> tuple[str, ...]:
        """The options that occur, in the published order; folds after what they count together."""
        return in_order(cell.option for cell in self.cells)

    @cached_property
    def singles(self) -> tuple[str, ...]:
        """The same without folds."""
        return tuple(option for option in self.options if not is_fold(option))

    def fold_of(self, cell: Cell) -> Cell | None:
        """Of an option that is counted together with others, the cell that counts them."""
        if cell.state is not State.FOLDED:
            return None
        group = self.table.by_group.get(cell.group, ())
        return next((fold for fold in group if cell.option in fold.folded), None)

    @cached_property
    def time(self) -> str:
        """The time dimension of the table, "" where it has none."""
        return next((t for t in TIMES if any(getattr(c.group, t) for c in self.cells)), "")

    @cached_property
    def moments(self) -> tuple[str, ...]:
        """The values of the time dimension, oldest first; years without anything are among them.

        All blocks together are a moment only where they stand alone: they hold the others.
        """
        if not self.time:
            return ()
        found = sorted({value for c in self.cells if (value := getattr(c.group, self.time))})
        if self.time == "block":
            return tuple(block for block in found if block != ALL_BLOCKS) or tuple(found)
        if len(found) < 2:
            return tuple(found)
        return tuple(str(year) for year in range(int(found[0]), int(found[-1]) + 1))

    @cached_property
    def varying(self) -> tuple[str, ...]:
        """The dimensions, time aside, in which the groups differ."""
        groups = {cell.group for cell in self.cells}
        return tuple(
            name for name in KINDS_OF_GROUP if len({getattr(group, name) for group in groups}) > 1
        )

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups without their time, in the published order."""
        return tuple(dict.fromkeys(self.timeless(cell.group) for cell in self.cells))

    def moment_of(self, cell: Cell) -> str:
        return str(getattr(cell.group, self.time)) if self.time else ""

    def timeless(self, group: Group) -> Group:
        return replace(group, **{self.time: ""}) if self.time else group

    @cached_property
    def by_position(self) -> Mapping[tuple[Group, str, str], Cell]:
        """Cells by group without time, moment and option; only of moments."""
        return {
            (self.timeless(cell.group), moment, cell.option): cell
            for cell in self.cells
            if (moment := self.moment_of(cell)) in self.moments or not moment
        }

    @cached_property
    def school_states(self) -> Mapping[str, Mapping[str, Mapping[str, State]]]:
        """Programme ("" is all) -> year -> school -> state, of all the edition has of the
        indicator: who is behind its sums."""
        found: dict[str, dict[str, dict[str, State]]] = {}
        by_cut = self.edition.table(self.indicator.code).by_cut
        for cut in (("school", "year"), ("school", "programme", "year")):
            for cell in by_cut.get(cut, ()):
                of_year = found.setdefault(cell.group.programme, {}).setdefault(cell.group.year, {})
                of_year[cell.group.school] = cell.state
        return found

    @cached_property
    def has_own_school(self) -> bool:
        own = self.view.own_school
        return bool(own) and any(group.school == own for group in self.groups)

    # --- Names ---------------------------------------------------------------------------------

    def word(self, key: str, **values: object) -> str:
        text = word_of(self.catalogue, key)
        return (text.fill(**values) if values else text)[self.language]

    def reason(self, state: State) -> str:
        """Why there is no number: of those who answered, or of persons and schools."""
        is_of_schools = state is State.WITHHELD and not self.is_survey
        return self.word("state.withheld_annual" if is_of_schools else f"state.{state.value}")

    def name(self, dimension: str, value: str, is_short: bool = False) -> str:
        """A value of a dimension in words; "" is everyone."""
        if not value:
            return self.word(f"charts.all.{dimension}")
        if dimension in TIMES:
            return self._moment(dimension, value)
        return self._text(dimension, value, is_short)[self.language]

    def _text(self, dimension: str, value: str, is_short: bool) -> Text:
        catalogue = self.catalogue
        if dimension == "school":
            return catalogue.schools[value].short if is_short else catalogue.schools[value].name
        if dimension == "programme":
            programme = catalogue.programmes[value]
            return programme.short if is_short else programme.name
        if dimension == "survey":
            return catalogue.surveys[value].when if is_short else catalogue.surveys[value].name
        if dimension == "region":
            return catalogue.regions[value].name
        return catalogue.maintainer_kinds[value].name

    def _moment(self, dimension: str, value: str) -> str:
        if dimension == "cohort":
            return write_school_year(int(value))
        if dimension == "block":
            return self.word("all.blocks") if value == ALL_BLOCKS else write_span(*ends(value))
        return value

    def group_name(self, group: Group, is_short: bool = False) -> str:
        """What tells a group from the others of the table; of a single group, its school."""
        dimensions = [d for d in self.varying if d != "survey"] or list(self.varying)
        told = [d for d in dimensions if getattr(group, d)]
        if not told:
            return self.name(dimensions[0] if dimensions else "school", "")
        return ", ".join(self.name(d, getattr(group, d), is_short) for d in told)

    def option_name(self, option: str, is_short: bool = False) -> str:
        if is_fold(option):
            names = [self.option_name(part) for part in option.split(FOLD)]
            return (named_shortly if is_short else named)(names, self.word)
        choice = self.choice(option)
        return (choice if choice is not None else self.indicator).label[self.language]

    def choice(self, option: str) -> Choice | None:
        """The question's class of that code, for a detailed figure its choice; of a fold none."""
        if not option or is_fold(option) or self.question is None:
            return None
        choices, classes = self.question.choices, self.question.classes
        ordered = (*choices, *classes) if self.indicator.detailed else (*classes, *choices)
        return next(choice for choice in ordered if choice.code == option)

    @cached_property
    def parts(self) -> int:
        """How many groups there are beside everyone together."""
        return sum(not self.is_everyone(group) for group in self.groups)

    def is_everyone(self, group: Group) -> bool:
        """The group takes whole what the others of the table divide."""
        divided = [d for d in self.varying if d != "survey"]
        return bool(divided) and not any(getattr(group, d) for d in divided)


def ends(moment: str) -> tuple[int, int]:
    """The first and last year of "2019" or "2019-2021"."""
    first, _, last = moment.partition("-")
    return int(first), int(last or first)


def _with_quartiles(table: Table) -> tuple[Cell, ...]:
    """The median with the quartiles as its low and high, so that it is drawn as one mark."""
    medians = []
    for group, cells in table.by_group.items():
        found = {cell.option: cell for cell in cells}
        middle = found.get(MEDIAN)
        if middle is None:
            continue
        low, high = (found[o].value if o in found else None for o in QUARTILES)
        shown = middle.state is State.SHOWN
        medians.append(
            replace(
                middle,
                group=group,
                option="",
                low=low if shown else None,
                high=high if shown else None,
            )
        )
    return tuple(medians)


def key_of(group: Group) -> str:
    """A stable key of a group without its time."""
    parts = (group.school, group.programme, group.region, group.maintainer_kind, group.survey)
    return "|".join(parts)
