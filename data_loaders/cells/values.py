"""Reads a figure from a cell, be it a whole number, money or a share, or says what is wrong."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from data_loaders.cells.numbers import money, number
from data_loaders.findings import quoted, said_number
from data_loaders.words.spelling import normal
from data_loaders.workbook import Value
from yearbook.catalogue import Question
from yearbook.language import Text

WHOLE = ("count",)
_DIGITS = re.compile(r"\d+")
_WORDS = {
    0: "nolla noll zero",
    1: "yksi en ett one",
    2: "kaksi två two",
    3: "kolme tre three",
    4: "neljä fyra four",
    5: "viisi fem five",
    6: "kuusi sex six",
    7: "seitsemän sju seven",
    8: "kahdeksan åtta eight",
    9: "yhdeksän nio nine",
    10: "kymmenen tio ten",
    11: "yksitoista elva eleven",
    12: "kaksitoista tolv twelve",
    13: "kolmetoista tretton thirteen",
    14: "neljätoista fjorton fourteen",
    15: "viisitoista femton fifteen",
    16: "kuusitoista sexton sixteen",
    17: "seitsemäntoista sjutton seventeen",
    18: "kahdeksantoista arton eighteen",
    19: "yhdeksäntoista nitton nineteen",
    20: "kaksikymmentä tjugo twenty",
}
_NUMBER_WORDS = {word: value for value, words in _WORDS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Read:
    """A figure as read. missing: the state of a missing-value code. wrong: a finding."""

    value: float = math.nan
    missing: str = ""
    wrong: str = ""
    values: dict[str, Any] = field(default_factory=dict)


def read_figure(
    question: Question, value: Value, state: str | None = None, per_cent: bool = False
) -> Read:
    """The figure in a filled cell. state: what it means if it is a missing-value code, as "zero".

    per_cent: the column gives shares as 0–100, not as 0–1.
    """
    if state is not None:
        return Read(0.0) if state == "zero" else Read(missing=state)
    read = money if question.type == "money" else number
    found = None if isinstance(value, bool) else read(value)
    if found is None or not math.isfinite(found.value):
        return _not_a_number(question, value)
    figure = found.value
    if found.percent and question.type != "share":
        return _not_a_number(question, value)
    if question.type == "share":
        return _share(figure, found.percent, per_cent, value)
    if figure < 0:
        return Read(wrong="negative", values={"value": _said(value)})
    if question.type in WHOLE and not is_whole(figure):
        return Read(wrong="fraction", values={"value": _said(value)})
    return Read(float(round(figure)) if question.type in WHOLE else figure)


def is_whole(figure: float) -> bool:
    """Whether it is a whole number but for the rounding of a sum in a workbook."""
    return math.isclose(figure, round(figure), rel_tol=0, abs_tol=1e-6)


def gives_per_cents(values: Iterable[Value]) -> bool:
    """Whether a column of shares counts to 100: then a plain number in it is well above one."""
    plain = (number(value) for value in values if not isinstance(value, bool))
    return any(n.value > 1.5 for n in plain if n is not None and not n.percent)


def _share(figure: float, is_percent: bool, per_cent: bool, value: Value) -> Read:
    # number() has already turned "12 %" into 0.12.
    share = figure / 100 if per_cent and not is_percent else figure
    if share < 0:
        return Read(wrong="negative", values={"value": _said(value)})
    if share > 1 + 1e-9:
        return Read(wrong="over_100", values={"value": _said(value)})
    return Read(min(share, 1.0))


def _not_a_number(question: Question, value: Value) -> Read:
    code = "not_whole" if question.type in WHOLE else "not_a_number"
    guessed = _guess(value)
    if guessed is None:
        return Read(wrong=code, values={"value": _said(value)})
    return Read(wrong=f"{code}_guessed", values={"value": _said(value), "guess": guessed})


def _said(value: Value) -> Text | str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return said_number(value)
    return quoted(value)


def _guess(value: Value) -> str | None:
    """The number that was probably meant: "twelve", "noin 12", "12 kpl"."""
    if not isinstance(value, str):
        return None
    word = _NUMBER_WORDS.get(normal(value))
    if word is not None:
        return str(word)
    digits = _DIGITS.findall(value)
    return digits[0] if len(digits) == 1 else None
