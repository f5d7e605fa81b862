"""Chooses which groups and options the public sees, such that no count 1–4 can be worked out.

Of a question with one answer each, a group is shown whole, or with two of its options counted
together, or not at all. Of one with several answers each option stands for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from yearbook.catalogue import Catalogue
from yearbook.disclosure.public_counts import is_few
from yearbook.disclosure.public_knowledge import Knowledge, Sum
from yearbook.editions import ALL_BLOCKS, FOLD, Cell, Group
from yearbook.publication.public_sums import Count, sums_of

ALL_ANSWERS = ""
Groups = Mapping[Group, Sequence[Cell]]
Truth = dict[Count, float]  # of what is shown to members
Shown = dict[Group, tuple[str, ...]]  # group -> its options; a fold as "a+b"


def admitted_groups(groups: Groups, truth: Truth, catalogue: Catalogue) -> Shown:
    """Of a question to which each gave one answer."""
    knowledge = _knowledge(truth, catalogue)
    shown: Shown = {}
    for group in _in_order(truth, knowledge):
        options = [cell.option for cell in groups[group] if (group, cell.option) in truth]
        knowledge.learn(_whole(group, options, truth))
        for tried in (tuple(options), *_folds(group, options, knowledge)):
            if knowledge.admit([(group, ALL_ANSWERS), *((group, option) for option in tried)]):
                shown[group] = tried
                break
    return shown


def admitted_options(groups: Groups, truth: Truth, catalogue: Catalogue) -> Shown:
    """Of a question to which each could give several answers."""
    knowledge = _knowledge(truth, catalogue)
    shown: Shown = {}
    for group in _in_order(truth, knowledge):
        if knowledge.admit([(group, ALL_ANSWERS)]):
            options = (cell.option for cell in groups[group] if (group, cell.option) in truth)
            shown[group] = tuple(o for o in options if knowledge.admit([(group, o)]))
    return shown


def publication_order(key: Count) -> tuple[int, int, int, Group, str]:
    """What is published earlier first: cohorts before the block that they make up."""
    group, option = key
    if group.block == ALL_BLOCKS:
        return 9999, 9999, len(group.cut), group, option
    first, _, last = (group.cohort or group.block).partition("-")
    end = int(last or first)
    return end, end - int(first), len(group.cut), group, option


def _knowledge(truth: Truth, catalogue: Catalogue) -> Knowledge:
    knowledge = Knowledge(truth, catalogue.policy)
    knowledge.learn(sums_of(truth, catalogue))
    return knowledge


def _in_order(truth: Truth, knowledge: Knowledge) -> list[Group]:
    """The groups in which enough answered to be told at all."""
    answered = [key for key in truth if key[1] == ALL_ANSWERS]
    enough = [key for key in answered if not is_few(truth[key], knowledge.policy)]
    return [group for group, _ in sorted(enough, key=publication_order)]


def _whole(group: Group, options: Iterable[str], truth: Truth) -> Iterator[Sum]:
    """The options make up all answers."""
    parts = tuple((group, option) for option in options)
    missing = truth[group, ALL_ANSWERS] - sum(truth[key] for key in parts)
    if parts and missing >= 0:
        yield Sum((group, ALL_ANSWERS), parts, missing == 0)


def _folds(group: Group, options: Sequence[str], knowledge: Knowledge) -> Iterator[tuple[str, ...]]:
    """Ways of counting two options together, the rarest first; one of them is of few persons."""
    truth, policy = knowledge.truth, knowledge.policy
    singles = [option for option in options if FOLD not in option]
    if len(options) - 1 < policy.fold_least_options:
        return
    pairs = sorted(combinations(singles, 2), key=lambda pair: sum(truth[group, o] for o in pair))
    for pair in pairs:
        if not any(is_few(truth[group, option], policy) for option in pair):
            continue
        fold, parts = FOLD.join(pair), tuple((group, option) for option in pair)
        tried = (*(option for option in options if option not in pair), fold)
        knowledge.learn_fold((group, fold), parts)
        knowledge.learn(_whole(group, tried, truth))
        yield tried
