"""A question in one survey: its groups, its answers, and what earlier editions showed of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from yearbook.catalogue import Indicator, Question
from yearbook.disclosure import (
    Block,
    Case,
    EarlierMean,
    Fact,
    Places,
    Protection,
    Questioned,
    Settled,
    Tolerance,
    choices_of_vague,
    is_extra,
    lattice_cut,
    lattice_groups,
    membership_of,
    survey_protection,
    targets,
)
from yearbook.editions import ALL_BLOCKS, Cell, Edition, Group, State
from yearbook.measures import Tally
from yearbook.publication.before import Before
from yearbook.publication.rounds import Given, blocks_of, first_cohorts
from yearbook.publication.sightings import Asking, Sighted, sighted, straddles

COUNTED = ("distribution", "multiple")


@dataclass(frozen=True)
class AskedQuestion:
    """A question in one survey, with all indicators that publish it, before anything is decided."""

    question: Question
    indicators: Sequence[Indicator]
    survey: str
    given: Given
    before: Before

    @cached_property
    def breaks(self) -> tuple[int, ...]:
        """The cohorts that each break begins with."""
        return first_cohorts("broken", self.question, self.survey, self.given)

    @cached_property
    def recodings(self) -> tuple[int, ...]:
        return first_cohorts("recoded", self.question, self.survey, self.given)

    @property
    def since(self) -> int:
        """The first cohort after the last break; "all blocks" begins there."""
        return self.breaks[-1] if self.breaks else 0

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Those that pool no answers from both sides of a break."""
        found = blocks_of(self.question, self.survey, self.given)
        return tuple(b for b in found if not straddles(self.breaks, b.first, b.last))

    @property
    def pooled(self) -> list[Block]:
        """What "all blocks" holds."""
        return [block for block in self.blocks if block.first >= self.since]

    @cached_property
    def ways(self) -> list[bool]:
        """How the question is published: by classes (False), by choices although it has classes."""
        return sorted({indicator.detailed for indicator in self.indicators})

    def sighted(self, by_choices: bool) -> Sighted:
        question = without_classes(self.question) if by_choices else self.question
        return sighted(Asking(question, self.survey, self.breaks), self.given, self.before)

    @cached_property
    def answers(self) -> Sighted:
        return self.sighted(self.ways[0])

    @cached_property
    def choices(self) -> Sighted | None:
        return self.sighted(True) if self.ways == [False, True] else None

    @property
    def now(self) -> np.ndarray:
        """Which atoms the new edition sees."""
        return np.asarray(self.answers.seen[:, -1])

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        policy = self.given.catalogue.policy
        levels = (*policy.lattice, *policy.extras)
        cuts = [cut for cut in levels if any(cut in one.by for one in self.indicators)]
        leaves = [
            leaf for leaf, is_now in zip(self.answers.leaves, self.now, strict=True) if is_now
        ]
        return lattice_groups(self.survey, leaves, cuts, self.blocks)

    @cached_property
    def membership(self) -> np.ndarray:
        """Groups × atoms, of the new edition."""
        leaves = self.answers.leaves
        return membership_of(self.groups, leaves, self.blocks, self.since) & self.now

    def publishes(self, indicator: Indicator, group: Group) -> bool:
        """Whether the group is one of the indicator's. Before the last recoding its choices were
        not asked as they stand: only the classes are alike, and a zero would not be a counted one.
        """
        if lattice_cut(group) not in indicator.by:
            return False
        begin = max(self.recodings, default=0) if indicator.detailed else 0
        if group.block == ALL_BLOCKS:
            return begin <= self.since
        return int((group.cohort or group.block).partition("-")[0]) >= begin

    @cached_property
    def earlier(self) -> Earlier:
        return _earlier(self)

    def least(self, group: Group) -> int:
        """How many answers the group needs to be shown."""
        policy = self.given.catalogue.policy
        threshold = survey_protection(self.question, policy).threshold
        return max(threshold, policy.extra_threshold) if is_extra(group, policy) else threshold

    @cached_property
    def is_under_same_policy(self) -> bool:
        """Whether the newest edition was made by the numbers of today."""
        if not self.before.editions:
            return True
        then, now = self.before.editions[-1].catalogue.policy, self.given.catalogue.policy
        return replace(then, reasons={}) == replace(now, reasons={})


