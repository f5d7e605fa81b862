"""Lists what must stay unknown: every group of too few people that is not shown, and what shown
parts leave of a shown whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

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
    it; views: atoms (bool) that were together in an edition, or in some editions only.
    """

    leaves: tuple[Leaf, ...]
    times: Mapping[str, frozenset[Span]]
    views: tuple[np.ndarray, ...]


def targets(
    places: Places, people: np.ndarray, shown: Sequence[np.ndarray], threshold: int
) -> list[Target]:
    """Groups and remainders of 1 to threshold - 1 people, of every school, programme and moment,
    also those that no edition has; each set of atoms once. shown: members of the shown groups."""
    seen = {members.tobytes() for members in shown}
    found: dict[bytes, Target] = {}
    for codes, members in _groups(places, seen):
        if 1 <= people[members].sum() < threshold:
            atoms = tuple(np.flatnonzero(members).tolist())
            found.setdefault(members.tobytes(), Target(atoms, codes))
    return list(found.values())


def _groups(places: Places, seen: set[bytes]) -> Iterator[tuple[Codes, np.ndarray]]:
    dimensions = _dimensions(places)
    for view in places.views:
        members = _members(dimensions, view)
        for codes, group in members.items():
            if not group.any():
                continue
            if group.tobytes() in seen:
                yield from _rests(codes, dimensions, members, seen)
            else:
                yield codes, group


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


def _members(
    dimensions: tuple[dict[str, np.ndarray], ...], view: np.ndarray
) -> dict[Codes, np.ndarray]:
    schools, programmes, times = dimensions
    return {
        (school, programme, time): view & of_school & of_programme & of_time
        for school, of_school in schools.items()
        for programme, of_programme in programmes.items()
        for time, of_time in times.items()
    }


def _rests(
    codes: Codes,
    dimensions: tuple[dict[str, np.ndarray], ...],
    members: Mapping[Codes, np.ndarray],
    seen: set[bytes],
) -> Iterator[tuple[Codes, np.ndarray]]:
    """What a shown whole has beyond its shown parts, along each dimension: single cohorts apart
    from spans of them."""
    whole = members[codes]
    for place, dimension in enumerate(dimensions):
        for kind in _kinds(place, codes[place], dimension):
            rest = whole.copy()
            for code in kind:
                part = members[(*codes[:place], code, *codes[place + 1 :])]  # type: ignore[index]
                if part.tobytes() in seen:
                    rest &= ~part
            if rest.any() and not np.array_equal(rest, whole):
                yield codes, rest


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
