"""What is wrong in a file: where, what and how to mend it; collected as values, all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from yearbook.catalogue import Catalogue
from yearbook.language import Language, Text, same_in_all, write_number

SHOWN_CELLS = 20
LONGEST_QUOTE = 60
SHOWN_MESSAGES = 6
Cells = str | Sequence[str]
LANGUAGES = ("fi", "sv", "en")


class Severity(StrEnum):
    """fail: the file changes nothing; warning: look at it; note: so that you know."""

    FAIL = "fail"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or worth knowing. Its words are finding.CODE.message and .remedy.

    cell: "C14", or "3:students" (row and column name) in a table of a database, or "".
    values: what stands in the words' places; `what` is the question or role that the cell is about.
    also: further cells of which the very same is true.
    """

    severity: Severity
    code: str
    sheet: str = ""
    cell: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    also: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        return (self.cell, *self.also) if self.cell else ()

    def place(self, catalogue: Catalogue) -> Text:
        """ "Opiskelijat, sheet Tilastot, cell C14"."""
        return _place(self, self.cells, catalogue)

    def message(self, catalogue: Catalogue) -> Text:
        """What is wrong, without its place: "“twelve” is not a whole number."."""
        return _say(catalogue, f"finding.{self.code}.message", self.values)

    def remedy(self, catalogue: Catalogue) -> Text:
        """How to mend it: "Write 12."."""
        return _say(catalogue, f"finding.{self.code}.remedy", self.values)

    def sentence(self, catalogue: Catalogue) -> Text:
        """Place, what and remedy in one: for a list, a mail or the command line."""
        return _sentence(self.place(catalogue), self.message(catalogue), self.remedy(catalogue))


class Findings:
    """All that is found while a file is read. cell: an address, or all that are alike."""

    def __init__(self) -> None:
        self.found: list[Finding] = []

    def fail(self, code: str, sheet: str = "", cell: Cells = "", **values: object) -> None:
        self._add(Severity.FAIL, code, sheet, cell, values)

    def warn(self, code: str, sheet: str = "", cell: Cells = "", **values: object) -> None:
        self._add(Severity.WARNING, code, sheet, cell, values)

    def note(self, code: str, sheet: str = "", cell: Cells = "", **values: object) -> None:
        self._add(Severity.NOTE, code, sheet, cell, values)

    def _add(
        self, severity: Severity, code: str, sheet: str, cell: Cells, values: Mapping[str, object]
    ) -> None:
        first, *others = (cell,) if isinstance(cell, str) else (cell or ("",))
        self.found.append(Finding(severity, code, sheet, first, values, tuple(others)))


@dataclass(frozen=True, slots=True)
class Group:
    """Remarks of one kind about one sheet and question, to be read as one; none of them is lost."""

    findings: tuple[Finding, ...]

    @property
    def severity(self) -> Severity:
        return self.findings[0].severity

    @property
    def code(self) -> str:
        return self.findings[0].code

    @property
    def cells(self) -> tuple[str, ...]:
        return tuple(cell for finding in self.findings for cell in finding.cells)

    def place(self, catalogue: Catalogue) -> Text:
        """As a finding's place, with the first cells and how many there are in all."""
        return _place(self.findings[0], self.cells, catalogue)

    def message(self, catalogue: Catalogue) -> Text:
        """What is wrong; where the cells differ, the first of them one by one."""
        messages = list(dict.fromkeys(one.message(catalogue) for one in self.findings))
        if len(messages) > SHOWN_MESSAGES:
            rest = len(messages) - SHOWN_MESSAGES
            more = catalogue.word("finding.and_more").fill(count=rest)
            messages = [*messages[:SHOWN_MESSAGES], more]
        return Text(*(" ".join(one[language] for one in messages) for language in LANGUAGES))

    def remedy(self, catalogue: Catalogue) -> Text:
        """How to mend it; guesses are told one by one as the messages are."""
        remedies = list(dict.fromkeys(one.remedy(catalogue) for one in self.findings))
        shown = remedies[:SHOWN_MESSAGES]
        return Text(*(" ".join(one[language] for one in shown) for language in LANGUAGES))

    def sentence(self, catalogue: Catalogue) -> Text:
        return _sentence(self.place(catalogue), self.message(catalogue), self.remedy(catalogue))


def group(findings: Iterable[Finding]) -> tuple[Group, ...]:
    """Findings of one kind about one sheet and question together; fails first, then in order."""
    together: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        key = (finding.severity, finding.code, finding.sheet, str(finding.values.get("what")))
        together.setdefault(key, []).append(finding)
    groups = [Group(tuple(found)) for found in together.values()]
    return tuple(sorted(groups, key=lambda one: list(Severity).index(one.severity)))


def quoted(value: object) -> str:
    """A cell's content for a sentence; a long one is cut."""
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"


def said_number(value: float) -> Text:
    """A number as each language writes it, with as many decimals as it has (at most four)."""
    decimals = len(f"{value:.4f}".rstrip("0").partition(".")[2])
    return Text(*(write_number(value, decimals, language) for language in Language))


def has_failed(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.FAIL for finding in findings)


def _say(catalogue: Catalogue, key: str, values: Mapping[str, object]) -> Text:
    return catalogue.word(key).fill(**values)


def _sentence(place: Text, message: Text, remedy: Text) -> Text:
    def joined(language: str) -> str:
        said = " ".join(filter(None, (message[language], remedy[language])))
        return f"{place[language]}: {said}" if place[language] else said

    return Text(*(joined(language) for language in LANGUAGES))


def said_place(sheet: str, cell: str, catalogue: Catalogue) -> Text:
    """ "sheet Tilastot, cell C14", for the words of another finding."""
    return _place(Finding(Severity.NOTE, "", sheet, cell), (cell,), catalogue)


def _place(finding: Finding, cells: Sequence[str], catalogue: Catalogue) -> Text:
    parts: list[Text] = []
    if what := finding.values.get("what"):
        parts.append(what if isinstance(what, Text) else same_in_all(str(what)))
    if finding.sheet:
        key = "table" if cells and ":" in cells[0] else "sheet"
        parts.append(catalogue.word(f"finding.place.{key}").fill(sheet=finding.sheet))
    if cells:
        parts.append(said_cells(cells, catalogue))
    return Text(*(", ".join(part[language] for part in parts) for language in LANGUAGES))


def said_cells(cells: Sequence[str], catalogue: Catalogue) -> Text:
    """ "cells C14, C15", "row 3, column students"; the first of many, and how many there are."""
    if ":" in cells[0]:
        rows = [cell.partition(":")[0] for cell in cells]
        column = cells[0].partition(":")[2]
        key, values = "rows", {"column": column}
        shown = rows
    else:
        key, values, shown = "cells", {}, list(cells)
    if len(cells) == 1:
        return catalogue.word(f"finding.place.{key[:-1]}").fill(cell=shown[0], **values)
    listed = ", ".join(shown[:SHOWN_CELLS])
    if len(shown) > SHOWN_CELLS:
        key = f"many_{key}"
    return catalogue.word(f"finding.place.{key}").fill(cells=listed, count=len(shown), **values)
