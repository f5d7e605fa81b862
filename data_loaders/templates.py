"""Writes the blank workbook of a year from the catalogue, for one school or for all of them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data_loaders import template_style as style
from data_loaders.annual.levels import LEVELS, WHOLE_SCHOOL, offered_by
from yearbook.catalogue import Catalogue, Question
from yearbook.language import Language

PERS = (*LEVELS, "school")
SCHOOL_CELL = "B2"
HEADING_ROW = 6
INSTRUCTIONS = ("first", "sheets", "numbers", "missing", "keep", "privacy")


@dataclass(frozen=True)
class Form:
    """What a blank workbook is made of. previous: figures of earlier returns, as a submission's."""

    catalogue: Catalogue
    year: int
    language: Language
    schools: tuple[str, ...]
    previous: pd.DataFrame | None = None

    def say(self, key: str, **values: object) -> str:
        return self.catalogue.word(f"template.{key}").fill(**values)[self.language]

    def questions(self, per: str) -> list[Question]:
        """What is asked in the year at a level, in the order in which it is published."""
        order: dict[str, int] = {}
        for indicator in self.catalogue.indicators.values():
            for code in indicator.questions:
                order.setdefault(code, len(order))
        themes = list(dict.fromkeys(i.theme for i in self.catalogue.indicators.values()))
        wanted = [
            question
            for question in self.catalogue.annual_questions
            if question.per == per
            and (question.since or 0) <= self.year <= (question.until or 9999)
        ]
        return sorted(
            wanted,
            key=lambda q: (
                themes.index(q.theme) if q.theme in themes else len(themes),
                order.get(q.code, len(order)),
                q.code,
            ),
        )

    def programmes(self, school: str, per: str) -> tuple[str, ...]:
        """The programmes of a level that a school offers in the year; "" for the whole school."""
        if per not in LEVELS:
            return (WHOLE_SCHOOL,)
        known = self.catalogue.programmes
        return tuple(
            code
            for code in offered_by(school, per, self.catalogue)
            if (known[code].first or 0) <= self.year <= (known[code].last or 9999)
        )

    def programme_name(self, code: str) -> str:
        if code == WHOLE_SCHOOL:
            return self.say("whole_school")
        return self.catalogue.programmes[code].name[self.language]

    def school_name(self, code: str) -> str:
        return self.catalogue.schools[code].name_in(self.year)[self.language]

    def earlier(self, school: str, programme: str, question: str) -> float | None:
        """The figure of the year before, if it is known."""
        if self.previous is None:
            return None
        frame = self.previous
        found = frame[
            (frame["school"] == school)
            & (frame["year"] == self.year - 1)
            & (frame["programme"] == programme)
            & (frame["question"] == question)
            & frame["value"].notna()
        ]
        return float(found["value"].iloc[0]) if len(found) else None


def blank(
    catalogue: Catalogue,
    year: int,
    language: Language | str,
    schools: Sequence[str],
    previous: pd.DataFrame | None = None,
) -> bytes:
    """An xlsx file. One school gets a form with figures in rows, several a table with a row each.

    previous: a submission's figures; those of the year before are shown beside the form's cells.
    """
    members = [
        code
        for code in (schools or catalogue.schools)
        if len(schools) == 1 or catalogue.schools[code].is_member(year)
    ]
    form = Form(catalogue, year, Language(language), tuple(members), previous)
    workbook = Workbook()
    workbook.remove(workbook.active)
    _write_instructions(workbook, form)
    for per in PERS:
        if any(form.programmes(school, per) for school in form.schools) and form.questions(per):
            _write_sheet(workbook, form, per)
    _write_lists(workbook, form)
    workbook.active = 1
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _write_instructions(workbook: Workbook, form: Form) -> None:
    sheet = workbook.create_sheet(form.say("instructions_sheet"))
    style.title(sheet, form.say("title", year=form.year))
    for row, key in enumerate(INSTRUCTIONS, start=3):
        style.paragraph(sheet, row, form.say(f"instructions.{key}", year=form.year))
    style.widths(sheet, 100)


def _write_sheet(workbook: Workbook, form: Form, per: str) -> None:
    sheet = workbook.create_sheet(form.say(f"sheet.{per}"))
    style.title(sheet, form.say("title", year=form.year))
    style.label(sheet, 3, form.say("year"), form.year)
    style.remark(sheet, 4, form.say("fill_in"))
    if len(form.schools) == 1:
        style.label(sheet, 2, form.say("school"), form.school_name(form.schools[0]))
        _offer_schools(sheet, form, SCHOOL_CELL)
        _write_rows(sheet, form, per)
    else:
        _write_columns(sheet, form, per)


