"""Which survey groups exist at all: a fixed lattice, and the blocks of cohorts in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from yearbook.editions import ALL_BLOCKS, Group

Leaf = tuple[str, str, int]


@dataclass(frozen=True, slots=True, order=True)
class Block:
    """A fixed span of cohorts, both ends included."""

    first: int
    last: int

    @property
    def code(self) -> str:
        return f"{self.first}-{self.last}"

    def holds(self, cohort: int) -> bool:
        return self.first <= cohort <= self.last


def closed_blocks(cohorts: Iterable[int], borders: Iterable[int], length: int) -> tuple[Block, ...]:
    """Disjoint blocks of `length` cohorts from the first cohort on; a border always begins a new
    one.

    A block cut short by a border is closed all the same; the last one only when its last cohort is
    in, so that no block grows from one edition to the next.
    """
    known = sorted(set(cohorts))
    if not known:
        return ()
    first, last = known[0], known[-1]
    starts = [first, *sorted({border for border in borders if first < border <= last})]
    blocks = []
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        end = last if following is None else following - 1
        for begin in range(start, end + 1, length):
            stop = begin + length - 1
            if following is not None:
                stop = min(stop, end)
            if stop <= end:
                blocks.append(Block(begin, stop))
    return tuple(blocks)


def lattice_cut(group: Group) -> tuple[str, ...]:
    """The group's cut as the policy names it: "blocks" stands for all closed blocks together."""
    all_blocks = group.block == ALL_BLOCKS
    return tuple("blocks" if d == "block" and all_blocks else d for d in group.cut)


def lattice_groups(
    survey: str,
    leaves: Sequence[Leaf],
    cuts: Sequence[tuple[str, ...]],
    blocks: Sequence[Block],
) -> tuple[Group, ...]:
    """Every group of the cuts in which a leaf with answers lies, in a stable order."""
    block_of = {
        cohort: next((block.code for block in blocks if block.holds(cohort)), "")
        for _, _, cohort in leaves
    }
    found: set[tuple[str, str, str, str]] = set()
    for cut in cuts:
        for school, programme, cohort in leaves:
            is_in = ("programme" not in cut or programme) and ("cohort" in cut or block_of[cohort])
            if is_in:
                found.add(_key(school, programme, str(cohort), block_of[cohort], cut))
    return tuple(
        sorted(
            Group(survey=survey, school=school, programme=programme, cohort=cohort, block=block)
            for school, programme, cohort, block in found
        )
    )


def _key(
    school: str, programme: str, cohort: str, block: str, cut: tuple[str, ...]
) -> tuple[str, str, str, str]:
    """A leaf with the dimensions left out that the cut takes whole."""
    return (
        school if "school" in cut else "",
        programme if "programme" in cut else "",
        cohort if "cohort" in cut else "",
        ALL_BLOCKS if "blocks" in cut else block if "block" in cut else "",
    )


def membership_of(
    groups: Sequence[Group], leaves: Sequence[Leaf], blocks: Sequence[Block], since: int
) -> np.ndarray:
    """groups × leaves: True where the leaf is part of the group.

    `since`: the first cohort after the question's last break; "all blocks" begins there.
    """
    span = {block.code: block for block in blocks}
    closed_since = [block for block in blocks if block.first >= since]
    school, programme, cohort = (np.array(column) for column in zip(*leaves, strict=True))
    in_closed = np.zeros(len(leaves), dtype=bool)
    for block in closed_since:
        in_closed |= (cohort >= block.first) & (cohort <= block.last)
    matrix = np.ones((len(groups), len(leaves)), dtype=bool)
    for row, group in enumerate(groups):
        if group.school:
            matrix[row] &= school == group.school
        if group.programme:
            matrix[row] &= programme == group.programme
        if group.cohort:
            matrix[row] &= cohort == int(group.cohort)
        if group.block == ALL_BLOCKS:
            matrix[row] &= in_closed
        elif group.block:
            block = span[group.block]
            matrix[row] &= (cohort >= block.first) & (cohort <= block.last)
    return matrix
