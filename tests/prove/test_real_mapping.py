"""Real exports before anybody knows them: every column is laid before the director, and what she
decides once is read as if the catalogue had always known it."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import data_loaders
from data_loaders import Hints
from data_loaders.examination import Examination, ExaminedColumn, examine
from tests.real_data.counting import read
from tests.real_data.exports import CATALOGUES, EXPORTS
from yearbook import catalogue

REALDATA = Path(os.environ.get("REALDATA", ""))
pytestmark = [
    pytest.mark.skipif(not os.environ.get("REALDATA"), reason="REALDATA names no folder of data"),
    pytest.mark.timeout(600),
]
EMAIL, ADDRESS = re.compile(r"[\w.]+@[\w.]+"), re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")


def hints(tool: str, year: int | None = None) -> Hints:
    export = EXPORTS[tool]
    survey = export.survey or next(iter(catalogue.load(CATALOGUES / export.catalogue).surveys))
    return Hints(survey=survey, survey_year=year or export.year)


@cache
def known(tool: str) -> Examination:
    """With the catalogue that knows the headings."""
    export = EXPORTS[tool]
    using = catalogue.load(CATALOGUES / export.catalogue)
    return examine(REALDATA / export.file, using, hints(tool))


def columns(examination: Examination) -> tuple[ExaminedColumn, ...]:
    (sheet,) = examination.sheets
    return sheet.columns


def blind(tool: str, **more: Any) -> dict[str, Any]:
    """The same questions under other codes, with labels and headings that no file has."""
    content = catalogue.read(CATALOGUES / EXPORTS[tool].catalogue)
    questions = {}
    for number, (code, entry) in enumerate(content["questions"].items()):
        label = dict.fromkeys(("fi", "sv", "en"), f"Seikka numero {number}")
        questions[f"x_{code}"] = {**entry, "headings": [], "label": label}
    return {**content, "questions": questions, "indicators": {}, "mappings": {}, **more}


def decided(tool: str) -> list[dict[str, Any]]:
    """What a director would say of each column that asks something."""
    decisions = []
    for column in columns(known(tool)):
        meaning = column.meaning
        if meaning is None or not (meaning.question or meaning.role):
            continue
        said: dict[str, Any] = {"heading": column.key, "occurrence": column.occurrence}
        if meaning.question:
            said["question"] = f"x_{meaning.question}"
            said |= {"option": meaning.option} if meaning.option is not None else {}
            said |= {"other": True} if meaning.is_other else {}
        else:
            said["role"] = meaning.role
        decisions.append(said)
    return decisions


def answers(tool: str, content: dict[str, Any], year: int | None = None) -> pd.DataFrame:
    path, using = REALDATA / EXPORTS[tool].file, catalogue.build(content)
    loaded = data_loaders.load(path, using, hints(tool, year))
    assert loaded.submission is not None, [f.sentence(using)["en"] for f in loaded.findings]
    order = {code: row for row, code in enumerate(loaded.submission.respondents["respondent"])}
    told = loaded.submission.answers
    rows = told.assign(
        respondent=told["respondent"].map(order), question=told["question"].str.removeprefix("x_")
    )
    keys = ["respondent", "question", "option"]
    return rows.sort_values(keys).reset_index(drop=True)


@pytest.mark.parametrize("tool", EXPORTS)
def test_every_column_is_laid_before_the_director(tool: str) -> None:
    """Also where the catalogue knows nothing of it: filled cells, as many as pandas counts."""
    export = EXPORTS[tool]
    using = catalogue.load()
    found = examine(REALDATA / export.file, using, Hints(survey="base", survey_year=2020))
    (sheet,) = found.sheets
    encoding = "cp1252" if tool == "surveymonkey" else "utf-8-sig"
    rows = read(REALDATA / export.file, export.headings, encoding)
    filled = [int(count) for count in (rows != "").sum()]
    shown = [column.filled for column in sheet.columns]
    assert sheet.rows == len(rows)
    assert sorted(filled, reverse=True)[: len(shown)] == sorted(shown, reverse=True)
    assert len(shown) >= len([count for count in filled if count])
    for column in sheet.columns:
        assert column.different <= max(column.filled, 0)
        for sample in column.samples:
            assert not EMAIL.search(sample), column.heading
            assert not ADDRESS.search(sample), column.heading


@pytest.mark.parametrize("tool", [tool for tool in EXPORTS if tool != "redcap_longitudinal"])
def test_once_decided_a_file_is_read_as_if_its_headings_were_known(tool: str) -> None:
    """Next year's round, too, which is the same file again here."""
    survey = hints(tool).survey
    mappings = {survey: {"column": decided(tool)}}
    expected = answers(tool, catalogue.read(CATALOGUES / EXPORTS[tool].catalogue))
    assert len(expected)
    mapped = blind(tool, mappings=mappings)
    pd.testing.assert_frame_equal(answers(tool, mapped), expected)
    pd.testing.assert_frame_equal(answers(tool, mapped, 2024), expected)


@pytest.mark.parametrize("tool", ["surveymonkey", "alchemer", "class"])
def test_undecided_a_file_changes_nothing(tool: str) -> None:
    using = catalogue.build(blind(tool))
    loaded = data_loaders.load(REALDATA / EXPORTS[tool].file, using, hints(tool))
    assert loaded.submission is None
    assert {"nothing_known", "no_respondents"} & {finding.code for finding in loaded.findings}
