"""The smallest groups that answers are counted by."""

from __future__ import annotations

from typing import NamedTuple


class Leaf(NamedTuple):
    """A school's programme and its cohorts from `first` to `last`, both included.

    Answers have a single cohort; an old table may tell only of several together. A school or
    programme is "" where it is not known.
    """

    school: str
    programme: str
    first: int
    last: int

    @property
    def is_single(self) -> bool:
        return self.first == self.last


def leaf(school: str, programme: str, cohort: int) -> Leaf:
    """Of a single cohort."""
    return Leaf(str(school), str(programme), int(cohort), int(cohort))
