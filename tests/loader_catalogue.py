"""The shipped schools, programmes and reading rules with a few questions, and sheets to read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from data_loaders.findings import Severity
from data_loaders.hints import Hints, Loaded
from data_loaders.loading import load_workbook
from data_loaders.workbook import CellRange, Sheet, Value, Workbook
from yearbook.catalogue import Catalogue, build, read

Key = tuple[str, int, str, str]


def text(fi: str, sv: str = "", en: str = "") -> dict[str, str]:
    return {"fi": fi, "sv": sv or f"{fi} (sv)", "en": en or f"{fi} (en)"}


def annual(label: dict[str, str], **more: Any) -> dict[str, Any]:
    return {"source": "annual", "label": label, "type": "count", "per": "qualification", **more}


def asked(label: dict[str, str], kind: str, *options: dict[str, Any]) -> dict[str, Any]:
    entry = {"source": "survey", "label": label, "type": kind, "surveys": ["base", "wide"]}
    return {**entry, "choice": list(options)}


def option(code: str, fi: str, sv: str = "", **more: Any) -> dict[str, Any]:
    return {"code": code, **text(fi, sv), **more}


QUESTIONS: dict[str, dict[str, Any]] = {
    "students": annual(text("Opiskelijat", "Studerande", "Students"), required=True),
    "new_students": annual(
        text("Uudet opiskelijat", "Nya studerande", "New students"), at_most="students"
    ),
    "places": annual(text("Aloituspaikat", "Nybörjarplatser"), headings=["Paikkoja haussa"]),
    "student_years": annual(text("Opiskelijavuodet", "Studerandeår"), type="decimal"),
    "left_share": annual(text("Keskeyttäneiden osuus"), type="share"),
    "pupils": annual(text("Oppilaat", "Elever"), per="education"),
    "funding": annual(text("Valtionosuus", "Statsandel"), type="money", per="school"),
    "events": annual(text("Konsertit", "Konserter"), per="school"),
    "main": asked(
        text("Mitä teet nyt?", "Vad gör du nu?", "What do you do now?"),
        "single",
        option("work", "Työssä", "I arbete", also=["Palkkatyössä"]),
        option("study", "Opiskelen", "Studerar"),
        option("idle", "Työtön", "Arbetslös"),
    ),
    "role": asked(
        text("Tehtävä"), "single", option("teacher", "Opettaja"), option("other", "Muu", also=["*"])
    ),
    "hobbies": asked(
        text("Harrastukset", "Hobbyer"),
        "multiple",
        option("play", "Soittaminen, laulaminen tai kuoro", "Musik, sång eller kör"),
        option("dance", "Tanssi", "Dans"),
        option("none", "Ei mitään näistä", "Inget av dessa"),
    ),
    "content": asked(
        text("Olen tyytyväinen opintoihini", "Jag är nöjd med mina studier"),
        "likert",
        option("agree", "Täysin samaa mieltä", "Helt av samma åsikt", score=5),
        option("neither", "En osaa sanoa", "Vet inte", score=3),
        option("disagree", "Täysin eri mieltä", "Helt av annan åsikt", score=1),
    ),
    "jobs": asked(text("Montako työtä sinulla on?"), "number"),
    "comment": asked(text("Vapaa sana", "Fritt ord"), "text"),
}


@cache
def catalogue() -> Catalogue:
    return with_questions()


def with_questions(**changes: dict[str, Any]) -> Catalogue:
    """The small catalogue, in which some questions are different."""
    return build(catalogue_content(**changes))


def catalogue_content(**changes: dict[str, Any]) -> dict[str, Any]:
    """Its plain content, which a test may change before it is built."""
    return {**read(), "questions": {**QUESTIONS, **changes}, "indicators": {}}


def sheet(rows: Sequence[Sequence[Value]], name: str = "Tilastot", **facts: Any) -> Sheet:
    """A sheet of an xlsx file in which nothing is hidden, unless told otherwise."""
    known = {
        "hidden": False,
        "merged": (),
        "hidden_rows": frozenset(),
        "hidden_columns": frozenset(),
        "filtered": False,
        "formulas_without_value": (),
    }
    return Sheet(name, [list(row) for row in rows], **{**known, **facts})


def merged(address: tuple[int, int, int, int]) -> CellRange:
    return CellRange(*address)


def loaded(
    *sheets: Sheet, hints: Hints | None = None, using: Catalogue | None = None, form: str = "xlsx"
) -> Loaded:
    told = hints or Hints(name="tiedosto.xlsx")
    return load_workbook(Workbook("tiedosto.xlsx", form, sheets), using or catalogue(), told)


def figures(result: Loaded, carried: bool = False) -> dict[Key, float | str]:
    """(school, year, programme, question) -> the figure, or the state of one that is missing."""
    assert result.submission is not None, sentences(result)
    frame = result.submission.figures
    chosen = frame[frame["carried"] == carried]
    return {
        (row.school, row.year, row.programme, row.question): row.missing or row.value
        for row in chosen.itertuples()
    }


def options(result: Loaded, question: str) -> list[list[str]]:
    """The chosen options of each respondent, in the order of the rows; [""] for none of them."""
    assert result.submission is not None, sentences(result)
    answers = result.submission.answers
    mine = answers[answers["question"] == question]
    return [
        list(mine.loc[mine["respondent"] == respondent, "option"])
        for respondent in result.submission.respondents["respondent"]
    ]


def found(result: Loaded, severity: Severity | None = None) -> list[tuple[str, str]]:
    """(code, cell) of what was found, without what the form simply does not ask."""
    return [
        (finding.code, finding.cell)
        for finding in result.findings
        if severity in (None, finding.severity) and finding.code != "required_not_asked"
    ]


def sentences(result: Loaded, language: str = "en") -> list[str]:
    return [finding.sentence(catalogue())[language] for finding in result.findings]
