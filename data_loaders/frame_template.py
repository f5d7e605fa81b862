"""Writes the blank sheet of a survey round's frame: whom it asked, by school and programme."""

from __future__ import annotations

import io
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from data_loaders import template_style as style
from yearbook.catalogue import Catalogue
from yearbook.language import EN_DASH, Language

LABELS = ("survey", "survey_year", "opened", "closed")
FIRST_LABEL_ROW = 2
HEADING_ROW = 8
PLACES = ("school", "programme", "cohort")
COUNTS = ("invited", "reached")
INSTRUCTIONS = ("first", "invited", "missing", "whole_school", "keep")
DAY_FORMAT = "d.m.yyyy"
# Of whom a survey of graduates is not: basic education in the arts has pupils, not graduates.
NOT_SURVEYED = "education"


@dataclass(frozen=True)
class Asked:
    """A round of a survey. cohorts: whom it asks, where rounds of the survey choose that."""

    survey: str
    survey_year: int
    cohorts: tuple[int, ...] = ()


@dataclass(frozen=True)
class FrameForm:
    """What a blank sheet is made of."""

    catalogue: Catalogue
    round: Asked
    language: Language

    def say(self, key: str, **values: object) -> str:
        return self.catalogue.word(f"template.frame.{key}").fill(**values)[self.language]

    @property
    def survey_name(self) -> str:
        return self.catalogue.surveys[self.round.survey].name[self.language]

    @property
    def cohorts(self) -> tuple[int, ...]:
        lag = self.catalogue.surveys[self.round.survey].cohort_lag
        return self.round.cohorts if lag is None else (self.round.survey_year - lag,)

    def rows(self) -> list[tuple[str, str, int]]:
        """School, programme ("" where the school has none to tell apart) and cohort."""
        members = [
            s.code for s in self.catalogue.schools.values() if s.is_member(self.round.survey_year)
        ]
        return [
            (school, programme, cohort)
            for school in members
            for programme in self._programmes(school) or ("",)
            for cohort in self.cohorts
            if not programme or self._exists(programme, cohort)
        ]

    def _programmes(self, school: str) -> tuple[str, ...]:
        """What graduates of a school can have studied: programmes that no other is part of."""
        known = self.catalogue.programmes
        offered = [known[c] for c in self.catalogue.schools[school].offers if c in known]
        parents = {programme.part_of for programme in offered}
        return tuple(
            programme.code
            for programme in offered
            if programme.code not in parents and programme.kind != NOT_SURVEYED
        )

    def _exists(self, programme: str, cohort: int) -> bool:
        """Whether anyone can have graduated from it in the school year."""
        known = self.catalogue.programmes[programme]
        return (known.first or 0) <= cohort + 1 and cohort <= (known.last or 9999)


def blank_frame(catalogue: Catalogue, asked: Asked, language: Language | str) -> bytes:
    """An xlsx file with a row for each school, programme and cohort."""
    form = FrameForm(catalogue, asked, Language(language))
    workbook = Workbook()
    workbook.remove(workbook.active)
    _write_sheet(workbook, form)
    _write_instructions(workbook, form)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _write_sheet(workbook: Workbook, form: FrameForm) -> None:
    sheet = workbook.create_sheet(form.say("invited"))
    style.title(sheet, form.say("title", survey=form.survey_name, year=form.round.survey_year))
    _write_labels(sheet, form)
    for column, name in enumerate((*PLACES, *COUNTS), start=1):
        style.heading(sheet, HEADING_ROW, column, form.say(name))
    rows = form.rows()
    for number, (school, programme, cohort) in enumerate(rows, start=HEADING_ROW + 1):
        _write_place(sheet, form, number, (school, programme, cohort))
    _open(sheet, form, len(rows))
    style.widths(sheet, 40, 34, 22, 14, 14)
    sheet.row_dimensions[HEADING_ROW].height = 32
    sheet.freeze_panes = sheet.cell(HEADING_ROW + 1, 1)
    style.for_paper(sheet, HEADING_ROW)


def _write_labels(sheet: Worksheet, form: FrameForm) -> None:
    """The survey and its year are written already; the field dates are to be filled in."""
    told: dict[str, str | int] = {"survey": form.survey_name, "survey_year": form.round.survey_year}
    for row, name in enumerate(LABELS, start=FIRST_LABEL_ROW):
        style.label(sheet, row, form.say(name), told.get(name))
        if name not in told:
            style.open_cell(sheet, row, 2, "day")
            sheet.cell(row, 2).number_format = DAY_FORMAT
    style.remark(sheet, FIRST_LABEL_ROW + len(LABELS), form.say("fill_in"))


def _write_place(sheet: Worksheet, form: FrameForm, row: int, place: tuple[str, str, int]) -> None:
    school, programme, cohort = place
    known = form.catalogue
    name = known.programmes[programme].name[form.language] if programme else None
    style.asked(sheet, row, 1, known.schools[school].name_in(form.round.survey_year)[form.language])
    style.quiet(sheet, row, 2, name)
    style.quiet(sheet, row, 3, f"{cohort}{EN_DASH}{cohort + 1}")


def _open(sheet: Worksheet, form: FrameForm, rows: int) -> None:
    """Whole numbers and codes for what is not known are let in."""
    if not rows:
        return
    first_row, first_column = HEADING_ROW + 1, len(PLACES) + 1
    columns = range(first_column, first_column + len(COUNTS))
    addresses = [
        style.open_cell(sheet, row, column, "count")
        for row in range(first_row, first_row + rows)
        for column in columns
    ]
    rule = style.figures_only("count", addresses[0], form.catalogue, form.language)
    rule.add(f"{addresses[0]}:{addresses[-1]}")
    sheet.add_data_validation(rule)


def _write_instructions(workbook: Workbook, form: FrameForm) -> None:
    sheet = workbook.create_sheet(form.catalogue.word("template.instructions_sheet")[form.language])
    style.title(sheet, form.say("title", survey=form.survey_name, year=form.round.survey_year))
    for row, key in enumerate(INSTRUCTIONS, start=3):
        style.paragraph(sheet, row, form.say(f"instructions.{key}"))
    style.widths(sheet, 100)
