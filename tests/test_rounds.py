"""A question's blocks: where the grid, its own breaks and its own old tables begin new ones."""

from __future__ import annotations

from typing import Any

import pytest

from tests.small_catalogue import catalogue, content, text
from tests.test_frames import answered, frame, told
from yearbook.publication import Title, publish
from yearbook.publication.rounds import blocks_of, given_by
from yearbook.submissions import Submission

ROUNDS = answered(*(("a", "music", cohort, 9) for cohort in range(2017, 2024)))
BROKEN = {"first": 2020, "relation": "broken", "note": text("note")}


def asked(**more: Any) -> dict[str, Any]:
    questions = content()["questions"]
    return {"questions": {**questions, "activity": {**questions["activity"], **more}}}


def begun(survey_year: int) -> dict[str, Any]:
    (base,) = content()["rounds"]["survey"]
    return {"rounds": {"survey": [{**base, "since": survey_year}]}}


def blocks(*submissions: Submission, **changes: Any) -> list[str]:
    given = given_by(submissions, catalogue(**changes))
    question = given.catalogue.questions["activity"]
    return [block.code for block in blocks_of(question, "base", given)]


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ({}, ["2017-2017", "2018-2020", "2021-2023"]),
        ({"version": [BROKEN]}, ["2017-2017", "2018-2018", "2019-2020", "2021-2023"]),
        ({"since": 2020}, ["2019-2020", "2021-2023"]),
        ({"until": 2020}, ["2017-2017", "2018-2019"]),
    ],
)
def test_only_a_questions_own_breaks_cut_its_blocks(more: dict[str, Any], codes: list[str]) -> None:
    """The survey of 2020 asked the cohort 2019."""
    changes = asked(**more)
    assert blocks(ROUNDS, **changes) == codes
    regular = given_by([ROUNDS], catalogue(**changes)).blocks["base"]
    assert [block.code for block in regular] == ["2017-2017", "2018-2020", "2021-2023"]


def test_an_older_report_moves_no_border_of_a_survey_whose_beginning_is_declared() -> None:
    """Cohort 2016 was the first to be asked in 2017: what is older is a block of its own."""
    first = ["2016-2017", "2018-2020", "2021-2023"]
    older = answered(("a", "music", 2013, 9), ("a", "music", 2015, 9))
    assert blocks(ROUNDS, **begun(2017)) == first
    assert blocks(ROUNDS, older, **begun(2017)) == ["2013-2014", "2015-2015", *first]


def test_the_invited_are_known_of_every_questions_blocks() -> None:
    """All blocks of the survey are 2017 and 2018-2020; those of the broken question are others."""
    three = answered(*(("a", "music", cohort, 9) for cohort in range(2017, 2021)))
    invited = frame(*(("a", "music", cohort, 20, 20) for cohort in range(2017, 2021)))
    using = catalogue(**asked(version=[BROKEN]))
    edition = publish([three, invited], using, Title("2026.1", "2026-01-01"))
    assert edition.blocks == {"base": ("2017-2017", "2018-2020")}
    assert told(edition, block="2018-2020") == (60, 60, 27)
    assert told(edition, school="a", block="2019-2020") == (40, 40, 18)
    assert told(edition, school="a", block="blocks") == (80, 80, 36)
    single = {group.block for group in edition.table("activity").by_group if group.block}
    assert single == {"2017-2017", "2018-2018", "2019-2020", "blocks"}
