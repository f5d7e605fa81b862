"""Pairs a codebook with the survey files that were handed in together with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from data_loaders import workbook
from data_loaders.findings import Finding, Severity
from data_loaders.hints import Hints, Loaded
from data_loaders.survey import codebook
from data_loaders.survey.codebook import Codebook
from data_loaders.survey.export import explains
from data_loaders.workbook import Unreadable
from yearbook.submissions import Kind


@dataclass(frozen=True)
class Handed:
    """A file that was checked by itself."""

    name: str
    path: Path
    hints: Hints
    loaded: Loaded

    @property
    def may_be_codebook(self) -> bool:
        """Nothing else could be made of it."""
        return self.loaded.submission is None

    @property
    def may_be_explained(self) -> bool:
        submission = self.loaded.submission
        return submission is None or submission.kind is Kind.SURVEY


def pairs(files: Sequence[Handed]) -> dict[str, tuple[Handed, ...]]:
    """The name of each codebook with the survey files whose codes it explains."""
    books = {
        one.name: book for one in files if one.may_be_codebook and (book := _codebook(one.path))
    }
    answers = [one for one in files if one.name not in books and one.may_be_explained]
    found = {
        name: tuple(one for one in answers if _explains(book, one.path))
        for name, book in books.items()
    }
    return {name: explained for name, explained in found.items() if explained}


def with_codebooks(one: Handed, books: Sequence[Handed]) -> Hints:
    """The file's hints with all that explains it."""
    whole = one.hints.codebook or Codebook()
    for book in books:
        read = _codebook(book.path)
        whole = whole.joined(replace(read, name=book.name)) if read else whole
    return replace(one.hints, codebook=whole)


def said_of_book(explained: Sequence[Handed]) -> Loaded:
    """What is told of the codebook itself, which is no submission and nothing to be mended."""
    names = ", ".join(one.name for one in explained)
    return Loaded(None, (Finding(Severity.NOTE, "codebook_for", values={"file": names}),))


def with_note(loaded: Loaded, books: Sequence[Handed]) -> Loaded:
    """What is told of a file that was read by codebooks."""
    names = ", ".join(book.name for book in books)
    used = Finding(Severity.NOTE, "codebook_used", values={"file": names})
    return replace(loaded, findings=(*loaded.findings, used))


def _codebook(path: Path) -> Codebook | None:
    try:
        return codebook.read(path)
    except Unreadable:
        return None


def _explains(book: Codebook, path: Path) -> bool:
    try:
        sheets = workbook.read(path).sheets
    except Unreadable:
        return False
    return any(explains(book, sheet) for sheet in sheets)
