"""Binds everything that was handed in into one edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from yearbook.catalogue import Catalogue, for_visitors
from yearbook.disclosure import publishable_quotes
from yearbook.edition_files import digest
from yearbook.editions import FRAME, Edition, Quote, Table
from yearbook.publication.annual import annual_tables, returned_by
from yearbook.publication.frames import frame_report, frame_table
from yearbook.publication.notes import report_notes, version_notes
from yearbook.publication.rounds import given_by, joined, respondents_by_cohort, rounds_of
from yearbook.publication.surveys import survey_tables
from yearbook.submissions import FIGURE_COLUMNS, Submission

Report = Callable[[float, str], None]
ANNUAL_SHARE = 0.3  # of the work
NO_QUOTES: Mapping[str, tuple[Quote, ...]] = {}


@dataclass(frozen=True, slots=True)
class Title:
    """What an edition is called ("2026.1") and the ISO date of its publication."""

    name: str
    published: str


def publish(
    submissions: Sequence[Submission],
    catalogue: Catalogue,
    title: Title,
    report: Report = lambda share, what: None,
    quotes: Mapping[str, tuple[Quote, ...]] = NO_QUOTES,
) -> Edition:
    """Measure, withhold and bind everything handed in. The same input gives the same digest.

    `report(share of the work done 0–1, code of what is being done)` follows the work; `quotes` are
    what the director released of open answers. Raises KeyError where a submission names a school
    or question that the catalogue does not have.
    """
    figures = joined([s.figures for s in submissions], FIGURE_COLUMNS)
    given = given_by(submissions, catalogue)
    returned = returned_by(figures)
    tables, annual = annual_tables(figures, catalogue, _part(report, 0.0, ANNUAL_SHARE))
    survey, withheld = survey_tables(given, _part(report, ANNUAL_SHARE, 1.0))
    edition = Edition(
        name=title.name,
        published=title.published,
        audience="members",
        invented=any(submission.invented for submission in submissions),
        content=for_visitors(catalogue.content),
        tables={**tables, **survey, **_frame(frame_table(given))},
        returned=returned,
        respondents=respondents_by_cohort(given.respondents),
        blocks={survey: tuple(b.code for b in blocks) for survey, blocks in given.blocks.items()},
        rounds=rounds_of(given),
        notes=(*version_notes(catalogue), *report_notes(given)),
        quotes=publishable_quotes(quotes, given.answers, catalogue.policy),
        report={
            "withheld": withheld,
            **frame_report(given),
            **({"annual": annual} if annual else {}),
        },
    )
    return replace(edition, digest=digest(edition))


def _part(report: Report, start: float, end: float) -> Report:
    """The report of a part of the work."""
    return lambda share, what: report(start + (end - start) * share, what)


def _frame(table: Table) -> dict[str, Table]:
    return {FRAME: table} if table.cells else {}
