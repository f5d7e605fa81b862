"""Measures the annual figures: sums, and ratios as sum ÷ sum, per school, programme, region,
maintainer and year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from yearbook.catalogue import Catalogue, Indicator, School
from yearbook.editions import Group, State
from yearbook.measures.measured import Measured

UNKNOWN = {State.NO_ANSWER.value, State.NOT_RETURNED.value, State.WITHHELD.value}
OFFERED_BY = {"qualification": "qualification", "education": "education"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that counts. `whole`: it is, or is part of, the school's own figure."""

    school: str
    year: str
    programme: str
    value: float
    whole: bool


@dataclass(frozen=True)
class Figures:
    """known: question -> its figures. said: (school, year, question) -> (programme, state) of each
    missing-value code."""

    known: Mapping[str, Sequence[Figure]]
    said: Mapping[tuple[str, str, str], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class _Part:
    """Numerator and denominator of one school and year (and programme)."""

    school: str
    programme: str
    year: str
    numerator: float
    denominator: float


@dataclass(frozen=True)
class _Return:
    """What was handed in, and by whom."""

    figures: Figures
    catalogue: Catalogue
    returned: Mapping[str, tuple[str, ...]]


def effective_figures(figures: pd.DataFrame) -> Figures:
    """One figure per school, year, programme and question: the school's own return before a figure
    that is repeated a year later. `figures` as in a Submission.

    A figure stated for the whole school (programme "") goes before the sum of its programmes, so
    that a total handed in beside its parts is not counted twice. A sum of which one programme is
    not known is not the school's figure. `whole` marks the figures that make up the school's own.
    """
    kept = _kept(figures)
    totals = {key[:3] for key, (value, _, _) in kept.items() if not key[3] and value is not None}
    unknown = {key[:3] for key, (_, missing, _) in kept.items() if key[3] and missing in UNKNOWN}
    known: dict[str, list[Figure]] = defaultdict(list)
    said: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for (school, year, question, programme), (value, missing, _) in kept.items():
        key = (school, year, question)
        if value is not None:
            whole = not programme or key not in totals | unknown
            known[question].append(Figure(school, year, programme, value, whole))
        elif missing:
            said[key].append((programme, missing))
    return Figures(dict(known), dict(said))


def _kept(
    figures: pd.DataFrame,
) -> dict[tuple[str, str, str, str], tuple[float | None, str, bool]]:
    """(school, year, question, programme) -> (value, missing-value state, carried)."""
    names = ["school", "year", "question", "programme", "value", "missing", "carried"]
    kept: dict[tuple[str, str, str, str], tuple[float | None, str, bool]] = {}
    columns = [figures[name].tolist() for name in names]
    for school, year, question, programme, value, missing, carried in zip(*columns, strict=True):
        key = (school, str(year), question, programme)
        if carried and key in kept and not kept[key][2]:
            continue
        kept[key] = (None if pd.isna(value) else float(value), missing, bool(carried))
    return kept


def measure_annual(
    indicator: Indicator,
    figures: Figures,
    catalogue: Catalogue,
    returned: Mapping[str, tuple[str, ...]],
) -> list[Measured]:
    """Every group of every cross-table that the indicator declares. `returned`: year -> schools
    that handed in."""
    given = _Return(figures, catalogue, returned)
    tables = {split: _parts(indicator, given, by_programme=split) for split in (True, False)}
    return [
        measured
        for cut in indicator.by
        for measured in _measure_cut(indicator, tables["programme" in cut], cut, given)
    ]


def comparable_change(
    indicator: Indicator, figures: Figures, catalogue: Catalogue
) -> list[Measured]:
    """For each year the figure of the year before ("before") and of the year ("after"), of the
    schools that are known in both: a change compares like with like."""
    parts = _parts(indicator, _Return(figures, catalogue, {}), by_programme=False)
    by_key = {(part.school, part.year): part for part in parts}
    pairs: dict[str, list[tuple[_Part, _Part]]] = defaultdict(list)
    for part in parts:
        earlier = by_key.get((part.school, str(int(part.year) - 1)))
        if earlier is not None:
            pairs[part.year].append((earlier, part))
    return [
        Measured(Group(year=year), side, value, len(pairs[year]))
        for year in sorted(pairs)
        for position, side in enumerate(("before", "after"))
        if (value := _value(indicator, [pair[position] for pair in pairs[year]])) is not None
    ]


def _parts(indicator: Indicator, given: _Return, by_programme: bool) -> list[_Part]:
    """One part per school and year (and programme) in which all the questions are known."""
    numerators = (indicator.question,) if indicator.question else indicator.numerator
    denominators = indicator.denominator if indicator.measure == "ratio" else ()
    wanted = {code for code in (*numerators, *denominators) if code}
    sums: dict[tuple[str, str, str], dict[str, float]] = defaultdict(dict)
    for code, figure in _counted(wanted, given, by_programme):
        found = sums[figure.school, figure.year, figure.programme if by_programme else ""]
        found[code] = found.get(code, 0.0) + figure.value
    return [
        _Part(
            school,
            programme,
            year,
            sum(found[code] for code in numerators if code),
            sum(found[code] for code in denominators) if denominators else 1.0,
        )
        for (school, year, programme), found in sorted(sums.items())
        if set(found) == wanted
    ]


def _counted(wanted: set[str], given: _Return, by_programme: bool) -> Iterator[tuple[str, Figure]]:
    """The figures that go into the sums. Where all parts of a ratio are asked per programme, only
    programmes in which all are known, so that its two sums are about the same students; a total
    for the whole school pairs as it is."""
    found = [
        (code, figure) for code in sorted(wanted) for figure in given.figures.known.get(code, ())
    ]
    if by_programme:
        yield from (pair for pair in found if pair[1].programme)
        return
    whole = [(code, figure) for code, figure in found if figure.whole]
    if len({given.catalogue.questions[code].per for code in wanted}) > 1:
        yield from whole
        return
    codes: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for code, figure in whole:
        codes[figure.school, figure.year, figure.programme].add(code)
    for code, figure in whole:
        states_total = (figure.school, figure.year, "") in codes
        if states_total or codes[figure.school, figure.year, figure.programme] == wanted:
            yield code, figure


def _measure_cut(
    indicator: Indicator, parts: Iterable[_Part], cut: tuple[str, ...], given: _Return
) -> Iterator[Measured]:
    found: dict[Group, list[_Part]] = defaultdict(list)
    for part in parts:
        school = given.catalogue.schools[part.school]
        of_school = {"region": school.region, "maintainer_kind": school.maintainer_kind}
        fixed = {name: of_school.get(name) or getattr(part, name, "") for name in cut}
        found[Group(**fixed)].append(part)
    for group in sorted(set(found) | set(_expected(indicator, cut, given))):
        members = found.get(group, [])
        value = _value(indicator, members) if members else None
        state = State.SHOWN if value is not None else _absence(indicator, group, given)
        yield Measured(group, "", value, len(members), state=state)


def _value(indicator: Indicator, parts: Sequence[_Part]) -> float | None:
    numerator = sum(part.numerator for part in parts)
    if indicator.measure == "sum":
        return numerator
    denominator = sum(part.denominator for part in parts)
    return indicator.scale * numerator / denominator if denominator else None


def _expected(indicator: Indicator, cut: tuple[str, ...], given: _Return) -> Iterator[Group]:
    """Groups that should have a figure: every year, and every member (and what it offers) in that
    year."""
    for year in given.returned:
        if cut == ("year",):
            yield Group(year=year)
        if "school" not in cut:
            continue
        for school in given.catalogue.schools.values():
            if not school.is_member(int(year)):
                continue
            if cut == ("school", "year"):
                yield Group(school=school.code, year=year)
            elif cut == ("school", "programme", "year"):
                for programme in _offered(indicator, school, given.catalogue):
                    yield Group(school=school.code, programme=programme, year=year)


def _offered(indicator: Indicator, school: School, catalogue: Catalogue) -> list[str]:
    """The school's programmes of the kind the indicator is about."""
    kinds = {catalogue.questions[code].per for code in indicator.questions} & set(OFFERED_BY)
    return [
        code
        for code in school.offers
        if code in catalogue.programmes and catalogue.programmes[code].kind in kinds
    ]


def _absence(indicator: Indicator, group: Group, given: _Return) -> State:
    """Why a group has no figure."""
    catalogue, year = given.catalogue, int(group.year or 0)
    questions = [catalogue.questions[code] for code in indicator.questions]
    if any((q.since or 0) > year or (q.until or 9999) < year for q in questions):
        return State.NOT_ASKED
    if not group.school:
        return State.NO_ANSWER
    school = catalogue.schools[group.school]
    is_per_programme = all(question.per in OFFERED_BY for question in questions)
    if is_per_programme and not _offered(indicator, school, catalogue):
        return State.NOT_OFFERED
    if group.school not in given.returned.get(group.year, ()):
        return State.NOT_RETURNED
    return _said_missing(indicator, group, given)


def _said_missing(indicator: Indicator, group: Group, given: _Return) -> State:
    """The state that a missing-value code stood for, else no answer."""
    said = {
        missing
        for code in indicator.questions
        for programme, missing in given.figures.said.get((group.school, group.year, code), ())
        if group.programme in ("", programme)
    }
    return State(said.pop()) if len(said) == 1 else State.NO_ANSWER
