"""Writes a published cell in a word or a number, as the desk's lists have it."""

from __future__ import annotations

from desk.publication.report import Count
from ui.visit import Visitor
from yearbook.catalogue import Catalogue
from yearbook.editions import CHANGE, FRAME, Cell, State
from yearbook.language import EN_DASH, write_number, write_share


def write_cell(cell: Cell | None, code: str, using: Catalogue, visitor: Visitor) -> str:
    """ "1 234", "63 %", "1–4", "suojattu"; a dash where there is no such cell."""
    if cell is None:
        return EN_DASH
    if cell.state is State.INTERVAL and cell.low is not None and cell.high is not None:
        return EN_DASH.join(_number(end, code, using, visitor) for end in (cell.low, cell.high))
    if cell.state is not State.SHOWN or cell.value is None:
        return visitor.word(f"state_short.{cell.state.value}")
    return _number(cell.value, code, using, visitor)


def _number(value: float, code: str, using: Catalogue, visitor: Visitor) -> str:
    known = using.indicators.get(code.removesuffix(CHANGE))
    decimals = known.decimals if known else 0 if code == FRAME else 2
    is_share = known is not None and known.unit == "share"
    if is_share:
        return write_share(value, decimals, visitor.language)
    return write_number(value, decimals, visitor.language)


def write_count(number: int, visitor: Visitor) -> str:
    return write_number(number, 0, visitor.language)


def write_duration(seconds: float) -> str:
    """ "2 min 41 s", the same in all languages."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def write_shown(counts: Count, visitor: Visitor) -> str:
    """ "431 (98 %)": rounded down, so that 100 % means all of them."""
    if not counts.large:
        return EN_DASH
    share = write_share(100 * counts.shown // counts.large / 100, 0, visitor.language)
    shown = write_count(counts.shown, visitor)
    return visitor.word("desk.protection.count_share", count=shown, share=share)
