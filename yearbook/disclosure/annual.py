"""Decides which annual figures about few persons are withheld (special support, discontinued)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from yearbook.catalogue import Catalogue, Indicator
from yearbook.disclosure.protection import Protection, protect
from yearbook.editions import Group
from yearbook.leaves import Leaf
from yearbook.measures import Figure, Figures, Tally


def hidden_annual_groups(
    indicators: Sequence[Indicator], figures: Figures, catalogue: Catalogue
) -> dict[str, frozenset[Group]]:
    """Sensitive question -> the groups whose figure of it may not be shown, over all indicators
    using it.

    A ratio gives its numerator away wherever its denominator is published, so every indicator that
    uses the question is withheld in the same groups.
    """
    sensitive = {q.code for q in catalogue.annual_questions if q.sensitive}
    return {
        code: _hidden(
            figures.known.get(code, ()), [i for i in indicators if code in i.questions], catalogue
        )
        for code in sorted(sensitive)
    }


def _hidden(
    figures: Sequence[Figure], indicators: Sequence[Indicator], catalogue: Catalogue
) -> frozenset[Group]:
    cuts = sorted({cut for i in indicators for cut in i.by}, key=lambda cut: (len(cut), cut))
    needs = Protection(catalogue.policy.annual_threshold, 0, tuple(cuts))
    by_year: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_year[figure.year].append(figure)
    hidden: set[Group] = set()
    for year, of_year in by_year.items():
        hidden |= _hidden_in_year(year, of_year, needs, catalogue)
    return frozenset(hidden)


def _hidden_in_year(
    year: str, figures: Sequence[Figure], needs: Protection, catalogue: Catalogue
) -> set[Group]:
    """The leaves are the returned figures; a total beside its parts adds the unstated rest."""
    leaves = _leaves(figures)
    groups_of = [set(_groups_of(leaf, year, needs.keep, catalogue)) for leaf in leaves]
    groups = sorted(set().union(*groups_of))
    if not groups:
        return set()
    membership = np.array([[group in of_leaf for of_leaf in groups_of] for group in groups])
    people = np.array([round(value) for value in leaves.values()], dtype=int)
    places = tuple(Leaf(school, programme, int(year), int(year)) for school, programme in leaves)
    counted = Tally("", places, (), np.zeros((len(leaves), 0)), people)
    return set(protect(groups, membership, counted, needs).hidden)


def _leaves(figures: Sequence[Figure]) -> dict[tuple[str, str], float]:
    """(school, programme) with its persons; "" holds what a school's total has beyond its parts."""
    found = {(f.school, f.programme): f.value for f in figures if f.programme}
    for total in (f for f in figures if not f.programme):
        parts = sum(f.value for f in figures if f.school == total.school and f.programme)
        found[total.school, ""] = max(0.0, total.value - parts)
    return found


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
