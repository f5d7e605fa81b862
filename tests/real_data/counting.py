"""What the hand counts of the real surveys share: pandas straight from the file, nothing of the
product."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

NOTHING = {"", "NA"}
NO_WORDS = {"", "na", "n/a"}


@dataclass
class Counted:
    """rows: respondents' rows of the file; the rest is by question.

    options: how many chose each; n: how many answered; numbers: sorted; texts: how many wrote.
    others: how many wrote beside "other, please specify".
    """

    rows: int
    options: dict[str, dict[str, int]] = field(default_factory=dict)
    n: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, list[float]] = field(default_factory=dict)
    texts: dict[str, int] = field(default_factory=dict)
    others: dict[str, int] = field(default_factory=dict)
    answered: pd.Series = field(default_factory=lambda: pd.Series(dtype=bool))

    def add_single(self, question: str, column: pd.Series, codes: Mapping[str, str]) -> None:
        """One option a cell; `codes` gives the option's code for its text."""
        said = column[~column.isin(NOTHING - set(codes))]
        assert set(said) <= set(codes), f"by hand nobody has sorted {set(said) - set(codes)}"
        self._add(question, said.map(codes).value_counts().to_dict(), said.index)

    def add_several(self, question: str, column: pd.Series, codes: Mapping[str, str]) -> None:
        """Several options a cell, parted by semicolons."""
        said = column[~column.isin(NOTHING)].str.split(";").explode()
        assert set(said) <= set(codes), f"by hand nobody has sorted {set(said) - set(codes)}"
        self._add(question, said.map(codes).value_counts().to_dict(), said.index)

    def add_columns(
        self, question: str, columns: Mapping[str, pd.Series], chosen: Callable[[str], bool]
    ) -> None:
        """A column for each option's code; who left all of them empty did not answer."""
        counts = {code: int(column.map(chosen).sum()) for code, column in columns.items()}
        seen = pd.concat([column != "" for column in columns.values()], axis=1).any(axis=1)
        self._add(question, counts, seen[seen].index)

    def add_numbers(self, question: str, column: pd.Series) -> None:
        """What pandas takes for a number once a comma is a point."""
        figures = pd.to_numeric(column.str.replace(",", "."), errors="coerce").dropna()
        self.numbers[question] = sorted(figures)
        self._saw(question, figures.index)

    def add_texts(self, question: str, column: pd.Series) -> None:
        said = column[~column.str.lower().isin(NO_WORDS)]
        self.texts[question] = len(said)
        self._saw(question, said.index)

    def _add(self, question: str, counts: Mapping[str, int], rows: pd.Index) -> None:
        self.options[question] = {code: count for code, count in counts.items() if count}
        self._saw(question, rows)

    def _saw(self, question: str, rows: pd.Index) -> None:
        different = rows.unique()
        self.n[question] = len(different)
        if self.answered.empty:
            self.answered = pd.Series(data=False, index=range(self.rows))
        self.answered.loc[different] = True


def read(path: Path, headings: int = 1, encoding: str = "utf-8-sig") -> pd.DataFrame:
    """The cells as text, columns by number, without the rows of headings."""
    rows = pd.read_csv(
        path,
        header=None,
        dtype=str,
        keep_default_na=False,
        encoding=encoding,
        skip_blank_lines=False,
    )
    return rows.iloc[headings:].reset_index(drop=True).map(str.strip)


def by_heading(path: Path) -> pd.DataFrame:
    """As `read`, with the one row of headings as the names of the columns."""
    frame = read(path, headings=0)
    named = frame.iloc[1:].reset_index(drop=True)
    named.columns = list(frame.iloc[0])
    return named


def same(texts: Iterable[str]) -> dict[str, str]:
    """Options whose code is their text."""
    return {text: text for text in texts}


def numbered(texts: Sequence[str], first: int = 1) -> dict[str, str]:
    """Options whose code is their place in the list."""
    return {text: str(number) for number, text in enumerate(texts, first)}
