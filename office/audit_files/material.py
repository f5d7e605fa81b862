"""Gathers what an audience can see, and the answers behind it, from shelf and archive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from office.audit_files.facts import Fact, Span, facts
from office.audit_files.times import Times, leaf_code, span_of
from office.audit_files.truths import Truth, truths
from office.databases import archive_engine, shelf_engine
from office.refusals import refusal
from office.using import catalogue_in_use
from yearbook import archive, shelf
from yearbook.catalogue import Catalogue
from yearbook.editions import MEMBERS, PUBLIC, Edition
from yearbook.publication.rounds import given_by


@dataclass(frozen=True)
class Material:
    """Facts of all editions together, each once, and the truth behind every table of them."""

    facts: Sequence[Fact]
    truths: Sequence[Truth]
    times: Times
    catalogue: Catalogue


def visible_to(audience: str) -> tuple[Edition, ...]:
    """All editions that these visitors ever could open; a school sees the members' and its own."""
    engine = shelf_engine()
    found = shelf.editions_for(engine, audience)
    if audience not in (MEMBERS, PUBLIC):
        found = (*shelf.editions_for(engine, MEMBERS), *found)
    if not found:
        raise refusal("nothing_to_audit", audience=audience)
    return found


def gather(editions: Iterable[Edition]) -> Material:
    """Of the surveys."""
    engine, using = archive_engine(), catalogue_in_use()
    given = given_by(
        [archive.surveys(engine), archive.frames(engine), archive.tabulated(engine)], using
    )
    found = tuple(truths(given))
    times = Times(leaf_code(leaf) for truth in found for leaf in truth.tally.leaves)
    seen: dict[Fact, None] = {}
    names = {truth.name for truth in found}

    def time_of(name: str, spans: tuple[Span, ...]) -> str:
        return times.code(name, _leaves_in(spans, times.leaves))

    for edition in editions:
        for question in using.survey_questions:
            for survey in question.surveys:
                told = facts(edition, question, survey, time_of)
                seen.update(dict.fromkeys(fact for fact in told if fact.table in names))
    return Material(tuple(seen), found, times, using)


def _leaves_in(spans: tuple[Span, ...], leaves: Iterable[str]) -> list[str]:
    return [
        leaf
        for leaf in leaves
        for first, last in [span_of(leaf)]
        if any(begin <= first and last <= end for begin, end in spans)
    ]
