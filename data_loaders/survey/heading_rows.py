"""Knows each column of a survey export by the cells of its heading, together and in their order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from data_loaders.sheets.tables import Column, cell
from data_loaders.survey.headings import CODEBOOK, MAPPING, Recognised, recognised
from data_loaders.words.heading_words import is_other_name, is_placeholder, parts_of
from data_loaders.words.lexicon import Lexicon
from data_loaders.words.meanings import Meaning
from data_loaders.words.spelling import normal, text_of
from data_loaders.workbook import Sheet

MOST_COLUMNS = 4_000
# What tools put behind a heading that stood there already: "Muu, mikä?2", "Other_1", "Other.1".
_AGAIN = re.compile(r"(?P<text>.*\D)(?:[._ ]?(?P<number>\d{1,2})|\s?\((?P<bracket>\d{1,2})\))")


@dataclass(frozen=True)
class Heading:
    """The heading of one column before anybody asks what it means."""

    index: int
    parts: tuple[str, ...]
    occurrence: int
    repeats: tuple[str, ...] = ()  # the parts that it repeats, where a tool has numbered them


def columns_named(names: Mapping[str, int], lexicon: Lexicon) -> tuple[Column, ...]:
    """The columns with these names at these places, where no row of headings holds them."""
    headings = [Heading(index, parts_of((name,)), 1) for name, index in names.items()]
    return _columns(headings, lexicon)


def survey_columns_of(sheet: Sheet, header: Sequence[int], lexicon: Lexicon) -> tuple[Column, ...]:
    return _columns(list(headings_of(sheet, header)), lexicon)


def _columns(headings: Sequence[Heading], lexicon: Lexicon) -> tuple[Column, ...]:
    known = [_known(heading, lexicon) for heading in headings]
    # A question that another column is about in full is not what a few more words mean.
    claims = Counter(_claim(found) for found in known if found is not None)
    return tuple(
        _column(heading, found, claims, lexicon)
        for heading, found in zip(headings, known, strict=True)
    )


def _claim(found: Recognised) -> str:
    return found.meaning.question or found.stem


def headings_of(sheet: Sheet, header: Sequence[int]) -> Iterable[Heading]:
    """The parts of each column's heading; upper cells reach over the empty ones beside them."""
    width = min(MOST_COLUMNS, max((len(sheet.rows[row]) for row in header), default=0))
    rows = [[_said(sheet, row, index) for index in range(width)] for row in header]
    for above in range(len(rows) - 2, -1, -1):
        rows[above] = _reaching(rows[above], rows[above + 1])
    seen: Counter[str] = Counter()
    for index in range(width):
        parts = parts_of([row[index] for row in rows])
        key = normal("\n".join(parts))
        seen[key] += 1
        yield Heading(index, parts, seen[key], _repeated(parts, seen))


def _said(sheet: Sheet, row: int, index: int) -> str:
    text = text_of(cell(sheet.rows[row], index))
    return "" if is_placeholder(text, sheet.rows[row]) else text


def _reaching(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Filled forward over columns that say something below, from one that does so itself."""
    filled: list[str] = []
    current = ""
    for text, lower in zip(above, below, strict=True):
        filled.append(text or (current if lower else ""))
        current = filled[-1] if lower else ""
    return filled


def _repeated(parts: tuple[str, ...], seen: Counter[str]) -> tuple[str, ...]:
    match = _AGAIN.fullmatch(parts[-1]) if parts else None
    if match is None or not (" " in match["text"] or is_other_name(match["text"])):
        return ()  # "height2" is another code than "height"
    earlier = (*parts[:-1], match["text"].strip())
    return earlier if normal("\n".join(earlier)) in seen else ()


def _known(heading: Heading, lexicon: Lexicon) -> Recognised | None:
    if not heading.parts:
        return None
    decided = lexicon.told.decisions.column("\n".join(heading.parts), heading.occurrence)
    if decided is not None:
        return Recognised(decided, MAPPING)
    found = recognised(lexicon, heading.parts, heading.occurrence)
    if found is None or found.rest:
        found = _by_codebook(heading, lexicon) or found
    if found is None and heading.repeats:
        found = recognised(lexicon, heading.repeats, 2)
    return found


def _by_codebook(heading: Heading, lexicon: Lexicon) -> Recognised | None:
    """What the codebook's words for a code mean: of the column, or of an option of it."""
    codebook = lexicon.told.codebook
    if any((said := codebook.find(part)) and said.is_personal for part in heading.parts):
        return Recognised(Meaning(role="personal"), CODEBOOK)
    parts = described(heading.parts, lexicon)
    found = recognised(lexicon, parts, heading.occurrence) if parts else None
    return replace(found, why=CODEBOOK) if found is not None and not found.rest else None


def described(parts: Sequence[str], lexicon: Lexicon) -> tuple[str, ...]:
    """The words that the codebook has for the codes in a heading; () where it has none."""
    for part in parts:
        if words := lexicon.told.codebook.words(part):
            return words
    return ()


def _column(
    heading: Heading, found: Recognised | None, claims: Counter[str], lexicon: Lexicon
) -> Column:
    column = Column(
        heading.index, " – ".join(heading.parts), None, heading.parts, heading.occurrence
    )
    if found is None:
        return column
    is_alone = claims[_claim(found)] == 1
    if not found.rest or (is_alone and _stands_for_whole(found.meaning, lexicon)):
        meaning: Meaning | None = found.meaning
        return replace(column, meaning=meaning, why=found.why)
    return replace(column, asks=found.meaning.question)


def _stands_for_whole(meaning: Meaning, lexicon: Lexicon) -> bool:
    """Whether a column with a few words more than its question may be the question itself."""
    question = lexicon.questions.get(meaning.question)
    return question is None or question.type != "multiple"
