"""What was handed over and checked, and not yet kept: for the time of a visit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from data_loaders.findings import Finding, Severity
from data_loaders.hints import Hints, Loaded
from office.receiving import Table
from office.uploads import Upload
from yearbook.submissions import Kind

_HANDED = "desk.handed"
HELP_BY_HINT = {
    "no_survey": "survey",
    "no_survey_year": "survey_year",
    "no_year": "year",
    "no_school": "school",
}


@dataclass(frozen=True)
class Handed:
    """A file or a database's table, what was read of it, and its number once it is kept."""

    what: Upload | Table
    hints: Hints
    loaded: Loaded
    kept_as: int | None = None
    adds: bool = False  # its answers are further ones of a round, and replace none

    @property
    def name(self) -> str:
        return self.what.label if isinstance(self.what, Table) else self.what.name

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.loaded.findings

    @property
    def state(self) -> str:
        """kept, fail, warning, ready or codebook."""
        if self.kept_as is not None:
            return "kept"
        if any(finding.code == "codebook_for" for finding in self.findings):
            return "codebook"
        if self.loaded.submission is None:
            return "fail"
        has_warning = any(finding.severity is Severity.WARNING for finding in self.findings)
        return "warning" if has_warning else "ready"

    @property
    def is_to_be_mapped(self) -> bool:
        """Whether the director can help by saying what its columns or answers mean."""
        if not isinstance(self.what, Upload) or self.kept_as is not None or self._is_no_survey:
            return False
        return any(finding.code.removesuffix("_guessed") in MAPPED for finding in self.findings)

    @property
    def may_be_mapped(self) -> bool:
        """A survey that is not kept yet: any of its columns can be corrected."""
        submission = self.loaded.submission
        is_survey = submission is not None and submission.kind is Kind.SURVEY
        return isinstance(self.what, Upload) and self.kept_as is None and is_survey

    @property
    def _is_no_survey(self) -> bool:
        submission = self.loaded.submission
        return submission is not None and submission.kind is not Kind.SURVEY

    @property
    def hints_wanted(self) -> tuple[str, ...]:
        """What the file does not tell and the director may."""
        codes = (finding.code for finding in self.findings if finding.severity is Severity.FAIL)
        return tuple(dict.fromkeys(HELP_BY_HINT[code] for code in codes if code in HELP_BY_HINT))


MAPPED = {
    "unknown_column",
    "unknown_option",
    "folded_option",
    "column_twice",
    "nothing_recognised",
    "no_respondents",
    "respondent_without_school",
    "no_cohort",
    "no_survey",
    "no_survey_year",
}


def all_handed() -> tuple[Handed, ...]:
    return tuple(st.session_state.get(_HANDED, ()))


def take(checked: Iterable[Handed]) -> None:
    """A file of the same name takes the earlier one's place: it has been mended."""
    found = {one.name: one for one in all_handed()}
    found.update((one.name, one) for one in checked)
    st.session_state[_HANDED] = tuple(found.values())


def take_kept(name: str, number: int, findings: Sequence[Finding]) -> None:
    """It is in the archive now; its content is not needed here any more."""
    one = next(one for one in all_handed() if one.name == name)
    what = replace(one.what, content=b"") if isinstance(one.what, Upload) else one.what
    loaded = replace(one.loaded, findings=tuple(findings))
    take([replace(one, what=what, loaded=loaded, kept_as=number)])


def drop(names: Sequence[str]) -> None:
    st.session_state[_HANDED] = tuple(one for one in all_handed() if one.name not in names)


def take_refused(name: str, findings: Sequence[Finding]) -> None:
    """The archive did not keep it; the findings say why."""
    one = named(name)
    take([replace(one, loaded=Loaded(None, tuple(findings)))])


def named(name: str) -> Handed:
    return next(one for one in all_handed() if one.name == name)
