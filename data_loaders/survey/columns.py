"""Reads one column of survey answers at a time: each different content once, then all its cells."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from data_loaders.cells.numbers import money, number
from data_loaders.findings import quoted
from data_loaders.personal import strike
from data_loaders.survey.headings import other_choice
from data_loaders.survey.marks import NOT_CHOSEN
from data_loaders.survey.scales import Scale, scale_of
from data_loaders.survey.splitting import Splitter, split_options
from data_loaders.survey.tables import Contents, Reader, nothing_in
from data_loaders.words.heading_words import is_other_name
from data_loaders.words.lexicon import Lexicon
from data_loaders.words.spelling import text_of
from data_loaders.workbook import Value
from yearbook.catalogue import Question

__all__ = [
    "NOT_CHOSEN", "Answers", "is_no_answer", "joined", "read_column", "split_options", "struck",
]  # fmt: skip

SHOWN_TEXTS = 5
# By which statistical software marks what was not answered, not asked, not known.
_MISSING_CODE = re.compile(r"-(?:9{1,4}|8{1,4}|7{1,4}|6{2,4})")


@dataclass(frozen=True)
class Answers:
    """Answers to one question. rows: the respondents of the table. options, numbers or texts are
    given; beside options texts say what was written there ("" or None: nothing)."""

    question: str
    rows: np.ndarray
    options: np.ndarray | None = None
    numbers: np.ndarray | None = None
    texts: np.ndarray | None = None


@dataclass
class Unknown:
    """Texts of a column that are no options: at which content, and what they say."""

    at: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def add(self, index: int, text: str) -> None:
        self.at.append(index)
        self.texts.append(text)


def read_column(reader: Reader, found: Contents, question: Question) -> Answers:
    """The answers in a column that holds one question."""
    readers: dict[str, Callable[[Reader, Contents, Question], Answers]] = {
        "number": _numbers,
        "text": _texts,
        "multiple": _several,
    }
    return readers.get(question.type, _single)(reader, found, question)


def joined(parts: Sequence[Answers]) -> Answers:
    """The answers of several columns of one question, of which nobody filled two."""
    if len(parts) == 1:
        return parts[0]

    def of(name: str) -> np.ndarray | None:
        given = [getattr(part, name) for part in parts]
        if all(one is None for one in given):
            return None
        empty = [np.full(len(part.rows), None, dtype=object) for part in parts]
        return np.concatenate([e if g is None else g for g, e in zip(given, empty, strict=True)])

    rows = np.concatenate([part.rows for part in parts])
    return Answers(parts[0].question, rows, of("options"), of("numbers"), of("texts"))


def is_no_answer(value: Value, lexicon: Lexicon) -> bool:
    state = lexicon.missing(value)
    return state is not None and state != "zero"


def struck(reader: Reader, found: Contents, texts: Sequence[str | None]) -> list[str | None]:
    """The texts of a column without what tells who someone is; the director is told how many."""
    left = [text and strike(text, reader.catalogue) for text in texts]
    changed = [i for i, (old, new) in enumerate(zip(texts, left, strict=True)) if old != new]
    if changed:
        cells = [cell for index in changed for cell in found.cells_with(index)]
        heading = quoted(found.column.heading)
        reader.findings.note(
            "personal_struck", found.table.name, cells, column=heading, count=len(cells)
        )
    return left


def _single(reader: Reader, found: Contents, question: Question) -> Answers:
    spellings, other = reader.lexicon.choices[question.code], other_choice(question)
    scale = scale_of(question, spellings, found) if question.type == "likert" else None
    if scale and scale.is_reversed:
        reader.findings.note("scale_reversed", found.table.name, what=question.label)
    chosen: list[str | None] = []
    unknown = Unknown()
    for index, value in enumerate(found.values):
        code = scale.code(value) if scale else next(iter(spellings.find(value)), None)
        if code is None and not is_no_answer(value, reader.lexicon):
            if other is not None and is_other_name(text_of(value)):
                code = other
            else:
                unknown.add(index, text_of(value))
        chosen.append(code or None)
    folded = _folded(reader, found, question, unknown, scale)
    for index in unknown.at if folded else ():
        chosen[index] = folded
    options = found.taken(chosen)
    rows = _filled_rows(options)
    texts = _beside(reader, found, unknown)[rows] if folded else None
    return Answers(question.code, rows, options=options[rows], texts=texts)


def _several(reader: Reader, found: Contents, question: Question) -> Answers:
    """Several options in one cell, each a row of its own."""
    splitter, other = Splitter(reader.lexicon.choices[question.code]), other_choice(question)
    chosen: list[list[str]] = []
    unknown = Unknown()
    for index, value in enumerate(found.values):
        known, strange = splitter.split(value)
        if not known and is_no_answer(value, reader.lexicon):
            strange = []
        for text in strange:
            if other is not None and is_other_name(text):
                known.append(other)
            else:
                unknown.add(index, text)
        chosen.append(list(dict.fromkeys(known)))
    folded = _folded(reader, found, question, unknown, None)
    for index in unknown.at if folded else ():
        if folded not in chosen[index]:
            chosen[index].append(str(folded))
    counts = np.array([*(len(codes) for codes in chosen), 0], dtype=np.int64)[found.which]
    rows = np.repeat(np.arange(len(found.which), dtype=np.int32), counts)
    options = np.empty(len(rows), dtype=object)
    options[:] = [code for which in found.which if which >= 0 for code in chosen[which]]
    texts = None
    if folded:
        texts = _beside(reader, found, unknown)[rows]
        texts[options != folded] = None
    return Answers(question.code, rows, options=options, texts=texts)


def _beside(reader: Reader, found: Contents, unknown: Unknown) -> np.ndarray:
    """What was written instead of an option, for each row of the table."""
    written: dict[int, str] = {}
    for index, text in zip(unknown.at, unknown.texts, strict=True):
        written[index] = f"{written[index]}; {text}" if index in written else text
    texts = [written.get(index) for index in range(len(found.values))]
    return found.taken(struck(reader, found, texts))


def _folded(
    reader: Reader, found: Contents, question: Question, unknown: Unknown, scale: Scale | None
) -> str | None:
    """The choice for all others, which then takes what is unknown; else each of that fails."""
    spellings = reader.lexicon.choices[question.code]
    if not unknown.at:
        return None
    if spellings.catch_all is None:
        for index, text in zip(unknown.at, unknown.texts, strict=True):
            _fail(reader, found, question, (index, text, scale))
        return None
    cells = [cell for index in dict.fromkeys(unknown.at) for cell in found.cells_with(index)]
    shown = list(dict.fromkeys(strike(quoted(text), reader.catalogue) for text in unknown.texts))
    values = {
        "what": question.label,
        "count": len(cells),
        "value": ", ".join(f"”{text}”" for text in shown[:SHOWN_TEXTS])
        + (" …" if len(shown) > SHOWN_TEXTS else ""),
        "option": question.choice(spellings.catch_all).label,
    }
    reader.findings.warn("folded_option", found.table.name, cells, **values)
    return spellings.catch_all


def _fail(
    reader: Reader, found: Contents, question: Question, what: tuple[int, str, Scale | None]
) -> None:
    index, text, scale = what
    said = quoted(strike(text, reader.catalogue))
    values: dict[str, object] = {"what": question.label, "value": said}
    if scale is not None and (ends := scale.ends_passed_by(text)):
        code, values = "outside_scale", {**values, "first": ends[0], "last": ends[1]}
    else:
        guess = reader.lexicon.choices[question.code].suggest(text)
        code = "unknown_option_guessed" if guess else "unknown_option"
        values = {**values, "guess": guess or ""}
    reader.findings.fail(code, found.table.name, found.cells_with(index), **values)


def _numbers(reader: Reader, found: Contents, question: Question) -> Answers:
    as_number = money if question.unit == "euro" else number
    figures = np.full(len(found.values) + 1, math.nan)
    unread: list[int] = []
    for index, value in enumerate(found.values):
        state = reader.lexicon.missing(value)
        read = as_number(value)
        if state is not None:
            figures[index] = 0.0 if state == "zero" else math.nan
        elif read is not None and not _MISSING_CODE.fullmatch(text_of(value)):
            figures[index] = read.value
        else:
            unread.append(index)
    if unread:
        _remark_unread(reader, found, question, unread)
    numbers = figures[found.which]
    rows = np.flatnonzero(~np.isnan(numbers)).astype(np.int32)
    return Answers(question.code, rows, numbers=numbers[rows])


def _remark_unread(
    reader: Reader, found: Contents, question: Question, unread: Sequence[int]
) -> None:
    """A graduate's own words cannot be mended by anyone, so they do not stop the file."""
    cells = [cell for index in unread for cell in found.cells_with(index)]
    said = [strike(quoted(found.values[index]), reader.catalogue) for index in unread]
    values = {
        "what": question.label,
        "count": len(cells),
        "value": ", ".join(f"”{text}”" for text in said[:SHOWN_TEXTS])
        + (" …" if len(said) > SHOWN_TEXTS else ""),
    }
    reader.findings.warn("number_left_out", found.table.name, cells, **values)


def _texts(reader: Reader, found: Contents, question: Question) -> Answers:
    said = [None if is_no_answer(v, reader.lexicon) else text_of(v) for v in found.values]
    texts = found.taken(struck(reader, found, said))
    rows = _filled_rows(texts)
    return Answers(question.code, rows, texts=texts[rows])


def _filled_rows(column: np.ndarray) -> np.ndarray:
    return np.flatnonzero(~nothing_in(column)).astype(np.int32)
