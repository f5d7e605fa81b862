"""What the indicators of an annual question tell: of which schools and programmes each group's
figure is the sum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from yearbook.catalogue import Catalogue, Indicator
from yearbook.editions import Group
from yearbook.measures import Figure, Figures

Place = tuple[str, str]  # school, programme; "" is what a school's total has beyond its parts
Leaves = frozenset[Place]


@dataclass(frozen=True)
class Year:
    """One question in one year. persons: of each leaf; whole: the leaves that make up the schools'
    own figures; most: how many a leaf can have, where another question limits it."""

    question: str
    year: str
    persons: Mapping[Place, int]
    whole: Leaves
    most: Mapping[Place, float]
    figures: Mapping[str, Sequence[Figure]]  # every question's figures of that year
    catalogue: Catalogue

    def count(self, leaves: Leaves) -> int:
        return sum(self.persons[leaf] for leaf in leaves)

    def told_by(self, indicator: Indicator) -> dict[Group, Leaves]:
        """The groups of an indicator of the question, with the leaves that are counted in each."""
        counted = {split: self._counted(indicator, split) for split in (True, False)}
        found: dict[Group, set[Place]] = defaultdict(set)
        for cut in indicator.by:
            for leaf in counted["programme" in cut]:
                found[self._group(leaf, cut)].add(leaf)
        return {group: frozenset(leaves) for group, leaves in found.items()}

    def whole_of(self, indicator: Indicator, leaves: Leaves) -> float:
        """What the share of those leaves is a share of, as it is returned now."""
        schools = {school for school, _ in leaves}
        found = [f for code in indicator.denominator for f in self.figures.get(code, ())]
        totals = {figure.school for figure in found if not figure.programme}
        return sum(
            figure.value
            for figure in found
            if (figure.school, figure.programme) in leaves
            and figure.school not in totals
            or (figure.school in schools and not figure.programme)
        )

    def _counted(self, indicator: Indicator, by_programme: bool) -> Leaves:
        """As the measure counts them: in a ratio only where all its questions are known."""
        wanted = set(indicator.questions)
        known = {code: self._places(code, by_programme) for code in wanted}
        schools = set.intersection(*({school for school, _ in of} for of in known.values()))
        places = [place for place in known[self.question] if place[0] in schools]
        per = {self.catalogue.questions[code].per for code in wanted}
        if by_programme or len(per) == 1:
            totals = {school for of in known.values() for school, programme in of if not programme}
            everywhere = set.intersection(*known.values())
            places = [place for place in places if place in everywhere or place[0] in totals]
        return frozenset(
            leaf
            for place in places
            for leaf in ([place] if place[1] else self._leaves_of(place[0]))
        )

    def _places(self, code: str, by_programme: bool) -> set[Place]:
        figures = self.figures.get(code, ())
        return {
            (figure.school, figure.programme)
            for figure in figures
            if (figure.programme if by_programme else figure.whole)
        }

    def _leaves_of(self, school: str) -> list[Place]:
        return [leaf for leaf in self.whole if leaf[0] == school]

    def _group(self, leaf: Place, cut: tuple[str, ...]) -> Group:
        school = self.catalogue.schools[leaf[0]]
        values = {
            "school": school.code,
            "programme": leaf[1],
            "region": school.region,
            "maintainer_kind": school.maintainer_kind,
            "year": self.year,
        }
        return Group(**{dimension: values[dimension] for dimension in cut})


def years_of(question: str, figures: Figures, catalogue: Catalogue) -> list[Year]:
    """Every year in which anyone returned the question, oldest first."""
    by_year: dict[str, dict[str, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for code, found in figures.known.items():
        for figure in found:
            by_year[figure.year][code].append(figure)
    limit = catalogue.questions[question].at_most
    return [
        Year(
            question,
            year,
            *_persons(of_year[question]),
            {(f.school, f.programme): f.value for f in of_year.get(limit or "", ())},
            of_year,
            catalogue,
        )
        for year, of_year in sorted(by_year.items())
        if question in of_year
    ]


def _persons(figures: Iterable[Figure]) -> tuple[dict[Place, int], Leaves]:
    """A total beside its parts adds the unstated rest; one that is less than they are stands by
    itself."""
    persons: dict[Place, int] = {}
    whole: set[Place] = set()
    by_school: dict[str, dict[str, Figure]] = defaultdict(dict)
    for figure in figures:
        by_school[figure.school][figure.programme] = figure
    for school, found in by_school.items():
        total = found.pop("", None)
        parts = {(school, p): round(figure.value) for p, figure in found.items()}
        persons |= parts
        if total is None:
            whole |= {(school, p) for p, figure in found.items() if figure.whole}
            continue
        rest = round(total.value) - sum(parts.values())
        persons[school, ""] = rest if rest >= 0 else round(total.value)
        whole |= {(school, "")} | (set(parts) if rest >= 0 else set())
    return persons, frozenset(whole)
