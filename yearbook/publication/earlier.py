"""What earlier editions showed of a question, and whose answers it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from yearbook.catalogue import Question
from yearbook.disclosure import Block, EarlierMean, Fact, membership_of
from yearbook.editions import ALL_BLOCKS, Cell, Edition, Group, State
from yearbook.publication.asking import COUNTED, AskedQuestion
from yearbook.publication.rounds import first_cohorts
from yearbook.publication.sightings import Sighted

Moments = dict[str, tuple[Block, ...]]  # what an edition calls a moment -> its blocks


@dataclass(frozen=True)
class EarlierGroup:
    """A group as one earlier edition had it: whose answers it counted, and its cells by
    indicator."""

    group: Group
    members: np.ndarray
    cells: Mapping[str, tuple[Cell, ...]]

    @cached_property
    def is_shown(self) -> bool:
        return any(c.state is State.SHOWN for cells in self.cells.values() for c in cells)


@dataclass(frozen=True)
class Earlier:
    """editions: oldest first, in each its groups. sealed: atoms of which an earlier edition showed
    what the archive cannot explain any more; nothing new is shown of them. told: options counted
    together -> of each group that showed them its atoms and the count."""

    editions: tuple[Mapping[Group, EarlierGroup], ...]
    sealed: np.ndarray
    moments: Moments
    told: Mapping[tuple[str, ...], Sequence[tuple[tuple[int, ...], int]]]

    @property
    def last(self) -> Mapping[Group, EarlierGroup]:
        return self.editions[-1] if self.editions else {}

    @cached_property
    def shown(self) -> tuple[EarlierGroup, ...]:
        """Every group that any edition showed, but for those that cannot be explained."""
        return _shown(self.editions, self.sealed)


def earlier_of(asked: AskedQuestion) -> Earlier:
    """All that the editions so far have of the question."""
    sealed = np.zeros(len(asked.answers.leaves), dtype=bool)
    editions: list[dict[Group, EarlierGroup]] = []
    for place, edition in enumerate(asked.before.editions):
        cells = _cells_then(asked, edition)
        blocks, since = _blocks_then(asked, edition, cells)
        groups = tuple(sorted(cells))
        seen = asked.answers.seen[:, place]
        members = membership_of(groups, asked.answers.leaves, blocks, since) & seen
        found: dict[Group, EarlierGroup] = {}
        for group, of_group in zip(groups, members, strict=True):
            found[group] = EarlierGroup(group, of_group, cells[group])
            if not _agrees(asked, found[group]):
                sealed |= membership_of([group], asked.answers.leaves, blocks, since)[0]
        editions.append(found)
    told = _told(asked, _shown(editions, sealed))
    return Earlier(tuple(editions), sealed, earlier_moments(asked), told)


def earlier_moments(asked: AskedQuestion) -> Moments:
    """The moments of all editions so far, whoever's answers were in them."""
    moments: Moments = {}
    for edition in asked.before.editions:
        cells = asked.before.cells
        groups = {
            cell.group
            for one in asked.indicators
            for cell in cells(edition, one.code, asked.survey)
        }
        moments |= moments_of(*_blocks_then(asked, edition, groups))
    return moments


def _shown(
    editions: Iterable[Mapping[Group, EarlierGroup]], sealed: np.ndarray
) -> tuple[EarlierGroup, ...]:
    return tuple(
        was
        for groups in editions
        for was in groups.values()
        if was.is_shown and not (was.members & sealed).any()
    )


def _cells_then(asked: AskedQuestion, edition: Edition) -> dict[Group, dict[str, tuple[Cell, ...]]]:
    """Group -> its cells, by indicator."""
    found: dict[Group, dict[str, tuple[Cell, ...]]] = {}
    for one in asked.indicators:
        for cell in asked.before.cells(edition, one.code, asked.survey):
            own = found.setdefault(cell.group, {})
            own[one.code] = (*own.get(one.code, ()), cell)
    return found


def _blocks_then(
    asked: AskedQuestion, edition: Edition, groups: Iterable[Group]
) -> tuple[list[Block], int]:
    """The blocks of the question in that edition, and since when they were pooled."""
    codes = {group.block for group in groups if group.block not in ("", ALL_BLOCKS)}
    question = edition.catalogue.questions.get(asked.question.code, asked.question)
    borders = first_cohorts("broken", question, asked.survey, asked.given)
    blocks = sorted(Block(*map(int, code.split("-"))) for code in codes)
    return blocks, borders[-1] if borders else 0


