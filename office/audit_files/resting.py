"""Finds which answers the figures of an edition rest on, where answers have changed since.

Late answers may wait, so that an edition shows a round as an earlier one did. What it rests on is
what its figures agree with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from typing import NamedTuple

import numpy as np

from office.audit_files.facts import ALL, TOTAL, Fact, Time
from office.audit_files.layers import Layered
from office.audit_files.times import span_of
from yearbook.editions import FOLD

MOST_TRIED = 4096
States = Mapping[str, str]  # cohort -> the state of its answers


class Shown(NamedTuple):
    """A group with all that an edition tells of it."""

    school: str
    programme: str
    time: Time
    facts: Sequence[Fact]


@dataclass(frozen=True)
class Answers:
    """The answers of a table, each cohort as it was in some state; the newest where none is named.

    What was counted once is kept, since many groups share their cohorts and places.
    """

    table: Layered
    states: States = field(default_factory=dict)
    _leaves: dict[Time, list[str]] = field(default_factory=dict)
    _counts: dict[Time, np.ndarray] = field(default_factory=dict)
    _rows: dict[tuple[str, str], np.ndarray] = field(default_factory=dict)

    def leaves_of(self, time: Time) -> list[str]:
        """The leaves that a figure of that time counts."""
        if time not in self._leaves:
            table, newest = self.table, self.table.states[-1]
            self._leaves[time] = [
                leaf
                for cohort in _cohorts(time, table)
                for leaf in table.leaves_of(cohort, self.states.get(cohort, newest))
            ]
        return self._leaves[time]

    def agree_with(self, group: Shown) -> bool:
        """Whether they are what the edition tells of the group."""
        options = self.table.options
        counts = self._of_time(group.time)[self._of_place(group.school, group.programme)].sum(0)
        number = dict(zip(options, counts.tolist(), strict=True))
        number[TOTAL] = int(counts.sum())
        return all(
            fact.low <= sum(number.get(one, 0) for one in fact.option.split(FOLD)) <= fact.high
            for fact in group.facts
        )

    def _of_time(self, time: Time) -> np.ndarray:
        """places × options."""
        if time not in self._counts:
            shape = (len(self.table.places), len(self.table.options))
            layers = [self.table.counts[leaf] for leaf in self.leaves_of(time)]
            self._counts[time] = sum(layers, np.zeros(shape, dtype=int))
        return self._counts[time]

    def _of_place(self, school: str, programme: str) -> np.ndarray:
        if (school, programme) not in self._rows:
            found = [school in (ALL, s) and programme in (ALL, p) for s, p in self.table.places]
            self._rows[school, programme] = np.array(found, dtype=bool)
        return self._rows[school, programme]


def answers_behind(
    told: Iterable[Fact], table: Layered, possible: Sequence[str]
) -> Iterator[tuple[Shown, Answers, bool]]:
    """Each group that an edition tells of in a table, what it rests on, and whether that is so.

    possible: the states that there were when it was published, the likeliest first. Most groups
    rest on the same; one that is shown for the first time may rest on newer answers than the rest.
    """
    groups = _groups(told)
    together = _likeliest(groups, table, possible)
    for group in groups:
        if together.agree_with(group):
            yield group, together, True
        else:
            alone = _likeliest([group], table, possible)
            yield group, alone, alone.agree_with(group)


def _likeliest(groups: Sequence[Shown], table: Layered, possible: Sequence[str]) -> Answers:
    """The first with which all figures agree, else the one with which the most of them do."""
    changing = {time: [cohort for cohort in _cohorts(time, table) if cohort in table.split]
                for time in {group.time for group in groups}}  # fmt: skip
    affected = [group for group in groups if changing[group.time]]
    cohorts = sorted({cohort for found in changing.values() for cohort in found})
    best, most = Answers(table), -1
    for states in islice(product(possible, repeat=len(cohorts)), MOST_TRIED):
        tried = Answers(table, dict(zip(cohorts, states, strict=True)))
        agreeing = sum(tried.agree_with(group) for group in affected)
        if agreeing > most:
            best, most = tried, agreeing
        if agreeing == len(affected):
            break
    return best


def _groups(facts: Iterable[Fact]) -> list[Shown]:
    found: dict[tuple[str, str, Time], list[Fact]] = {}
    for fact in facts:
        found.setdefault((fact.school, fact.programme, fact.time), []).append(fact)
    return [Shown(*key, told) for key, told in found.items()]


def _cohorts(time: Time, table: Layered) -> list[str]:
    """The cohorts, whole or divided, that lie in the spans."""
    return [
        code
        for code in table.cohorts
        for first, last in [span_of(code)]
        if any(begin <= first and last <= end for begin, end in time.spans)
    ]
