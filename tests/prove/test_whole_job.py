"""The whole job in a browser: from the members' workbooks to a chart taken home, and back again."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, Locator, Page, expect

from office.databases import upgrade
from sample_data.make import make
from tests.serving import Server, serve

CHECKED_MS = 180_000  # a busy machine reads seventeen workbooks slowly
PUBLISHED_MS = 240_000
SHOWN_MS = 60_000  # what takes a second or two when nothing else runs
SCHOOLS = 16
FIGURES_SHEET = "Ammatillinen koulutus"


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The members' own returns for 2023, all of theirs for 2022 in one, and surveys, by name."""
    made = make(tmp_path_factory.mktemp("workbooks"), years=range(2022, 2025))
    return {path.name: path for path in made}


@pytest.fixture(scope="module")
def empty_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A dashboard with databases in which there is nothing yet."""
    folder = tmp_path_factory.mktemp("served")
    for room in ("archive", "shelf", "accounts"):
        upgrade(f"sqlite:///{(folder / room).as_posix()}.sqlite", room)
    with serve(folder) as served:
        yield served


def set_figure(workbook: Path, target: Path, row_name: str, value: object) -> Path:
    """A copy in which the first figure of that row is another."""
    book = load_workbook(workbook)
    sheet = book[FIGURES_SHEET]
    (row,) = (row for row in sheet.iter_rows() if row[0].value == row_name)
    row[2].value = value  # type: ignore[assignment]
    book.save(target)
    return target


def number_in(workbook: Path, row_name: str) -> int:
    rows = load_workbook(workbook)[FIGURES_SHEET].iter_rows(values_only=True)
    return int(next(row[2] for row in rows if row[0] == row_name))  # type: ignore[arg-type]


def hand_over(page: Page, files: list[Path]) -> None:
    page.locator("input[type=file]").set_input_files(files)
    check = page.get_by_role("button", name="Tarkista tiedostot")
    expect(check).to_be_enabled(timeout=CHECKED_MS)
    check.click()


def receipt(page: Page, file_name: str) -> Locator:
    heading = page.locator("h3.file", has_text=file_name)
    return page.locator("[class*='st-key-file-']").filter(has=heading)


def publish(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile("Tee esikatselu|Tee uusi esikatselu")).click()
    page.get_by_role("button", name=f"Julkaise {name}").click(timeout=PUBLISHED_MS)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("ei voi muuttaa jälkikäteen")
    dialog.get_by_role("button", name="Julkaise", exact=True).click()
    expect(page.get_by_role("status").filter(has_text=f"Julkaisu {name} on")).to_be_visible()


def choose(page: Page, filter_name: str, option: str) -> None:
    page.get_by_role("combobox", name=re.compile(filter_name)).click()
    page.get_by_role("option", name=option, exact=True).click()


@pytest.mark.timeout(600)
def test_from_workbook_to_chart_and_back(
    context: BrowserContext, empty_server: Server, workbooks: dict[str, Path], tmp_path: Path
) -> None:
    own = [path for name, path in workbooks.items() if re.fullmatch(r"[a-z-]+_2023.xlsx", name)]
    returns = [path for path in own if "kysely" not in path.name]
    assert len(returns) == SCHOOLS
    earlier = next(path for name, path in workbooks.items() if name.startswith("jasentilasto"))
    survey = workbooks["peruskysely_2023.xlsx"]
    kuopio, lahti = workbooks["kuopio_2023.xlsx"], workbooks["lahti_2023.xlsx"]
    broken = [
        set_figure(kuopio, tmp_path / kuopio.name, "Opiskelijat", "kaksitoista"),
        set_figure(lahti, tmp_path / lahti.name, "Opiskelijat", -5),
    ]
    whole = [path for path in returns if path not in (kuopio, lahti)]

    expect.set_options(timeout=SHOWN_MS)
    context.set_default_timeout(SHOWN_MS)
    director = context.new_page()
    director.goto(f"{empty_server.address}/vastaanotto?role=director")
    bring_in(director, [*whole, earlier, survey, *broken], [kuopio, lahti])
    first = show_desk(director, empty_server, "julkaisu")
    publish(director, f"{first}.1")

    member = context.new_page()
    look_and_take_home(member, empty_server, number_in(kuopio, "Opiskelijat"))

    correct_and_roll_back(director, empty_server, kuopio, tmp_path, first)
    member.reload()
    expect(member.get_by_role("button", name=f"Julkaisu {first}.1")).to_be_visible()


def bring_in(page: Page, files: list[Path], mended: list[Path]) -> None:
    """Two of the files are broken: they say where, change nothing, and are mended."""
    hand_over(page, files)
    expect(page.get_by_text("Tarkistuksen tulos")).to_be_visible(timeout=CHECKED_MS)
    expect(page.locator("h3.file")).to_have_count(len(files))
    expect(receipt(page, "kuopio_2023.xlsx")).to_contain_text("kaksitoista")
    expect(receipt(page, "kuopio_2023.xlsx")).to_contain_text("mitään ei tallenneta")
    expect(receipt(page, "lahti_2023.xlsx")).to_contain_text(re.compile(r"solu C\d+"))
    expect(receipt(page, "oulu_2023.xlsx")).to_contain_text("Oulun konservatorio · 2023")
    expect(receipt(page, "peruskysely_2023.xlsx")).to_contain_text("Peruskysely 2023")
    with page.expect_download() as given:
        page.get_by_role("button", name="Lataa raportti").click()
    rows = list(csv.reader(io.StringIO(given.value.path().read_text("utf-8-sig")), delimiter=";"))
    assert rows[0][0] == "Tiedosto"
    assert {row[0] for row in rows if row[1] == "Korjattava"} == {path.name for path in mended}

    hand_over(page, mended)
    expect(page.get_by_text(f"{len(files)} kunnossa")).to_be_visible(timeout=CHECKED_MS)
    page.get_by_role("button", name=f"Tallenna ({len(files)})").click()
    expect(page.get_by_text(f"Tallennettu {len(files)}.")).to_be_visible(timeout=CHECKED_MS)


def show_desk(page: Page, server: Server, path: str) -> str:
    """The year in which editions are published now."""
    page.goto(f"{server.address}/{path}?role=director")
    expect(page.get_by_role("heading", name="Julkaisu", exact=True)).to_be_visible()
    return str(page.evaluate("new Date().getFullYear()"))


def look_and_take_home(page: Page, server: Server, students: int) -> None:
    """A member narrows to a school, a programme and years, reads the table, takes CSV and PNG."""
    page.goto(f"{server.address}/tilastot?indicator=students")
    page.get_by_role("button", name="Valitse oma oppilaitos").click()
    choose(page, "Oma oppilaitos", "Kuopion konservatorio")
    expect(page.get_by_role("button", name="Kuopio")).to_be_visible()
    page.keyboard.press("Escape")
    choose(page, "Tutkinto tai koulutus", "Musiikkialan perustutkinto")
    page.get_by_role("slider").first.press("ArrowRight")
    expect(page).to_have_url(re.compile("programme=.*years=2023-2023|years=2023-2023.*programme="))
    card = page.locator(".st-key-card-time")
    card.get_by_role("button", name="Taulukko").click()
    row = card.get_by_role("row").filter(has_text="2023")
    expect(row).to_contain_text(str(students))
    card.get_by_role("button", name="Lataa").click()
    with page.expect_download() as given:
        page.get_by_role("button", name="CSV").click()
    text = given.value.path().read_text("utf-8-sig")
    assert f";{students};" in text
    assert "keksittyjä" in text
    with page.expect_download() as given:
        page.get_by_role("button", name="Kuva (PNG)").click()
    assert given.value.path().read_bytes().startswith(b"\x89PNG")


def correct_and_roll_back(
    page: Page, server: Server, kuopio: Path, folder: Path, year: str
) -> None:
    """A newer return takes the older one's place; what it changes is shown; it is rolled back."""
    before = number_in(kuopio, "Opiskelijat")
    corrected = set_figure(kuopio, folder / "kuopio_uusi.xlsx", "Opiskelijat", before + 1)
    page.goto(f"{server.address}/vastaanotto?role=director")
    hand_over(page, [corrected])
    expect(receipt(page, "kuopio_uusi.xlsx")).to_contain_text(
        "Korvaa: Kuopio 2023", timeout=CHECKED_MS
    )
    page.get_by_role("button", name="Tallenna (1)").click()
    expect(page.get_by_text("Tallennettu 1.")).to_be_visible(timeout=CHECKED_MS)

    show_desk(page, server, "julkaisu")
    publish(page, f"{year}.2")
    row = page.get_by_role("row").filter(has_text=f"{year}.2").first
    expect(row).to_contain_text("Näkyvissä")
    page.get_by_role("button", name="Palauta näkyviin").click()
    page.get_by_role("dialog").get_by_role("button", name="Palauta näkyviin", exact=True).click()
    expect(page.get_by_text(f"Julkaisu {year}.1 on taas näkyvissä.")).to_be_visible()
