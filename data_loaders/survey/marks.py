"""Reads the mark in a column of one option: yes, no, the option's own text, or something odd."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from data_loaders.survey.tables import Contents
from data_loaders.words.lexicon import Lexicon
from data_loaders.words.spelling import normal, text_of
from data_loaders.workbook import Value

# As `normal` writes them: "0 0" is the 0.0 of a text table.
NOT_CHOSEN = frozenset(
    (
        "0", "0 0", "no", "ei", "e", "nej", "nein", "non", "false", "n", "unchecked",
        "not checked", "not selected", "not quoted", "not mentioned", "not chosen", "ei valittu",
        "ei rastia", "ei rastitettu", "ei mainittu", "inte vald", "ej vald", "inte valt",
        "ej valt", "inte markerad", "epätosi", "falskt",
    )
)  # fmt: skip
CHOSEN = frozenset(
    (
        "1", "1 0", "yes", "kyllä", "joo", "ja", "j", "oui", "true", "y", "x", "k", "on",
        "checked", "selected", "quoted", "mentioned", "chosen", "valittu", "rastittu",
        "rastitettu", "mainittu", "vald", "valt", "kryssad", "markerad", "tosi", "sant",
    )
)  # fmt: skip
SIGNS = frozenset("✓✔☑✗✘×●■•")
YES_OF_DATABASES = "-1"
_NEGATIVE = re.compile(r"-\d+(?:\.0)?")


class Mark(Enum):
    """What a cell says of one option. UNSEEN: as an empty cell; ODD: none of the others."""

    CHOSEN = 1
    REFUSED = 0
    UNSEEN = -1
    ODD = -2


@dataclass(frozen=True, slots=True)
class Place:
    """A column of one option. number: the how manieth of its question's columns it is."""

    question: str
    option: str
    number: int


def marks_in(lexicon: Lexicon, found: Contents, place: Place) -> list[Mark]:
    """What each different content of the column says."""
    return [_mark(lexicon, found, place, value) for value in found.values]


def is_mark(value: Value) -> bool:
    """Whether it is a plain yes or no."""
    said = normal(text_of(value))
    is_plain = said in CHOSEN or said in NOT_CHOSEN or text_of(value) in SIGNS
    return is_plain and not _NEGATIVE.fullmatch(text_of(value))


def _mark(lexicon: Lexicon, found: Contents, place: Place, value: Value) -> Mark:
    text = text_of(value)
    said = normal(text)
    if _NEGATIVE.fullmatch(text):
        return _negative_mark(lexicon, found, place, text)
    if said in NOT_CHOSEN:
        return Mark.REFUSED
    if said in CHOSEN or text in SIGNS:
        return Mark.CHOSEN
    codes = lexicon.choices[place.question].find(value)
    if place.option in codes:
        return Mark.CHOSEN
    if "" in codes:  # decided: no answer
        return Mark.UNSEEN
    if not codes and _is_named_above(said, found):
        return Mark.CHOSEN
    if lexicon.missing(value) is not None:
        return Mark.UNSEEN
    return Mark.CHOSEN if _is_own_number(text, found, place) else Mark.ODD


def _negative_mark(lexicon: Lexicon, found: Contents, place: Place, text: str) -> Mark:
    """-1 is yes beside 0 in databases; elsewhere -1, -9 and -99 are codes for missing answers."""
    if text == YES_OF_DATABASES and {text_of(value) for value in found.values} <= {text, "0"}:
        return Mark.CHOSEN
    is_decided = "" in lexicon.choices[place.question].find(text)
    return Mark.UNSEEN if is_decided or lexicon.missing(text) is not None else Mark.ODD


def _is_named_above(said: str, found: Contents) -> bool:
    """The option's text as the heading has it, where the catalogue words it otherwise."""
    return bool(said) and f" {said} " in f" {normal(found.column.heading)} "


def _is_own_number(text: str, found: Contents, place: Place) -> bool:
    """Some tools mark the third option of a question with 3 in its own column, and nothing else."""
    return len(found.values) == 1 and text == str(place.number)
