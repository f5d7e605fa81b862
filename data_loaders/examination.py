"""Examines a survey export column by column: what each was taken for, why, and what it may be."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from data_loaders import workbook
from data_loaders.findings import Findings
from data_loaders.hints import Hints, named_as_told
from data_loaders.personal import MARK, is_personal_heading, looks_personal, strike
from data_loaders.sheets.table_search import find_tables
from data_loaders.sheets.tables import Column, Table, is_blank
from data_loaders.survey.column_facts import (
    ENOUGH,
    Facts,
    answers_of,
    facts_of,
    guessed_type,
    split_counts,
)
from data_loaders.survey.export import (
    codebook_sheets,
    table_by_shape,
    told_of,
    with_survey_contents,
)
from data_loaders.survey.long_form import widened
from data_loaders.words.heading_forms import forms
from data_loaders.words.heading_words import ANSWER_WORDS, is_coded
from data_loaders.words.lexicon import Lexicon
from data_loaders.words.likeness import (
    Suggestion,
    Wordings,
    known_choice,
    suggest,
    suggest_choices,
    suggest_questions,
    wordings,
)
from data_loaders.words.meanings import Meaning
from data_loaders.words.spelling import normal, text_of
from data_loaders.workbook import Sheet, Workbook
from yearbook.catalogue import Catalogue
from yearbook.submissions import Kind

__all__ = [
    "Examination", "ExaminedColumn", "ExaminedOption", "ExaminedSheet", "Suggestion", "examine",
    "examine_workbook", "known_choice", "suggest_choices", "suggest_questions",
]  # fmt: skip

SAMPLES = 3
LONGEST_SAMPLE = 160
MOST_OPTIONS_SUGGESTED = 40
COMPARED = 100  # contents by which a question or a role is suggested
PERSONAL = "personal"


@dataclass(frozen=True, slots=True)
class ExaminedOption:
    """A content of a column of choices. choice: the one it is, if known; why: "heading" for a
    wording of the catalogue, "mapping" for a decision of the director, "" where unknown."""

    text: str
    count: int
    choice: str | None
    why: str
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class ExaminedColumn:
    """A column of the file.

    key, occurrence: as a ColumnDecision names it. why: heading, code, mapping, codebook, content or
    "". stem, row: the question and the part of it, where several columns share the question.
    options: the different answers with how often, where they look like choices.
    """

    address: str
    key: str
    heading: str
    occurrence: int
    meaning: Meaning | None
    why: str
    samples: tuple[str, ...]
    filled: int
    different: int
    guessed_type: str
    suggestions: tuple[Suggestion, ...]
    options: tuple[ExaminedOption, ...]
    stem: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class ExaminedSheet:
    name: str
    rows: int
    columns: tuple[ExaminedColumn, ...]


@dataclass(frozen=True, slots=True)
class Examination:
    """survey: "" and survey_year: None where neither the director nor the file tells."""

    survey: str
    survey_year: int | None
    sheets: tuple[ExaminedSheet, ...]


@dataclass(frozen=True)
class Examiner:
    """A table with what is needed to judge its columns."""

    table: Table
    lexicon: Lexicon
    known: Wordings
    stems: Mapping[int, tuple[str, str]]


def examine(
    path: str | os.PathLike[str],
    catalogue: Catalogue,
    hints: Hints = Hints(),  # noqa: B008
) -> Examination:
    """What is in a file, of which no heading need be known. Raises Unreadable."""
    opened = workbook.read(path)
    return examine_workbook(opened, catalogue, replace(hints, name=hints.name or opened.name))


def examine_workbook(opened: Workbook, catalogue: Catalogue, hints: Hints) -> Examination:
    opened = named_as_told(opened, hints)
    told = told_of(opened, catalogue, hints)
    lexicon = Lexicon(catalogue, Kind.SURVEY, replace(told, is_survey=True))
    known = wordings(catalogue)
    explaining = codebook_sheets(opened)
    examined = [
        _examined(table, lexicon, known)
        for sheet in opened.sheets
        if not any(sheet is one for one in explaining)
        for table in _tables(sheet, lexicon)
    ]
    return Examination(told.survey, told.year, tuple(examined))


def _tables(sheet: Sheet, lexicon: Lexicon) -> Sequence[Table]:
    if sheet.hidden or lexicon.is_ignored_sheet(sheet.name):
        return ()
    found = find_tables(sheet, lexicon)
    if not found and (shaped := table_by_shape(sheet, lexicon)) is not None:
        found = (shaped,)
    known = [with_survey_contents(table, lexicon) for table in found]
    return [widened(table, lexicon, Findings()) for table in known]


def _examined(table: Table, lexicon: Lexicon, known: Wordings) -> ExaminedSheet:
    rows = [row for _, row in table.rows() if not is_blank(row)]
    examiner = Examiner(table, lexicon, known, stems_of(table.columns))
    columns = []
    for column in table.columns:
        index = column.index
        facts = facts_of([row[index] if index < len(row) else None for row in rows])
        if column.parts or facts.filled:
            columns.append(_examined_column(examiner, column, facts))
    return ExaminedSheet(table.name, len(rows), tuple(columns))


def _examined_column(examiner: Examiner, column: Column, facts: Facts) -> ExaminedColumn:
    table = examiner.table
    stem, row = examiner.stems.get(column.index, ("", ""))
    kind = guessed_type(facts, (*column.parts, row), bool(stem))
    is_personal = _is_personal(examiner, column, facts)
    answers = {} if is_personal else answers_of(facts, kind)
    header = table.header[-1] if table.header else table.first_row
    return ExaminedColumn(
        address=table.address(header, column.index),
        key=column.key,
        heading=column.heading,
        occurrence=column.occurrence,
        meaning=column.meaning,
        why=column.why,
        samples=_samples(facts, is_personal, examiner.lexicon.catalogue),
        filled=facts.filled,
        different=facts.different,
        guessed_type=kind,
        suggestions=_suggestions(examiner, column, facts, is_personal),
        options=_options(examiner.lexicon, column, answers),
        stem=stem,
        row=row,
    )


def stems_of(columns: Sequence[Column]) -> dict[int, tuple[str, str]]:
    """Question and part of the columns that share their question with another; by column."""
    readings = {
        column.index: [(form.question, form.part) for form in forms(column.parts) if form.part]
        for column in columns
        if column.parts
    }
    shared = Counter(
        stem for pairs in readings.values() for stem in {normal(stem) for stem, _ in pairs}
    )
    uppers = {column.index: column.parts[0] for column in columns if len(column.parts) > 1}
    found = {}
    for index, pairs in readings.items():
        pairs = [pair for pair in pairs if shared[normal(pair[0])] > 1]
        if pairs:
            found[index] = _likeliest(pairs, shared, uppers.get(index, ""))
    return found


def _likeliest(
    pairs: Sequence[tuple[str, str]], shared: Counter[str], upper: str
) -> tuple[str, str]:
    """The cell above goes before a colon in the one below, and words go before codes. A question
    is shared by all its rows, a row's name only by grids that are alike."""

    def rank(pair: tuple[str, str]) -> tuple[bool, bool, int, int]:
        stem = normal(pair[0])
        return pair[0] == upper, not is_coded(pair[0]), shared[stem], len(stem)

    return max(pairs, key=rank)


