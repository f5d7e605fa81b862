"""Says in plain sentences who is over- and under-represented among those who answered."""

from __future__ import annotations

from collections.abc import Sequence

from yearbook.charts.levels import shortest
from yearbook.charts.material import Material
from yearbook.charts.response import written_rate
from yearbook.charts.standings import CHANCE, OVER, UNDER, Standing
from yearbook.charts.trends import neutral
from yearbook.language import write_share

MANY = 10  # groups, of which one or another differs by chance alone


def headline(material: Material, found: Sequence[Standing]) -> str:
    """The largest clear difference; that there is none."""
    if all(standing.difference is None for standing in found):
        return neutral(material)
    clear = clear_ones(found)
    if not clear:
        return material.word("charts.representation.alike")
    told = [_told(material, clear[0], kind) for kind in ("headline", "brief")]
    return shortest(material, *told)


def remarks(material: Material, found: Sequence[Standing]) -> tuple[str, ...]:
    """Every clear difference as a sentence; that the others may be chance."""
    clear = clear_ones(found)
    said = [_told(material, standing, "sentence") for standing in clear]
    if any(standing.verdict == CHANCE for standing in found):
        said.append(material.word(f"charts.representation.{'rest' if clear else 'none'}"))
    if clear and len(found) >= MANY:
        said.append(material.word("charts.representation.many"))
    return tuple(said)


def hover_lines(material: Material, standing: Standing) -> str:
    lines = [_told(material, standing, "sentence")]
    if standing.invited:
        rate = written_rate(material, standing.answered, standing.invited)
        counts = {"n": standing.answered, "invited": standing.invited, "rate": rate}
        lines.append(material.word("charts.hover.response", **counts))
    return "\n".join(lines)


def verdict(material: Material, standing: Standing) -> str:
    """yliedustettu, aliedustettu, sattuman rajoissa, ei tiedossa."""
    return material.word(f"charts.representation.verdict.{standing.verdict}")


def clear_ones(found: Sequence[Standing]) -> list[Standing]:
    """Those that differ clearly, the most first."""
    clear = [standing for standing in found if standing.verdict in (OVER, UNDER)]
    return sorted(clear, key=lambda standing: -abs(standing.difference or 0))


def _told(material: Material, standing: Standing, kind: str) -> str:
    """ "Kuopio on vastaajissa yliedustettu: 9 % kutsutuista, 14 % vastaajista"."""
    answered = standing.of_answered.value if standing.of_answered else 0.0
    return material.word(
        f"charts.representation.{kind}.{standing.verdict}",
        name=material.group_name(standing.group, is_short=True),
        invited=write_share(standing.of_invited or 0.0, 0, material.language),
        answered=write_share(answered, 0, material.language),
    )
