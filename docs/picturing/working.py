"""Pictures of the desk and of a statement, in the order of a year's work: what one step makes, the
next one shows."""

from __future__ import annotations

import csv
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Locator, Page

from docs.picturing.camera import HEIGHT, TALL, WIDTH, Camera, settle
from sample_data.make import make
from ui.words import word

PUBLISHED_MS = 900_000
YEAR = 2025
SHEET = "Ammatillinen koulutus"
HEADINGS = ("Aikaleima", "Missä oppilaitoksessa opiskelit?", "Mikä tutkinto?", "Missä nyt mennään?")
ANSWERED = (
    ("Oulun konservatorio", "Musiikkialan perustutkinto", "Palkkatyössä"),
    ("Turun konservatorio", "Musiikkialan perustutkinto", "Keikkailen"),
    ("Lahden konservatorio", "Tanssialan perustutkinto", "Opiskelen"),
)
CHART = f"/tilastot?indicator=applicants_per_place&school=kuopio&years=2020-{YEAR}&role=director"
OPENING = (
    "Musiikkialan perustutkintoon on yhä enemmän hakijoita kuin aloituspaikkoja. Pyydämme, että "
    "rahoituksen leikkauksia arvioidaan uudelleen."
)


def all_of_them(camera: Camera, folder: Path) -> None:
    _blanks(camera)
    _answers(camera)
    _mapping(camera, folder)
    _packs(camera)
    with camera.page(CHART, TALL) as page:
        _write_statement(camera, page)
        statement = page.url.removeprefix(camera.server.address)
    _publish(camera, folder)
    _look_at_newer(camera, statement)


def _desk(path: str) -> str:
    return f"/{path}?role=director&lang=fi"


def _blanks(camera: Camera) -> None:
    with camera.page(_desk("vastaanotto")) as page:
        _choose(page, "desk.receive.part_blank")
        page.get_by_text(word("frame.desk").fi, exact=True).click()
        camera.take(page, "tyhjat-lomakkeet")


def _answers(camera: Camera) -> None:
    with camera.page(_desk("avovastaukset")) as page:
        page.locator(".st-key-answers-question input").click()
        page.get_by_role("option", name="Miten koulutusta").click()
        settle(page)
        page.get_by_role("textbox", name=word("desk.answers.words").fi).fill("enem")
        page.keyboard.press("Enter")
        page.locator("mark").first.wait_for()
        camera.take(page, "avovastaukset")
        page.get_by_role("button", name=word("desk.answers.pick").fi).first.click()
        editor = page.get_by_role("dialog")
        editor.get_by_text(word("desk.answers.finnish").fi, exact=True).click()
        editor.get_by_text(word("desk.answers.check_names").fi).click()
        camera.take(page, "lainaus", editor)


def _mapping(camera: Camera, folder: Path) -> None:
    """A survey whose headings nobody knows."""
    file = folder / f"Peruskysely {YEAR} (vastaukset).csv"
    with file.open("w", newline="", encoding="utf-8") as opened:
        rows = csv.writer(opened)
        rows.writerow(HEADINGS)
        for number in range(60):
            rows.writerow([f"{YEAR}-10-{1 + number % 28:02d} 10:00", *ANSWERED[number % 3]])
    with camera.page(_desk("vastaanotto")) as page:
        _hand_over(page, [file])
        page.locator("[class*=st-key-map-] button").first.click()
        page.get_by_text(word("desk.mapping.to_decide").fi.split("(")[0]).wait_for()
        camera.take(page, "kytkenta")


def _packs(camera: Camera) -> None:
    with camera.page(_desk("kokouspaketit"), 1100) as page:
        camera.take(page, "kokouspaketit")


def _write_statement(camera: Camera, page: Page) -> None:
    card = page.locator(".st-key-card-time")
    card.get_by_role("button", name=word("statement_page.clip").fi).click()
    card.locator("[class*=st-key-clipped-at-] a").click()
    page.get_by_role("textbox", name=word("statement_page.opening").fi).wait_for()
    for field, written in {
        "title_field": "Lausunto musiikkialan koulutuksen rahoituksesta",
        "recipient": "Opetus- ja kulttuuriministeriö",
        "diary_number": "VN/12345/2026",
        "place": "Helsinki",
        "opening": OPENING,
    }.items():
        settle(page)
        box = page.get_by_role("textbox", name=word(f"statement_page.{field}").fi, exact=True)
        box.fill(written)
        box.blur()
    camera.take(page, "lausunto", _top(page), page.locator("[class*=st-key-statement-told-]"))
    _choose(page, "statement_page.preview")
    camera.take(page, "lausunto-esikatselu", _top(page), page.locator(".st-key-statement-paper"))


def _look_at_newer(camera: Camera, statement: str) -> None:
    with camera.page(statement, TALL) as page:
        page.locator(".st-key-statement-newer summary").click()
        camera.take(page, "lausunto-uudet-luvut", page.locator(".st-key-statement-newer"))


def _publish(camera: Camera, folder: Path) -> None:
    returns = {path.name: path for path in make(folder / "made", years=[YEAR])}
    broken = _with(returns[f"lahti_{YEAR}.xlsx"], "Opiskelijat", "kaksitoista")
    mended = _with(returns[f"kuopio_{YEAR}.xlsx"], "Ensisijaiset hakijat", 86)
    with camera.page(_desk("vastaanotto"), TALL) as page:
        _hand_over(page, [broken, mended])
        camera.take(page, "tarkistus", _top(page), page.locator("[class*=st-key-file-]").last)
        if (remarks := page.locator(".st-key-seen-warnings")).count():
            remarks.get_by_text(word("desk.receive.seen").fi).click()
        page.locator(".st-key-keep button").click()
        page.locator(".st-key-keep").wait_for(state="detached")
        settle(page)
    with camera.page(_desk("julkaisu"), TALL) as page:
        page.locator(".st-key-reports summary").click()
        table = page.locator("table", has_text=word("desk.protection.grouping").fi).first
        table.wait_for()
        title = page.get_by_text(word("desk.protection.ordinary").fi.split("{")[0]).first
        camera.take(page, "suojausraportti", title, table)
    with camera.page(_desk("julkaisu"), 1000) as page:
        page.locator(".st-key-preview button").click()
        publish = page.locator(".st-key-publish button")
        publish.wait_for(timeout=PUBLISHED_MS)
        camera.take(page, "esikatselu")
        publish.click()
        page.locator(".st-key-confirm button").click()
        page.get_by_text(word("desk.preview.lead").fi).wait_for()
        page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        camera.take(page, "julkaisut")


def _with(workbook: Path, name: str, value: object) -> Path:
    book = load_workbook(workbook)
    [row] = [row for row in book[SHEET].iter_rows() if row[0].value == name]
    row[2].value = value
    book.save(workbook)
    return workbook


def _hand_over(page: Page, files: list[Path]) -> None:
    page.locator("input[type=file]").set_input_files(files)
    page.locator(".st-key-check button:enabled").click()
    page.get_by_text(word("desk.receive.receipts").fi).wait_for()
    settle(page)


def _choose(page: Page, key: str) -> None:
    """A part of a page, by the row of choices above it."""
    choices = page.locator("[data-testid=stButtonGroup]")
    choices.get_by_text(word(key).fi, exact=True).click()
    settle(page)


def _top(page: Page) -> Locator:
    return page.locator("[data-testid=stHeader]")
