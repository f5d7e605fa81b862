"""What was published before: all that visitors ever could see, and what it rested on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from yearbook.editions import Cell, Edition
from yearbook.submissions import Submission

ERASED_COLUMNS = [
    "survey", "survey_year", "cohort", "school", "programme", "question", "editions",
]  # fmt: skip
RoundKey = tuple[str, int]  # survey and its year


@dataclass(frozen=True)
class Before:
    """Earlier editions stay visible, so that a new one must be safe together with all of them.

    editions: the members', oldest first. own: school -> what it alone could see. changed: an
    edition's name -> rounds whose answers were others then than now; answers: those rounds as they
    were then. erased: ERASED_COLUMNS, a row for each erased respondent and question answered;
    `editions` names those that counted it.
    """

    editions: tuple[Edition, ...] = ()
    own: Mapping[str, tuple[Edition, ...]] = field(default_factory=dict)
    changed: Mapping[str, frozenset[RoundKey]] = field(default_factory=dict)
    answers: Mapping[str, Submission] = field(default_factory=dict)
    erased: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=ERASED_COLUMNS))

    @cached_property
    def _own_of(self) -> dict[str, list[Edition]]:
        found: dict[str, list[Edition]] = {}
        for editions in self.own.values():
            for edition in editions:
                found.setdefault(edition.name, []).append(edition)
        return found

    def cells(self, edition: Edition, indicator: str, survey: str) -> tuple[Cell, ...]:
        """What the edition showed of an indicator in a survey, to all members and to each school
        alone."""
        shelved = [edition, *self._own_of.get(edition.name, ())]
        return tuple(
            cell for one in shelved for cell in one.table(indicator).cells
            if cell.group.survey == survey
        )  # fmt: skip


NOTHING_BEFORE = Before()
