"""Pictures of what needs accounts, or the world: signing in, an invitation, a chart elsewhere."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from access import accounts
from access.accounts import Role, Wanted
from docs.picturing.camera import TALL, Camera, settle
from ui.words import word
from yearbook.database import connect

DIRECTOR = Wanted("maija@example.fi", "Maija Meikäläinen", Role.DIRECTOR)
PASSWORD = "vaaleanpunainen elefantti"


def invited(folder: Path) -> str:
    """The address under which the director chooses her password: the first account of all."""
    engine = connect(f"sqlite:///{folder}/accounts.sqlite")
    try:
        return f"/kutsu/{accounts.invite(engine, DIRECTOR, 'docs/picturing').token}"
    finally:
        engine.dispose()


def all_of_them(camera: Camera, invitation: str) -> None:
    for language, name in (("fi", "kirjaudu"), ("sv", "logga-in")):
        with camera.page(f"/kirjaudu?lang={language}", 580) as page:
            camera.take(page, name)
    with camera.page(invitation, TALL) as page:
        page.fill("#password", PASSWORD)
        page.fill("#again", PASSWORD)
        page.get_by_role("button", name=word("access.set_and_enter").fi).click()
        settle(page)
        _invite(camera, page)


def elsewhere(camera: Camera) -> None:
    """The link of a chart where the public's edition is served, too."""
    with camera.page("/kirjaudu?lang=fi", TALL) as page:
        page.fill("#login", DIRECTOR.login)
        page.fill("#password", PASSWORD)
        page.get_by_role("button", name=word("access.sign_in").fi).click()
        settle(page)
        camera.go(page, "/tilastot?indicator=applicants_per_place")
        card = page.locator(".st-key-card-time")
        card.get_by_role("button", name=word("card.link").fi).click()
        page.get_by_text(word("embedded.code").fi).wait_for()
        shown = page.locator("[data-testid=stPopoverBody]")
        camera.take(page, "upotus", card.locator(".footer"), shown)


def _invite(camera: Camera, page: Page) -> None:
    camera.go(page, "/kayttajat")
    page.get_by_text(word("desk.accounts.part_invite").fi, exact=True).click()
    settle(page)
    page.get_by_role("textbox", name=word("desk.accounts.name").fi).fill("Kaisa Kanerva")
    page.get_by_role("textbox", name=word("desk.accounts.login").fi).fill("kaisa@example.fi")
    page.get_by_role("combobox", name=word("desk.accounts.school").fi).click()
    page.get_by_role("option", name="Kuopion konservatorio").click()
    page.get_by_role("button", name=word("desk.accounts.invite.button").fi).click()
    hide = page.get_by_role("button", name=word("desk.accounts.link.done").fi)
    hide.wait_for()
    camera.take(page, "kutsu", page.locator("[data-testid=stHeader]"), hide)
