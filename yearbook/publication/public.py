"""Makes the public's edition out of the members', so that the public never learns more than they.

Only what the catalogue declares public goes over, in the cuts that the policy names, with counts
blurred as in Vipunen. The report, quotes, and the labels of what is not public stay behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from yearbook.catalogue import Content, Indicator, Policy
from yearbook.disclosure.public_counts import rounded
from yearbook.edition_files import seal
from yearbook.editions import CHANGE, FRAME, PUBLIC, Edition, Note, Round, Table
from yearbook.publication.public_annual import public_change, public_sum
from yearbook.publication.public_cells import PERSONS
from yearbook.publication.public_ratios import parts_of, public_ratio
from yearbook.publication.public_surveys import public_frame, public_survey

# A mean or a median beside a distribution would tell more than the rounded counts do.
MEASURES = ("sum", "ratio", "distribution", "multiple")


def for_public(edition: Edition) -> Edition:
    """The edition of the same name for everyone; equal members' editions give equal ones."""
    policy = edition.catalogue.policy
    indicators = public_indicators(edition)
    tables = _tables(edition, indicators)
    public = replace(
        edition,
        audience=PUBLIC,
        content=_content(edition.content, indicators),
        tables=tables,
        respondents=_respondents(edition, policy),
        notes=tuple(note for note in edition.notes if _is_public(note, tables)),
        rounds=tuple(_round(one, policy) for one in edition.rounds),
        quotes={},
        report={},
        took={},
    )
    return seal(public)


def public_indicators(edition: Edition) -> tuple[Indicator, ...]:
    """Those declared public that can be: of a survey's question the first alone, since two would
    refine each other, and of ratios those whose sums are known."""
    found: dict[str, Indicator] = {}
    for indicator in edition.indicators():
        is_ratio = indicator.measure == "ratio"
        if indicator.audience != PUBLIC or indicator.measure not in MEASURES:
            continue
        if not is_ratio or parts_of(indicator, edition) is not None:
            found.setdefault(indicator.question or indicator.code, indicator)
    return tuple(found.values())


def _tables(edition: Edition, indicators: tuple[Indicator, ...]) -> dict[str, Table]:
    sums = [one for one in indicators if one.measure == "sum"]
    ratios = [one for one in indicators if one.measure == "ratio"]
    surveys = [one for one in indicators if one.source == "survey"]
    tables = dict(_annual(edition, sums))
    tables |= dict(_ratios(edition, ratios, tables))
    return tables | dict(_surveys(edition, surveys))


def _annual(edition: Edition, sums: Sequence[Indicator]) -> Iterator[tuple[str, Table]]:
    for indicator in sums:
        yield (
            indicator.code,
            public_sum(edition.table(indicator.code), indicator, edition.catalogue),
        )
        change = edition.table(indicator.code + CHANGE)
        if change.cells and indicator.unit == PERSONS:
            yield change.indicator, public_change(change, edition.catalogue.policy)


def _ratios(
    edition: Edition, ratios: Sequence[Indicator], sums: Mapping[str, Table]
) -> Iterator[tuple[str, Table]]:
    policy = edition.catalogue.policy
    for indicator in ratios:
        parts = parts_of(indicator, edition, sums)
        if parts is not None:
            table = edition.table(indicator.code)
            yield indicator.code, public_ratio(table, indicator, parts, policy)


def _surveys(edition: Edition, surveys: Sequence[Indicator]) -> Iterator[tuple[str, Table]]:
    frame = public_frame(edition.table(FRAME), edition.catalogue)
    for indicator in surveys:
        table = edition.table(indicator.code)
        yield indicator.code, public_survey(table, indicator, edition.catalogue, frame)
    if frame.cells:
        yield FRAME, frame


def _content(content: Content, indicators: tuple[Indicator, ...]) -> Content:
    """The catalogue without what is not public, and without how files are read."""
    asked = {code for indicator in indicators for code in indicator.questions}
    known = {indicator.code for indicator in indicators}
    return {
        **content,
        "indicators": {c: entry for c, entry in content["indicators"].items() if c in known},
        "questions": {c: entry for c, entry in content["questions"].items() if c in asked},
        "reading": {},
        "mappings": {},
    }


def _is_public(note: Note, tables: dict[str, Table]) -> bool:
    return not note.school and (not note.indicator or note.indicator in tables)


def _respondents(edition: Edition, policy: Policy) -> dict[str, dict[str, int]]:
    return {
        survey: {cohort: rounded(answered, policy) for cohort, answered in cohorts.items()}
        for survey, cohorts in edition.respondents.items()
    }


def _round(one: Round, policy: Policy) -> Round:
    invited = None if one.invited is None else rounded(one.invited, policy)
    return replace(one, invited=invited, answered=rounded(one.answered, policy))
