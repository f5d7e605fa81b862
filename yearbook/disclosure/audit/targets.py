"""Lists what must stay unknown: every group of too few people that is not shown, and what shown
parts leave of a shown whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from yearbook.disclosure.audit.facts import Target
from yearbook.leaves import Leaf

Span = tuple[int, int]  # cohorts, both ends included
Codes = tuple[str, str, str]  # school, programme, time; "" takes all of them
ALL = ""
UNKNOWN = "?"  # the school or programme of answers that no table tells it of


@dataclass(frozen=True)
class Places:
    """Where the atoms of a table are.

    times: what an edition calls a moment ("2019", "2017-2019", "blocks") -> the spans of leaves in
    it; views: atoms (bool) that were together in an edition, or in some editions only. growing:
    those moments of which cohorts are still to come.
    """

    leaves: tuple[Leaf, ...]
    times: Mapping[str, frozenset[Span]]
    views: tuple[np.ndarray, ...]
    growing: frozenset[str] = frozenset()

    @cached_property
    def groups(self) -> tuple[_Groups, ...]:
        """Of each view the groups of every school, programme and moment; they stay the same
        whatever is shown of them."""
        schools, programmes, times = _dimensions(self)
        crossed = [
            ((school, programme, time), of_school & of_programme & of_time)
            for school, of_school in schools.items()
            for programme, of_programme in programmes.items()
            for time, of_time in times.items()
        ]
        codes = tuple(codes for codes, _ in crossed)
        everywhere = np.array([members for _, members in crossed], dtype=bool)
        row_of = {one: row for row, one in enumerate(codes)}
        found = []
        for view in self.views:
            members = everywhere & view
            found.append(_Groups(codes, members, tuple(m.tobytes() for m in members), row_of))
        return tuple(found)

    @cached_property
    def kinds(self) -> tuple[Mapping[str, list[list[str]]], ...]:
        """Of each dimension a code -> the codes inside it, by kind: what has the same kind never
        overlaps."""
        return tuple(
            {code: _kinds(place, code, dimension) for code in dimension}
            for place, dimension in enumerate(_dimensions(self))
        )


@dataclass(frozen=True)
class _Groups:
    """members: groups × atoms, bool; keys: the same as bytes; row_of: codes -> row."""

    codes: tuple[Codes, ...]
    members: np.ndarray
    keys: tuple[bytes, ...]
    row_of: Mapping[Codes, int]


def targets(
    places: Places, people: np.ndarray, shown: Sequence[np.ndarray], threshold: int
) -> list[Target]:
    """Groups and remainders of 1 to threshold - 1 people, of every school, programme and moment,
    also those that no edition has; each set of atoms once. shown: members of the shown groups."""
    seen = {members.tobytes() for members in shown}
    found: dict[bytes, Target] = {}
    for groups in places.groups:
        is_seen = np.array([key in seen for key in groups.keys], dtype=bool)
        sizes = groups.members @ people
        for row in np.flatnonzero((sizes >= 1) & (sizes < threshold) & ~is_seen):
            codes = groups.codes[row]
            _take(found, codes, groups.members[row], codes[2] in places.growing)
        for row in np.flatnonzero(is_seen & groups.members.any(axis=1)):
            for rest in _rests(places, groups, int(row), is_seen):
                if 1 <= people[rest].sum() < threshold:
                    _take(found, groups.codes[row], rest)
    return list(found.values())


def _take(
    found: dict[bytes, Target], codes: Codes, members: np.ndarray, grows: bool = False
) -> None:
    key = members.tobytes()
    if key not in found:
        found[key] = Target(tuple(np.flatnonzero(members).tolist()), codes, grows)
    elif grows and not found[key].grows:
        found[key] = replace(found[key], grows=True)


def _dimensions(places: Places) -> tuple[dict[str, np.ndarray], ...]:
    """School, programme and time: of each code the atoms (bool) in it; "" takes all."""
    everything = np.ones(len(places.leaves), dtype=bool)
    schools = np.array([leaf.school for leaf in places.leaves])
    programmes = np.array([leaf.programme for leaf in places.leaves])
    spans = [(leaf.first, leaf.last) for leaf in places.leaves]
    times = {
        code: np.array([span in inside for span in spans], dtype=bool)
        for code, inside in places.times.items()
    }
    return (
        {ALL: everything} | {code or UNKNOWN: schools == code for code in _codes(schools)},
        {ALL: everything} | {code or UNKNOWN: programmes == code for code in _codes(programmes)},
        {ALL: everything} | times,
    )


def _codes(column: np.ndarray) -> list[str]:
    return sorted(str(code) for code in {*column})


def _rests(places: Places, groups: _Groups, row: int, is_seen: np.ndarray) -> Iterator[np.ndarray]:
    """What a shown whole has beyond its shown parts, along each dimension: single cohorts apart
    from spans of them."""
    codes, whole = groups.codes[row], groups.members[row]
    for place, kinds in enumerate(places.kinds):
        for kind in kinds[codes[place]]:
            inside = [
                groups.row_of[(*codes[:place], code, *codes[place + 1 :])]  # type: ignore[index]
                for code in kind
            ]
            parts = [part for part in inside if is_seen[part]]
            rest = whole & ~groups.members[parts].any(axis=0)
            if rest.any() and not np.array_equal(rest, whole):
                yield rest


def _kinds(place: int, own: str, dimension: Mapping[str, np.ndarray]) -> list[list[str]]:
    """The codes inside `own`, by kind: what has the same kind never overlaps."""
    if place < 2:
        return [[code for code in dimension if code != ALL]] if own == ALL else []
    inside = [
        code
        for code, of_code in dimension.items()
        if code not in (ALL, own)
        and not (of_code & ~dimension[own]).any()
        and (dimension[own] & ~of_code).any()
    ]
    spans = [code for code in inside if "-" in code]
    return [kind for kind in ([code for code in inside if code.isdigit()], spans) if kind]
