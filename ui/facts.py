"""Facts about an edition and its schools, as sentences: what is new, who is missing, who is who."""

from __future__ import annotations

from ui import naming
from ui.visit import Visitor
from yearbook.catalogue import Indicator, Question, Version
from yearbook.charts.series_breaks import BROKEN, is_broken
from yearbook.editions import PUBLIC, Edition
from yearbook.language import EN_DASH, write_number


def news(edition: Edition, visitor: Visitor) -> list[str]:
    """The newest year of the annual figures, and the newest graduates of each survey."""
    said = []
    if edition.years:
        year = edition.years[-1]
        returned, whole = len(edition.returned[year]), len(_members(edition, year))
        words = {"year": year, "returned": returned, "whole": whole}
        said.append(visitor.word("pages.overview.new_annual", **words))
    for survey, name in naming.surveys(edition, visitor).items():
        answered = edition.respondents.get(survey, {})
        if answered:
            cohort = max(answered)
            words = {
                "survey": name,
                "cohort": naming.cohort_name(cohort),
                "number": write_number(answered[cohort], 0, visitor.language),
            }
            said.append(visitor.word("pages.overview.new_survey", **words))
    return said


def missing(edition: Edition, visitor: Visitor, year: str) -> str:
    """Who has not returned the figures of that year."""
    returned = edition.returned.get(year, ())
    absent = [code for code in _members(edition, year) if code not in returned]
    if not absent:
        return visitor.word("pages.overview.nobody_missing", year=year)
    names = naming.schools(edition, visitor)
    listed = ", ".join(names[code] for code in absent)
    return visitor.word("pages.overview.missing", year=year, schools=listed)


def of_school(edition: Edition, visitor: Visitor, code: str) -> str:
    """ "Kuopio · Pohjois-Savo · ylläpitäjä … (yhdistys)"."""
    catalogue = edition.catalogue
    school = catalogue.schools[code]
    parts = [visitor.reads(school.town)]
    if school.region in catalogue.regions:
        parts.append(visitor.reads(catalogue.regions[school.region].name))
    if school.maintainer:
        parts.append(visitor.word("pages.schools.maintainer", name=school.maintainer))
    if school.maintainer_kind in catalogue.maintainer_kinds:
        kind = visitor.reads(catalogue.maintainer_kinds[school.maintainer_kind].name)
        parts.append(kind.lower())
    return " · ".join(parts)


def programmes_of(edition: Edition, visitor: Visitor, code: str) -> str:
    """What the school teaches, in the order of the catalogue."""
    offers = edition.catalogue.schools[code].offers
    found = edition.catalogue.programmes.values()
    return " · ".join(visitor.reads(p.name) for p in found if p.code in offers)


def of_programme(edition: Edition, visitor: Visitor, code: str) -> str:
    """ "Osaamisala · Musiikkialan perustutkinto · koodi 1703 · 2018–"."""
    catalogue = edition.catalogue
    programme = catalogue.programmes[code]
    parts = [visitor.reads(catalogue.word(f"programme_kind.{programme.kind}"))]
    if programme.part_of and programme.part_of in catalogue.programmes:
        parts.append(visitor.reads(catalogue.programmes[programme.part_of].name))
    parts.append(visitor.word("pages.programmes.code", code=code))
    if programme.first or programme.last:
        span = f"{programme.first or ''}{EN_DASH}{programme.last or ''}"
        parts.append(visitor.word("pages.programmes.valid", span=span))
    return " · ".join(parts)


def schools_of(edition: Edition, visitor: Visitor, code: str) -> str:
    """Which schools give the programme."""
    schools = edition.catalogue.schools
    names = naming.schools(edition, visitor, is_short=True)
    given = [names[school] for school in names if code in schools[school].offers]
    if not given:
        return ""
    return visitor.word("pages.programmes.given_by", number=len(given), schools=", ".join(given))


def versions(question: Question, indicator: Indicator, visitor: Visitor) -> list[str]:
    """How the question changed, and whether the figure goes on over the change."""
    return [
        visitor.word(
            "pages.surveys.version",
            year=version.first,
            relation=visitor.word(f"pages.surveys.relation.{_relation(version, indicator)}"),
            note=visitor.reads(version.note),
        )
        for version in question.versions
    ]


def _relation(version: Version, indicator: Indicator) -> str:
    return BROKEN if is_broken(version, indicator) else version.relation


def source(edition: Edition, visitor: Visitor) -> str:
    """The line that stands once under a grid of small charts."""
    parts = [visitor.word("pages.source", association=visitor.reads(edition.catalogue.association))]
    if edition.years:
        year = edition.years[-1]
        returned, whole = len(edition.returned[year]), len(_members(edition, year))
        parts.append(visitor.word("pages.included", returned=returned, whole=whole, year=year))
    parts.append(visitor.word("frame.edition", name=edition.name).lower())
    if edition.audience == PUBLIC:
        parts.append(visitor.word("public.rounded"))
    if edition.invented:
        parts.append(visitor.word("frame.invented"))
    return " · ".join(parts)


def _members(edition: Edition, year: str) -> list[str]:
    schools = edition.catalogue.schools.values()
    return [school.code for school in schools if school.is_member(int(year))]
