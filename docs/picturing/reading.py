"""Pictures of what members read: the README's, and those of their two guides."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from docs.picturing.camera import TALL, Camera
from ui.words import word
from yearbook.language import Language

NAMES = {
    Language.FI: ("yleiskuva", "tilastot", "suojattu", "lataa", "lausunto-lisatty"),
    Language.SV: ("oversikt", "statistik", "skyddad", "ladda-ner", "utlatande-tillagt"),
}

ADDED = {Language.FI: "students", Language.SV: "graduates"}  # one statement: no chart goes in twice


def all_of_them(camera: Camera) -> None:
    with camera.page("/koulut?school=kuopio&lang=en") as page:
        camera.take(page, "school")
    for language in NAMES:
        _guide(camera, language)


def _guide(camera: Camera, language: Language) -> None:
    overview, statistics, withheld, downloads, added = NAMES[language]
    asked = f"school=kuopio&lang={language.value}"
    with camera.page(f"/?{asked}") as page:
        camera.take(page, overview)
    with camera.page(f"/tilastot?{asked}&indicator=discontinued", TALL) as page:
        card = page.locator(".st-key-card-schools")
        camera.take(page, withheld, card)
    with camera.page(f"/tilastot?{asked}&indicator=applicants_per_place", TALL) as page:
        card = page.locator(".st-key-card-time")
        camera.take(page, statistics, _header(page), card)
        card.get_by_role("button", name=word("card.download")[language]).click()
        offered = page.locator("[data-testid=stPopoverBody]")
        camera.take(page, downloads, card.locator(".footer"), offered)
    with camera.page(f"/tilastot?{asked}&indicator={ADDED[language]}", TALL) as page:
        card = page.locator(".st-key-card-time")
        card.get_by_role("button", name=word("statement_page.clip")[language]).click()
        card.locator("[class*=st-key-clipped-at-] a").wait_for()
        camera.take(page, added, card)


def _header(page: Page) -> Locator:
    return page.locator("[data-testid=stHeader]")
