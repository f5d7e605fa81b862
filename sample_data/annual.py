"""Writes the invented annual returns as workbooks, with the mess of real ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from sample_data.figures import Figure, invent
from sample_data.layouts import Cell, Part, Rows, figures_across, own_form, questions_down
from yearbook.catalogue import Catalogue, Question
from yearbook.language import NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE, Language, write_number

MARK = "Keksitty esimerkkiaineisto – Påhittat exempelmaterial – Invented sample data"
# Years that share a workbook with all schools; the newest two come as one from each school.
ERAS = (range(2012, 2015), range(2018, 2020), range(2022, 2024))
QUESTIONS_DOWN = (2020, 2021)  # the form of these years had a column for each school
NOT_RETURNED = ("lappia", 2016)
LATE = "palmgren"  # has not handed in the newest year
DECIMAL_COMMA = {"gradia", "kuopio", "oulu"}  # decimals typed as text
THOUSANDS = {"lahti": " ", "tampere": NO_BREAK_SPACE, "turku": NARROW_NO_BREAK_SPACE}
DASHES = {"kainuu", "kymi"}  # always "-" for what is not known
UNKNOWN = ("-", "–", "ei tietoa", "..", None)
UNKNOWN_SHARE = 0.012

THEMES = ("admission", "students", "basic_arts", "staff", "money", "activity")
SHEETS = {
    "qualification": {"fi": "Ammatillinen koulutus", "sv": "Yrkesutbildning"},
    "education": {"fi": "Taiteen perusopetus", "sv": "Grundläggande konstundervisning"},
    "school": {"fi": "Henkilöstö, talous, toiminta", "sv": "Personal, ekonomi, verksamhet"},
}
TITLES = {"fi": "Jäsentilasto {}", "sv": "Medlemsstatistik {}"}
HELP = {
    "fi": ("Ohje", "Kirjoita 0, kun lukumäärä on nolla, ja viiva, kun tietoa ei ole."),
    "sv": ("Anvisningar", "Skriv 0 när antalet är noll och streck när uppgift saknas."),
}
Typed = Sequence[tuple[Figure, Cell]]


def write(folder: Path, seed: int, years: Iterable[int], catalogue: Catalogue) -> list[Path]:
    """The workbooks of those years; the same seed writes the same cells."""
    wanted = sorted(set(years))
    missing = {NOT_RETURNED, (LATE, wanted[-1])}
    invented = invent(catalogue, seed, wanted)
    returned = [figure for figure in invented if (figure.school, figure.year) not in missing]
    typed = _typed(returned, catalogue, np.random.default_rng(seed))
    return [
        *(_of_all(folder, [t for t in typed if t[0].year in era], catalogue)
          for era in _eras(wanted[:-2])),
        *(_of_one(folder, own, catalogue) for own in _own_returns(typed, wanted[-2:])),
    ]  # fmt: skip


def _eras(years: Sequence[int]) -> list[list[int]]:
    """The years in groups, each for one workbook."""
    groups: dict[int, list[int]] = {}
    for year in years:
        first = next((era[0] for era in ERAS if year in era), year)
        groups.setdefault(first, []).append(year)
    return list(groups.values())


def _own_returns(typed: Typed, years: Sequence[int]) -> Iterator[Typed]:
    own: dict[tuple[str, int], list[tuple[Figure, Cell]]] = {}
    for figure, cell in typed:
        if figure.year in years:
            own.setdefault((figure.school, figure.year), []).append((figure, cell))
    yield from own.values()


def _typed(figures: Sequence[Figure], catalogue: Catalogue, random: np.random.Generator) -> Typed:
    """Each figure as its school types it, or with a code where the school does not know it."""
    unknown = random.random(len(figures)) < UNKNOWN_SHARE
    codes = random.integers(len(UNKNOWN), size=len(figures))
    typed: list[tuple[Figure, Cell]] = []
    for figure, is_unknown, code in zip(figures, unknown, codes, strict=True):
        question = catalogue.questions[figure.question]
        if is_unknown and not question.required:
            typed.append((figure, "-" if figure.school in DASHES else UNKNOWN[code]))
        else:
            typed.append((figure, _written(figure, question)))
    return typed


def _written(figure: Figure, question: Question) -> Cell:
    if question.type == "decimal":
        as_text = figure.school in DECIMAL_COMMA
        return str(figure.value).replace(".", ",") if as_text else figure.value
    if question.type == "money" and figure.school in THOUSANDS:
        text = write_number(figure.value, 0, Language.FI)
        return text.replace(NARROW_NO_BREAK_SPACE, THOUSANDS[figure.school])
    return int(figure.value)


def _of_all(folder: Path, typed: Typed, catalogue: Catalogue) -> Path:
    """One workbook with all schools."""
    years = sorted({figure.year for figure, _ in typed})
    span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    arrange = questions_down if years[0] in QUESTIONS_DOWN else figures_across
    book = Workbook()
    book.remove(book.active)
    _fill(book, typed, catalogue, arrange, "fi")
    path = folder / f"jasentilasto_{span.replace('–', '-')}.xlsx"
    book.save(path)
    return path


def _of_one(folder: Path, typed: Typed, catalogue: Catalogue) -> Path:
    """A school's own workbook, in its language, with a sheet of instructions."""
    first = typed[0][0]
    language = catalogue.schools[first.school].language
    book = Workbook()
    book.remove(book.active)
    name, text = HELP[language]
    _new_sheet(book, name, TITLES[language].format(first.year)).append([text])
    _fill(book, typed, catalogue, own_form, language)
    path = folder / f"{first.school}_{first.year}.xlsx"
    book.save(path)
    return path


def _fill(
    book: Workbook,
    typed: Typed,
    catalogue: Catalogue,
    arrange: Callable[[Part, Catalogue], Rows],
    language: str,
) -> None:
    years = sorted({figure.year for figure, _ in typed})
    span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    for per, names in SHEETS.items():
        part = _part(per, typed, catalogue)
        if not part.cells:
            continue
        sheet = _new_sheet(book, names[language], TITLES[language].format(span))
        for row in arrange(part, catalogue):
            sheet.append(list(row))


def _part(per: str, typed: Typed, catalogue: Catalogue) -> Part:
    """The figures that are asked per qualification, per education or per school."""
    cells: dict[tuple[int, str, str], dict[str, Cell]] = {}
    asked: dict[str, Question] = {}
    for figure, cell in typed:
        question = catalogue.questions[figure.question]
        if question.per == per:
            asked.setdefault(figure.question, question)
            place = (figure.year, figure.school, figure.programme)
            cells.setdefault(place, {})[figure.question] = cell
    in_order = sorted(asked.values(), key=lambda question: THEMES.index(question.theme))
    return Part(per, in_order, dict(sorted(cells.items(), key=lambda item: item[0][0])))


def _new_sheet(book: Workbook, name: str, title: str) -> Worksheet:
    sheet: Worksheet = book.create_sheet(name)
    for text in (title, MARK, None):
        sheet.append([text])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A2"].font = Font(italic=True)
    sheet.column_dimensions["A"].width = 36
    return sheet
