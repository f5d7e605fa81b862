"""Binds everything that was handed in into one edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from yearbook.catalogue import Catalogue, for_visitors
from yearbook.disclosure import publishable_quotes
from yearbook.edition_files import seal
from yearbook.editions import FRAME, MEMBERS, Edition, Quote, Table
from yearbook.publication.annual import annual_tables, returned_by
from yearbook.publication.audience import members_tables, own_tables
from yearbook.publication.before import NOTHING_BEFORE, Before
from yearbook.publication.frames import frame_report, frame_table
from yearbook.publication.notes import report_notes, version_notes
from yearbook.publication.protecting import audit_report
from yearbook.publication.rounds import given_by, joined, respondents_by_cohort, rounds_of
from yearbook.publication.surveys import Run, survey_tables
from yearbook.publication.unsafe import UnsafeError
from yearbook.submissions import FIGURE_COLUMNS, Submission

Report = Callable[[float, str], None]
ANNUAL_SHARE = 0.3  # of the work
NO_QUOTES: Mapping[str, tuple[Quote, ...]] = {}


@dataclass(frozen=True, slots=True)
class Title:
    """What an edition is called ("2026.1") and the ISO date of its publication."""

    name: str
    published: str


@dataclass(frozen=True)
class Published:
    """An edition for the members, and school -> what that school alone sees besides."""

    members: Edition
    own: Mapping[str, Edition]


def publish(
    submissions: Sequence[Submission],
    catalogue: Catalogue,
    title: Title,
    report: Report = lambda share, what: None,
    quotes: Mapping[str, tuple[Quote, ...]] = NO_QUOTES,
) -> Edition:
    """The members' edition of everything handed in, where nothing was published before."""
    return publish_all(submissions, catalogue, title, Work(report=report, quotes=quotes)).members


@dataclass(frozen=True)
class Work:
    """How to publish. report(share of the work done 0–1, code of what is being done) follows it;
    quotes are what the director released of open answers; run: as map, may use several
    processes."""

    before: Before = NOTHING_BEFORE
    quotes: Mapping[str, tuple[Quote, ...]] = field(default_factory=dict)
    report: Report = lambda share, what: None
    run: Run = map


def publish_all(
    submissions: Sequence[Submission], catalogue: Catalogue, title: Title, work: Work
) -> Published:
    """Measure, protect, attack and bind everything handed in. The same input gives the same digest.

    Raises UnsafeError where the audit finds what it does not accept, KeyError where a submission
    names a school or question that the catalogue does not have.
    """
    figures = joined([s.figures for s in submissions], FIGURE_COLUMNS)
    given = given_by(submissions, catalogue)
    tables, annual = annual_tables(
        figures, catalogue, _part(work.report, 0.0, ANNUAL_SHARE), work.before.editions
    )
    survey = survey_tables(given, work.before, _part(work.report, ANNUAL_SHARE, 1.0), work.run)
    if survey.unsafe:
        raise UnsafeError(survey.unsafe)
    edition = Edition(
        name=title.name,
        published=title.published,
        audience=MEMBERS,
        invented=any(submission.invented for submission in submissions),
        content=for_visitors(catalogue.content),
        tables={
            **tables,
            **members_tables(survey.tables, catalogue),
            **_frame(frame_table(given)),
        },
        returned=returned_by(figures),
        respondents=respondents_by_cohort(given.respondents),
        blocks={survey: tuple(b.code for b in blocks) for survey, blocks in given.blocks.items()},
        rounds=rounds_of(given),
        notes=(*version_notes(catalogue), *report_notes(given), *survey.notes),
        quotes=publishable_quotes(work.quotes, given.answers, catalogue.policy),
        report={
            "protection": survey.report,
            "audit": audit_report(survey.report),
            **frame_report(given),
            **({"annual": annual} if annual else {}),
        },
        took=survey.took,
    )
    own = {
        school: seal(replace(edition, audience=school, tables=own, quotes={}, report={}, took={}))
        for school, own in own_tables(survey.tables, catalogue).items()
    }
    return Published(seal(edition), own)


def _part(report: Report, start: float, end: float) -> Report:
    """The report of a part of the work."""
    return lambda share, what: report(start + (end - start) * share, what)


def _frame(table: Table) -> dict[str, Table]:
    return {FRAME: table} if table.cells else {}
