"""Decides which annual figures about few persons are withheld (special support, discontinued), and
which stay as an earlier edition showed them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from yearbook.catalogue import Catalogue, Indicator
from yearbook.disclosure.annual_audit import Cut, YearFacts, facts_of
from yearbook.disclosure.annual_earlier import earlier_of
from yearbook.disclosure.annual_facts import Leaves, Year, years_of
from yearbook.disclosure.least_withheld import Leak, Offer, choose
from yearbook.editions import Edition, Group
from yearbook.measures import Figures

NONE: frozenset[Group] = frozenset()
SHOWN_BEFORE = 1000.0  # dearer than all others together


@dataclass(frozen=True)
class AnnualProtection:
    """Of each sensitive question the groups whose figure is withheld, in all indicators using it,
    and those among them that stay as the newest edition showed them.

    report: "question/year" -> how many groups are withheld as small, as complementary, or kept as
    they were, and how many protected counts earlier editions have given away already.
    """

    hidden: Mapping[str, frozenset[Group]] = field(default_factory=dict)
    kept: Mapping[str, frozenset[Group]] = field(default_factory=dict)
    report: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def protect_annual(
    indicators: Sequence[Indicator],
    figures: Figures,
    catalogue: Catalogue,
    before: Sequence[Edition] = (),
) -> AnnualProtection:
    """before: the members' editions so far, oldest first; what they showed is known for good.

    A ratio gives its numerator away, as its denominator is published, so every indicator that uses
    the question is withheld in the same groups. An attacker knows all that any edition showed, that
    no count is negative and that none exceeds the students; not what a single school knows of
    itself.
    """
    hidden: dict[str, frozenset[Group]] = {}
    kept: dict[str, frozenset[Group]] = {}
    report: dict[str, Mapping[str, int]] = {}
    for question in (q.code for q in catalogue.annual_questions if q.sensitive):
        using = [one for one in indicators if question in one.questions]
        found = [_of_year(one, using, before) for one in years_of(question, figures, catalogue)]
        hidden[question] = NONE.union(*(one.hidden for one in found))
        kept[question] = NONE.union(*(one.kept for one in found))
        report |= {f"{question}/{one.year}": one.counted for one in found if one.hidden}
    return AnnualProtection(hidden, kept, report)


@dataclass(frozen=True)
class _Decided:
    year: str
    hidden: frozenset[Group]
    kept: frozenset[Group]
    counted: Mapping[str, int]


def _of_year(year: Year, indicators: Sequence[Indicator], before: Sequence[Edition]) -> _Decided:
    """The fewest groups that have to go, given what was shown before.

    Where a late return or a correction would tell of few persons by its difference to what was
    shown, the year stays as it was, all of it: what is shown of one year is of one state.
    """
    told = {one.code: year.told_by(one) for one in indicators}
    sums_of: dict[Group, set[Leaves]] = defaultdict(set)
    for groups in told.values():
        for group, leaves in groups.items():
            sums_of[group].add(leaves)
    earlier = earlier_of(year, told, before)
    threshold = year.catalogue.policy.annual_threshold
    known = facts_of(year, _by_cut(sums_of), earlier.sums, threshold)
    small = {g for g, sums in sums_of.items() if any(known.is_small(one) for one in sums)}
    hidden, given_away = _withheld(known, sums_of, earlier.shown)
    if not earlier.may_change(threshold) or hidden & earlier.shown - small:
        kept = {"kept": len(earlier.shown)}
        return _Decided(year.year, frozenset(sums_of), earlier.shown, kept)
    counted = {"small": len(small), "complementary": len(hidden - small), "given_away": given_away}
    return _Decided(year.year, hidden, NONE, counted)


def _by_cut(sums_of: Mapping[Group, set[Leaves]]) -> dict[Cut, list[Leaves]]:
    found: dict[Cut, list[Leaves]] = defaultdict(list)
    for group, sums in sums_of.items():
        found[group.cut].extend(sums)
    return found


def _withheld(
    known: YearFacts, sums_of: Mapping[Group, set[Leaves]], shown: frozenset[Group]
) -> tuple[frozenset[Group], int]:
    """The groups to withhold, those that were shown before last; and how many protected counts
    cannot be helped any more."""
    groups = sorted(sums_of)
    number = {leaves: fact for fact, leaves in enumerate(known.sums)}
    facts = [frozenset(number[leaves] for leaves in sums_of[group]) for group in groups]
    small = frozenset(
        place
        for place, group in enumerate(groups)
        if any(known.is_small(leaves) for leaves in sums_of[group])
    )
    costs = [
        _cost(group, max(map(known.year.count, sums_of[group]))) + SHOWN_BEFORE * (group in shown)
        for group in groups
    ]
    lost: set[Leaves] = set()

    def leaks(told: frozenset[int]) -> list[Leak]:
        found, given_away = known.leaks(told)
        lost.update(given_away)
        return found

    hidden = choose(Offer(facts, costs, small), leaks)
    return frozenset(groups[place] for place in hidden), len(lost)


def _cost(group: Group, persons: int) -> float:
    """The fewest groups, of these the fewest persons; what is common to all goes last."""
    everyone = 10.0 if group.cut == ("year",) else 1.0
    return everyone + persons / (persons + 1000.0)