def _agrees(asked: AskedQuestion, was: EarlierGroup) -> bool:
    """Whether what was shown of a group is what the answers then gave."""
    people = int(asked.answers.tallied.respondents[was.members].sum())
    options = {*asked.answers.tallied.options}
    if asked.choices is not None:
        options |= {*asked.choices.tallied.options}
    return all(
        cell.n in (None, people) and {*(cell.folded or (cell.option,))} <= options | {""}
        for code, cells in was.cells.items()
        if asked.given.catalogue.indicators[code].measure in COUNTED
        for cell in cells
        if cell.is_shown
    )


def moments_of(blocks: Sequence[Block], since: int) -> Moments:
    """The blocks, and "all blocks" by its cohorts, since it is not the same in every edition."""
    pooled = tuple(block for block in blocks if block.first >= since)
    whole = {f"{ALL_BLOCKS} {pooled[0].first}-{pooled[-1].last}": pooled} if pooled else {}
    return {block.code: (block,) for block in blocks} | whole


def spans_in(answers: Sighted, moments: Moments) -> dict[str, frozenset[tuple[int, int]]]:
    """What is called a moment, cohorts among them -> the spans of cohorts in it."""
    spans = {(leaf.first, leaf.last) for leaf in answers.leaves}
    single = {
        str(first) if first == last else f"{first}-{last}": frozenset({(first, last)})
        for first, last in spans
    }
    return single | {
        code: frozenset(
            span for span in spans if any(b.first <= span[0] and span[1] <= b.last for b in blocks)
        )
        for code, blocks in moments.items()
    }


def growing_in(answers: Sighted, moments: Moments) -> frozenset[str]:
    """The moments that go on after the last cohort that answered."""
    last = max((leaf.last for leaf in answers.leaves), default=0)
    return frozenset(
        code for code, blocks in moments.items() if any(block.last > last for block in blocks)
    )


def earlier_facts(
    asked: AskedQuestion, earlier: Earlier, options: Sequence[str]
) -> tuple[Fact, ...]:
    """All counts of these options that earlier editions showed, each once; of a class, where the
    options are its choices."""
    place = {option: number for number, option in enumerate(options)}
    found: dict[Fact, None] = {}
    for parts, told in earlier.told.items():
        if columns := _places(asked.question, parts, place):
            found |= dict.fromkeys(Fact(atoms, columns, count) for atoms, count in told)
    return tuple(found)


def _places(question: Question, parts: Sequence[str], place: Mapping[str, int]) -> tuple[int, ...]:
    """Where the parts of a column are among the options: themselves, or the choices of each class;
    none where neither is there."""
    if all(part in place for part in parts):
        return tuple(sorted(place[part] for part in parts))
    choices = [
        place[choice.code]
        for choice in question.choices
        if choice.rolls_up in parts and choice.code in place
    ]
    return tuple(sorted(choices))


def _told(
    asked: AskedQuestion, shown: Iterable[EarlierGroup]
) -> dict[tuple[str, ...], list[tuple[tuple[int, ...], int]]]:
    """The shown counts: options counted together -> atoms and the count of each group; by classes,
    and by choices where they were shown."""
    counted = {one.code for one in asked.indicators if one.measure in COUNTED}
    found: dict[tuple[str, ...], list[tuple[tuple[int, ...], int]]] = {}
    for was in shown:
        atoms = tuple(np.flatnonzero(was.members).tolist())
        for code, cells in was.cells.items():
            for cell in cells if code in counted else ():
                if cell.is_shown and cell.count is not None:
                    parts = cell.folded or (cell.option,)
                    found.setdefault(parts, []).append((atoms, cell.count))
    return found


def earlier_means(asked: AskedQuestion, earlier: Earlier) -> list[EarlierMean]:
    """The means of numbers that earlier editions showed."""
    means = {one.code for one in asked.indicators if one.measure == "mean"}
    return [
        EarlierMean(was.members, cell.value)
        for was in earlier.shown
        for code, cells in was.cells.items()
        if code in means
        for cell in cells
        if cell.is_shown and cell.value is not None
    ]