def without_classes(question: Question) -> Question:
    """The question by its choices; one that no class counts is not counted here either."""
    classes = {one.code for one in question.classes}
    choices = (c for c in question.choices if not classes or (c.rolls_up or c.code) in classes)
    return replace(question, choices=tuple(choices), classes=())


# --- What earlier editions showed -------------------------------------------------------------


@dataclass(frozen=True)
class Shelf:
    """A group as one earlier edition had it: whose answers it counted, and its cells by
    indicator."""

    group: Group
    members: np.ndarray
    cells: Mapping[str, tuple[Cell, ...]]

    @property
    def is_shown(self) -> bool:
        return any(c.state is State.SHOWN for cells in self.cells.values() for c in cells)


@dataclass(frozen=True)
class Earlier:
    """shelves: by edition, oldest first, then by group. sealed: atoms of which an earlier edition
    showed what the archive cannot explain any more; nothing new is shown of them."""

    shelves: tuple[Mapping[Group, Shelf], ...]
    sealed: np.ndarray
    times: Mapping[str, frozenset[tuple[int, int]]]

    @property
    def last(self) -> Mapping[Group, Shelf]:
        return self.shelves[-1] if self.shelves else {}


def _earlier(asked: AskedQuestion) -> Earlier:
    sealed = np.zeros(len(asked.answers.leaves), dtype=bool)
    shelves: list[dict[Group, Shelf]] = []
    times: dict[str, frozenset[tuple[int, int]]] = {}
    for place, edition in enumerate(asked.before.editions):
        blocks, since = _blocks_then(asked, edition)
        cells = _cells_then(asked, edition)
        groups = tuple(sorted({cell.group for found in cells.values() for cell in found}))
        seen = asked.answers.seen[:, place]
        members = membership_of(groups, asked.answers.leaves, blocks, since) & seen
        found: dict[Group, Shelf] = {}
        for group, of_group in zip(groups, members, strict=True):
            own = {
                code: tuple(cell for cell in some if cell.group == group)
                for code, some in cells.items()
            }
            found[group] = Shelf(group, of_group, own)
            if not _agrees(asked, found[group]):
                sealed |= membership_of([group], asked.answers.leaves, blocks, since)[0]
        shelves.append(found)
        times |= spans_in(asked.answers, blocks, since)
    return Earlier(tuple(shelves), sealed, times)


def _cells_then(asked: AskedQuestion, edition: Edition) -> dict[str, tuple[Cell, ...]]:
    found = {
        one.code: asked.before.cells(edition, one.code, asked.survey) for one in asked.indicators
    }
    return {code: cells for code, cells in found.items() if cells}


def _blocks_then(asked: AskedQuestion, edition: Edition) -> tuple[list[Block], int]:
    """The blocks of the question in that edition, and since when they were pooled."""
    codes = {
        cell.group.block
        for cells in _cells_then(asked, edition).values()
        for cell in cells
        if cell.group.block not in ("", ALL_BLOCKS)
    }
    question = edition.catalogue.questions.get(asked.question.code, asked.question)
    borders = first_cohorts("broken", question, asked.survey, asked.given)
    blocks = sorted(Block(*map(int, code.split("-"))) for code in codes)
    return blocks, borders[-1] if borders else 0


def _agrees(asked: AskedQuestion, shelf: Shelf) -> bool:
    """Whether what was shown of a group is what the answers then gave."""
    people = int(asked.answers.tallied.respondents[shelf.members].sum())
    options = {*asked.answers.tallied.options}
    if asked.choices is not None:
        options |= {*asked.choices.tallied.options}
    return all(
        cell.n in (None, people) and {*(cell.folded or (cell.option,))} <= options | {""}
        for code, cells in shelf.cells.items()
        if asked.given.catalogue.indicators[code].measure in COUNTED
        for cell in cells
        if cell.is_shown
    )


