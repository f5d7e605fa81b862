"""A process for the public opens the public's editions, and reads nothing of the members'."""

from __future__ import annotations

import json
from csv import DictReader
from dataclasses import replace
from io import StringIO
from pathlib import Path
from urllib.request import urlopen

import pytest

from door import reading
from office.settings import settings
from tests.editions_for_tests import small_edition
from tests.serving import serve
from tests.session import kinds, visit, words
from yearbook import edition_files, shelf
from yearbook.catalogue import read
from yearbook.charts import View, draw, screen
from yearbook.database import connect, write
from yearbook.editions import Cell, Edition, Group, State, Table
from yearbook.exports import csv
from yearbook.language import Language
from yearbook.publication.public import for_public

PUBLIC = ("students", "main_activity")
RANGE = Group(survey="base", block="2022-2024", programme="1703")


def members() -> Edition:
    """The small edition, of which students and the main activity are for the public; of one group
    two persons moved abroad."""
    whole = small_edition()
    indicators = {
        code: {**entry, "audience": "public" if code in PUBLIC else "members"}
        for code, entry in whole.content["indicators"].items()
    }
    content = {**whole.content, "indicators": indicators, "disclosure": read()["disclosure"]}
    table = whole.table("main_activity")
    cells = tuple(_of_few(cell) if cell.group == RANGE else cell for cell in table.cells)
    tables = {**whole.tables, "main_activity": Table("main_activity", cells)}
    return edition_files.seal(replace(whole, content=content, tables=tables))


def _of_few(cell: Cell) -> Cell:
    counts = {
        "employed": 74,
        "full_time_student": 26,
        "unemployed": 12,
        "others": 6,
        "emigrated": 2,
    }
    return replace(cell, count=counts[cell.option], value=counts[cell.option] / 120, n=120)


# --- What the process reads -------------------------------------------------------------------


def test_the_audience_is_the_members_unless_it_is_the_public() -> None:
    assert settings({}).audience == "members"
    public = settings({"AUDIENCE": "public", "ARCHIVE_URL": "sqlite:///archive.sqlite"})
    assert (public.audience, public.archive_url) == ("public", None)
    with pytest.raises(ValueError, match="'everyone' is neither members nor public"):
        settings({"AUDIENCE": "everyone"})


def test_a_public_process_works_without_the_members_editions(own_empty_shelf: Path) -> None:
    """Their rows are gone from the shelf; what the public sees is all there, and no desk."""
    whole = members()
    engine = connect(f"sqlite:///{own_empty_shelf}/shelf.sqlite")
    shelf.put_all(engine, (whole, for_public(whole)))
    with write(engine) as connection:
        for table in (shelf.edition_tables, shelf.editions):
            connection.execute(table.delete().where(table.c.audience == "members"))
    with serve(own_empty_shelf, {"AUDIENCE": "public"}) as server:
        with urlopen(f"{server.address}/health", timeout=30) as answer:
            told = json.load(answer)
        assert told == {"status": "ok", "edition": "2026.1", "audience": "public"}
        with visit(server.address, origin=server.address) as visitor:
            for page in ("", "tilastot", "valmistuneet", "kyselyt", "tutkinnot", "tietoa"):
                seen = visitor.open_page(page, "lang=en&school=kuopio&role=director")
                assert "page_not_found" not in kinds(seen), page
                assert "rounded for the public edition" in words(seen) or page == "tietoa", page
                assert "could not be shown" not in words(seen), page
            for page in ("koulut", "julkaisu", "vastaanotto"):
                assert "page_not_found" in kinds(visitor.open_page(page, "role=director")), page
        assert "Traceback" not in server.printed()


def test_the_public_is_shown_nothing_that_was_published_for_members_only(
    own_empty_shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"sqlite:///{own_empty_shelf}/shelf.sqlite"
    monkeypatch.setenv("SHELF_URL", address)
    shelf.put(connect(address), members())
    assert reading.editions_in_sight() == ("2026.1",)
    assert reading.edition("2026.1").audience == "members"
    monkeypatch.setenv("AUDIENCE", "public")
    assert reading.editions_in_sight() == ()
    with pytest.raises(shelf.NotOnShelfError):
        reading.edition("2026.1")


# --- How ranges are drawn ---------------------------------------------------------------------


@pytest.mark.parametrize("form", ["stacked", "options", "bars", "dots", "lines"])
def test_a_range_is_drawn_as_a_range_in_every_form(form: str) -> None:
    """2 of 120 are "1–4" of 120: from 0 to 4 per cent, never a point and never their own number."""
    public = for_public(members())
    table = public.table("main_activity").select(survey="base", block="2022-2024")
    if form in ("options", "lines"):
        table = table.select(programme="1703")
    option = "emigrated" if form in ("bars", "dots") else ""
    drawn = draw(public, table, View(Language.EN, form=form, option=option))
    marks = [m for series in drawn.series for m in series.marks if m.state is State.INTERVAL]
    assert [(m.value, m.low, m.high, m.written, m.n) for m in marks] == [(None, 0, 4, "0–4%", 120)]
    assert "(1–4 of 120 respondents)" in marks[0].says
    assert "Of 1–4 persons only the range is shown" in " ".join(drawn.footer)
    assert "numbers of persons rounded for the public edition" in drawn.source
    traces = screen.figure(drawn)["data"]
    hovers = [text for trace in traces for text in trace.get("hovertext") or ()]
    assert any("0–4%" in text for text in hovers)
    rows = list(DictReader(StringIO(csv.write(drawn, public).decode("utf-8-sig"))))
    found = [row for row in rows if row["State"] == "interval"]
    assert [(row["Value"], row["Interval low"], row["Interval high"]) for row in found] == [
        ("", "0", "4")
    ]
