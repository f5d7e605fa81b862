"""One school's file: opens what the school may see, draws its charts and writes them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from office.databases import visitors_shelf
from office.packs import pages, selection, slides
from office.packs.selection import ANSWERS, YEARS, Shown
from office.settings import settings
from yearbook import catalogue, shelf
from yearbook.charts import Chart, draw
from yearbook.charts.captions import linked
from yearbook.charts.words import word_of
from yearbook.editions import MEMBERS, Edition
from yearbook.joining import joined, with_words
from yearbook.language import Language, Text, write_date


@dataclass(frozen=True, slots=True)
class Piece:
    """What one process makes at a time: a school's file of an edition."""

    edition: str
    school: str
    kind: str
    language: Language | None


@dataclass(frozen=True, slots=True)
class Made:
    school: str
    name: str
    content: bytes


@dataclass(frozen=True)
class Pack:
    """All that stands in a file, in one language. cautions: whose eyes it is for, and what a dash
    means. file_name: without its ending."""

    language: Language
    school: str
    organisation: str
    title: str
    lead: str
    edition: str
    contents: str
    charts: tuple[Chart, ...]
    cautions: tuple[str, ...]
    invented: str
    file_name: str


WRITERS = {"pptx": slides.write, "pdf": pages.write}


def make(piece: Piece) -> Made:
    pack = pack_of(edition_for(piece.edition, piece.school), piece.school, piece.language)
    content = WRITERS[piece.kind](pack)
    return Made(piece.school, f"{pack.file_name}.{piece.kind}", content)


def edition_for(name: str, school: str) -> Edition:
    """What that school may see of the edition: as the door reads it for its members."""
    members = members_edition(name)
    try:
        own = shelf.open(visitors_shelf(), name, school)
    except shelf.NotOnShelfError:  # none of its graduates answered
        return members
    return joined(members, own, school)


@lru_cache(maxsize=1)
def members_edition(name: str) -> Edition:
    words = dict(catalogue.read(settings().catalogue)["words"])
    return with_words(shelf.open(visitors_shelf(), name, MEMBERS), words)


def pack_of(edition: Edition, school: str, language: Language | None) -> Pack:
    of = edition.catalogue.schools[school]
    spoken = language or Language(of.language)
    charts = tuple(_charts(edition, school, spoken))

    def word(key: str, **values: object) -> str:
        found = word_of(edition.catalogue, f"packs.{key}")
        return (found.fill(**values) if values else found)[spoken]

    name = of.name[spoken]
    day = write_date(date.fromisoformat(edition.published[:10]), spoken)
    has_own = any(chart.own_school for chart in charts)
    return Pack(
        language=spoken,
        school=name,
        organisation=edition.catalogue.association[spoken],
        title=word("title"),
        lead=word("lead"),
        edition=word("edition", name=edition.name, date=day),
        contents=word("contents"),
        charts=charts,
        cautions=(*([word("own", school=name)] if has_own else []), word("withheld")),
        invented=next((chart.invented for chart in charts if chart.invented), ""),
        file_name=f"{word('file')}_{edition.name}_{school}",
    )


def _charts(edition: Edition, school: str, language: Language) -> list[Chart]:
    """In the order of the selection, without what the edition has nothing of."""
    found = []
    for shown in selection.read(settings().catalogue):
        table = selection.cells(edition, shown, school)
        if table.cells:
            headline = _headline(edition, shown, school)
            view = replace(selection.view(shown, school), language=language, headline=headline)
            chart = draw(edition, table, view)
            found.append(linked(chart, _address(edition, shown, school, language)))
    return found


def _headline(edition: Edition, shown: Shown, school: str) -> Text | None:
    """One school before the others has no finding drafted: then whose figure it is."""
    if shown.shows != YEARS:
        return None
    name = edition.catalogue.schools[school].short
    label = edition.catalogue.indicators[shown.indicator].label
    return Text(*(f"{name[one]}: {label[one]}" for one in Language))


def _address(edition: Edition, shown: Shown, school: str, language: Language) -> str:
    """Where a reader who may sign in sees these figures; "" where the world has no address."""
    if not settings().address:
        return ""
    query = {"lang": language.value, "school": school}
    known = edition.catalogue.indicators.get(shown.indicator)
    if known is not None:
        query["question" if shown.shows == ANSWERS else "indicator"] = shown.indicator
    page = "tilastot" if known is not None and known.source == "annual" else "kyselyt"
    return f"{settings().address}/{page}?{urlencode({**query, 'edition': edition.name})}"