def spans_in(
    answers: Sighted, blocks: Sequence[Block], since: int
) -> dict[str, frozenset[tuple[int, int]]]:
    """What an edition calls a moment -> the spans of cohorts in it; "all blocks" by its cohorts,
    since it is not the same in every edition."""
    spans = {(leaf.first, leaf.last) for leaf in answers.leaves}

    def inside(some: Sequence[Block]) -> frozenset[tuple[int, int]]:
        return frozenset(
            span for span in spans if any(b.first <= span[0] and span[1] <= b.last for b in some)
        )

    single = {
        str(first) if first == last else f"{first}-{last}": frozenset({(first, last)})
        for first, last in spans
    }
    pooled = [block for block in blocks if block.first >= since]
    whole = {f"{ALL_BLOCKS} {pooled[0].first}-{pooled[-1].last}": inside(pooled)} if pooled else {}
    return single | {block.code: inside([block]) for block in blocks} | whole


# --- What disclosure control is asked ---------------------------------------------------------


def questioned(asked: AskedQuestion) -> Questioned:
    """The question as disclosure control sees it."""
    classes = asked.answers.tallied
    adds_up = np.array_equal(classes.counts.sum(axis=1), classes.respondents)
    # Who chose two options where one was asked for is counted in both, as in a multi-answer one.
    is_whole = adds_up or not classes.options or not asked.answers.is_counted.all()
    is_multiple = asked.question.type == "multiple" or not is_whole
    case = _case(asked, classes, False)
    if is_multiple:
        told = {
            number: _facts(asked, (option,), False) for number, option in enumerate(classes.options)
        }
        return Questioned(case, is_multiple=True, told=told)
    if asked.choices is None:
        return Questioned(case)
    choices = asked.choices.tallied
    class_of = _class_of(asked.question, choices.options, classes.options)
    vague = [leaf in choices.undivided for leaf in choices.leaves]
    filled = choices_of_vague(choices.counts, classes.counts, class_of, vague)
    holds_vague = np.asarray(asked.membership[:, np.array(vague, dtype=bool)].any(axis=1))
    detailed = [one for one in asked.indicators if one.detailed]
    allowed = frozenset(
        group
        for group, is_vague in zip(asked.groups, holds_vague, strict=True)
        if not is_vague and any(asked.publishes(one, group) for one in detailed)
    )
    return Questioned(
        case,
        choices=_case(asked, replace(choices, counts=filled), True),
        detailed=allowed,
        class_of=class_of,
    )


def _class_of(
    question: Question, choices: Sequence[str], classes: Sequence[str]
) -> tuple[int, ...]:
    rolls_up = {choice.code: choice.rolls_up or choice.code for choice in question.choices}
    return tuple(classes.index(rolls_up[choice]) for choice in choices)


def _case(asked: AskedQuestion, tallied: Tally, by_choices: bool) -> Case:
    question, policy = asked.question, asked.given.catalogue.policy
    earlier = asked.earlier
    sealed = np.asarray(asked.membership[:, earlier.sealed].any(axis=1))
    settled = _settled(asked, sealed)
    options = tallied.options
    return Case(
        groups=asked.groups,
        membership=asked.membership,
        people=tallied.respondents,
        counts=tallied.counts,
        places=Places(
            asked.answers.leaves,
            {**earlier.times, **spans_in(asked.answers, asked.blocks, asked.since)},
            _views(asked.answers.seen),
        ),
        needs=_needs(asked),
        tolerance=Tolerance(question.sensitive, policy.common_percent / 100),
        settled=settled,
        facts=() if question.type == "multiple" else _facts(asked, options, by_choices),
        has_truth=bool(asked.answers.is_counted.all()),
        is_scale=question.type == "likert",
        fold_least=policy.fold_least_options,
    )


def _needs(asked: AskedQuestion) -> Protection:
    return survey_protection(asked.question, asked.given.catalogue.policy)


def _views(seen: np.ndarray) -> tuple[np.ndarray, ...]:
    """The atoms of each edition, and those of each combination of editions alone."""
    found = {view.tobytes(): view for view in [*seen.T, np.ones(len(seen), dtype=bool)]}
    for pattern in np.unique(seen, axis=0):
        view = (seen == pattern).all(axis=1)
        found.setdefault(view.tobytes(), view)
    return tuple(found.values())


