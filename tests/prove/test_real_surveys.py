"""Real exports of seven survey tools are read with a catalogue each and no code of their own; every
row and every answer is counted again by pandas."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import data_loaders
from data_loaders import Hints
from data_loaders.findings import Severity
from data_loaders.hints import Loaded
from tests.real_data import starwars_by_hand
from tests.real_data.counting import Counted, read
from tests.real_data.exports import CATALOGUES, EXPORTS
from yearbook import catalogue
from yearbook.catalogue import Catalogue
from yearbook.editions import Group
from yearbook.publication import Title, publish
from yearbook.submissions import Submission

REALDATA = Path(os.environ.get("REALDATA", ""))
pytestmark = [
    pytest.mark.skipif(not os.environ.get("REALDATA"), reason="REALDATA names no folder of data"),
    pytest.mark.timeout(600),
]


# What may be remarked without harm: the small catalogues leave most questions out.
EXPECTED = {
    *("unknown_column", "unknown_column_guessed", "personal_column", "empty_answers"),
    *("number_left_out", "folded_option", "partial_responses", "personal_struck"),
}
LEFT_OUT = {"empty_answers", "test_responses"}


@cache
def using(name: str) -> Catalogue:
    return catalogue.load(CATALOGUES / EXPORTS[name].catalogue)


@cache
def loaded(name: str) -> Loaded:
    export = EXPORTS[name]
    hints = Hints(survey=export.survey, survey_year=export.year)
    return data_loaders.load(REALDATA / export.file, using(name), hints)


@cache
def by_hand(name: str) -> Counted:
    return EXPORTS[name].count(REALDATA)


def submission(name: str) -> Submission:
    made = loaded(name).submission
    assert made is not None, [f.sentence(using(name))["en"] for f in loaded(name).findings]
    return made


@pytest.mark.parametrize("name", EXPORTS)
def test_every_row_counts_or_is_left_out_with_a_word(name: str) -> None:
    """Left out are rows without any answer to what the catalogue asks, and trials; no others."""
    people, told = submission(name).respondents, loaded(name).findings
    left_out = sum(int(str(f.values["count"])) for f in told if f.code in LEFT_OUT)
    assert len(people) == people["respondent"].nunique() == int(by_hand(name).answered.sum())
    assert len(people) + left_out == by_hand(name).rows


def test_so_many_rows_are_in() -> None:
    rows = {name: (by_hand(name).rows, len(submission(name).respondents)) for name in EXPORTS}
    assert rows == {
        "surveymonkey": (1186, 1186),
        "alchemer": (1705, 1091),
        "limesurvey": (77, 77),
        "typeform_experiences": (87, 87),
        "typeform_profile": (87, 87),
        "class": (80, 80),
        "qualtrics": (1, 1),
        "qualtrics_legacy": (1, 1),
        "redcap": (4, 4),
        "redcap_decimals": (4, 4),
        "redcap_longitudinal": (18, 14),
    }


@pytest.mark.parametrize("name", EXPORTS)
def test_nothing_fails_and_what_is_remarked_is_known(name: str) -> None:
    findings = loaded(name).findings
    assert not [f for f in findings if f.severity is Severity.FAIL]
    assert {f.code for f in findings} - LEFT_OUT <= EXPECTED


@pytest.mark.parametrize("name", EXPORTS)
def test_options_are_chosen_as_often_as_by_hand(name: str) -> None:
    answers = submission(name).answers
    for question, counts in by_hand(name).options.items():
        mine = answers[(answers["question"] == question) & (answers["option"] != "")]
        assert mine["option"].value_counts().to_dict() == counts, question
        assert not mine.duplicated(["respondent", "option"]).any()


@pytest.mark.parametrize("name", EXPORTS)
def test_as_many_answered_each_question_as_by_hand(name: str) -> None:
    answers = submission(name).answers
    answered = answers.groupby("question")["respondent"].nunique().to_dict()
    assert answered == by_hand(name).n


@pytest.mark.parametrize("name", EXPORTS)
def test_numbers_and_texts_are_those_of_the_file(name: str) -> None:
    answers = submission(name).answers
    questions = using(name).questions
    numbers = answers.dropna(subset="number").groupby("question")["number"]
    assert {code: sorted(values) for code, values in numbers} == by_hand(name).numbers
    written = answers[answers["text"] != ""].groupby("question").size().to_dict()
    open_texts = {code: n for code, n in written.items() if questions[code].type == "text"}
    assert open_texts == by_hand(name).texts
    beside = {code: n for code, n in written.items() if questions[code].type != "text"}
    assert beside == by_hand(name).others


@pytest.mark.parametrize("name", [name for name, export in EXPORTS.items() if export.personal])
def test_nothing_personal_is_kept(name: str) -> None:
    export = EXPORTS[name]
    encoding = "cp1252" if name == "surveymonkey" else "utf-8-sig"
    rows = read(REALDATA / export.file, export.headings, encoding)
    told = set(pd.unique(rows[list(export.personal)].to_numpy().ravel())) - {""}
    assert told
    made = submission(name)
    kept = {*made.respondents.astype(str).to_numpy().ravel(), *made.answers["text"]}
    assert not told & kept
    assert made.respondents["respondent"].str.fullmatch("[0-9a-f]{32}").all()


# ---- One of them published --------------------------------------------------------------------


@pytest.fixture(scope="module")
def films() -> Mapping[Group, tuple[float | None, int | None]]:
    """What an edition shows of the third column of films: share and n by group."""
    edition = publish([submission("surveymonkey")], using("surveymonkey"), Title("1", "2026-01-01"))
    cells = [cell for cell in edition.table("films").cells if cell.option == "iii"]
    return {cell.group: (cell.value, cell.n) for cell in cells if cell.is_shown}


def test_a_published_share_is_that_of_the_hand_count(
    films: Mapping[Group, tuple[float | None, int | None]],
) -> None:
    rows = starwars_by_hand.count(REALDATA)
    share, n = films[Group(survey="starwars", cohort="2014")]
    assert n == rows.n["films"] == 835
    assert share == pytest.approx(550 / 835)