def _write_rows(sheet: Worksheet, form: Form, per: str) -> None:
    """A question a row; a column for each programme, beside it the year before if that is known."""
    school = form.schools[0]
    programmes = form.programmes(school, per)
    columns = _row_headings(sheet, form, programmes)
    theme = ""
    first_row = HEADING_ROW + 1
    for row, question in enumerate(form.questions(per), start=first_row):
        key = f"theme.{question.theme}"
        name = form.catalogue.words[key][form.language] if key in form.catalogue.words else ""
        style.asked(sheet, row, 1, name if name != theme else "")
        theme = name
        style.asked(sheet, row, 2, _starred(question, form))
        style.quiet(sheet, row, 3, _unit(question, form))
        addresses = []
        for column, programme in columns.items():
            addresses.append(style.open_cell(sheet, row, column, question.type))
            if form.previous is not None:
                earlier = form.earlier(school, programme, question.code)
                style.quiet(sheet, row, column + 1, earlier)
                sheet.cell(row, column + 1).number_format = sheet.cell(row, column).number_format
        _restrict(sheet, question, addresses, form)
        style.quiet(sheet, row, _after(columns, form), question.help[form.language])
    step = 1 if form.previous is None else 2
    style.widths(sheet, 18, 34, 16, *[18.0] * (step * len(columns)), 70)
    sheet.freeze_panes = sheet.cell(first_row, 4)
    style.for_paper(sheet, HEADING_ROW)


def _row_headings(sheet: Worksheet, form: Form, programmes: Sequence[str]) -> dict[int, str]:
    step = 1 if form.previous is None else 2
    columns = {4 + step * number: code for number, code in enumerate(programmes)}
    style.heading(sheet, HEADING_ROW, 1, "")
    style.heading(sheet, HEADING_ROW, 2, form.say("question"))
    style.heading(sheet, HEADING_ROW, 3, form.say("unit"))
    for column, code in columns.items():
        style.heading(sheet, HEADING_ROW, column, form.programme_name(code))
        if form.previous is not None:
            said = form.say("previous_year", year=form.year - 1)
            heading = f"{form.programme_name(code)}: {said}"
            style.heading(sheet, HEADING_ROW, column + 1, heading)
    style.heading(sheet, HEADING_ROW, _after(columns, form), form.say("explanation"))
    sheet.row_dimensions[HEADING_ROW].height = 48
    return columns


def _after(columns: dict[int, str], form: Form) -> int:
    return max(columns) + (1 if form.previous is None else 2)


def _write_columns(sheet: Worksheet, form: Form, per: str) -> None:
    """A school and programme a row; a column for each question."""
    places = [(s, p) for s in form.schools for p in form.programmes(s, per)]
    labels = ["school", "programme"] if per in LEVELS else ["school"]
    questions = form.questions(per)
    for column, name in enumerate(labels, start=1):
        style.heading(sheet, HEADING_ROW, column, form.say(name))
    for column, question in enumerate(questions, start=len(labels) + 1):
        style.heading(sheet, HEADING_ROW, column, _starred(question, form))
    first_row = HEADING_ROW + 1
    for row, (school, programme) in enumerate(places, start=first_row):
        style.asked(sheet, row, 1, form.school_name(school))
        if per in LEVELS:
            style.quiet(sheet, row, 2, form.programme_name(programme))
    rows = range(first_row, first_row + len(places))
    for column, question in enumerate(questions, start=len(labels) + 1):
        addresses = [style.open_cell(sheet, row, column, question.type) for row in rows]
        _restrict(sheet, question, addresses, form)
    _offer_schools(sheet, form, f"A{first_row}:A{rows[-1]}")
    style.widths(sheet, 40, *([34.0] if per in LEVELS else []), *[17.0] * len(questions))
    sheet.row_dimensions[HEADING_ROW].height = 64
    sheet.freeze_panes = sheet.cell(first_row, len(labels) + 1)
    style.for_paper(sheet, HEADING_ROW)


def _starred(question: Question, form: Form) -> str:
    star = " *" if question.required else ""
    return f"{question.label[form.language]}{star}"


def _unit(question: Question, form: Form) -> str:
    key = f"unit.{question.unit}"
    return form.catalogue.words[key][form.language] if key in form.catalogue.words else ""


def _restrict(sheet: Worksheet, question: Question, addresses: Sequence[str], form: Form) -> None:
    if not addresses:
        return
    rule = style.figures_only(question.type, addresses[0], form.catalogue, form.language)
    for address in addresses:
        rule.add(address)
    sheet.add_data_validation(rule)


def _write_lists(workbook: Workbook, form: Form) -> None:
    """The names that drop-downs offer, on a hidden sheet."""
    sheet = workbook.create_sheet(form.say("lists_sheet"))
    for row, code in enumerate(form.catalogue.schools, start=1):
        sheet.cell(row, 1, form.school_name(code))
    sheet.sheet_state = "hidden"


def _offer_schools(sheet: Worksheet, form: Form, cells: str) -> None:
    last = len(form.catalogue.schools)
    column = get_column_letter(1)
    lists = form.say("lists_sheet")
    rule = style.one_of(f"'{lists}'!${column}$1:${column}${last}", form.catalogue, form.language)
    rule.add(cells)
    sheet.add_data_validation(rule)
