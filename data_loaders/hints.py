"""What the director says beside a file, and what comes back of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath

from data_loaders.findings import Finding
from data_loaders.survey.codebook import Codebook
from data_loaders.workbook import Workbook
from yearbook.submissions import Submission

TEXT_FORMATS = ("csv", "tsv")


@dataclass(frozen=True, slots=True)
class Hints:
    """Used where the file does not tell. name: the file's own name, if the path has another."""

    survey: str = ""
    survey_year: int | None = None
    year: int | None = None
    name: str | None = None
    school: str = ""
    codebook: Codebook | None = None  # what a file beside this one says of its codes
    secret: str = ""  # the archive's key, without which nobody can make or undo a pseudonym


def named_as_told(opened: Workbook, hints: Hints) -> Workbook:
    """A text table's one sheet has its file's name; that of an upload is not the one it has now."""
    if opened.format not in TEXT_FORMATS or not hints.name:
        return opened
    name = PurePath(hints.name).stem
    return replace(opened, sheets=tuple(replace(sheet, name=name) for sheet in opened.sheets))


@dataclass(frozen=True)
class Loaded:
    """What was read, or None where a finding failed; and all that was found."""

    submission: Submission | None
    findings: tuple[Finding, ...] = ()
