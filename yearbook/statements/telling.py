"""What a drafted sentence is made of: a chart by its codes, and the names inflected as it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from yearbook.catalogue import Cases, Catalogue, Indicator, Named, Programme, Question, School
from yearbook.charts import Chart, View
from yearbook.charts.description import Mark, Place, Role, Series
from yearbook.charts.marks import make_mark
from yearbook.charts.material import Material, ends
from yearbook.charts.words import lowered
from yearbook.editions import ALL_BLOCKS, Edition, Group, State, Table
from yearbook.language import NO_BREAK_SPACE, Language, write_number, write_school_year
from yearbook.statements.words import known, said, schools_of_today

PARTS = ("school", "programme", "region", "maintainer_kind", "survey")  # of a key of the chart
MONEY = ("euro", "euro_per_student_year")


@dataclass(frozen=True)
class Telling:
    """A chart that is to be told, and the edition that it is of."""

    chart: Chart
    edition: Edition

    @property
    def language(self) -> Language:
        return self.chart.language

    @property
    def catalogue(self) -> Catalogue:
        return self.edition.catalogue

    @cached_property
    def indicator(self) -> Indicator | None:
        """None for the frame of the surveys, which the catalogue does not have."""
        return self.catalogue.indicators.get(self.chart.indicator)

    @property
    def is_survey(self) -> bool:
        return self.indicator is None or self.indicator.source == "survey"

    @cached_property
    def question(self) -> Question | None:
        code = self.indicator.question if self.indicator is not None else None
        return self.catalogue.questions.get(code) if code else None

    @property
    def newest(self) -> str:
        return self.chart.moments[-1] if self.chart.moments else ""

    def said(self, key: str, **values: object) -> str:
        return said(key, self.language, **values)

    def number(self, value: float, decimals: int = 0) -> str:
        return write_number(value, decimals, self.language)

    # --- Whom it is of ---------------------------------------------------------------------------

    def of_group(self, group: Group) -> str:
        return self._school_of(group, "of")

    def at_group(self, group: Group) -> str:
        """ "Kuopion konservatoriossa (musiikkialan perustutkinto)"."""
        return self._scoped(group, self._school_of(group, "at"))

    def out_of_group(self, group: Group) -> str:
        return self._school_of(group, "out")

    def _school_of(self, group: Group, case: str) -> str:
        if not group.school:
            return self.said(f"group.all_{case}")
        school = self.catalogue.schools[group.school]
        cases = school.cases or _cases_of_today(school)
        if cases is None:
            return self.said(f"group.school_{case}", name=school.name[self.language])
        return str(getattr(cases, case)[self.language])

    def _scoped(self, group: Group, where: str) -> str:
        names = self.scopes(group)
        return self.said("group.scope", where=where, names=", ".join(names)) if names else where

    def scopes(self, group: Group) -> list[str]:
        """The programme, region or kind of maintainer that a group is of."""
        catalogue = self.catalogue
        named: list[Programme | Named | None] = [
            catalogue.programmes.get(group.programme),
            catalogue.regions.get(group.region),
            catalogue.maintainer_kinds.get(group.maintainer_kind),
        ]
        names = [entry.name[self.language] for entry in named if entry is not None]
        return [name if group.region else lowered(name) for name in names]

    # --- When ------------------------------------------------------------------------------------

    def when(self, moment: str) -> str:
        """ "lukuvuosina 2019–20 – 2021–22"; all blocks together are said to be that."""
        if not moment or moment == ALL_BLOCKS:
            return self.said("when.all") if moment else ""
        first, last = (write_school_year(year) for year in ends(moment))
        key = "when.one" if first == last else "when.many"
        return self.said(key, first=first, last=last)

    def period(self, moment: str) -> str:
        """Of a figure: "vuodelta 2025", "lukuvuonna 2023–24 valmistuneista"."""
        if self.chart.time == "year":
            return self.said("when.of_year", year=moment)
        when = self.when(moment)
        return self.said("when.of_graduates", when=when) if when else ""

    # --- Numbers ---------------------------------------------------------------------------------

    def value(self, mark: Mark) -> str:
        return self.with_unit(mark.written)

    def with_unit(self, number: str) -> str:
        """Where the subject leaves it open: euros, years."""
        unit = self.indicator.unit if self.indicator is not None else ""
        if unit in MONEY:
            return self.said("annual.money", number=number)
        return self.said("survey.years", number=number) if unit == "years" else number

    def basis(self, group: Group, mark: Mark) -> str:
        """ "peruskysely, n = 55": the survey, what the group is narrowed to, how many answered."""
        survey = self.catalogue.surveys.get(group.survey)
        parts = [lowered(survey.name[self.language])] if survey is not None else []
        parts += self.scopes(group)
        if mark.n is not None:
            parts.append(f"n{NO_BREAK_SPACE}={NO_BREAK_SPACE}{self.number(mark.n)}")
        return ", ".join(parts)

    def everyone(self, group: Group, option: str, moment: str) -> Mark | None:
        """The mark of all schools beside that of one; None where there is none with a number."""
        whole = replace(group, school="", **self._time(moment))
        cell = self.edition.table(self.chart.indicator).one(whole, option)
        if not group.school or cell is None or not cell.is_shown:
            return None
        return make_mark(self._material, cell, "")

    def _time(self, moment: str) -> dict[str, Any]:
        return {self.chart.time: moment} if self.chart.time else {}

    @cached_property
    def _material(self) -> Material:
        table = Table(self.chart.indicator, ())
        return Material(self.edition, table, View(self.language, option=self.chart.option))


def group_of(key: str) -> Group:
    """The group that a series or place of a chart is of, without its time."""
    codes = key.partition("/")[0].split("|")
    return Group(**dict(zip(PARTS, codes[: len(PARTS)], strict=False)))


def main_series(chart: Chart) -> Series | None:
    """Own school's, else everyone's, else the only one."""
    for role in (Role.OWN, Role.ALL):
        for series in chart.series:
            if series.role is role:
                return series
    return chart.series[0] if len(chart.series) == 1 else None


def main_place(places: Sequence[Place], marks: Sequence[Mark]) -> Place | None:
    """Own school's row with a number, else everyone's, else the first that has one."""
    shown = {mark.place for mark in marks if mark.is_shown}
    rows = [place for place in places if place.key in shown]
    for role in (Role.OWN, Role.ALL):
        for place in rows:
            if place.role is role:
                return place
    return rows[0] if rows else None


def since_break(chart: Chart, series: Series) -> list[Mark]:
    """The figures since the last break in which every school is in, oldest first."""
    order = [place.key for place in chart.places]
    start = max((order.index(line.before) for line in chart.breaks), default=0)
    after = order[start:]
    shown = [m for m in series.marks if m.is_shown and not m.hollow and m.place in after]
    return sorted(shown, key=lambda mark: after.index(mark.place))


def asked(telling: Telling) -> dict[str, str]:
    """What was asked, in the question's own words: `asked` ("kysymykseen ”…”") and `within`
    ("kysymyksessä ”…”"); some questions are no question, but a point to judge."""
    question = telling.question
    label = question.label[telling.language] if question is not None else telling.chart.label
    kind = "" if label.rstrip().endswith("?") else "_item"
    return {key: telling.said(f"survey.{key}{kind}", question=label) for key in ("asked", "within")}


def absent(telling: Telling, group: Group, mark: Mark | None, moment: str) -> str:
    """That the newest figure is not shown, and why."""
    state = mark.state if mark is not None else State.NO_ANSWER
    why = known(f"why.{state.value}", telling.language) or telling.said("why.no_answer")
    return sentence(
        telling.said(
            "absent.newest",
            of=telling.of_group(group),
            label=telling.chart.label,
            period=telling.period(moment),
            why=why,
        ),
        "",
    )


def sentence(text: str, end: str = ".") -> str:
    """With a capital and one space between words, where a part of it was empty."""
    told = " ".join(text.split(" ")).replace("  ", " ").replace(" ,", ",").strip()
    return f"{told[:1].upper()}{told[1:]}{end}"


def _cases_of_today(school: School) -> Cases | None:
    """An edition from before names were inflected has none; today's hold while the name does."""
    now = schools_of_today().get(school.code)
    return now.cases if now is not None and now.name == school.name else None
