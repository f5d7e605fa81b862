"""Real data walks the whole way in a browser: uploaded, published, looked at, taken home.

The product is the same; CATALOGUE names the folder with what these data ask.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, Locator, Page, expect

from office.databases import upgrade
from tests.prove.test_whole_job import hand_over, publish
from tests.real_data.oregon_lists import sheet_rows, write_catalogue
from tests.real_data.palkkakysely_by_hand import FOLDER, count_by_hand
from tests.serving import Server, serve

REALDATA = Path(os.environ.get("REALDATA", ""))
OREGON = [
    REALDATA / "oregon_fall_membership" / f"fallmembershipreport_{years}.xlsx"
    for years in ("20182019", "20192020")
]
PAY = {year: REALDATA / "palkkakysely_fi" / str(year) / "results.xlsx" for year in (2021, 2022)}
EUGENE = "2082"  # a district of some 40 schools
PATIENCE_MS = 240_000
SHOWN_MS = 60_000
TALL = {"width": 1280, "height": 1800}
pytestmark = [
    pytest.mark.skipif(not os.environ.get("REALDATA"), reason="REALDATA names no folder of data"),
    pytest.mark.timeout(900),
]


@contextmanager
def served(folder: Path, catalogue: Path) -> Iterator[Server]:
    """A dashboard of that catalogue, in which there is nothing yet."""
    for room in ("archive", "shelf", "accounts"):
        upgrade(f"sqlite:///{(folder / room).as_posix()}.sqlite", room)
    with serve(folder, {"CATALOGUE": str(catalogue), "OPENBLAS_NUM_THREADS": "1"}) as server:
        yield server
        assert "Traceback" not in server.printed(), server.printed()


def bring_in(context: BrowserContext, server: Server, files: Sequence[Path]) -> None:
    """As director: hand over, save, preview, publish."""
    expect.set_options(timeout=SHOWN_MS)
    context.set_default_timeout(SHOWN_MS)
    page = context.new_page()
    page.set_viewport_size(TALL)
    page.goto(f"{server.address}/vastaanotto?role=director")
    hand_over(page, list(files))
    expect(page.get_by_text("Tarkistuksen tulos")).to_be_visible(timeout=PATIENCE_MS)
    keep_picture(page, f"{files[0].stem}_received")
    expect(page.locator("h3.file")).to_have_count(len(files))
    # Folded words and schools of one year alone are remarked; the director has looked at them.
    page.get_by_text(re.compile("Olen lukenut huomautukset")).click()
    page.get_by_role("button", name=f"Tallenna ({len(files)})").click()
    expect(page.get_by_text(f"Tallennettu {len(files)}.")).to_be_visible(timeout=PATIENCE_MS)
    page.goto(f"{server.address}/julkaisu?role=director")
    expect(page.get_by_role("heading", name="Julkaisu", exact=True)).to_be_visible()
    year = page.evaluate("new Date().getFullYear()")
    publish(page, f"{year}.1")
    keep_picture(page, f"{files[0].stem}_published")
    page.close()


def keep_picture(page: Page, name: str) -> None:
    """For a person to look at, where PICTURES names a folder; the test itself needs none."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def card(page: Page, name: str) -> Locator:
    """A figure on a page, once it is drawn."""
    found = page.locator(f".st-key-card-{name}")
    expect(found.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    expect(found.get_by_role("button", name="Lataa")).to_be_visible()
    return found


def downloaded(page: Page, figure: Locator) -> tuple[list[list[str]], Path, Path]:
    """The chart as the rows of its CSV, its workbook and its picture."""
    figure.get_by_role("button", name="Lataa").click()
    files: dict[str, Path] = {}
    for label in ("CSV", "Excel", "PNG"):
        with page.expect_download() as given:
            page.get_by_role("button", name=re.compile(label)).first.click()
        files[label] = given.value.path()
    text = files["CSV"].read_text("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";")), files["Excel"], files["PNG"]


def test_schools_of_a_state_from_workbook_to_chart(
    context: BrowserContext,
    tmp_path: Path,
) -> None:
    catalogue = write_catalogue(tmp_path / "catalogue", OREGON)
    with served(tmp_path, catalogue) as server:
        bring_in(context, server, OREGON)
        page = context.new_page()
        page.set_viewport_size(TALL)
        page.goto(f"{server.address}/tilastot?indicator=enrolment&programme={EUGENE}")
        figure = card(page, "time")
        keep_picture(page, "oregon_statistics")
        figure.get_by_role("button", name="Taulukko").click()
        totals = {"2018": district_total(OREGON[0]), "2019": district_total(OREGON[1])}
        for year, students in totals.items():
            row = figure.get_by_role("row").filter(has_text=year)
            thousands, rest = divmod(students, 1000)
            expect(row.first).to_contain_text(re.compile(rf"{thousands}\s{rest:03}"))
        rows, workbook, picture = downloaded(page, figure)
        written = {str(students) for students in totals.values()}
        assert written <= {cell for row in rows for cell in row}
        assert any(written <= values for values in cells_of(workbook))
        assert picture.read_bytes().startswith(b"\x89PNG")


def district_total(workbook: Path) -> int:
    """The report's own total of the district."""
    (total,) = (row[4] for row in sheet_rows(workbook, "District") if str(row[1]) == EUGENE)
    return int(total)  # type: ignore[call-overload]


def test_a_pay_survey_from_workbook_to_chart(
    context: BrowserContext,
    tmp_path: Path,
) -> None:
    counts = remote_by_hand()
    assert counts == {2021: (208, 497), 2022: (343, 614)}
    with served(tmp_path, FOLDER) as server:
        # Both are called results.xlsx, and two files of one name cannot be handed over together.
        files = [
            Path(shutil.copy(path, tmp_path / f"pay_{year}.xlsx")) for year, path in PAY.items()
        ]
        bring_in(context, server, files)
        page = context.new_page()
        page.set_viewport_size(TALL)
        page.goto(f"{server.address}/kyselyt?question=remote&option=remote")
        figure = card(page, "time")
        keep_picture(page, "pay_surveys")
        figure.get_by_role("button", name="Taulukko").click()
        for count, people in counts.values():
            row = figure.get_by_role("row").filter(has_text=str(people))
            expect(row.first).to_contain_text(f"{count / people:.0%}".replace("%", "\u00a0%"))
        rows, workbook, picture = downloaded(page, figure)
        said = {cell for row in rows for cell in row}
        assert {"497", "614"} <= said
        assert any("614" in values for values in cells_of(workbook))
        assert picture.read_bytes().startswith(b"\x89PNG")


def remote_by_hand() -> Mapping[int, tuple[int, int]]:
    """How many work remotely, and of how many, each year."""
    answers = count_by_hand(PAY).dropna(subset="remote")
    return {
        int(year): (sum("remote" in options for options in rows["remote"]), len(rows))
        for year, rows in answers.groupby("cohort")
    }


def cells_of(workbook: Path) -> list[set[str]]:
    """What each sheet says, as texts."""
    book = load_workbook(io.BytesIO(workbook.read_bytes()))  # its name has no extension
    return [
        {str(value) for row in sheet.iter_rows(values_only=True) for value in row if value}
        for sheet in book
    ]
