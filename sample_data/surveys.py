"""Writes the invented survey rounds as workbooks, one row for each graduate who answered."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from openpyxl import Workbook

from sample_data import frames, older_forms, report
from sample_data.annual import MARK
from sample_data.answers import Answer, Answers, invent_answers
from sample_data.graduates import Graduates, invent_graduates, invent_members
from yearbook.catalogue import Catalogue, Question, School, Survey

Cell = str | float | int | datetime | None
Row = Sequence[Cell]
Wordings = dict[tuple[str, str], list[str]]  # question, option -> how it reads

# The wide survey asks several school years at once: those that began in these years.
WIDE = {2012: range(2005, 2011), 2017: range(2011, 2016), 2023: range(2017, 2022)}
AS_TEXT = {("wide", 2017)}
AS_REPORT = {("wide", 2012)}  # its answers are lost, only the tables of its report are left
FILE_NAMES = {"base": "peruskysely", "followup": "seurantakysely", "wide": "laaja_seurantakysely"}
THEMES = ("background", "placement", "work", "study", "education")
ROLES = ("Aikaleima", "Kysely", "Kyselyvuosi", "Oppilaitos", "Osaamisala", "Valmistumislukuvuosi")
OLDER_ROLES = (
    "Aikaleima", "Kysely", "Kyselyvuosi", "Missä oppilaitoksessa suoritit tutkinnon?",
    "Koulutusohjelma", "Minä lukuvuonna valmistuit?",
)  # fmt: skip
COMMENTING = 0.14  # how many write something of their own
TYPED_SCHOOLS = range(2014, 2018)  # rounds in which the school was typed, not chosen from a list


@dataclass(frozen=True)
class Round:
    """One survey in one year, and what it asks."""

    survey: Survey
    year: int
    cohorts: range
    questions: tuple[Question, ...]

    @property
    def is_renewed(self) -> bool:
        return self.year >= older_forms.RENEWED

    @property
    def file_name(self) -> str:
        if (self.survey.code, self.year) in AS_REPORT:
            return f"{FILE_NAMES[self.survey.code]}_{self.year}_raportti.xlsx"
        suffix = "csv" if (self.survey.code, self.year) in AS_TEXT else "xlsx"
        return f"{FILE_NAMES[self.survey.code]}_{self.year}.{suffix}"


def write(folder: Path, seed: int, years: Iterable[int], catalogue: Catalogue) -> list[Path]:
    """The rounds of those years; the same seed writes the same cells, whichever years are asked."""
    members = invent_members(catalogue, seed)
    written = []
    for asked in rounds(years, catalogue):
        random = np.random.default_rng([seed, asked.year, asked.survey.order])
        who = (asked.survey.code, asked.year, asked.cohorts)
        graduates = invent_graduates(who, members, catalogue, random)
        answers = invent_answers(graduates, catalogue, random) | _comments(graduates, random)
        if (asked.survey.code, asked.year) in AS_REPORT:
            written.append(_report(folder, asked, graduates, answers, catalogue))
        else:
            rows = _rows(asked, graduates, answers, random, catalogue)
            written.append(_file(folder, asked, rows))
        if (asked.survey.code, asked.year) != frames.WITHOUT_FRAME:
            path = folder / f"kutsutut_{FILE_NAMES[asked.survey.code]}_{asked.year}.xlsx"
            written.append(frames.write(path, asked.survey, graduates, catalogue))
    return written


def rounds(years: Iterable[int], catalogue: Catalogue) -> Iterator[Round]:
    """Base and follow-up in every year, the wide survey where its year is among them."""
    for year in sorted(set(years)):
        for survey in catalogue.surveys.values():
            if survey.cohort_lag is not None:
                first = year - survey.cohort_lag
                yield Round(survey, year, range(first, first + 1), _asked(survey, year, catalogue))
            elif year in WIDE:
                yield Round(survey, year, WIDE[year], _asked(survey, year, catalogue))


def _asked(survey: Survey, year: int, catalogue: Catalogue) -> tuple[Question, ...]:
    """The questions of the form, in its order; open questions come last."""
    order = {indicator.question: indicator.order for indicator in catalogue.indicators.values()}
    asked = [
        question
        for question in catalogue.survey_questions
        if survey.code in question.surveys
        and (question.since or 0) <= year <= (question.until or 9999)
    ]
    return tuple(
        sorted(asked, key=lambda q: (q.type == "text", THEMES.index(q.theme), order.get(q.code, 0)))
    )


def _file(folder: Path, asked: Round, rows: Iterable[Row]) -> Path:
    roles = ROLES if asked.is_renewed else OLDER_ROLES
    headings = [*roles, *(_heading(question, asked) for question in asked.questions)]
    path = folder / asked.file_name
    if path.suffix == ".csv":
        numbered = ([number, *row] for number, row in enumerate(rows, start=1))
        _save_text(path, ([MARK], ["Vastausnumero", *headings], *numbered))
    else:
        _save_workbook(path, ([MARK], headings, *rows))
    return path


def _report(
    folder: Path, asked: Round, graduates: Graduates, answers: Answers, catalogue: Catalogue
) -> Path:
    """The tables of the round's report, in which everyone's answers were put in Finnish."""
    questions = [question for question in asked.questions if question.choices]
    wordings = _wordings(asked, "fi")
    turns = np.random.default_rng(asked.year).random(len(graduates))
    writers = [Writer(asked, "fi", turn, wordings) for turn in turns]
    people = [
        (
            catalogue.schools[graduates.school[person]].name_in(asked.year).fi,
            [_as_text(_cell(answers[q.code][person], q, writer)) for q in questions],
        )
        for person, writer in enumerate(writers)
    ]
    tables = [
        report.Asked(
            question.theme,
            _heading(question, asked),
            [said for choice in question.choices for said in wordings[question.code, choice.code]],
            place,
        )
        for place, question in enumerate(questions)
    ]
    title = f"{asked.survey.name.fi} {asked.year}: osuus kysymykseen vastanneista, %"
    span = f"{asked.cohorts[0]}–{asked.cohorts[-1]}"
    return report.write(folder / asked.file_name, (title, span), tables, people)


def _as_text(cell: Cell) -> str | None:
    return None if cell is None else str(cell)


def _save_workbook(path: Path, rows: Iterable[Row]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Vastaukset")
    for row in rows:
        sheet.append(row)
    book.save(path)


def _save_text(path: Path, rows: Iterable[Row]) -> None:
    """As the survey programme of those years exported: semicolons, and the letters of Windows."""
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        for row in rows:
            writer.writerow([_written(cell) for cell in row])


def _written(cell: Cell) -> Cell:
    return f"{cell:%d.%m.%Y %H:%M}" if isinstance(cell, datetime) else cell


def _heading(question: Question, asked: Round) -> str:
    """Today's heading (in a grid "Question? [Item]"), or the older one."""
    if not asked.is_renewed:
        return older_forms.HEADINGS.get(question.code, question.label.fi)
    in_grid = [heading for heading in question.headings if heading.endswith("]")]
    return in_grid[0] if in_grid else question.label.fi


