"""Reads off an edition every count of survey answers that it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from office.audit_files.truths import CHOICES, NO, YES, choices_of, name_of
from yearbook.catalogue import Indicator, Question
from yearbook.disclosure.public_counts import few, public_span
from yearbook.editions import ALL_BLOCKS, FOLD, PUBLIC, Cell, Edition, Group, State

ALL = "ALL"
TOTAL = "_N"
WITH_A_COUNT = (State.SHOWN, State.INTERVAL)
Span = tuple[int, int]  # both ends included
Said = tuple[str, str, Span]  # table, option, what its count lies between


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


class _Read(NamedTuple):
    """A cell as it is read: its option, and what its count and its n lie between."""

    option: str
    chosen: Span
    n: Span


def facts(
    edition: Edition, question: Question, survey: str, told_before: Told | None = None
) -> Iterator[Fact]:
    """All that one edition tells of a question in a survey, but for what was told before.

    A group that shows what it showed in an earlier edition is the same fact: it may be of the
    answers, and of the blocks, of that time. told_before is added to.
    """
    told_before = {} if told_before is None else told_before
    indicators = [i for i in edition.indicators(source="survey") if i.question == question.code]
    pooled = _all_blocks(edition, indicators, question, survey) if indicators else ()
    for indicator in indicators:
        say = SAY.get(indicator.measure)
        if say is None:  # means and medians tell no count but n, which everyone knows
            continue
        for group, cells in edition.table(indicator.code).by_group.items():
            read = [_read(cell, edition) for cell in cells if _has_count(cell)]
            earlier = told_before.setdefault((indicator.code, group), set())
            if group.survey != survey or not read or tuple(read) in earlier:
                continue
            earlier.add(tuple(read))
            place = (group.school or ALL, group.programme or ALL, _time(group, pooled))
            for table, option, (low, high) in say(read, indicator, question, survey):
                yield Fact(table, *place, option, low, high)


Told = dict[tuple[str, Group], set[tuple["_Read", ...]]]  # of each indicator's groups


def _has_count(cell: Cell) -> bool:
    return cell.state in WITH_A_COUNT and bool(cell.n)


def _read(cell: Cell, edition: Edition) -> _Read:
    """In an edition for the public counts are rounded, or "1–4"."""
    n, count = cell.n or 0, cell.count or 0
    if edition.audience != PUBLIC:
        return _Read(cell.option, (count, count), (n, n))
    policy = edition.catalogue.policy
    ends = few(policy) if cell.state is State.INTERVAL else public_span(count, policy)
    low, high = public_span(n, policy)
    return _Read(cell.option, (int(ends[0]), int(ends[1])), (int(low), int(high)))


def _of_distribution(
    cells: Iterable[_Read], indicator: Indicator, question: Question, survey: str
) -> Iterator[Said]:
    """By classes, and the classes as sums of choices where a table is kept by choices."""
    name = name_of(question, survey)
    by_choices = f"{name}/{CHOICES}"
    for cell in cells:
        if indicator.detailed:
            yield from ((by_choices, TOTAL, cell.n), (by_choices, cell.option, cell.chosen))
            continue
        yield from ((name, TOTAL, cell.n), (name, cell.option, cell.chosen))
        if question.classes:
            codes = [c for one in cell.option.split(FOLD) for c in choices_of(question, one)]
            yield from ((by_choices, TOTAL, cell.n), (by_choices, FOLD.join(codes), cell.chosen))


def _of_multiple(
    cells: Iterable[_Read], _indicator: Indicator, question: Question, survey: str
) -> Iterator[Said]:
    """Each option is a yes-or-no question of its own."""
    for option, (low, high), (fewest, most) in cells:
        table = f"{name_of(question, survey)}/{option}"
        yield from ((table, TOTAL, (fewest, most)), (table, YES, (low, high)))
        yield table, NO, (max(0, fewest - high), most - low)


SAY: dict[str, Callable[[Iterable[_Read], Indicator, Question, str], Iterator[Said]]] = {
    "distribution": _of_distribution,
    "multiple": _of_multiple,
}


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
