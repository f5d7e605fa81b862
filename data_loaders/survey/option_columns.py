"""Tells by their contents which columns hold one option each, and which the words beside one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from data_loaders.sheets.tables import Column, Table, cell
from data_loaders.survey.headings import CONTENT, MAPPING, other_choice
from data_loaders.survey.marks import CHOSEN, NOT_CHOSEN, SIGNS
from data_loaders.words.heading_forms import forms
from data_loaders.words.heading_words import ANSWER_WORDS, is_other_name
from data_loaders.words.lexicon import Lexicon
from data_loaders.words.meanings import Meaning
from data_loaders.words.spelling import normal, text_of

LOOKED_AT_ROWS = 2_000
LEAST_MARKS = 0.9
# What stands in a column of one option: a mark for chosen or for not chosen, or no answer.
MARKS = CHOSEN | NOT_CHOSEN | SIGNS | {"na", "n a"}


def with_contents(table: Table, lexicon: Lexicon) -> Table:
    columns = [_settled(table, column, lexicon) for column in table.columns]
    columns = _without_lone_options(columns, lexicon)
    return replace(table, columns=tuple(_flattened(table, columns, lexicon)))


def different(table: Table, column: Column) -> list[str]:
    """The different contents of a column, of its first rows."""
    rows = table.sheet.rows[table.first_row : table.first_row + LOOKED_AT_ROWS]
    values = {value for row in rows if (value := cell(row, column.index)) is not None}
    return [text_of(value) for value in values]


def are_marks(texts: Iterable[str], names: Iterable[str]) -> bool:
    """Whether all contents mark an option as chosen or not; `names`: how the option is called."""
    marks = MARKS | {normal(name) or name for name in names}
    contents = list(texts)
    return all((normal(text) or text) in marks for text in contents)


def _settled(table: Table, column: Column, lexicon: Lexicon) -> Column:
    """A column "Question – Other": of marks it is an option, of words what was written beside."""
    meaning = column.meaning
    if meaning is None or meaning.option is None or meaning.is_other or column.why == MAPPING:
        return column
    texts = different(table, column)
    names = (*column.parts, *_last_parts(column))
    other = other_choice(lexicon.questions[meaning.question])
    if meaning.option != other and not any(map(is_other_name, names)):
        return column  # strange contents of any other option are a fault, not words beside it
    marks = sum(are_marks([text], names) for text in texts)
    if texts and marks < LEAST_MARKS * len(texts):
        return replace(column, meaning=replace(meaning, is_other=True))
    return column


def _last_parts(column: Column) -> tuple[str, ...]:
    parts = tuple(form.part for form in forms(column.parts) if form.part) if column.parts else ()
    return parts or (column.heading,)


def _without_lone_options(columns: Sequence[Column], lexicon: Lexicon) -> list[Column]:
    """A question with one answer may be spread over columns too, but never over one alone."""
    spread = Counter(
        c.meaning.question
        for c in columns
        if c.meaning and c.meaning.option is not None and not c.meaning.is_other
    )
    kept = []
    for column in columns:
        meaning = column.meaning
        if meaning and meaning.option is not None and column.why != MAPPING:
            question = lexicon.questions[meaning.question]
            if question.type != "multiple" and not meaning.is_other and spread[question.code] < 2:
                column = replace(column, meaning=None, why="", asks=question.code)
        kept.append(column)
    return kept


def _flattened(table: Table, columns: Sequence[Column], lexicon: Lexicon) -> list[Column]:
    """Neighbours headed by options of one question, without the question: that is what they are."""
    done = list(columns)
    at = 0
    while at < len(done):
        run, question = _run_from(table, done, at, lexicon)
        for place in run:
            done[place] = _option_of(table, done[place], question, lexicon)
        at += max(1, len(run))
    return done


def _run_from(
    table: Table, columns: Sequence[Column], start: int, lexicon: Lexicon
) -> tuple[list[int], str]:
    """The places of the longest run from here that options of one question alone can head."""
    shared: set[str] = set()
    run: list[int] = []
    for place in range(start, len(columns)):
        candidates = _candidates(table, columns[place], lexicon)
        if run and is_other_name(columns[place].heading) and columns[place].meaning is None:
            candidates = candidates or set(shared)
        together = candidates & shared if run else candidates
        if not together:
            break
        shared = together
        run.append(place)
    asked = {c.meaning.question for c in columns if c.meaning and not c.meaning.is_other}
    open_ones = shared - asked
    if len(run) < 2 or len(open_ones) != 1:
        return [], ""
    return run, open_ones.pop()


def _candidates(table: Table, column: Column, lexicon: Lexicon) -> set[str]:
    """The questions that have an option with this heading, if the contents are those of one."""
    if column.meaning is not None or not column.parts or column.why == MAPPING:
        return set()
    words = _alone(column, lexicon)
    if len(words) != 1:
        return set()  # a question stands above it, or beside it in the codebook
    name = words[0]
    found = {
        code
        for code, choices in lexicon.choices.items()
        if lexicon.questions[code].type in ("multiple", "single") and choices.find(name)
    }
    return found if found and are_marks(different(table, column), (name, *column.parts)) else set()


def _alone(column: Column, lexicon: Lexicon) -> tuple[str, ...]:
    """What a heading says, without the tool's own "Response" and in the codebook's words."""
    parts = tuple(part for part in column.parts if normal(part) not in ANSWER_WORDS)
    return (lexicon.told.codebook.words(parts[-1]) if parts else ()) or parts


def _option_of(table: Table, column: Column, question: str, lexicon: Lexicon) -> Column:
    words = _alone(column, lexicon)
    codes = lexicon.choices[question].find(words[-1])
    option = codes[0] if codes else other_choice(lexicon.questions[question])
    is_other = not are_marks(different(table, column), (words[-1], *column.parts))
    meaning = Meaning(question=question, option=option, is_other=is_other)
    return replace(column, meaning=meaning, why=CONTENT)
