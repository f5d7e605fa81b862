"""What a figure of an annual return is while it is being checked, and the frame it ends in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from data_loaders.findings import Findings
from yearbook.submissions import FIGURE_COLUMNS

Key = tuple[str, int, str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its place. `part`: what it is only a part of the sum of (a competence area, a
    folded spelling), "" for a figure that stands for itself."""

    school: str
    year: int
    programme: str
    question: str
    value: float
    missing: str
    carried: bool
    sheet: str
    row: int
    cell: str
    part: str = ""

    @property
    def key(self) -> Key:
        return self.school, self.year, self.programme, self.question

    @property
    def says(self) -> tuple[str, str]:
        """Value and state in a form that can be compared: two missing figures are equal."""
        return repr(self.value), self.missing


@dataclass(frozen=True, slots=True)
class Blank:
    """A cell that was left empty where a figure could stand."""

    school: str
    year: int
    programme: str
    question: str
    sheet: str
    cell: str

    @property
    def key(self) -> Key:
        return self.school, self.year, self.programme, self.question


@dataclass
class Collected:
    """What was read of a file so far.

    failed: figures that are there but cannot be used. lacking: what sheets do not tell.
    """

    findings: Findings
    figures: list[Figure] = field(default_factory=list)
    blanks: list[Blank] = field(default_factory=list)
    failed: set[Key] = field(default_factory=set)
    lacking: set[tuple[str, str]] = field(default_factory=set)


def to_frame(figures: Sequence[Figure]) -> pd.DataFrame:
    """The figures as a submission keeps them."""
    rows = [
        (f.school, f.year, f.programme, f.question, f.value, f.missing, f.carried, _place(f))
        for f in figures
    ]
    frame = pd.DataFrame(rows, columns=FIGURE_COLUMNS)
    return frame.astype({"year": "int64", "value": "float64", "carried": "bool"})


def _place(figure: Figure) -> str:
    return f"{figure.sheet}!{figure.cell}"
