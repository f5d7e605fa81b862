"""Which survey groups exist at all: a fixed lattice, and the blocks of cohorts in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from yearbook.catalogue import Policy
from yearbook.editions import ALL_BLOCKS, Group
from yearbook.leaves import Leaf


@dataclass(frozen=True, slots=True, order=True)
class Block:
    """A fixed span of cohorts, both ends included."""

    first: int
    last: int

    @property
    def code(self) -> str:
        return f"{self.first}-{self.last}"

    def holds(self, leaf: Leaf) -> bool:
        return self.first <= leaf.first and leaf.last <= self.last


@dataclass(frozen=True, slots=True)
class Grid:
    """Where blocks begin: every `length` cohorts from `start` on, and before it."""

    start: int
    length: int

    def first_of(self, cohort: int) -> int:
        """The first cohort of the block that holds a cohort."""
        return cohort - (cohort - self.start) % self.length


def closed_blocks(
    cohorts: Iterable[int], borders: Iterable[int], grid: Grid, spans: Iterable[Block] = ()
) -> tuple[Block, ...]:
    """Disjoint blocks as the grid has them from the first cohort on; a border begins a new one.

    A block cut short by a border is closed all the same; another one only when its last cohort is
    in, so that no block grows from one edition to the next. A single cohort between a border and
    the grid is no block of its own: the one after it begins with it. The spans of old tables, which
    nobody can divide, are blocks as they are. A block that holds none of the cohorts is left out.
    """
    fixed = _united(spans)
    known = sorted({*cohorts, *(year for b in fixed for year in range(b.first, b.last + 1))})
    if not known:
        return ()
    first, last = known[0], known[-1]
    borders = set(borders)
    regular = range(grid.first_of(first), last + grid.length + 1, grid.length)
    begins = {first, *borders, *(year for year in regular if year - 1 not in borders)}
    begins |= {year for block in fixed for year in (block.first, block.last + 1)}
    inside = {year for block in fixed for year in range(block.first + 1, block.last + 1)}
    starts = sorted(year for year in begins - inside if year >= first)
    blocks = (Block(start, following - 1) for start, following in pairwise(starts))
    return tuple(
        block
        for block in blocks
        if block.last <= last and any(block.first <= year <= block.last for year in known)
    )


def _united(spans: Iterable[Block]) -> list[Block]:
    """Spans that overlap become one, in order."""
    united: list[Block] = []
    for span in sorted(spans):
        if united and span.first <= united[-1].last:
            united[-1] = Block(united[-1].first, max(united[-1].last, span.last))
        else:
            united.append(span)
    return united


def lattice_cut(group: Group) -> tuple[str, ...]:
    """The group's cut as the policy names it: "blocks" stands for all closed blocks together."""
    all_blocks = group.block == ALL_BLOCKS
    return tuple("blocks" if d == "block" and all_blocks else d for d in group.cut)


def is_extra(group: Group, policy: Policy) -> bool:
    """A group that needs more answers than the threshold to be readable: an extra level, and a
    school's block of a single school year (which a break may leave)."""
    if lattice_cut(group) in policy.extras:
        return True
    first, _, last = group.block.partition("-")
    return bool(group.school) and first == last


def lattice_groups(
    survey: str,
    leaves: Sequence[Leaf],
    cuts: Sequence[tuple[str, ...]],
    blocks: Sequence[Block],
) -> tuple[Group, ...]:
    """Every group of the cuts in which a leaf with answers lies, in a stable order."""
    block_of = {
        leaf: next((block.code for block in blocks if block.holds(leaf)), "") for leaf in leaves
    }
    found = {
        _key(leaf, block_of[leaf], cut)
        for cut in cuts
        for leaf in leaves
        if _lies_in(leaf, block_of[leaf], cut)
    }
    return tuple(
        sorted(
            Group(survey=survey, school=school, programme=programme, cohort=cohort, block=block)
            for school, programme, cohort, block in found
        )
    )


def _lies_in(leaf: Leaf, block: str, cut: tuple[str, ...]) -> bool:
    """Whether a leaf belongs to a group of the cut: what is not known of it belongs to none."""
    if ("programme" in cut and not leaf.programme) or ("school" in cut and not leaf.school):
        return False
    return leaf.is_single if "cohort" in cut else bool(block)


def _key(leaf: Leaf, block: str, cut: tuple[str, ...]) -> tuple[str, str, str, str]:
    """A leaf with the dimensions left out that the cut takes whole."""
    return (
        leaf.school if "school" in cut else "",
        leaf.programme if "programme" in cut else "",
        str(leaf.first) if "cohort" in cut else "",
        ALL_BLOCKS if "blocks" in cut else block if "block" in cut else "",
    )


def membership_of(
    groups: Sequence[Group], leaves: Sequence[Leaf], blocks: Sequence[Block], since: int
) -> np.ndarray:
    """groups × leaves: True where the leaf is part of the group.

    `since`: the first cohort after the question's last break; "all blocks" begins there.
    """
    span = {block.code: block for block in blocks}
    school, programme, first, last = (np.array(column) for column in zip(*leaves, strict=True))
    in_closed = np.zeros(len(leaves), dtype=bool)
    for block in blocks:
        if block.first >= since:
            in_closed |= (first >= block.first) & (last <= block.last)
    matrix = np.ones((len(groups), len(leaves)), dtype=bool)
    for row, group in enumerate(groups):
        if group.school:
            matrix[row] &= school == group.school
        if group.programme:
            matrix[row] &= programme == group.programme
        if group.cohort:
            matrix[row] &= (first == int(group.cohort)) & (last == int(group.cohort))
        if group.block == ALL_BLOCKS:
            matrix[row] &= in_closed
        elif group.block:
            block = span[group.block]
            matrix[row] &= (first >= block.first) & (last <= block.last)
    return matrix
