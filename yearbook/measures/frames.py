"""Counts who was invited, reached and answered in a group of graduates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from yearbook.leaves import Leaf

PLACE = ["school", "programme", "first", "last"]
ANSWERED_COLUMNS = [*PLACE, "survey_year", "answered", "by_school", "by_programme"]
Span = tuple[int, int]  # cohorts, both ends included


@dataclass(frozen=True, slots=True)
class Turnout:
    """Persons of a group. invited and reached are None where no frame tells them of all rounds."""

    invited: int | None
    reached: int | None
    answered: int


@dataclass(frozen=True)
class Invitations:
    """Who was asked and who answered in one survey; a row for each leaf, round and source.

    is_framed: the round has a frame of these cohorts; is_told: and it names the school; by_school,
    by_programme: it can be divided so.
    """

    rows: pd.DataFrame
    _found: dict[tuple[str, str, tuple[Span, ...]], Turnout] = field(
        default_factory=dict, compare=False, repr=False
    )

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Where anyone was asked or answered, each once."""
        places = self.rows[PLACE].drop_duplicates().itertuples(index=False, name=None)
        return tuple(sorted(Leaf(str(s), str(p), int(a), int(b)) for s, p, a, b in places))

    def turnout(self, school: str, programme: str, spans: Sequence[Span]) -> Turnout:
        """Of a school ("" = all) and a programme ("" = all), in the cohorts of the spans."""
        key = (school, programme, tuple(spans))
        if key not in self._found:
            self._found[key] = self._turnout(*key)
        return self._found[key]

    def _turnout(self, school: str, programme: str, spans: tuple[Span, ...]) -> Turnout:
        rows = self._columns
        in_time = np.zeros(len(self.rows), dtype=bool)
        for first, last in spans:
            in_time |= (rows["first"] >= first) & (rows["last"] <= last)
        is_in, near = in_time, in_time
        if school:
            is_in, near = _within(rows["school"], school, is_in, near)
        if programme:
            is_in, near = _within(rows["programme"], programme, is_in, near)
        answered = int(rows["answered"][is_in].sum())
        is_known = rows["is_framed"][in_time].all() and rows["is_told"][near].all()
        if school:
            is_known &= rows["by_school"][near].all()
        if programme:
            is_known &= rows["by_programme"][near].all()
        invited = _whole(rows["invited"][is_in]) if is_known else None
        if invited is None or answered > invited:
            return Turnout(None, None, answered)
        return Turnout(invited, _whole(rows["reached"][is_in]), answered)

    @cached_property
    def _columns(self) -> dict[str, np.ndarray]:
        return {str(name): self.rows[name].to_numpy() for name in self.rows.columns}


def invitations(frame: pd.DataFrame, answered: pd.DataFrame) -> Invitations:
    """Of one survey. frame: rows of a submission; answered: ANSWERED_COLUMNS, a row per leaf and
    round."""
    asked = frame.assign(first=frame["cohort"], last=frame["cohort"], answered=0, by_school=True)
    asked = asked[[*PLACE, "survey_year", "invited", "reached", "answered", "by_school"]]
    whole = asked.loc[asked["programme"] == "", ["survey_year", "school", "first"]]
    undivided = set(whole.itertuples(index=False, name=None))
    framed = set(asked[["survey_year", "first"]].itertuples(index=False, name=None))
    told = set(asked[["survey_year", "school", "first"]].itertuples(index=False, name=None))
    asked["by_programme"] = asked["programme"] != ""
    rows = pd.concat([asked, answered.assign(invited=0.0, reached=0.0)], ignore_index=True)
    rounds = list(rows[["survey_year", "school", "first", "last"]].itertuples(index=False))
    return Invitations(
        rows.assign(
            is_framed=[_any((row.survey_year,), row, framed) for row in rounds],
            is_told=[
                not row.school or _any((row.survey_year, row.school), row, told) for row in rounds
            ],
            by_programme=[
                bool(is_divided) and not _any((row.survey_year, row.school), row, undivided)
                for row, is_divided in zip(rounds, rows["by_programme"], strict=True)
            ],
        )
    )


def _within(
    column: np.ndarray, wanted: str, is_in: np.ndarray, near: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Which rows are of the school (or programme), and which may be, as nobody divided them."""
    is_of = column == wanted
    return is_in & is_of, near & (is_of | (column == ""))


def _any(prefix: tuple[Any, ...], row: Any, keys: set[tuple[Any, ...]]) -> bool:
    """Whether a cohort of the row is among the keys, after the prefix."""
    return any((*prefix, cohort) in keys for cohort in range(row.first, row.last + 1))


def _whole(numbers: np.ndarray) -> int | None:
    """Their sum; None where one is not known."""
    total = float(numbers.sum())
    return None if np.isnan(total) else int(total)
