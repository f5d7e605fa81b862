"""Reads off an edition every count of survey answers that it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from office.audit_files.truths import CHOICES, NO, YES, choices_of, name_of
from yearbook.catalogue import Indicator, Question
from yearbook.editions import ALL_BLOCKS, FOLD, Cell, Edition, Group, State

ALL = "ALL"
TOTAL = "_N"
PUBLIC = "public"
ROUNDED_BY = 1  # counts for the public are rounded to the nearest 3
Span = tuple[int, int]  # both ends included
Told = tuple[str, str, int]  # table, option, count


class Time(NamedTuple):
    """Cohorts, by what they are called ("2018-2020") and the spans in which they lie."""

    name: str
    spans: tuple[Span, ...]


class Fact(NamedTuple):
    """A count of an audit table, which lies from low to high."""

    table: str
    school: str
    programme: str
    time: Time
    option: str
    low: int
    high: int


def facts(edition: Edition, question: Question, survey: str) -> Iterator[Fact]:
    """All that one edition tells of a question in a survey."""
    indicators = [i for i in edition.indicators(source="survey") if i.question == question.code]
    pooled = _all_blocks(edition, indicators, question, survey)
    for indicator in indicators:
        tell = TELL.get(indicator.measure)
        if tell is None:  # means and medians tell no count but n, which everyone knows
            continue
        for group, cells in edition.table(indicator.code).by_group.items():
            if group.survey != survey or not any(_has_count(cell) for cell in cells):
                continue
            place = (group.school or ALL, group.programme or ALL, _time(group, pooled))
            for cell in cells:
                if _has_count(cell):
                    for table, option, count in tell(cell, indicator, question):
                        low, high = _between(count, edition.audience == PUBLIC)
                        yield Fact(table, *place, option, low, high)


def _has_count(cell: Cell) -> bool:
    return cell.state is State.SHOWN and bool(cell.n)


def _of_distribution(cell: Cell, indicator: Indicator, question: Question) -> Iterator[Told]:
    """By classes, and the classes as sums of choices where a table is kept by choices."""
    name, count, n = name_of(question, cell.group.survey), cell.count or 0, cell.n or 0
    by_choices = f"{name}/{CHOICES}"
    if indicator.detailed:
        yield from ((by_choices, TOTAL, n), (by_choices, cell.option, count))
        return
    yield from ((name, TOTAL, n), (name, cell.option, count))
    if question.classes:
        codes = [c for one in cell.option.split(FOLD) for c in choices_of(question, one)]
        yield from ((by_choices, TOTAL, n), (by_choices, FOLD.join(codes), count))


def _of_multiple(cell: Cell, _indicator: Indicator, question: Question) -> Iterator[Told]:
    """Each option is a yes-or-no question of its own."""
    name, count, n = name_of(question, cell.group.survey), cell.count or 0, cell.n or 0
    table = f"{name}/{cell.option}"
    yield from ((table, TOTAL, n), (table, YES, count), (table, NO, n - count))


TELL: dict[str, Callable[[Cell, Indicator, Question], Iterator[Told]]] = {
    "distribution": _of_distribution,
    "multiple": _of_multiple,
}


def _between(count: int, is_rounded: bool) -> Span:
    """What a shown count says of the true one."""
    if not is_rounded or not count:
        return count, count
    return count - ROUNDED_BY, count + ROUNDED_BY


def _time(group: Group, pooled: tuple[Span, ...]) -> Time:
    if group.cohort:
        return Time(group.cohort, (_span(group.cohort),))
    if group.block == ALL_BLOCKS:
        return Time(f"{ALL_BLOCKS}:{pooled[0][0]}-{pooled[-1][1]}", pooled)
    return Time(group.block, (_span(group.block),))


def _span(code: str) -> Span:
    first, _, last = code.partition("-")
    return int(first), int(last or first)


def _all_blocks(
    edition: Edition, indicators: Iterable[Indicator], question: Question, survey: str
) -> tuple[Span, ...]:
    """What "all blocks" were when it was published: those of the question since its last break."""
    codes = {
        cell.group.block
        for indicator in indicators
        for cell in edition.table(indicator.code).cells
        if cell.group.survey == survey
    }
    since = _last_break(edition, question, survey)
    spans = sorted(_span(code) for code in codes - {"", ALL_BLOCKS})
    return tuple(span for span in spans if span[0] >= since)


def _last_break(edition: Edition, question: Question, survey: str) -> int:
    """The first cohort that was asked the question as it stands now; 0 where it never broke."""
    asked = edition.catalogue.questions[question.code]
    years = [version.first for version in asked.versions if version.relation == "broken"]
    lag = edition.catalogue.surveys[survey].cohort_lag
    if lag is not None:
        return max(years, default=0) - (lag if years else 0)
    return max((_first_asked(edition, survey, year) for year in years), default=0)


def _first_asked(edition: Edition, survey: str, year: int) -> int:
    rounds = [r for r in edition.rounds if r.survey == survey and r.survey_year >= year]
    return min((r.first_cohort for r in rounds if r.answered), default=year)