def _is_personal(examiner: Examiner, column: Column, facts: Facts) -> bool:
    catalogue = examiner.lexicon.catalogue
    if column.meaning is not None and column.meaning.role == PERSONAL:
        return True
    if column.meaning is not None:
        return False
    is_named = any(is_personal_heading(part, catalogue) for part in column.parts)
    return is_named or bool(looks_personal(facts.counts, catalogue))


def _samples(facts: Facts, is_personal: bool, catalogue: Catalogue) -> tuple[str, ...]:
    texts = list(facts.counts)[:SAMPLES]
    if is_personal:
        return tuple(MARK for _ in texts)[:1]
    return tuple(_short(strike(text, catalogue)) for text in texts)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_SAMPLE else f"{plain[:LONGEST_SAMPLE]}…"


def _suggestions(
    examiner: Examiner, column: Column, facts: Facts, is_personal: bool
) -> tuple[Suggestion, ...]:
    stem, row = examiner.stems.get(column.index, ("", ""))
    words = examiner.lexicon.told.codebook.words(column.parts[-1]) if column.parts else ()
    parts = [part for part in column.parts if normal(part) not in ANSWER_WORDS]
    headings = dict.fromkeys(filter(None, (" ".join(parts), stem, row, *parts, *words)))
    contents = {} if is_personal else dict(islice(split_counts(facts, ENOUGH).items(), COMPARED))
    found = suggest(examiner.known, headings, contents)
    if column.asks:
        others = (one for one in found if one.code != column.asks)
        return (Suggestion(column.asks, "question", 100.0), *others)
    if is_personal:
        others = (one for one in found if one.code != PERSONAL)
        return (Suggestion(PERSONAL, "role", 100.0), *others)
    return found


def _options(
    lexicon: Lexicon, column: Column, answers: Mapping[str, int]
) -> tuple[ExaminedOption, ...]:
    meaning = column.meaning
    code = meaning.question if meaning and meaning.option is None and not meaning.is_other else ""
    if code not in lexicon.choices:
        return tuple(ExaminedOption(text, n, None, "", ()) for text, n in answers.items())
    question, choices = lexicon.questions[code], lexicon.choices[code]
    decided = lexicon.told.decisions.options.get(code, {})
    options = []
    for number, (text, count) in enumerate(answers.items()):
        choice = next(iter(choices.find(text)), None)
        why = "" if choice is None else "mapping" if normal(text) in decided else "heading"
        is_open = choice is None and number < MOST_OPTIONS_SUGGESTED
        guesses = suggest_choices(text_of(text), question) if is_open else ()
        options.append(ExaminedOption(text, count, choice, why, guesses))
    return tuple(options)
