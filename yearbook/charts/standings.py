"""Compares those who answered with those who were asked, group by group.

Chance: were those who answer drawn by lot from all who were asked, a group's share of the answers
would lie around its share of those asked. A difference is called clear where the Wilson interval of
the share of the answers, with the finite frame, leaves the share of those asked out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yearbook.charts.differences import Share, share_of
from yearbook.charts.material import Material
from yearbook.editions import ANSWERED, INVITED, Group

OVER, UNDER, CHANCE, UNKNOWN = "over", "under", "chance", "unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """A group among those asked and those who answered; None where those asked are not known."""

    group: Group
    invited: int | None
    answered: int
    of_invited: float | None
    of_answered: Share | None

    @property
    def difference(self) -> float | None:
        """Share of the answered less that of the invited, 0–1."""
        if self.of_invited is None or self.of_answered is None:
            return None
        return self.of_answered.value - self.of_invited

    @property
    def verdict(self) -> str:
        if self.of_invited is None or self.of_answered is None:
            return UNKNOWN
        if self.of_answered.low <= self.of_invited <= self.of_answered.high:
            return CHANCE
        return OVER if self.of_answered.value > self.of_invited else UNDER


def standings(material: Material) -> list[Standing]:
    """Every group but everyone together; the most over-represented first, the unknown last."""
    persons = _persons(material)
    whole = next((group for group in material.groups if material.is_everyone(group)), None)
    if whole is None:
        return []
    found = [_standing(group, whole, persons) for group in material.groups if group != whole]
    return sorted(found, key=lambda s: (s.difference is None, -(s.difference or 0), s.group))


def decimals_of(material: Material, found: Sequence[Standing]) -> int:
    """One, where enough answered for it to mean something."""
    answered = sum(standing.answered for standing in found)
    return int(answered >= material.catalogue.policy.whole_percent_below)


def _persons(material: Material) -> Mapping[tuple[Group, str], int]:
    return {
        (group, option): round(cell.value)
        for (group, _, option), cell in material.by_position.items()
        if cell.value is not None
    }


def _standing(group: Group, whole: Group, persons: Mapping[tuple[Group, str], int]) -> Standing:
    invited, answered = persons.get((group, INVITED)), persons.get((group, ANSWERED), 0)
    asked, gave = persons.get((whole, INVITED)), persons.get((whole, ANSWERED), 0)
    if not asked or not gave or invited is None:
        return Standing(group, invited, answered, None, None)
    return Standing(group, invited, answered, invited / asked, share_of(answered, gave, asked))
