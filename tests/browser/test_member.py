"""A collegium member explores the sample data in a browser: filters, table, link, downloads."""

from __future__ import annotations

import csv
import struct
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import NARROW
from tests.serving import Server

expect.set_options(timeout=30_000)  # machines that run tests may be busy

INVENTED = {
    "fi": "Luvut ovat keksittyjä (esimerkkiaineisto)",
    "sv": "Siffrorna är påhittade (exempelmaterial)",
    "en": "The figures are invented (sample data)",
}
PAGES = ["", "koulut", "tutkinnot", "tilastot", "valmistuneet", "kyselyt", "tietoa", "tietosuoja"]


def open_at(page: Page, server: Server, path: str) -> None:
    page.goto(f"{server.address}/{path}")
    expect(page.locator("h1.page-title")).to_be_visible()
    settle(page)


def settle(page: Page) -> None:
    """Until the script has run to its end."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def card(page: Page, key: str):  # type: ignore[no-untyped-def]
    return page.locator(f".st-key-card-{key}")


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(label, exact=True).first.click()
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def test_filters_table_and_address(page: Page, sample_server: Server) -> None:
    open_at(page, sample_server, "tilastot")
    choose(page, "Luku", "Tutkinnon suorittaneet")
    choose(page, "Tutkinto tai koulutus", "Tanssialan perustutkinto")
    expect(card(page, "time").locator(".subtitle")).to_contain_text("Tanssialan perustutkinto")
    expect(page).to_have_url(
        f"{sample_server.address}/tilastot?indicator=graduates&programme=321501"
    )
    card(page, "time").get_by_text("Taulukko", exact=True).click()
    rows = card(page, "time").locator("tbody tr:not(:has(td.parted))")
    expect(rows).to_have_count(14)  # 2012–2025
    breaks = card(page, "time").locator("td.parted")
    expect(breaks).to_have_text(
        ["Katko: Ammatillisen koulutuksen reformi", "Katko: Uudet tutkinnon perusteet"]
    )
    expect(rows.first.locator("th")).to_have_text("2012")
    card(page, "time").get_by_role("button", name="Tilastovuosi").click()
    card(page, "time").get_by_role("button", name="Tilastovuosi").click()
    expect(rows.first.locator("th")).to_have_text("2025")
    expect(breaks).to_have_count(0)
    page.get_by_role("button", name="Tyhjennä").click()
    expect(page).to_have_url(f"{sample_server.address}/tilastot")


def test_own_school_goes_from_page_to_page_and_stands_out(
    page: Page, sample_server: Server
) -> None:
    open_at(page, sample_server, "tilastot")
    page.get_by_role("button", name="Valitse oma oppilaitos").click()
    choose(page, "Oma oppilaitos", "Kuopion konservatorio")
    expect(page.locator(".st-key-own-school")).to_contain_text("Kuopio")
    expect(card(page, "schools").locator(".headline")).to_contain_text("Kuopio")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Koulut").click()
    expect(page.locator("h1.page-title")).to_have_text("Kuopion konservatorio")
    expect(page).to_have_url(f"{sample_server.address}/koulut?school=kuopio")


def test_the_language_changes_everything_but_the_choices(page: Page, sample_server: Server) -> None:
    open_at(page, sample_server, "tilastot?school=kuopio&indicator=graduates")
    for code, label, title in (
        ("sv", "SV", "Statistik"),
        ("en", "EN", "Statistics"),
        ("fi", "FI", "Tilastot"),
    ):
        page.locator(".st-key-frame").get_by_role("radio", name=label).click()
        expect(page.locator("h1.page-title")).to_have_text(title)
        expect(page.locator("html")).to_have_attribute("lang", code)
        expect(page.locator(".banner").first).to_have_text(INVENTED[code])
        expect(card(page, "time").locator(".footer")).to_contain_text(INVENTED[code])
        assert "school=kuopio" in page.url
        assert "indicator=graduates" in page.url


def test_downloads_hold_what_the_screen_shows(
    page: Page, sample_server: Server, tmp_path: Path
) -> None:
    open_at(page, sample_server, "tilastot?school=kuopio&years=2024-2025")
    card(page, "time").get_by_text("Taulukko", exact=True).click()
    shown = card(page, "time").locator("tbody tr").first.locator("td").all_inner_texts()
    table = _download(page, "CSV", tmp_path)
    written = list(csv.reader(table.read_text("utf-8-sig").splitlines(), delimiter=";"))
    numbers = {
        field.replace("\u202f", "").replace("\u00a0", "") for row in written for field in row
    }
    assert {number.replace("\u202f", "") for number in shown} <= numbers
    assert INVENTED["fi"] in table.read_text("utf-8-sig")
    assert _download(page, "Excel", tmp_path).read_bytes()[:2] == b"PK"
    picture = _download(page, "Kuva (PNG)", tmp_path).read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture[16:24]) == (2560, 1440)


def _download(page: Page, name: str, folder: Path) -> Path:
    listed = page.locator("[data-testid=stPopoverBody]")
    if not listed.is_visible():
        card(page, "time").get_by_text("Lataa", exact=True).click()
    with page.expect_download(timeout=60_000) as waited:
        listed.get_by_text(name, exact=True).click()
    path = folder / waited.value.suggested_filename
    waited.value.save_as(path)
    return path


def test_the_map_leads_to_a_school(page: Page, sample_server: Server) -> None:
    open_at(page, sample_server, "")
    circle = card(page, "map").locator(".point").first
    circle.wait_for()
    circle.scroll_into_view_if_needed()
    box = circle.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/koulut?place=*")
    expect(page.locator("h1.page-title")).not_to_have_text("Yleiskuva")


def test_filters_fold_under_one_button_on_a_narrow_screen(
    browser: Browser, sample_server: Server
) -> None:
    context = browser.new_context(viewport=NARROW, locale="fi-FI")
    page = context.new_page()
    open_at(page, sample_server, "tilastot")
    theme = page.get_by_label("Aihe", exact=True)
    expect(theme).to_be_hidden()
    page.locator(".st-key-fold label").click()
    expect(theme.first).to_be_visible()
    context.close()
