"""Says what a file would take the place of: an earlier submission, or another file beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

import streamlit as st

from desk.reception.handed import Handed, named, take
from desk.using import catalogue_in_use
from ui.visit import Visitor
from yearbook.archive import Entry
from yearbook.language import write_date
from yearbook.submissions import Kind

Pair = tuple[str, int]
MOST_NAMED = 6


def sentences(
    handed: Handed, entries: Sequence[Entry], beside: Sequence[Handed], visitor: Visitor
) -> list[str]:
    submission = handed.loaded.submission
    if submission is None or handed.kept_as is not None:
        return []
    covers = submission.covers()
    told = []
    if handed.adds:
        return _added_to(handed, entries, beside, visitor)
    for entry, pairs in _in_force(submission.kind, covers, entries):
        told.append(
            visitor.word(
                "desk.receive.replaces",
                what=name_pairs(submission.kind, pairs, visitor),
                file=entry.received.file_name,
                date=write_date(entry.received.when.astimezone().date(), visitor.language),
            )
        )
    for other, pairs in _same_in(handed, beside):
        what = name_pairs(submission.kind, pairs, visitor)
        told.append(visitor.word("desk.receive.beside", what=what, file=other.name))
    return told


def choose(
    handed: Handed, entries: Sequence[Entry], beside: Sequence[Handed], visitor: Visitor
) -> None:
    """Whether answers of a round that is there already take their place or are added to them."""
    submission = handed.loaded.submission
    if submission is None or submission.kind is not Kind.SURVEY or handed.kept_as is not None:
        return
    held = _in_force(submission.kind, submission.covers(), entries)
    if not (held or _same_in(handed, beside)):
        return
    key = f"adds-{handed.name}"
    st.radio(
        visitor.word("desk.receive.adds"),
        [False, True],
        index=int(handed.adds),
        format_func=lambda adds: visitor.word(
            f"desk.receive.{'adds_further' if adds else 'adds_replaces'}"
        ),
        key=key,
        on_change=lambda: take([replace(named(handed.name), adds=st.session_state[key])]),
    )


def _added_to(
    handed: Handed, entries: Sequence[Entry], beside: Sequence[Handed], visitor: Visitor
) -> list[str]:
    submission = handed.loaded.submission
    assert submission is not None
    held = _in_force(submission.kind, submission.covers(), entries)
    others = [(entry.received.file_name, pairs) for entry, pairs in held]
    others += [(other.name, pairs) for other, pairs in _same_in(handed, beside)]
    return [
        visitor.word(
            "desk.receive.adds_to", what=name_pairs(submission.kind, pairs, visitor), file=name
        )
        for name, pairs in others
    ]


def _in_force(
    kind: Kind, covers: frozenset[Pair], entries: Iterable[Entry]
) -> list[tuple[Entry, list[Pair]]]:
    found: dict[int, list[Pair]] = defaultdict(list)
    by_id = {entry.id: entry for entry in entries}
    for entry in by_id.values():
        if entry.kind.subject == kind.subject:
            found[entry.id] += [pair for pair in entry.in_force if pair in covers]
    return [(by_id[number], pairs) for number, pairs in found.items() if pairs]


def _same_in(handed: Handed, beside: Sequence[Handed]) -> list[tuple[Handed, list[Pair]]]:
    """Files that are kept before this one, and whose place it would then take."""
    mine = handed.loaded.submission
    assert mine is not None
    found = []
    for other in beside[: beside.index(handed)]:
        theirs = other.loaded.submission
        if theirs is None or other.kept_as is not None or theirs.kind.subject != mine.kind.subject:
            continue
        shared = sorted(mine.covers() & theirs.covers())
        if shared:
            found.append((other, shared))
    return found


def name_pairs(kind: Kind, pairs: Iterable[Pair], visitor: Visitor) -> str:
    """ "Kuopion konservatorio 2024, Lahden konservatorio 2024", or the rounds of a survey."""
    using = catalogue_in_use()
    named = []
    for code, year in pairs:
        if kind is not Kind.ANNUAL:
            known = using.surveys.get(code)
            name = visitor.reads(known.name) if known else code
        else:
            school = using.schools.get(code)
            name = visitor.reads(school.short) if school else code
        named.append(f"{name} {year}")
    if len(named) <= MOST_NAMED:
        return ", ".join(named)
    shown = ", ".join(named[:MOST_NAMED])
    return visitor.word("desk.receive.and_more", names=shown, count=len(named) - MOST_NAMED)
