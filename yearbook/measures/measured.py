"""An exact figure, before anything is withheld."""

from __future__ import annotations

from dataclasses import dataclass

from yearbook.editions import Group, State


@dataclass(frozen=True, slots=True)
class Measured:
    """The exact figure of a group (and option). It never leaves publication; see editions.Cell.

    value: in the indicator's unit, shares 0–1, None where `state` says why there is none.
    respondents: answers to the question in the group; for annual figures the schools behind the
    figure. count: persons who chose the option. low, high: 95 % interval of a share.
    invited: how many were asked in the group, None where no frame tells.
    """

    group: Group
    option: str
    value: float | None
    respondents: int
    count: int | None = None
    low: float | None = None
    high: float | None = None
    state: State = State.SHOWN
    invited: int | None = None