def _rows(
    asked: Round,
    graduates: Graduates,
    answers: Answers,
    random: np.random.Generator,
    catalogue: Catalogue,
) -> Iterator[Row]:
    """In the order in which they answered, most of them in the first weeks of the autumn."""
    minutes = np.sort(random.exponential(16_000, len(graduates)) % 86_000).astype(int)
    arrived = random.permutation(len(graduates))
    wordings = {language: _wordings(asked, language) for language in ("fi", "sv")}
    dash = "–" if asked.is_renewed else "-"
    for person, minute in zip(arrived, minutes, strict=True):
        school = catalogue.schools[graduates.school[person]]
        programme = catalogue.programmes[graduates.programme[person]]
        cohort = int(graduates.cohort[person])
        writer = Writer(asked, school.language, random.random(), wordings[school.language])
        yield [
            datetime(asked.year, 9, 15, 9) + timedelta(minutes=int(minute)),
            asked.survey.name.fi,
            asked.year,
            _school(school, writer),
            programme.name[writer.language],
            f"{cohort}{dash}{cohort + 1}",
            *(_cell(answers[q.code][person], q, writer) for q in asked.questions),
        ]


def _wordings(asked: Round, language: str) -> Wordings:
    """How each option reads on the form; of several older wordings the first was commonest."""
    older = {} if asked.is_renewed else older_forms.OPTIONS
    found: Wordings = {}
    for question in asked.questions:
        for choice in question.choices:
            said = older.get((question.code, choice.code), ((choice.label.fi, choice.label.sv),))
            found[question.code, choice.code] = [pair[language == "sv"] for pair in said]
    return found


@dataclass(frozen=True)
class Writer:
    """Who fills in the form: in which words, and a number in 0–1 for his own ways."""

    asked: Round
    language: str
    turn: float
    wordings: Wordings

    def option(self, question: str, code: str) -> str:
        wordings = self.wordings[question, code]
        return wordings[int(self.turn**1.7 * len(wordings))]


def _school(school: School, writer: Writer) -> str:
    if writer.asked.year in TYPED_SCHOOLS and writer.turn < 0.3 and school.also:
        return school.also[0]
    return school.name_in(writer.asked.year)[writer.language]


def _cell(answer: Answer, question: Question, writer: Writer) -> Cell:
    """The answer as the form exports it."""
    if answer is None:
        return None
    if question.type == "number":
        return int(float(str(answer)))
    if question.type == "text":
        return answer[writer.language == "sv"] if isinstance(answer, tuple) else str(answer)
    if isinstance(answer, tuple):
        return ";".join(writer.option(question.code, code) for code in answer)
    return writer.option(question.code, str(answer))


def _comments(graduates: Graduates, random: np.random.Generator) -> Answers:
    """Few write something; what they write is one of the sentences of older_forms."""
    found: Answers = {}
    for question, sentences in older_forms.COMMENTS.items():
        chosen = random.integers(len(sentences), size=len(graduates))
        writes = random.random(len(graduates)) < COMMENTING
        found[question] = [
            sentences[number] if written else None
            for number, written in zip(chosen, writes, strict=True)
        ]
    return found
