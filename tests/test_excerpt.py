"""Tests that a chart can be drawn again from its codes, and that no code tells what it must not."""

from __future__ import annotations

import contextlib
import zlib
from base64 import urlsafe_b64encode
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.charts_for_tests import students
from tests.editions_for_tests import small_edition
from yearbook.charts import draw
from yearbook.charts.excerpt import (
    Excerpt,
    NotAnExcerpt,
    brought_up_to,
    cells_of,
    drawn_again,
    excerpt_of,
    read,
    write,
)
from yearbook.charts.view import View
from yearbook.editions import Edition, Group, Table
from yearbook.language import Language, Text

VIEW = View(Language.FI, own_school="kuopio")


def of_students(**chosen: object) -> Excerpt:
    return excerpt_of(small_edition(), students(**chosen), VIEW, "lines")


def with_2026() -> Edition:
    """The small edition, and a year later."""
    edition = small_edition()
    table = edition.table("students")
    newest = [cell for cell in table.cells if cell.group.year == "2025"]
    later = tuple(replace(cell, group=replace(cell.group, year="2026")) for cell in newest)
    tables = {**edition.tables, "students": Table("students", (*table.cells, *later))}
    return replace(edition, name="2027.1", tables=tables)


def years(excerpt: Excerpt) -> list[str]:
    return sorted({group.year for group in excerpt.groups})


def test_a_chart_is_drawn_again_from_its_code() -> None:
    edition = small_edition()
    first = draw(edition, students(), VIEW)
    code = write(of_students())
    assert len(code) < 300
    assert drawn_again(read(code), edition, Language.FI) == first


def test_it_is_drawn_in_another_language_and_with_own_words() -> None:
    said = Text("Oma otsikko", "Egen rubrik", "My headline")
    chart = drawn_again(of_students(), small_edition(), Language.SV, headline=said)
    assert (chart.language, chart.headline) == (Language.SV, "Egen rubrik")
    assert "Kuopio" in [series.name for series in chart.series]


def test_a_series_goes_on_in_a_newer_edition_and_a_single_moment_moves_on() -> None:
    then, now = small_edition(), with_2026()
    series, newest, old = (of_students(**chosen) for chosen in (
        {}, {"year": "2025"}, {"year": "2024"}
    ))  # fmt: skip
    assert years(brought_up_to(series, then, now)) == [*years(series), "2026"]
    assert years(brought_up_to(newest, then, now)) == ["2026"]
    assert years(brought_up_to(old, then, now)) == ["2024"]
    assert brought_up_to(series, then, now).edition == "2027.1"
    assert brought_up_to(series, then, then) == series


def test_groups_that_the_edition_does_not_have_are_left_out() -> None:
    foreign = replace(of_students(), groups=(Group(school="nowhere", year="2025"),))
    assert cells_of(foreign, small_edition()).cells == ()


def packed(text: str) -> str:
    return urlsafe_b64encode(zlib.compress(text.encode())).decode()


@pytest.mark.parametrize(
    "code",
    [
        "",
        "x",
        "ö",
        packed("[]"),
        packed("{}"),
        packed('{"format": 2}'),
        packed('{"format": 1, "groups": {"count": 1000000}}'),
        packed('{"format": 1, "groups": {"count": 1, "year": ["1", "2"]}}'),
        packed('{"format": 1, "groups": {"count": 1, "year": [5]}}'),
        packed('{"format": 1, "indicator": ["students"], "groups": {"count": 1}}'),
        packed("[" * 100_000),
        packed(" " * 300_000 + "{}"),
        write(of_students())[:-9],
        write(of_students()) + "/x",
        write(of_students()) + "AAAA",
    ],
)
def test_what_is_no_excerpt_is_refused(code: str) -> None:
    with pytest.raises(NotAnExcerpt):
        read(code)


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda b: urlsafe_b64encode(b).decode()))
def test_whatever_is_read_is_an_excerpt_or_refused(code: str) -> None:
    with contextlib.suppress(NotAnExcerpt):
        assert read(code)


names = st.text(max_size=12)
groups = st.builds(Group, names, names, names, names, names, names, names, names)


@given(st.builds(Excerpt, names, names, names, st.lists(groups, min_size=1, max_size=9).map(tuple)))
def test_what_is_written_is_read_back(excerpt: Excerpt) -> None:
    assert read(write(excerpt)) == excerpt
