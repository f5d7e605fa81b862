"""The smallest groups that answers are counted by, and how larger ones lie around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np


class Leaf(NamedTuple):
    """A school's programme and its cohorts from `first` to `last`, both included.

    Answers have a single cohort; an old table may tell only of several together. A school or
    programme is "" where it is not known, or where all are meant.
    """

    school: str
    programme: str
    first: int
    last: int

    @property
    def is_single(self) -> bool:
        return self.first == self.last

    def lies_in(self, whole: Leaf) -> bool:
        """Whether it is a part of the other, or the same."""
        return (
            whole.school in ("", self.school)
            and whole.programme in ("", self.programme)
            and whole.first <= self.first
            and self.last <= whole.last
        )

    def crosses(self, other: Leaf) -> bool:
        """Whether they have people in common, though neither lies in the other: a school and a
        programme of all schools."""
        return (
            (not self.school or not other.school or self.school == other.school)
            and (not self.programme or not other.programme or self.programme == other.programme)
            and self.first <= other.last
            and other.first <= self.last
            and not self.lies_in(other)
            and not other.lies_in(self)
        )


def leaf(school: str, programme: str, cohort: int) -> Leaf:
    """Of a single cohort."""
    return Leaf(str(school), str(programme), int(cohort), int(cohort))


def without_crossing(people: Mapping[Leaf, int]) -> tuple[Leaf, ...]:
    """The groups of an old table that lie in one another or apart; those that cross them are left
    out.

    Tables by school and by programme, never by both, cannot both be divided further: the finest
    that has everyone in it is kept, of two alike the one by school.
    """
    of_kind: dict[tuple[bool, bool], list[Leaf]] = {}
    for place in people:
        of_kind.setdefault((bool(place.school), bool(place.programme)), []).append(place)
    most = max((_people(places, people) for places in of_kind.values()), default=0)
    kinds = sorted(of_kind, key=lambda kind: (_people(of_kind[kind], people) < most, *_rank(kind)))
    order = [place for kind in kinds for place in sorted(of_kind[kind], key=_length)]
    return _kept(tuple(order))


def inside(places: Sequence[Leaf]) -> Mapping[Leaf, tuple[Leaf, ...]]:
    """Every group with all that lie in it, the smallest groups first. No two may cross."""
    return _inside(tuple(sorted(places)))


def rests(values: Mapping[Leaf, np.ndarray]) -> dict[Leaf, np.ndarray]:
    """What each group has beyond the groups inside it. Rests of all are the leaves of a whole."""
    found: dict[Leaf, np.ndarray] = {}
    for whole, parts in inside(tuple(values)).items():
        found[whole] = values[whole] - sum(
            (found[part] for part in parts), np.zeros_like(values[whole])
        )
    return found


def _people(places: Sequence[Leaf], people: Mapping[Leaf, int]) -> int:
    """How many are in the groups of one kind, whose shorter spans lie in the longer ones."""
    longest = [p for p in places if not any(p != whole and p.lies_in(whole) for whole in places)]
    return sum(people[place] for place in longest)


def _rank(kind: tuple[bool, bool]) -> tuple[bool, bool]:
    by_school, by_programme = kind
    return not by_school, not by_programme


def _length(place: Leaf) -> tuple[int, Leaf]:
    return place.last - place.first, place


@lru_cache(maxsize=64)
def _kept(order: tuple[Leaf, ...]) -> tuple[Leaf, ...]:
    kept: list[Leaf] = []
    for place in order:
        if not any(place.crosses(other) for other in kept):
            kept.append(place)
    return tuple(kept)


@lru_cache(maxsize=64)
def _inside(places: tuple[Leaf, ...]) -> dict[Leaf, tuple[Leaf, ...]]:
    found = {
        whole: tuple(part for part in places if part != whole and part.lies_in(whole))
        for whole in places
    }
    return dict(sorted(found.items(), key=lambda pair: (len(pair[1]), pair[0])))
