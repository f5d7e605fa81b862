"""Reads a question that lies in several columns: one for each option, and the words beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from data_loaders.findings import quoted
from data_loaders.personal import strike
from data_loaders.sheets.tables import Column
from data_loaders.survey.columns import Answers, is_no_answer, struck
from data_loaders.survey.headings import other_choice
from data_loaders.survey.marks import Mark, Place, is_mark, marks_in
from data_loaders.survey.tables import Contents, Reader
from data_loaders.words.spelling import text_of
from yearbook.catalogue import Question


@dataclass
class Spread:
    """Who was seen to answer a question, who chose each option, and what they wrote beside it."""

    question: str
    seen: np.ndarray
    chosen: dict[str, np.ndarray] = field(default_factory=dict)
    written: dict[str, dict[int, str]] = field(default_factory=dict)

    def choose(self, option: str, rows: np.ndarray) -> None:
        """rows: True where the option was chosen; several columns may mean one option."""
        before = self.chosen.get(option)
        self.chosen[option] = rows if before is None else before | rows

    def write(self, option: str, texts: np.ndarray) -> None:
        beside = self.written.setdefault(option, {})
        for row in np.flatnonzero(texts != None):  # noqa: E711
            text = str(texts[row])
            known = beside.get(int(row))
            beside[int(row)] = f"{known}; {text}" if known and known != text else text


def read_spread(reader: Reader, question: Question, columns: Sequence[Column]) -> list[Answers]:
    """All columns of a question; who said no to every option has one row without an option."""
    spread = Spread(question.code, np.zeros(len(reader.rows), dtype=bool))
    for number, column in enumerate(columns, start=1):
        option = _option_of(column, question)
        if option is None:
            _remark_without_choice(reader, column, question)
        else:
            place = Place(question.code, option, number)
            _read_one(reader, reader.contents(column), place, spread)
    return _answers(spread, is_multiple=question.type == "multiple")


def with_words_beside(
    reader: Reader, question: Question, main: Answers, columns: Sequence[Column]
) -> list[Answers]:
    """The answers of a single column, and what was written beside "other, please specify"."""
    spread = Spread(question.code, np.zeros(len(reader.rows), dtype=bool))
    assert main.options is not None
    for option in dict.fromkeys(main.options):
        rows = np.zeros(len(reader.rows), dtype=bool)
        rows[main.rows[main.options == option]] = True
        spread.choose(option, rows)
        if main.texts is not None:
            texts = np.full(len(reader.rows), None, dtype=object)
            texts[main.rows[main.options == option]] = main.texts[main.options == option]
            spread.write(option, texts)
    for column in columns:
        option = _option_of(column, question)
        if option is None:
            _remark_without_choice(reader, column, question)
        elif question.type == "multiple":
            _read_words(reader, reader.contents(column), option, spread)
        else:
            _read_words_of_single(reader, reader.contents(column), option, spread)
    return _answers(spread, is_multiple=question.type == "multiple")


def _option_of(column: Column, question: Question) -> str | None:
    meaning = column.meaning
    return (meaning.option if meaning else None) or other_choice(question)


def _read_one(reader: Reader, found: Contents, place: Place, spread: Spread) -> None:
    meaning = found.column.meaning
    is_words = bool(meaning and meaning.is_other)
    if is_words or _holds_words(reader, found, place):
        _read_words(reader, found, place.option, spread)
        return
    marks = marks_in(reader.lexicon, found, place)
    _remark_odd(reader, found, place, marks)
    marked = np.array([*(mark.value for mark in marks), Mark.UNSEEN.value])[found.which]
    spread.seen |= marked >= 0
    spread.choose(place.option, marked == Mark.CHOSEN.value)


def _holds_words(reader: Reader, found: Contents, place: Place) -> bool:
    """A column named "Other (please specify)" may hold marks, or the words themselves."""
    if place.option != other_choice(reader.lexicon.questions[place.question]):
        return False
    return Mark.ODD in marks_in(reader.lexicon, found, place)


def _read_words(reader: Reader, found: Contents, option: str, spread: Spread) -> None:
    """Who wrote something chose the option; a plain yes or no is a mark, no words."""
    texts = found.taken(struck(reader, found, _words_in(reader, found, option)))
    wrote = np.asarray(texts != None)  # noqa: E711
    place = Place(spread.question, option, 0)
    marks = [
        mark.value if is_mark(value) or mark is Mark.CHOSEN else Mark.UNSEEN.value
        for mark, value in zip(marks_in(reader.lexicon, found, place), found.values, strict=True)
    ]
    marked = np.array([*marks, Mark.UNSEEN.value])[found.which]
    spread.seen |= wrote | (marked >= 0)
    spread.choose(option, wrote | (marked == Mark.CHOSEN.value))
    spread.write(option, texts)


def _read_words_of_single(reader: Reader, found: Contents, option: str, spread: Spread) -> None:
    """Beside the option that was chosen; who chose none in the main column chose "other"."""
    texts = found.taken(struck(reader, found, _words_in(reader, found, option)))
    is_open = np.asarray(texts != None)  # noqa: E711
    for code, rows in list(spread.chosen.items()):
        spread.write(code, _only(texts, rows & is_open))
        is_open &= ~rows
    spread.choose(option, is_open)
    spread.write(option, _only(texts, is_open))


def _only(texts: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The texts of some rows, None elsewhere."""
    kept = texts.copy()
    kept[~rows] = None
    return kept


def _words_in(reader: Reader, found: Contents, option: str) -> list[str | None]:
    """What each content says in words, None for marks, codes for missing and the option's name."""
    codes = reader.lexicon.choices
    question = found.column.meaning.question if found.column.meaning else ""
    return [
        None
        if is_mark(value)
        or is_no_answer(value, reader.lexicon)
        or option in codes[question].find(value)
        else text_of(value)
        for value in found.values
    ]


def _answers(spread: Spread, is_multiple: bool) -> list[Answers]:
    answers = []
    chose = np.zeros(len(spread.seen), dtype=bool)
    for option, chosen in spread.chosen.items():
        chose |= chosen
        rows = np.flatnonzero(chosen).astype(np.int32)
        beside = spread.written.get(option)
        texts = None
        if beside:
            texts = np.empty(len(rows), dtype=object)
            texts[:] = [beside.get(int(row), "") for row in rows]
        options = np.full(len(rows), option, dtype=object)
        answers.append(Answers(spread.question, rows, options=options, texts=texts))
    left = np.flatnonzero(spread.seen & ~chose).astype(np.int32)
    if is_multiple:
        none = np.full(len(left), "", dtype=object)
        answers.append(Answers(spread.question, left, options=none))
    return answers


def _remark_odd(reader: Reader, found: Contents, place: Place, marks: Sequence[Mark]) -> None:
    odd = [index for index, mark in enumerate(marks) if mark is Mark.ODD]
    if not odd:
        return
    question = reader.lexicon.questions[place.question]
    cells = [cell for index in odd for cell in found.cells_with(index)]
    reader.findings.fail(
        "option_column_odd",
        found.table.name,
        cells,
        what=question.label,
        option=question.choice(place.option).label,
        value=quoted(strike(text_of(found.values[odd[0]]), reader.catalogue)),
    )


def _remark_without_choice(reader: Reader, column: Column, question: Question) -> None:
    count = int((reader.contents(column).which >= 0).sum())
    if count:
        heading = quoted(column.heading)
        findings, sheet = reader.findings, reader.table.name
        findings.warn(
            "words_without_choice", sheet, what=question.label, column=heading, count=count
        )
