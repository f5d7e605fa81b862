"""Measures the annual figures: sums, and ratios as sum ÷ sum, per school, programme, region,
maintainer and year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from yearbook.catalogue import Catalogue, Indicator, School
from yearbook.editions import Group, State
from yearbook.measures.measured import Measured

KEY = ["school", "year", "programme", "question"]
UNKNOWN = {State.NO_ANSWER.value, State.NOT_RETURNED.value, State.WITHHELD.value}
OFFERED_BY = {"qualification": "qualification", "education": "education"}


def effective_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """One row per school, year, programme and question: the school's own return before a repeated
    figure.

    A figure stated for the whole school (programme "") goes before the sum of its programmes, so
    that a total handed in beside its parts is not counted twice. A sum of which one programme is
    not known is not the school's figure. Column `whole` marks the rows that make up that figure.
    """
    kept = (
        figures.sort_values("carried", kind="stable", ascending=False)
        .drop_duplicates(KEY, keep="last")
        .reset_index(drop=True)
    )
    is_total = kept["programme"] == ""
    has_total = _shares_key(kept, kept[is_total & kept["value"].notna()])
    has_unknown = _shares_key(kept, kept[~is_total & kept["missing"].isin(UNKNOWN)])
    return kept.assign(whole=is_total | ~(has_total | has_unknown))


def _shares_key(rows: pd.DataFrame, among: pd.DataFrame) -> np.ndarray:
    """Which rows have a school, year and question that occur among the others."""
    key = ["school", "year", "question"]
    return pd.MultiIndex.from_frame(rows[key]).isin(pd.MultiIndex.from_frame(among[key]))


@dataclass(frozen=True)
class _Return:
    """What was handed in, by whom, and which missing-value codes stand in it."""

    figures: pd.DataFrame
    catalogue: Catalogue
    returned: Mapping[str, tuple[str, ...]]

    @cached_property
    def said(self) -> Mapping[tuple[str, str, str], list[tuple[str, str]]]:
        """(school, year, question) -> (programme, state) of each missing-value code."""
        coded = self.figures[self.figures["missing"] != ""]
        found: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
        for row in coded.itertuples(index=False):
            key = (row.school, str(row.year), row.question)
            found.setdefault(key, []).append((row.programme, row.missing))
        return found


def measure_annual(
    indicator: Indicator,
    figures: pd.DataFrame,
    catalogue: Catalogue,
    returned: Mapping[str, tuple[str, ...]],
) -> list[Measured]:
    """Every group of every cross-table that the indicator declares.

    `figures` as effective_figures gives them; `returned`: year -> schools that handed in.
    """
    given = _Return(figures, catalogue, returned)
    tables = {
        by_programme: _parts(indicator, given, by_programme) for by_programme in (True, False)
    }
    return [
        measured
        for cut in indicator.by
        for measured in _measure_cut(indicator, tables["programme" in cut], cut, given)
    ]


def comparable_change(
    indicator: Indicator, figures: pd.DataFrame, catalogue: Catalogue
) -> list[Measured]:
    """For each year the figure of the year before ("before") and of the year ("after"), of the
    schools that are known in both: a change compares like with like."""
    parts = _parts(indicator, _Return(figures, catalogue, {}), by_programme=False)
    by_school = parts[["school", "year", "numerator", "denominator"]]
    earlier = by_school.assign(year=by_school["year"] + 1)
    both = by_school.merge(earlier, on=["school", "year"], suffixes=("_after", "_before"))
    both["schools"] = 1
    sums = both.drop(columns="school").groupby("year").sum()
    found = []
    for year, row in zip(sums.index, sums.to_dict("records"), strict=True):
        for side in ("before", "after"):
            value = _value(indicator, row[f"numerator_{side}"], row[f"denominator_{side}"])
            if value is not None:
                found.append(Measured(Group(year=str(year)), side, value, int(row["schools"])))
    return found


def _parts(indicator: Indicator, given: _Return, by_programme: bool) -> pd.DataFrame:
    """One row per school and year (and programme) with numerator and denominator, both sums
    known."""
    numerators = (indicator.question,) if indicator.question else indicator.numerator
    denominators = indicator.denominator if indicator.measure == "ratio" else ()
    wanted = {*numerators, *denominators}
    known = given.figures[given.figures["question"].isin(wanted) & given.figures["value"].notna()]
    known = (
        known[known["programme"] != ""]
        if by_programme
        else _paired(known[known["whole"]], wanted, given)
    )
    index = ["school", "year", "programme"] if by_programme else ["school", "year"]
    wide = known.pivot_table(index=index, columns="question", values="value", aggfunc="sum")
    wide = wide.reindex(columns=sorted(wanted)).dropna()
    table = pd.DataFrame(
        {
            "numerator": wide[list(numerators)].sum(axis=1),
            "denominator": wide[list(denominators)].sum(axis=1) if denominators else 1.0,
        }
    ).reset_index()
    schools = given.catalogue.schools
    return table.assign(
        region=[schools[code].region for code in table["school"]],
        maintainer_kind=[schools[code].maintainer_kind for code in table["school"]],
    )


def _paired(known: pd.DataFrame, wanted: set[str], given: _Return) -> pd.DataFrame:
    """Where all parts of a ratio are asked per programme, only programmes in which all parts are
    known, so that its two sums are about the same students; a total for the whole school pairs as
    it is."""
    if len({given.catalogue.questions[code].per for code in wanted}) > 1:
        return known
    key = ["school", "year"]
    totals = pd.MultiIndex.from_frame(known.loc[known["programme"] == "", key])
    states_total = pd.MultiIndex.from_frame(known[key]).isin(totals)
    parts = known.groupby([*key, "programme"])["question"].transform("nunique")
    return known[states_total | (parts == len(wanted))]


def _measure_cut(
    indicator: Indicator, parts: pd.DataFrame, cut: tuple[str, ...], given: _Return
) -> Iterator[Measured]:
    sums = parts.groupby(list(cut)).agg(
        numerator=("numerator", "sum"),
        denominator=("denominator", "sum"),
        schools=("school", "size"),
    )
    keys = [key if isinstance(key, tuple) else (key,) for key in sums.index]
    found = {
        Group(**{name: str(part) for name, part in zip(cut, key, strict=True)}): row
        for key, row in zip(keys, sums.itertuples(index=False, name=None), strict=True)
    }
    for group in sorted(set(found) | set(_expected(indicator, cut, given))):
        top, bottom, schools = found.get(group, (0.0, 0.0, 0))
        value = _value(indicator, top, bottom) if schools else None
        state = State.SHOWN if value is not None else _absence(indicator, group, given)
        yield Measured(group, "", value, int(schools), state=state)


def _value(indicator: Indicator, numerator: float, denominator: float) -> float | None:
    if indicator.measure == "sum":
        return float(numerator)
    return float(indicator.scale * numerator / denominator) if denominator else None


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
        for programme, missing in given.said.get((group.school, group.year, code), ())
        if group.programme in ("", programme)
    }
    return State(said.pop()) if len(said) == 1 else State.NO_ANSWER
