"""The pay survey of 2021 and 2022 in one edition: what was asked in the same way is one line, what
was recoded says so, and what was broken is neither joined nor pooled."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import data_loaders
from tests.real_data.palkkakysely_by_hand import FOLDER, two_digits
from yearbook import catalogue
from yearbook.charts import Chart, View, draw
from yearbook.charts.strokes import line_traces
from yearbook.charts.style import LIGHT
from yearbook.editions import Edition, Group
from yearbook.publication import Title, publish

REALDATA = Path(os.environ.get("REALDATA", ""))
pytestmark = [
    pytest.mark.skipif(not os.environ.get("REALDATA"), reason="REALDATA names no folder of data"),
    pytest.mark.timeout(600),
]
PAY = {year: REALDATA / "palkkakysely_fi" / str(year) / "results.xlsx" for year in (2021, 2022)}
NOTE = "In 2021 yearly invoicing was answered in the same question."


def edition_of(content: dict[str, Any]) -> Edition:
    using = catalogue.build(content)
    given = [data_loaders.load(path, using).submission for path in PAY.values()]
    return publish([one for one in given if one], using, Title("2022.1", "2022-12-01"))


@pytest.fixture(scope="module")
def edition() -> Edition:
    return edition_of(catalogue.read(FOLDER))


@pytest.fixture(scope="module")
def broken() -> Edition:
    """Income as one question of both years; in 2021 it was "income or invoicing"."""
    content = catalogue.read(FOLDER)
    questions = dict(content["questions"])
    former, income = questions.pop("income_or_billing"), dict(questions["income"])
    del income["since"]
    income["headings"] = [*former["headings"], *income["headings"]]
    note = {"fi": NOTE, "sv": NOTE, "en": NOTE}
    income["version"] = [{"first": 2022, "relation": "broken", "note": note}]
    return edition_of({**content, "questions": {**questions, "income": income}})


def trend(edition: Edition, indicator: str, option: str) -> Chart:
    table = edition.table(indicator).cut("cohort")
    return draw(edition, table, View(form="lines", option=option))


def median_by_hand(year: int) -> tuple[float, int]:
    rows = pd.read_excel(PAY[year], sheet_name=0, engine="openpyxl")
    (heading,) = [name for name in rows.columns if str(name).startswith("Vuositulot")]
    said = rows[heading].astype(str).str.replace(r"[ \xa0€]", "", regex=True).str.replace(",", ".")
    figures = pd.to_numeric(said, errors="coerce").dropna()
    return two_digits(float(figures.median())), len(figures)


@pytest.mark.parametrize(
    ("indicator", "option", "relation", "written"),
    [("pay_median", "", "same", ["4\u202f500", "5\u202f100"]),
     ("remote", "remote", "recoded", ["42\u00a0%", "56\u00a0%"]),
     ("employment", "invoicing", "recoded", ["11\u00a0%", "10\u00a0%"])],
)  # fmt: skip
def test_a_question_asked_in_the_same_way_or_recoded_is_one_line(
    edition: Edition, indicator: str, option: str, relation: str, written: list[str]
) -> None:
    question = edition.catalogue.questions[str(edition.catalogue.indicators[indicator].question)]
    assert [version.relation for version in question.versions] == [relation]
    chart = trend(edition, indicator, option)
    assert chart.breaks == ()
    (series,) = chart.series
    assert [mark.written for mark in series.marks] == written
    note = question.versions[0].note["fi"]
    assert (note in chart.notes) == (relation == "recoded")


def test_a_line_over_a_broken_question_is_not_joined(broken: Edition) -> None:
    chart = trend(broken, "income_median", "")
    (line,) = chart.breaks
    assert line.before == "2022"
    (series,) = chart.series
    by_hand = [median_by_hand(year) for year in PAY]
    assert [(mark.value, mark.n) for mark in series.marks] == by_hand
    assert any(NOTE in note for note in chart.notes)
    (drawn,) = [trace for trace in line_traces(chart, LIGHT) if "markers" in trace["mode"]]
    assert [value is None for value in drawn["y"]] == [False, True, False]
    assert drawn["connectgaps"] is False


def test_no_block_pools_what_was_broken(broken: Edition, edition: Edition) -> None:
    """2021 is a block of its own, and the one that begins in 2022 is not full yet. A question that
    was not broken keeps its block of both."""
    blocks = {cell.group.block for cell in broken.table("income_median").cells} - {"", "blocks"}
    assert blocks == {"2021-2021"}
    pooled = Group(survey="pay", block="2021-2022")
    assert pooled in edition.table("pay_median").by_group
    assert pooled in broken.table("pay_median").by_group
    assert pooled not in broken.table("income_median").by_group
