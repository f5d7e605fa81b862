"""A chart of every form from the small edition, and what tests read out of a drawn figure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from tests.editions_for_tests import small_edition
from yearbook.charts import Chart, View, draw
from yearbook.editions import FRAME, Edition, Table
from yearbook.language import Language

BLOCK = "2019-2021"
Draw = Callable[[Language], Chart]


def chart(table: Table, language: Language, edition: Edition | None = None, **view: str) -> Chart:
    return draw(edition or small_edition(), table, View(language, **view))  # type: ignore[arg-type]


def students(**chosen: Any) -> Table:
    return small_edition().table("students").select(programme="", **chosen)


def survey(indicator: str, **chosen: Any) -> Table:
    wanted = {"programme": "", "survey": "base", "block": BLOCK} | chosen
    return small_edition().table(indicator).select(**wanted)


def schools_of(indicator: str) -> Table:
    return small_edition().table(indicator).cut("school", "year")


# form -> how to draw it; each table has withheld, missing or not returned cells where it can.
FORMS: dict[str, Draw] = {
    "lines": lambda language: chart(students(), language, own_school="kuopio"),
    "bars": lambda language: chart(students(year="2025"), language, own_school="tampere"),
    "dots": lambda language: chart(
        survey("main_activity"), language, form="dots", option="employed", own_school="kuopio"
    ),
    "map": lambda language: chart(
        students(year="2025"), language, form="map", own_school="tampere"
    ),
    "stacked": lambda language: chart(survey("main_activity"), language, own_school="kuopio"),
    "diverging": lambda language: chart(
        survey("satisfaction_overall", school=("", "kuopio", "turku")),
        language,
        own_school="kuopio",
    ),
    "options": lambda language: chart(
        survey("all_activities", school=("", "kuopio", "turku")), language, own_school="kuopio"
    ),
    "slope": lambda language: chart(
        survey("main_activity", survey=("base", "followup"), school=("", "kuopio", "turku")),
        language,
        option="employed",
        own_school="kuopio",
    ),
    "small_multiple": lambda language: chart(
        schools_of("special_support_share"), language, form="small_multiple", own_school="kuopio"
    ),
    "representation": lambda language: chart(
        survey(FRAME, block="", cohort="2024", school=("", "kuopio", "tampere", "turku")),
        language,
        form="representation",
        own_school="kuopio",
    ),
    "sparkline": lambda language: chart(students(school=""), language, form="sparkline"),
}


def numbers_in(value: Any) -> Iterator[float]:
    """Every number of a nested dict, wherever it stands."""
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int | float):
        yield float(value)
    elif isinstance(value, dict):
        for part in value.values():
            yield from numbers_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from numbers_in(part)


def as_json(figure: dict[str, Any]) -> str:
    """As the browser gets it; fails on what JSON cannot say (NaN, dates, our own classes)."""
    return json.dumps(figure, allow_nan=False, ensure_ascii=False)
