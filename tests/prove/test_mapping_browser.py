"""A survey that nobody knows is mapped once in a browser, and read by itself the next year."""

import csv
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from office.databases import upgrade
from tests.prove.test_whole_job import publish
from tests.serving import Server, serve

LONG_MS = 60_000  # what takes a second or two when nothing else runs
RESPONDENTS = 40
HEADINGS = (
    "Aikaleima",
    "Sähköpostiosoite",
    "Missä paikassa kävit koulua?",
    "Mikä on pääasiallinen toimintasi tällä hetkellä?",
    "Mitä soitinta soitat vapaa-ajalla?",
    "Mistä kuulit kyselystä?",
)
SCHOOLS = ("Kuopion konservatorio", "Lahden konservatorio")
ACTIVITIES = ("Palkkatyössä", "Opiskelija", "Perhevapaalla", "Kutsun itseäni etsijäksi")
INSTRUMENTS = ("Piano", "Kitara", "Viulu")


@pytest.fixture(scope="module")
def empty_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A dashboard with databases in which there is nothing yet."""
    folder = tmp_path_factory.mktemp("mapped")
    for room in ("archive", "shelf", "accounts"):
        upgrade(f"sqlite:///{(folder / room).as_posix()}.sqlite", room)
    with serve(folder) as served:
        yield served


def form(folder: Path, year: int) -> Path:
    """As Google Forms writes it: several answers of one cell apart by commas."""
    chance = random.Random(year)
    path = folder / f"Peruskysely {year} (vastaukset).csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(HEADINGS)
        for number in range(RESPONDENTS):
            soitot = chance.sample(INSTRUMENTS, chance.randint(1, 2))
            rows.writerow([
                f"{year}/10/{1 + number % 28:02d} 10:{number:02d}:00 ap. EET",
                f"vastaaja{number}@example.fi",
                SCHOOLS[number % 2],
                ACTIVITIES[number % 4],
                ", ".join(soitot),
                "Sähköpostista",
            ])  # fmt: skip
    return path


def column(page: Page, heading: str) -> Locator:
    return page.locator("[class*='st-key-column-']").filter(has_text=heading)


def choose(page: Page, where: Locator | Page, name: str, option: str | re.Pattern[str]) -> None:
    """A list closes again if the page is drawn or scrolled after it was opened."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning")
    box = where.get_by_role("combobox", name=name)
    box.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    box.click()
    page.get_by_role("option", name=option).click()


def hand_over(page: Page, path: Path) -> None:
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Tarkista tiedostot").click()
    expect(page.locator("h3.file", has_text=path.name)).to_be_visible(timeout=LONG_MS)


@pytest.mark.timeout(600)
def test_an_unknown_survey_is_mapped_once(page: Page, empty_server: Server, tmp_path: Path) -> None:
    expect.set_options(timeout=LONG_MS)
    page.set_default_timeout(LONG_MS)
    page.goto(f"{empty_server.address}/vastaanotto?role=director&lang=fi")
    hand_over(page, form(tmp_path, 2024))
    expect(page.get_by_text("mitään ei tallenneta")).to_be_visible()
    page.get_by_role("button", name="Kytke sarakkeet ja vastaukset").click()
    decide_columns(page)
    decide_options(page)
    keep(page)
    year = str(page.evaluate("new Date().getFullYear()"))
    page.goto(f"{empty_server.address}/julkaisu?role=director&lang=fi")
    publish(page, f"{year}.1")
    see_chart(page, empty_server)

    page.goto(f"{empty_server.address}/vastaanotto?role=director&lang=fi")
    hand_over(page, form(tmp_path, 2025))
    expect(page.get_by_text("1 kunnossa")).to_be_visible()
    expect(page.get_by_text(f"{RESPONDENTS} vastaajaa")).to_be_visible()


def decide_columns(page: Page) -> None:
    """A role, a new question, and one left out; the rest was recognised."""
    expect(page.get_by_text("Päätettävät sarakkeet (3)")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("vastaaja1@example.fi")
    dialog = page.get_by_role("dialog")
    column(page, "Missä paikassa").get_by_role("button", name="Päätä itse").click()
    dialog.get_by_text("Taustatieto", exact=True).click()
    choose(page, dialog, "Mikä taustatieto?", "oppilaitos")
    dialog.get_by_role("button", name="Vahvista").click()
    expect(column(page, "Missä paikassa")).to_have_count(0)

    column(page, "Mitä soitinta").get_by_role("button", name="Päätä itse").click()
    dialog.get_by_text("Uusi kysymys", exact=True).click()
    expect(dialog.get_by_text("Tunnus: mita_soitinta_soitat_vapaa_ajalla")).to_be_visible()
    expect(dialog.get_by_role("button", name="Vahvista")).to_be_disabled()
    choose(page, dialog, "Aihe", "Taustatiedot")
    dialog.get_by_role("button", name="Vahvista").click()
    expect(column(page, "Mitä soitinta")).to_have_count(0)

    column(page, "Mistä kuulit").get_by_role("button", name="Jätä pois").click()
    expect(page.get_by_text("Kaikki sarakkeet, joissa on vastauksia, tunnetaan.")).to_be_visible()


def decide_options(page: Page) -> None:
    """What one graduate calls herself is folded into "other"."""
    expect(page.get_by_text("Päätettävät vastaukset (1)")).to_be_visible()
    about = "Mitä tarkoittaa: Kutsun itseäni etsijäksi"
    choose(page, page, about, re.compile("Yhdistä kohtaan ”Muu"))
    expect(page.get_by_text("Päätetyt vastaukset, tallentamatta (1)")).to_be_visible()


def keep(page: Page) -> None:
    """All at once; the file is checked again by itself."""
    expect(page.get_by_text("5 päätöstä tallentamatta")).to_be_visible()
    page.get_by_role("button", name="Tallenna päätökset (5)").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Uusi kysymys: Mitä soitinta soitat vapaa-ajalla?")
    expect(dialog).to_contain_text("1 saraketta jätetään pois")
    dialog.get_by_role("button", name="Tallenna ja tarkista tiedosto").click()
    expect(page.get_by_text("5 päätöstä tallennettu")).to_be_visible()
    expect(page.get_by_text("1 kunnossa")).to_be_visible()
    page.get_by_role("button", name="Tallenna (1)").click()
    expect(page.get_by_text("Tallennettu 1.")).to_be_visible()


def see_chart(page: Page, server: Server) -> None:
    """One round only, so there is no block of years yet: the answers stand by year."""
    page.goto(f"{server.address}/kyselyt?lang=fi&question=mita_soitinta_soitat_vapaa_ajalla")
    card = page.locator(".st-key-card-time")
    expect(card).to_contain_text("Mitä soitinta soitat vapaa-ajalla?")
    expect(card).to_contain_text(f"n = {RESPONDENTS}")
    expect(card.get_by_role("button", name="Taulukko")).to_be_visible()
