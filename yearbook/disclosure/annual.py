"""Decides which annual figures about few persons are withheld (special support, discontinued)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from yearbook.catalogue import Catalogue, Indicator
from yearbook.disclosure.protection import Protection, protect
from yearbook.editions import Group
from yearbook.measures import Tally


def hidden_annual_groups(
    indicators: Sequence[Indicator], figures: pd.DataFrame, catalogue: Catalogue
) -> dict[str, frozenset[Group]]:
    """Sensitive question -> the groups whose figure of it may not be shown, over all indicators
    using it.

    A ratio gives its numerator away wherever its denominator is published, so every indicator that
    uses the question is withheld in the same groups. `figures` as effective_figures gives them.
    """
    sensitive = {q.code for q in catalogue.annual_questions if q.sensitive}
    return {
        code: _hidden(code, [i for i in indicators if code in i.questions], figures, catalogue)
        for code in sorted(sensitive)
    }


def _hidden(
    question: str, indicators: Sequence[Indicator], figures: pd.DataFrame, catalogue: Catalogue
) -> frozenset[Group]:
    rows = figures[(figures["question"] == question) & figures["value"].notna()]
    cuts = sorted(
        {cut for indicator in indicators for cut in indicator.by}, key=lambda cut: (len(cut), cut)
    )
    needs = Protection(catalogue.policy.annual_threshold, 0, tuple(cuts))
    hidden: set[Group] = set()
    for year, of_year in rows.groupby("year"):
        hidden |= _hidden_in_year(str(year), of_year, needs, catalogue)
    return frozenset(hidden)


def _hidden_in_year(
    year: str, rows: pd.DataFrame, needs: Protection, catalogue: Catalogue
) -> set[Group]:
    """The leaves are the returned figures; a total beside its parts adds the unstated rest."""
    leaves, people = _leaves(rows)
    groups = sorted(
        {group for leaf in leaves for group in _groups_of(leaf, year, needs.keep, catalogue)}
    )
    membership = np.array(
        [
            [group in set(_groups_of(leaf, year, needs.keep, catalogue)) for leaf in leaves]
            for group in groups
        ]
    )
    if not len(groups):
        return set()
    counted = Tally(
        "", tuple((s, p, int(year)) for s, p in leaves), (), np.zeros((len(leaves), 0)), people
    )
    return set(protect(groups, membership, counted, needs).hidden)


def _leaves(rows: pd.DataFrame) -> tuple[list[tuple[str, str]], np.ndarray]:
    """(school, programme) with its persons; "" holds what a school's total has beyond its parts."""
    found: dict[tuple[str, str], float] = {}
    for school, of_school in rows.groupby("school"):
        by_programme = of_school.set_index("programme")["value"]
        parts = by_programme.drop("", errors="ignore")
        found.update({(str(school), str(programme)): value for programme, value in parts.items()})
        if "" in by_programme.index:
            found[(str(school), "")] = max(0.0, float(by_programme[""]) - float(parts.sum()))
    return list(found), np.array([round(value) for value in found.values()], dtype=int)


def _groups_of(
    leaf: tuple[str, str], year: str, cuts: Iterable[tuple[str, ...]], catalogue: Catalogue
) -> Iterable[Group]:
    code, programme = leaf
    school = catalogue.schools[code]
    values = {
        "school": code,
        "programme": programme,
        "region": school.region,
        "maintainer_kind": school.maintainer_kind,
        "year": year,
    }
    for cut in cuts:
        if "programme" not in cut or programme:
            yield Group(**{dimension: values[dimension] for dimension in cut})
