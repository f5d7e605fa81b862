"""Says which cross-tables members may see."""

from __future__ import annotations

from dataclasses import replace

from yearbook.catalogue import Catalogue, Indicator


def for_members(catalogue: Catalogue) -> list[Indicator]:
    """The indicators as members may see them: with the extra levels of the policy; what only the
    own school may see is shown to all members for all schools together."""
    return [_of_members(one, catalogue.policy.extras) for one in catalogue.indicators.values()]


def _of_members(indicator: Indicator, extras: tuple[tuple[str, ...], ...]) -> Indicator:
    cuts = (*indicator.by, *extras) if indicator.extras else indicator.by
    if indicator.audience == "own_school":
        cuts = tuple(cut for cut in cuts if "school" not in cut)
    return replace(indicator, by=cuts)
