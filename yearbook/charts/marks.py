"""Makes the mark of a cell: its number as the language writes it, and the words of its hover."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from yearbook.charts.description import Mark, Role
from yearbook.charts.material import Material
from yearbook.charts.response import invited_of, written_rate
from yearbook.editions import Cell, Group, State
from yearbook.language import EN_DASH, NO_BREAK_SPACE, write_number, write_share

WITHOUT_NUMBER = EN_DASH
MOST_CLASSES = 6


def decimals_of(material: Material, n: int | None) -> int:
    """Whole per cents where few answered; else what the indicator says."""
    is_few = n is not None and n < material.catalogue.policy.whole_percent_below
    if material.is_share and material.is_survey and is_few:
        return 0
    return material.indicator.decimals


def scaled(material: Material, value: float | None) -> float | None:
    """As the axis has it: a share in per cents."""
    if value is None:
        return None
    return round(value * 100, 9) if material.is_share else value


def rounded(value: float, decimals: int) -> float:
    """Halves away from zero, as they are written."""
    step = Decimal(1).scaleb(-decimals)
    return float(Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP))


def written(material: Material, value: float, decimals: int) -> str:
    """A value of the edition in words: 0.63 -> "63 %", 1234 -> "1 234"."""
    if material.is_share:
        return write_share(value, decimals, material.language)
    return write_number(value, decimals, material.language)


def written_interval(material: Material, cell: Cell) -> str:
    """ "44–78 %", or "" without an interval."""
    if cell.low is None or cell.high is None:
        return ""
    decimals = 0 if material.is_share else decimals_of(material, cell.n)
    high = written(material, cell.high, decimals)
    low = write_number(cell.low * (100 if material.is_share else 1), decimals, material.language)
    return f"{low}{EN_DASH}{high}"


def make_mark(material: Material, cell: Cell, place: str, hollow: bool = False) -> Mark:
    """The mark of a cell. Where there is no number it carries none, not even n."""
    if cell.state is State.INTERVAL:
        return _interval_mark(material, cell, place)
    if cell.state is not State.SHOWN or cell.value is None:
        return _absent_mark(material, cell, place)
    decimals = decimals_of(material, cell.n)
    value = scaled(material, cell.value)
    assert value is not None
    text = written(material, cell.value, decimals)
    interval = written_interval(material, cell)
    return Mark(
        place=place,
        state=cell.state,
        value=value,
        shown=rounded(value, decimals),
        written=text,
        says=_says(material, cell, text, interval),
        low=scaled(material, cell.low),
        high=scaled(material, cell.high),
        interval=interval,
        n=cell.n if material.is_survey else None,
        count=cell.count,
        hollow=hollow,
        invited=invited_of(material, cell),
        fold=material.option_name(cell.option) if cell.is_fold else "",
    )


def _absent_mark(material: Material, cell: Cell, place: str) -> Mark:
    """Says of whom it is, of an option that is not shown also of which, and why."""
    fold = material.fold_of(cell)
    why = _why(material, cell, fold)
    said = f"{WITHOUT_NUMBER} {why}"
    if cell.state is State.FOLDED or (cell.option and material.indicator.measure == "multiple"):
        said = f"{material.option_name(cell.option)}: {said}"
    says = "\n".join([_who(material, cell), said])
    name = material.option_name(fold.option) if fold is not None else ""
    return Mark(place, cell.state, None, None, WITHOUT_NUMBER, says, why=why, fold=name)


def _why(material: Material, cell: Cell, fold: Cell | None) -> str:
    """The reason; of an option that is counted together, with what, and what these have."""
    if fold is None:
        return material.reason(cell.state)
    name = material.option_name(fold.option)
    if fold.is_shown and fold.value is not None:
        name = f"{name} {written(material, fold.value, decimals_of(material, fold.n))}"
    elif fold.state is State.INTERVAL:
        name = f"{name} {written_interval(material, fold)}"
    return material.word("charts.fold.into", name=name)


def _interval_mark(material: Material, cell: Cell, place: str) -> Mark:
    """ "1–4": a number that lies somewhere between, never drawn as a point."""
    text = written_interval(material, cell)
    low, high = scaled(material, cell.low), scaled(material, cell.high)
    said = f"{material.option_name(cell.option)}: {text}"
    n = cell.n if material.is_survey else None
    if n is not None and material.is_share:
        few = f"1{EN_DASH}{material.catalogue.policy.public_interval_below - 1}"
        said += " " + material.word("charts.hover.of", count=few, n=n)
    says = "\n".join([_who(material, cell), said])
    fold = material.option_name(cell.option) if cell.is_fold else ""
    return Mark(place, cell.state, None, None, text, says, low, high, n=n, fold=fold)


def _who(material: Material, cell: Cell) -> str:
    named = material.group_name(material.timeless(cell.group), is_short=True)
    moment = getattr(cell.group, material.time) if material.time else ""
    parts = [named, material.name(material.time, moment)] if moment else [named]
    if "survey" in material.varying:
        parts.append(material.name("survey", cell.group.survey).lower())
    return ", ".join(dict.fromkeys(parts))


def _says(material: Material, cell: Cell, text: str, interval: str) -> str:
    lines = [_who(material, cell)]
    figure = f"{material.option_name(cell.option)}: {text}"
    if cell.count is not None and cell.n is not None:
        figure += " " + material.word("charts.hover.of", count=cell.count, n=cell.n)
    lines.append(figure)
    if cell.is_fold:
        lines.append(material.word("charts.fold.remark"))
    if interval:
        key = "quartiles" if material.indicator.measure == "median" else "interval"
        lines.append(material.word(f"charts.hover.{key}", interval=interval))
    if material.is_survey and cell.n is not None:
        lines += _response(material, cell, cell.n)
    if material.is_survey and (cell.n or 0) < material.catalogue.policy.small_group:
        lines.append(material.word("charts.hover.small_group"))
    if not material.is_survey and not cell.group.school and cell.n:
        lines.append(material.word("charts.hover.schools", n=cell.n))
    return "\n".join(lines)


def _response(material: Material, cell: Cell, n: int) -> list[str]:
    """Answers, with those asked where they are known; n alone where the line above lacks it."""
    invited = invited_of(material, cell)
    if invited is None:
        return [material.word("charts.hover.n", n=n)] if cell.count is None else []
    rate = written_rate(material, n, invited)
    return [material.word("charts.hover.response", n=n, invited=invited, rate=rate)]


def role_of(material: Material, group: Group) -> Role:
    """Own school strong, everyone dark, the rest grey; without an own school a few in colours."""
    if group.school and group.school == material.view.own_school:
        return Role.OWN
    if material.is_everyone(group):
        return Role.ALL
    if material.has_own_school or material.parts > MOST_CLASSES:
        return Role.OTHER
    return Role.CLASS


def with_n(label: str, n: int) -> str:
    """ "Kuopio (n = 12)", which never breaks inside the brackets."""
    return f"{label} (n{NO_BREAK_SPACE}={NO_BREAK_SPACE}{n})"
