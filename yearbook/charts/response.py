"""How many of those who were asked answered: said beside every survey figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from yearbook.charts.material import Material, ends
from yearbook.charts.series_breaks import own_blocks, since_break
from yearbook.editions import ALL_BLOCKS, ANSWERED, FRAME, INVITED, Cell, Group
from yearbook.language import EN_DASH, write_number, write_share

MOST_MOMENTS = 3


@dataclass(frozen=True, slots=True)
class Answered:
    """Answers to the question of a group at one moment, and how many were asked (None: unknown)."""

    moment: str
    n: int
    invited: int | None


def invited_of(material: Material, cell: Cell) -> int | None:
    """How many were asked of the cell's group; None where no one knows, as in older editions.

    Fewer than answered cannot be true, and counts as not known.
    """
    if not material.is_survey:
        return None
    is_all = cell.group.block == ALL_BLOCKS
    find = _invited_in_all if is_all else _frame
    invited = find(material, cell.group)
    return invited if invited is not None and invited >= max(cell.n or 0, 1) else None


def _frame(material: Material, group: Group) -> int | None:
    return _persons(material.edition.table(FRAME).one(group, INVITED))


def _persons(cell: Cell | None) -> int | None:
    return None if cell is None or cell.value is None else round(cell.value)


def _invited_in_all(material: Material, group: Group) -> int | None:
    """All blocks of a question are its own since its last break; those of the frame are the
    regular ones, from the survey's first on."""
    border = since_break(material, group.survey)
    own = own_blocks(material, group.survey)
    since = [block for block in own if border is not None and ends(block)[0] >= border]
    if tuple(since) == tuple(material.edition.blocks.get(group.survey, ())):
        return _frame(material, group)
    found = [_invited_in(material, replace(group, block=block)) for block in since]
    known = [number for number in found if number is not None]
    return sum(known) if known and len(known) == len(found) else None


def _invited_in(material: Material, group: Group) -> int | None:
    """Of one block; nobody where the frame tells of such groups, but has none of this one."""
    frame = material.edition.table(FRAME)
    cell = frame.one(group, INVITED)
    if cell is None and frame.select(survey=group.survey, block=group.block).by_cut.get(group.cut):
        return 0
    return _persons(cell)


def written_rate(material: Material, n: int, invited: int) -> str:
    return write_share(n / invited, 0, material.language)


def response(material: Material) -> str:
    """ "n = 123 / 309 (40 %)" of everyone, or of the only group; with several groups n stands
    beside each, and the table has the rest. What is not known is said."""
    if not material.is_survey:
        return ""
    told = [line for group in _told_of(material) if (line := _line(material, group))]
    if told:
        return "; ".join(told)
    is_known = any(invited_of(material, cell) for cell in material.cells)
    has_figures = any(cell.is_shown for cell in material.cells)
    return material.word("charts.response.unknown") if has_figures and not is_known else ""


def _told_of(material: Material) -> list[Group]:
    """Everyone together, else the only group; of several surveys, once for each."""
    whole = [group for group in material.groups if material.is_everyone(group)]
    has_one = set(material.varying) <= {"survey"}
    return whole or (list(material.groups) if has_one else [])


def _line(material: Material, group: Group) -> str:
    answered = _answered(material, group)
    if not answered:
        return ""
    said = _said(material, answered)
    if "survey" in material.varying:
        return f"{material.name('survey', group.survey)}: {said}"
    if material.varying:
        return f"{material.group_name(group, is_short=True)}: {said}"
    return said


def _answered(material: Material, group: Group) -> list[Answered]:
    """Once for each moment that has a figure."""
    found: dict[str, Answered] = {}
    for (of, moment, _), cell in material.by_position.items():
        if of == group and moment not in found and (n := _answers(cell)):
            found[moment] = Answered(moment, n, invited_of(material, cell))
    return [found[moment] for moment in sorted(found)]


def _answers(cell: Cell) -> int:
    """Answers behind a figure; the frame says of itself how many answered."""
    return round(cell.value or 0) if cell.option == ANSWERED else cell.n or 0


def _said(material: Material, answered: Sequence[Answered]) -> str:
    known = [(a.n, a.invited) for a in answered if a.invited]
    text = f"n = {_span([a.n for a in answered], lambda n: _number(material, n))}"
    if not known:
        return f"{text} ({_lower(material.word('charts.response.unknown'))})"
    text += f" / {_span([invited for _, invited in known], lambda n: _number(material, n))}"
    shares = sorted(n / invited for n, invited in known)
    text += f" ({_shares(material, shares[0], shares[-1])})"
    unknown = [a.moment for a in answered if not a.invited]
    if not unknown:
        return text
    names = ", ".join(material.name(material.time, moment) for moment in unknown[-MOST_MOMENTS:])
    more = f" +{len(unknown) - MOST_MOMENTS}" if len(unknown) > MOST_MOMENTS else ""
    return f"{text}; {_lower(material.word('charts.response.unknown'))}: {names}{more}"


def _span(numbers: Sequence[int], write: Callable[[int], str]) -> str:
    """ "98–131", or the only number."""
    fewest, most = min(numbers), max(numbers)
    return write(fewest) if fewest == most else f"{write(fewest)}{EN_DASH}{write(most)}"


def _number(material: Material, number: int) -> str:
    return write_number(number, 0, material.language)


def _shares(material: Material, low: float, high: float) -> str:
    """ "34–42 %", the sign once."""
    highest = write_share(high, 0, material.language)
    lowest = write_number(100 * low, 0, material.language)
    is_one = write_share(low, 0, material.language) == highest
    return highest if is_one else f"{lowest}{EN_DASH}{highest}"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")
