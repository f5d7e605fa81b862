"""Says in a sentence how much of a chart is withheld to protect respondents."""

from __future__ import annotations

from yearbook.charts.description import Chart
from yearbook.charts.material import Material
from yearbook.editions import Group, State

SMALL_MULTIPLE = "small_multiple"


def withheld(material: Material, chart: Chart) -> str:
    """ "3 ryhmää 16 ryhmästä on suojattu, …"; "" where nothing is withheld."""
    groups = groups_of(material, chart)
    hidden = [group for group, states in groups.items() if states == {State.WITHHELD}]
    parts = sum(State.WITHHELD in states for states in groups.values()) - len(hidden)
    said = []
    if hidden:
        key = "one" if len(hidden) == 1 else "many"
        words = {"number": len(hidden), "whole": len(groups)}
        said.append(material.word(f"charts.withheld.{key}", **words))
    if parts:
        said.append(material.word("charts.withheld.options"))
    return " ".join(said)


def groups_of(material: Material, chart: Chart) -> dict[Group, set[State]]:
    """The groups of which the chart tells, each with the states of its cells; in a small multiple
    the school's own."""
    own = material.view.own_school if chart.form == SMALL_MULTIPLE else ""
    found: dict[Group, set[State]] = {}
    for cell in material.cells:
        if own in ("", cell.group.school):
            found.setdefault(cell.group, set()).add(cell.state)
    return found