def _settled(asked: AskedQuestion, sealed: np.ndarray) -> Settled:
    """Closed groups keep their cells; all that any edition showed is known."""
    last = asked.earlier.last
    cells: dict[Group, bool] = {}
    for group, members, is_sealed in zip(asked.groups, asked.membership, sealed, strict=True):
        was = last.get(group)
        people = int(asked.answers.tallied.respondents[members].sum())
        is_as_it_was = was is not None and np.array_equal(was.members, members)
        if is_sealed or people < asked.least(group):
            cells[group] = False
        elif was is not None and is_as_it_was and (was.is_shown or asked.is_under_same_policy):
            cells[group] = (
                was.is_shown
            )  # withheld by other numbers, it may be shown by those of today
    shown: dict[bytes, Shelf] = {}
    for shelves in asked.earlier.shelves:
        for shelf in shelves.values():
            if shelf.is_shown and not (shelf.members & asked.earlier.sealed).any():
                shown.setdefault(shelf.members.tobytes(), shelf)
    found = list(shown.values())
    membership = np.array([shelf.members for shelf in found], dtype=bool)
    return Settled(tuple(shelf.group for shelf in found), membership, cells)


def _facts(asked: AskedQuestion, options: Sequence[str], by_choices: bool) -> tuple[Fact, ...]:
    """All counts of these options that earlier editions showed, each once."""
    place = {option: number for number, option in enumerate(options)}
    found: dict[Fact, None] = {}
    for shelves in asked.earlier.shelves:
        for shelf in shelves.values():
            if (shelf.members & asked.earlier.sealed).any():
                continue
            atoms = tuple(np.flatnonzero(shelf.members).tolist())
            for cell in _counts(asked, shelf):
                parts = cell.folded or (cell.option,)
                if cell.count is not None and all(part in place for part in parts):
                    columns = tuple(sorted(place[part] for part in parts))
                    found.setdefault(Fact(atoms, columns, cell.count))
                elif by_choices and cell.count is not None:
                    columns = _choices_in(asked.question, parts, place)
                    if columns:
                        found.setdefault(Fact(atoms, columns, cell.count))
    return tuple(found)


def _choices_in(
    question: Question, classes: Sequence[str], place: Mapping[str, int]
) -> tuple[int, ...]:
    """The choices of these classes."""
    return tuple(
        place[choice.code]
        for choice in question.choices
        if choice.rolls_up in classes and choice.code in place
    )


def _counts(asked: AskedQuestion, shelf: Shelf) -> list[Cell]:
    """The shown counts of a group: by classes, and by choices where they were shown."""
    using = asked.given.catalogue.indicators
    return [
        cell
        for code, cells in shelf.cells.items()
        if using[code].measure in COUNTED
        for cell in cells
        if cell.state is State.SHOWN
    ]


# --- Means of numbers -------------------------------------------------------------------------


def protected_atoms(asked: AskedQuestion) -> np.ndarray:
    """Targets × atoms, bool: the groups and remainders whose mean must stay unknown."""
    case = _case(asked, asked.answers.tallied, False)
    shown = [
        was.members
        for of_edition in asked.earlier.shelves
        for was in of_edition.values()
        if was.is_shown
    ]
    found = targets(case.places, case.people, [*asked.membership, *shown], case.needs.threshold)
    rows = np.zeros((len(found), len(case.people)), dtype=bool)
    for row, target in zip(rows, found, strict=True):
        row[list(target.atoms)] = True
    return rows


def earlier_means(asked: AskedQuestion) -> list[EarlierMean]:
    """The means of numbers that earlier editions showed."""
    means = {one.code for one in asked.indicators if one.measure == "mean"}
    return [
        EarlierMean(was.members, cell.value)
        for of_edition in asked.earlier.shelves
        for was in of_edition.values()
        for code, cells in was.cells.items()
        if code in means
        for cell in cells
        if cell.is_shown and cell.value is not None
    ]
