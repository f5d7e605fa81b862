"""Divides the answers of a leaf by which of the states of the archive had them.

A late answer, a correction, a respondent who was erased: editions then rest on different answers,
and what one shows less what another shows is about those who came or went. The audit looks at
these as leaves of their own ("2024@2026.1": answers that only edition 2026.1 rests on).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from office.audit_files.times import PART, leaf_code
from office.audit_files.truths import Truth

NOW = "now"
Place = tuple[str, str]  # school and programme, "" where not known
Layer = Mapping[Place, np.ndarray]  # counts of the options


@dataclass(frozen=True)
class Layered:
    """A table of the audit. states: what its editions may rest on, oldest first.

    layers: leaf of time -> counts by place; split: cohort -> its parts, by the states that have
    them.
    """

    name: str
    options: tuple[str, ...]
    states: tuple[str, ...]
    layers: Mapping[str, Layer]
    split: Mapping[str, Mapping[frozenset[str], str]]

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return tuple(sorted({place for layer in self.layers.values() for place in layer}))

    @cached_property
    def cohorts(self) -> tuple[str, ...]:
        """Every cohort (or span of an old table), whether its answers are divided or not."""
        parts = {leaf for found in self.split.values() for leaf in found.values()}
        return tuple(sorted({*self.split, *(leaf for leaf in self.layers if leaf not in parts)}))

    @cached_property
    def counts(self) -> Mapping[str, np.ndarray]:
        """Leaf of time -> places × options."""
        row = {place: number for number, place in enumerate(self.places)}
        found = {}
        for leaf, layer in self.layers.items():
            found[leaf] = np.zeros((len(row), len(self.options)), dtype=int)
            for place, counts in layer.items():
                found[leaf][row[place]] = counts
        return found

    def leaves_of(self, time: str, state: str) -> list[str]:
        """The leaves that hold the answers of a cohort as they were in that state."""
        if time not in self.split:
            return [time] if time in self.layers else []
        return [leaf for states, leaf in self.split[time].items() if state in states]


def layered(by_state: Mapping[str, Truth]) -> Layered:
    """by_state: state of the archive -> the truth in it, of one table; the last is that of now."""
    newest = list(by_state.values())[-1]
    layers: dict[str, Layer] = {}
    split: dict[str, Mapping[frozenset[str], str]] = {}
    times = {state: _by_time(truth) for state, truth in by_state.items()}
    for time in sorted({time for found in times.values() for time in found}):
        versions = {state: found.get(time, {}) for state, found in times.items()}
        parts = _parts(versions)
        if len(parts) == 1:  # the same in all states that have any
            (layers[time],) = parts.values()
            continue
        split[time] = {states: _code(time, states, by_state) for states in parts}
        layers |= {split[time][states]: layer for states, layer in parts.items()}
    return Layered(newest.name, newest.options, tuple(by_state), layers, split)


def _by_time(truth: Truth) -> dict[str, dict[Place, np.ndarray]]:
    found: dict[str, dict[Place, np.ndarray]] = {}
    for leaf, counts in zip(truth.tally.leaves, truth.counts, strict=True):
        of_time = found.setdefault(leaf_code(leaf), {})
        place = (leaf.school, leaf.programme)
        of_time[place] = of_time.get(place, 0) + counts
    return found


def _code(time: str, states: frozenset[str], everything: Iterable[str]) -> str:
    named = [state for state in everything if state in states]
    return time if len(named) == len(list(everything)) else f"{time}{PART}{','.join(named)}"


def _parts(versions: Mapping[str, Layer]) -> dict[frozenset[str], Layer]:
    """Answers by the states that have them. As many as can be are the same in several states: who
    gives the same answer again is nobody new."""
    places = sorted({place for layer in versions.values() for place in layer})
    parts: dict[frozenset[str], dict[Place, np.ndarray]] = {}
    for place in places:
        for column, counts in enumerate(_columns(versions, place)):
            for states, number in _shared(dict(zip(versions, counts, strict=True))):
                layer = parts.setdefault(states, {})
                width = next(len(one[place]) for one in versions.values() if place in one)
                layer.setdefault(place, np.zeros(width, dtype=int))[column] += number
    return dict(sorted(parts.items(), key=lambda part: -len(part[0])))


def _columns(versions: Mapping[str, Layer], place: Place) -> np.ndarray:
    """options × states."""
    known = [layer[place] for layer in versions.values() if place in layer]
    nobody = np.zeros_like(known[0])
    return np.array([layer.get(place, nobody) for layer in versions.values()]).T


def _shared(counts: dict[str, int]) -> Iterable[tuple[frozenset[str], int]]:
    """Of one option: which states share how many answers."""
    left = {state: int(number) for state, number in counts.items() if number}
    while left:
        number = min(left.values())
        yield frozenset(left), number
        left = {state: n - number for state, n in left.items() if n > number}


def with_erased(table: Layered, gone: Sequence[tuple[Place, str, frozenset[str]]]) -> Layered:
    """With a leaf for those who were erased since: (place, cohort, the states that counted them).

    What they answered is not known any more: it stands under the first option, and is no truth.
    """
    layers, split = dict(table.layers), dict(table.split)
    for place, time, states in gone:
        code = f"{time}{PART}erased,{','.join(s for s in table.states if s in states)}"
        parts = dict(split.get(time, {frozenset(table.states): time}))
        parts[frozenset({*states, code})] = code
        split[time] = parts
        layer = {p: counts.copy() for p, counts in layers.get(code, {}).items()}
        layer.setdefault(place, np.zeros(len(table.options), dtype=int))[0] += 1
        layers[code] = layer
    return Layered(table.name, table.options, table.states, layers, split)
