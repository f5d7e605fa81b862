"""Arranges annual figures on sheets as schools do: in columns, in rows, or a school's own form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from yearbook.catalogue import Catalogue, Question, School

Cell = str | float | int | None
Place = tuple[int, str, str]  # year, school, programme
Cells = Mapping[Place, Mapping[str, Cell]]  # place -> question -> what stands in the cell
Rows = Iterator[Sequence[Cell]]

RENAMED = 2018  # from this year on the headings are today's
OLD_HEADINGS = {
    "first_choice_applicants": "1. sijaiset hakijat",
    "accepted": "Opiskelupaikan vastaanottaneet",
    "students": "Opiskelijamäärä 20.9.",
    "student_years": "Opiskelijatyövuodet",
    "graduates": "Valmistuneet",
    "discontinued": "Keskeyttäneet",
    "special_support": "Erityisopiskelijat",
    "training_agreement": "Työssäoppijat",
    "basic_studies_pupils": "Perustason oppilaat",
    "advanced_studies_pupils": "Musiikkiopistotason oppilaat",
    "state_funding": "Yksikköhintarahoitus",
    "basic_arts_state_funding": "Musiikkiopiston valtionosuus",
    "events": "Konsertit",
    "audience": "Yleisömäärä",
}
SPOKEN_NAMES = (2018, 2019)  # years in which the schools were written as people say them
WORDS = {
    "fi": ("Oppilaitos", "Vuosi", "Tutkinto tai koulutus", "Tieto", "Yksikkö", "Arvo"),
    "sv": ("Läroanstalt", "År", "Examen eller utbildning", "Uppgift", "Enhet", "Värde"),
}


@dataclass(frozen=True)
class Part:
    """A sheet: its questions (in their order) and their cells; `per` as in the catalogue."""

    per: str
    questions: Sequence[Question]
    cells: Cells


def figures_across(part: Part, catalogue: Catalogue) -> Rows:
    """A heading, then one row for each year, school and programme."""
    school_word, year_word, programme_word, *_ = WORDS["fi"]
    oldest = min(year for year, _, _ in part.cells)
    where = [school_word, year_word, programme_word][: 2 if part.per == "school" else 3]
    yield [*where, *(_heading(question, oldest) for question in part.questions)]
    for (year, school, programme), said in part.cells.items():
        place: list[Cell] = [_name(catalogue.schools[school], year), year]
        if programme:
            place.append(catalogue.programmes[programme].name.fi)
        yield [*place, *(said.get(question.code) for question in part.questions)]


def questions_down(part: Part, catalogue: Catalogue) -> Rows:
    """The schools (and below them their programmes) as headings, one row for each question."""
    _, year_word, _, item, *_ = WORDS["fi"]
    year = next(iter(part.cells))[0]
    yield [f"{year_word}: {year}"]
    yield []
    yield [item, *(catalogue.schools[school].name.fi for _, school, _ in part.cells)]
    if part.per != "school":
        yield [None, *(catalogue.programmes[code].name.fi for _, _, code in part.cells)]
    for question in part.questions:
        yield [question.label.fi, *(said.get(question.code) for said in part.cells.values())]


def own_form(part: Part, catalogue: Catalogue) -> Rows:
    """One school and year above the table; questions by theme down, its programmes across."""
    year, code, _ = next(iter(part.cells))
    school = catalogue.schools[code]
    language = school.language
    school_word, year_word, _, item, unit, value = WORDS[language]
    programmes = [programme for _, _, programme in part.cells]
    yield [f"{school_word}: {school.name[language]}"]
    yield [f"{year_word}: {year}"]
    yield []
    names = [catalogue.programmes[p].name[language] if p else value for p in programmes]
    yield [item, unit, *names]
    theme = ""
    for question in part.questions:
        if question.theme != theme:
            theme = question.theme
            yield [catalogue.word(f"theme.{theme}")[language]]
        said = catalogue.word(f"unit.{question.unit}")[language]
        figures = (cells.get(question.code) for cells in part.cells.values())
        yield [question.label[language], said, *figures]


def _heading(question: Question, year: int) -> str:
    today = question.label.fi
    return today if year >= RENAMED else OLD_HEADINGS.get(question.code, today)


def _name(school: School, year: int) -> str:
    return school.also[0] if year in SPOKEN_NAMES and school.also else school.name_in(year).fi
