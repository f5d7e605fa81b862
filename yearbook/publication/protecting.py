"""Writes down what was withheld and folded, why, and what the audit found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from yearbook.disclosure import Decided, lattice_cut
from yearbook.editions import FOLD, Group
from yearbook.publication.asking import AskedQuestion
from yearbook.publication.earlier import Earlier

Told = dict[str, object]


def protection_report(asked: AskedQuestion, earlier: Earlier, decided: Decided) -> Told:
    """Of one question in one survey; JSON values. cuts: of the groups with enough answers
    ("large") how many are shown, how many of these as an earlier edition had them ("older": newer
    answers wait), how many the rules allow at all, and how many have a fold."""
    shown = _shown(earlier, decided)
    found: Counter[str] = Counter()
    for way in decided.ways:
        found.update(way.findings)
    told: Told = {
        "cuts": _cuts(asked, earlier, decided, shown),
        "findings": dict(sorted(found.items())),
        "checked": sum(way.checked for way in decided.ways),
        "witnessed": sum(way.witnessed for way in decided.ways),
        "programs": sum(way.programs for way in decided.ways),
        "kept": sum(1 for group, is_new in shown.items() if not is_new),
        "folds": _folds(asked, decided),
    }
    waiting = _waiting(asked, earlier, shown)
    return told | ({"waiting": waiting} if waiting else {})


def audit_report(told: Mapping[str, object]) -> Told:
    """Of all questions together."""
    found: Counter[str] = Counter()
    checked = 0
    for one in told.values():
        found.update(one["findings"])  # type: ignore[index]
        checked += int(one["checked"])  # type: ignore[index]
    return {"passed": True, "cells": checked, **dict(sorted(found.items()))}


def _shown(earlier: Earlier, decided: Decided) -> dict[Group, bool]:
    """The shown groups -> whether they are new; False for those that keep earlier cells."""
    new = {group for way in decided.ways for group in way.columns}
    kept = decided.ruled.shown - new
    settled = {group for group in kept if group in earlier.last}
    return dict.fromkeys(sorted(settled), False) | dict.fromkeys(sorted(new), True)


def _cuts(
    asked: AskedQuestion, earlier: Earlier, decided: Decided, shown: Mapping[Group, bool]
) -> Told:
    people = asked.membership @ asked.answers.tallied.respondents
    folded = {
        group
        for way in decided.ways
        for group, columns in way.columns.items()
        if any(len(column) > 1 for column in columns)
    }
    folded |= {
        group
        for group, is_new in shown.items()
        if not is_new and any(c.is_fold for of in earlier.last[group].cells.values() for c in of)
    }
    counts: dict[str, Counter[str]] = {}
    for group, n in zip(asked.groups, people, strict=True):
        counted = counts.setdefault("+".join(lattice_cut(group)), Counter())
        if n < asked.least(group):
            counted["small"] += 1
            continue
        counted["large"] += 1
        was = earlier.last.get(group)
        is_older = group not in shown and was is not None and was.is_shown
        counted["shown"] += group in shown or is_older
        counted["older"] += is_older
        counted["folded"] += group in folded
        counted["complementary"] += group not in shown and not is_older
    for name, allowed in _possible(asked, people).items():
        counts[name]["possible"] = allowed
    names = ("large", "shown", "older", "possible", "folded", "small", "complementary")
    return {cut: {name: counted[name] for name in names} for cut, counted in counts.items()}


def _possible(asked: AskedQuestion, people: np.ndarray) -> dict[str, int]:
    """How many groups of a cut may be shown beside a shown whole: where the small ones of a whole
    are together fewer than the threshold, one more must go with them."""
    wholes: dict[tuple[str, str], list[tuple[Group, int]]] = {}
    for group, n in zip(asked.groups, people, strict=True):
        cut = "+".join(lattice_cut(group))
        wholes.setdefault((cut, group.cohort or group.block), []).append((group, int(n)))
    found: dict[str, int] = {}
    for (cut, _), parts in wholes.items():
        large = sum(n >= asked.least(group) for group, n in parts)
        rest = sum(n for group, n in parts if n < asked.least(group))
        threshold = min(asked.least(group) for group, _ in parts)
        is_split = len(lattice_cut(parts[0][0])) == 2 and cut != "school+cohort"
        lost = is_split and 0 < rest < threshold and large > 0
        found[cut] = found.get(cut, 0) + large - int(lost)
    return found


def _folds(asked: AskedQuestion, decided: Decided) -> list[list[object]]:
    """Which options are counted together, in how many groups of a cut."""
    found: Counter[tuple[str, str]] = Counter()
    if decided.is_multiple:
        return []
    for number, way in enumerate(decided.ways):
        tallied = asked.choices.tallied if number and asked.choices else asked.answers.tallied
        for group, columns in way.columns.items():
            for column in columns:
                if len(column) > 1:
                    name = FOLD.join(tallied.options[option] for option in column)
                    found["+".join(lattice_cut(group)), name] += 1
    return [[cut, name, count] for (cut, name), count in sorted(found.items())]


def _waiting(asked: AskedQuestion, earlier: Earlier, shown: Mapping[Group, bool]) -> dict[str, int]:
    """Cohort -> how many answers came, went or changed since, and are not in what is shown of
    everyone."""
    found: dict[str, int] = {}
    for row, group in enumerate(asked.groups):
        was = earlier.last.get(group)
        if group.cut != ("cohort",) or was is None or shown.get(group):
            continue
        people = asked.answers.tallied.respondents[was.members ^ asked.membership[row]]
        if people.sum():
            found[group.cohort] = int(people.sum())
    return found
