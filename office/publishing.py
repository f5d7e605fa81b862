"""Previews what would be published, publishes it, and rolls back to an older edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from access import record
from office import quoting, unsafe
from office.databases import accounts_engine, archive_engine, shelf_engine
from office.locks import only_one
from office.refusals import refusal
from office.spreading import spread
from office.unsafe import UnsafeEditionError
from office.using import catalogue_in_use
from yearbook import archive, publication, shelf
from yearbook.catalogue import Catalogue, CatalogueError
from yearbook.database import Engine
from yearbook.edition_files import header, write_json
from yearbook.editions import MEMBERS, Edition
from yearbook.language import Text, same_in_all
from yearbook.publication import Before, Change, Title, UnsafeError, Work
from yearbook.submissions import Submission

Report = Callable[[float, Text], None]


@dataclass(frozen=True)
class Draft:
    """An edition that is ready to be published, and what the director ought to know of it.

    companions: what the public and each school see, of the same name.
    changes: against the edition that visitors see (`against`, None at first).
    missing_schools: statistical year -> members that have not handed in;
    missing_answers: survey -> members of whose graduates nobody answered the newest round.
    is_unchanged: visitors would see what they see now, down to the last word.
    fingerprint: of the archive when it was read.
    """

    edition: Edition
    companions: tuple[Edition, ...]
    against: str | None
    changes: tuple[Change, ...]
    missing_schools: Mapping[str, tuple[str, ...]]
    missing_answers: Mapping[str, tuple[str, ...]]
    is_unchanged: bool
    fingerprint: str


def preview(report: Report = lambda share, what: None) -> Draft:
    """Prepare an edition of all that is in force; nothing is stored. Takes seconds to minutes."""
    with only_one("publication"):
        return _preview(report)


def preview_for(who: str, report: Report = lambda share, what: None) -> Draft:
    """The same; when the audit refuses it, the record says so, whoever waits for the answer."""
    try:
        return preview(report)
    except UnsafeEditionError as error:
        record.note(accounts_engine(), who, "publication_refused", str(error.count))
        raise


def publish(draft: Draft, who: str) -> Edition:
    """Put the draft on the shelf and show it, unless archive or shelf have changed since."""
    on_shelf = shelf_engine()
    if archive.fingerprint(archive_engine()) != draft.fingerprint:
        raise refusal("archive_changed")
    if shelf.current(on_shelf) != draft.against:
        raise refusal("shelf_changed")
    now = datetime.now(UTC)
    day = _local_day(now)
    edition, *companions = (
        replace(one, published=day) for one in (draft.edition, *draft.companions)
    )
    try:
        # First, for the archive must know what any edition rests on that somebody may have seen.
        archive.release(archive_engine(), edition.name, draft.fingerprint)
        shelf.put_all(on_shelf, (edition, *companions), who, now)
    except archive.OtherAnswersError:
        raise refusal("archive_changed") from None
    except shelf.NameTakenError:
        raise refusal("shelf_changed") from None
    return edition


def roll_back(name: str, who: str) -> None:
    """Show visitors that edition again; the newer ones stay on the shelf."""
    on_shelf = shelf_engine()
    try:
        for audience in shelf.audiences(on_shelf, name) or (MEMBERS,):
            shelf.verify(on_shelf, name, audience)
    except shelf.NotOnShelfError:
        names = ", ".join(shelf.names(on_shelf))
        raise refusal("no_such_edition", name=name, names=names) from None
    except shelf.DamagedEditionError:
        raise refusal("damaged_edition", name=name) from None
    shelf.point_at(on_shelf, name, who, datetime.now(UTC))


def next_name(on_shelf: Engine, year: int | None = None) -> str:
    """ "2026.1": the year of publication, and a number that runs within it."""
    prefix = f"{year or datetime.now().astimezone().year}."
    taken = [name.removeprefix(prefix) for name in shelf.names(on_shelf) if name.startswith(prefix)]
    return f"{prefix}{max((int(number) for number in taken if number.isdigit()), default=0) + 1}"


def _preview(report: Report) -> Draft:
    in_archive, on_shelf = archive_engine(), shelf_engine()
    using = _catalogue()
    report(0.0, using.word("office.progress.reading_archive"))
    fingerprint = archive.fingerprint(in_archive)  # before reading: a later change will show
    annual, surveys = archive.annual(in_archive), archive.surveys(in_archive)
    tabulated = archive.tabulated(in_archive)
    if annual.figures.empty and surveys.respondents.empty and tabulated.tabulated.empty:
        raise refusal("nothing_to_publish")
    title = Title(next_name(on_shelf), _local_day(datetime.now(UTC)))
    handed_in = (annual, surveys, archive.frames(in_archive), tabulated)
    work = Work(
        before=_before(in_archive, on_shelf),
        quotes=quoting.for_edition(),
        report=_measuring(using, report),
        run=spread,
    )
    try:
        made = publication.publish_all(handed_in, using, title, work)
    except UnsafeError as error:
        raise unsafe.refusal_of(error, using) from error
    report(0.95, using.word("office.progress.comparing"))
    public = publication.for_public(made.members)
    shown = shelf.latest(on_shelf)
    companions = (public, *made.own.values())
    return Draft(
        edition=made.members,
        companions=companions,
        against=shown.name if shown else None,
        changes=publication.changes(made.members, shown),
        missing_schools=_missing_schools(made.members),
        missing_answers=_missing_answers(surveys, using),
        is_unchanged=all(_is_on_shelf(one, on_shelf) for one in (made.members, *companions)),
        fingerprint=fingerprint,
    )


def _before(in_archive: Engine, on_shelf: Engine) -> Before:
    """All that was ever published, and what it rested on."""
    rested = archive.before(in_archive, shelf.names(on_shelf))
    members = shelf.editions_for(on_shelf, MEMBERS)
    schools = {code for edition in members for code in edition.catalogue.schools}
    own = {school: shelf.editions_for(on_shelf, school) for school in sorted(schools)}
    return Before(
        editions=members,
        own={school: editions for school, editions in own.items() if editions},
        changed=rested.changed,
        answers=rested.answers,
        erased=rested.erased,
    )


def _is_on_shelf(edition: Edition, on_shelf: Engine) -> bool:
    """Whether its readers see just that already; how it was made is no part of it."""
    shown = shelf.latest(on_shelf, edition.audience)
    if shown is None or [*shown.tables] != [*edition.tables] or _words(shown) != _words(edition):
        return False
    return all(shown.tables[code] == table for code, table in edition.tables.items())


def _words(edition: Edition) -> bytes:
    """All that readers see of an edition but its tables."""
    aside = ("name", "published", "digest", "took", "report")
    said = {name: value for name, value in header(edition).items() if name not in aside}
    return write_json(said, in_order=True)


def _measuring(using: Catalogue, report: Report) -> Callable[[float, str], None]:
    """Says what is measured or protected by its label, and keeps a twentieth of the way for each
    end."""
    surveyed = [question.code for question in using.survey_questions]
    told, protecting = (
        using.word(f"office.progress.{work}") for work in ("measuring", "protecting")
    )

    def measuring(share: float, code: str) -> None:
        known = using.indicators.get(code) or using.questions.get(code)
        what = known.label if known else same_in_all(code)
        words = told.fill(what=what)
        if code in surveyed:
            number = surveyed.index(code) + 1
            words = protecting.fill(what=what, number=number, count=len(surveyed))
        report(0.05 + 0.9 * share, words)

    return measuring


def _missing_schools(edition: Edition) -> dict[str, tuple[str, ...]]:
    schools = edition.catalogue.schools.values()
    return {
        year: tuple(s.code for s in schools if s.is_member(int(year)) and s.code not in returned)
        for year, returned in sorted(edition.returned.items())
    }


def _missing_answers(surveys: Submission, using: Catalogue) -> dict[str, tuple[str, ...]]:
    people = surveys.respondents
    missing = {}
    for survey, of_survey in people.groupby("survey"):
        newest = int(of_survey["survey_year"].max())
        answered = set(of_survey.loc[of_survey["survey_year"] == newest, "school"])
        members = [school for school in using.schools.values() if school.is_member(newest)]
        missing[str(survey)] = tuple(s.code for s in members if s.code not in answered)
    return missing


def _catalogue() -> Catalogue:
    try:
        return catalogue_in_use()
    except CatalogueError as error:
        raise refusal("bad_catalogue", reason=str(error)) from error


def _local_day(moment: datetime) -> str:
    return moment.astimezone().date().isoformat()
