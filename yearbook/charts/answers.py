"""What charts of answers share: a row for every group, a part for every option."""

from __future__ import annotations

from yearbook.charts.description import Chart, Mark, Place, Role, Series
from yearbook.charts.folds import is_fold
from yearbook.charts.levels import commonest, own_commonest
from yearbook.charts.marks import make_mark, role_of, with_n
from yearbook.charts.material import Material, key_of
from yearbook.charts.plotting import Layout
from yearbook.charts.series_breaks import breaks_of
from yearbook.charts.style import Theme
from yearbook.charts.trends import named_topic, neutral, topic
from yearbook.editions import Cell, Group, State


def rows_of(material: Material) -> tuple[Place, ...]:
    """Groups in the published order, each at all its moments, newest first where there are several.

    Own school follows everyone of the same moment, so that the two can be compared.
    """
    groups = sorted(material.groups, key=lambda group: _standing(material, group))
    moments = list(reversed(material.moments)) or [""]
    return tuple(
        _row(material, group, moment)
        for moment in moments
        for group in groups
        if _cell(material, group, moment) is not None
    )


def _standing(material: Material, group: Group) -> tuple[int, str]:
    role = role_of(material, group)
    return [Role.ALL, Role.OWN].index(role) if role in (Role.ALL, Role.OWN) else 2, key_of(group)


def _cell(material: Material, group: Group, moment: str) -> Cell | None:
    """One that says how many answered, if there is one."""
    found = [material.by_position.get((group, moment, option)) for option in material.options]
    cells = [cell for cell in found if cell is not None]
    return next((cell for cell in cells if _is_told(cell)), cells[0] if cells else None)


def _is_told(cell: Cell) -> bool:
    return cell.state in (State.SHOWN, State.INTERVAL)


def row_key(group: Group, moment: str) -> str:
    return f"{key_of(group)}|{moment}"


def _row(material: Material, group: Group, moment: str) -> Place:
    cell = _cell(material, group, moment)
    parts = []
    if material.varying:
        parts.append(material.group_name(group, is_short=True))
    if len(material.moments) > 1 and moment:
        parts.append(material.name(material.time, moment))
    name = ", ".join(parts) or material.group_name(group, is_short=True)
    label = with_n(name, cell.n) if cell is not None and _is_told(cell) and cell.n else name
    return Place(row_key(group, moment), label, name, role_of(material, group))


def parts_of(material: Material) -> tuple[Series, ...]:
    """A series for every option, in the order of the question, and for every fold."""
    return tuple(_part(material, option) for option in material.options)


def _part(material: Material, option: str) -> Series:
    """Folds take no colour from the options, which keep theirs from chart to chart."""
    name, short = material.option_name(option), material.option_name(option, is_short=True)
    role = Role.FOLD if is_fold(option) else Role.CLASS
    rank = 0 if is_fold(option) else material.singles.index(option)
    return Series(option, name, role, rank, _marks(material, option), short)


def _marks(material: Material, option: str) -> tuple[Mark, ...]:
    return tuple(
        make_mark(material, cell, row_key(group, moment))
        for (group, moment, of_option), cell in material.by_position.items()
        if of_option == option
    )


def main_place(places: tuple[Place, ...], series: tuple[Series, ...]) -> Place | None:
    """The newest row of own school, else of everyone, else the first; only one with numbers."""
    shown = [p for p in places if any((m := s.at(p.key)) and m.is_shown for s in series)]
    for role in (Role.OWN, Role.ALL):
        for place in shown:
            if place.role is role:
                return place
    return shown[0] if shown else None


def everyone_beside(places: tuple[Place, ...], own: Place) -> Place | None:
    """The row of everyone at the moment of own school's row."""
    moment = own.key.rpartition("|")[2]
    rows = (p for p in places if p.role is Role.ALL and p.key.rpartition("|")[2] == moment)
    return next(rows, None)


def commonest_headline(
    material: Material, places: tuple[Place, ...], series: tuple[Series, ...]
) -> str:
    """What the most answered in the main row; of own school, beside the others."""
    place = main_place(places, series)
    if place is None:
        return neutral(material)
    answers = _answers_at(place, series)
    if place.role is not Role.OWN:
        return commonest(material, answers)
    whole = everyone_beside(places, place)
    return own_commonest(material, answers, _answers_at(whole, series) if whole else [])


def _answers_at(place: Place, series: tuple[Series, ...]) -> list[tuple[str, Mark]]:
    return [(s.name, mark) for s in series if (mark := s.at(place.key)) is not None]


def remarks_on_breaks(material: Material) -> tuple[str, ...]:
    """Rows on both sides of a break are parted by a dashed line; its reason stands below."""
    reasons = dict.fromkeys(line.reason for line in breaks_of(material))
    return tuple(material.word("charts.remark.break", reason=reason) for reason in reasons)


def break_shapes(chart: Chart, rows: dict[str, int], theme: Theme) -> list[Layout]:
    """A dashed line under the last row of the newer side (rows go from new to old)."""
    stroke = {"color": theme.muted, "width": 1, "dash": "dash"}
    ends = {"x0": 0, "x1": 1, "xref": "paper"}
    shapes = []
    for line in chart.breaks:
        newer = [rows[place.key] for place in chart.places if place.key.endswith(f"|{line.before}")]
        if newer:
            y = max(newer) + 0.5
            shapes.append({"type": "line", **ends, "y0": y, "y1": y, "line": stroke})
    return shapes


def row_dimension(material: Material) -> str:
    """What the rows are: the dimension in which the groups differ, else the time."""
    dimension = material.varying[0] if material.varying else material.time or "school"
    return material.word(f"dimension.{dimension}")


def told_topic(material: Material, place: Place) -> str:
    """The topic, with own school's name where the row is its."""
    if place.role is Role.OWN:
        own = material.name("school", material.view.own_school, is_short=True)
        return named_topic(material, own)
    return topic(material)
