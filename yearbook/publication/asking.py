"""A question in one survey: its indicators, its blocks and groups, and its answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from yearbook.catalogue import Indicator, Question
from yearbook.disclosure import (
    Block,
    is_extra,
    lattice_cut,
    lattice_groups,
    membership_of,
    survey_protection,
)
from yearbook.editions import ALL_BLOCKS, Group
from yearbook.publication.before import Before
from yearbook.publication.rounds import Given, blocks_of, first_cohorts
from yearbook.publication.sightings import Asking, Sighted, sighted, straddles

COUNTED = ("distribution", "multiple")  # measures of which every count is shown


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
