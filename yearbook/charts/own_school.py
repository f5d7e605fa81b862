"""Says of a chart whose eyes it is for, where it has figures that one school alone may see."""

from __future__ import annotations

from yearbook.charts.material import Material

OWN_SCHOOL = "own_school"  # the audience of an indicator


def own_school(material: Material) -> str:
    """The school that alone may see some of the chart's cells, "" where all of them are for all
    members. A school's cells of such an indicator are published for that school only."""
    if material.indicator.audience != OWN_SCHOOL:
        return ""
    return next((cell.group.school for cell in material.cells if cell.group.school), "")


def mark(material: Material) -> str:
    """ "Vain oma oppilaitoksesi näkee tämän", for the card and the alt text; "" for most."""
    return material.word("charts.own_school.mark") if own_school(material) else ""


def remark(material: Material) -> list[str]:
    """The same for those into whose hands a file may come: whose figures they are."""
    school = own_school(material)
    if not school:
        return []
    return [material.word("charts.own_school.note", school=material.name("school", school))]
