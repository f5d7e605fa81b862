"""Says which cross-tables members may see."""

from __future__ import annotations

from dataclasses import replace

from yearbook.catalogue import Catalogue, Indicator


def for_members(catalogue: Catalogue) -> list[Indicator]:
    """The indicators as members may see them: what only the own school may see is shown to all
    members for all schools together."""
    return [
        replace(indicator, by=tuple(cut for cut in indicator.by if "school" not in cut))
        if indicator.audience == "own_school"
        else indicator
        for indicator in catalogue.indicators.values()
    ]
