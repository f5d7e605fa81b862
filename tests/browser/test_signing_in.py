"""Somebody is invited, sets a password, looks around, signs out; her old cookie opens nothing."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from access import accounts
from access.accounts import Role, Wanted
from tests.serving import serve
from ui.words import word
from yearbook.database import connect

PASSWORD = "vaaleanpunainen elefantti"
KUOPIO = Wanted("rehtori@kuopio.example", "Reijo *Rehtori*", Role.MEMBER, "kuopio")


@pytest.mark.timeout(180)
def test_from_the_invitation_to_a_cookie_that_opens_nothing(
    page: Page, browser: Browser, own_empty_shelf: Path
) -> None:
    engine = connect(f"sqlite:///{own_empty_shelf}/accounts.sqlite")
    link = accounts.invite(engine, KUOPIO, "test").token
    refused: list[str] = []
    page.on("console", lambda m: refused.append(m.text) if "Security Policy" in m.text else None)
    with serve(own_empty_shelf) as server:
        page.goto(f"{server.address}/tilastot")
        expect(page.locator("h1")).to_have_text(word("access.sign_in").fi)

        page.goto(f"{server.address}/kutsu/{link}")
        page.fill("#password", PASSWORD)
        page.fill("#again", PASSWORD)
        page.get_by_role("button", name=word("access.set_and_enter").fi).click()
        expect(page.get_by_text(word("empty.title").fi)).to_be_visible()

        page.get_by_role("button", name=KUOPIO.name).click()
        expect(page.get_by_text(KUOPIO.login)).to_be_visible()
        [session] = [one for one in page.context.cookies() if one["name"] == "session"]
        assert (session["httpOnly"], session["sameSite"]) == (True, "Lax")
        page.get_by_role("button", name=word("access.sign_out").fi, exact=True).click()
        expect(page.get_by_role("status")).to_have_text(word("access.signed_out").fi)
        assert "session" not in {one["name"] for one in page.context.cookies()}

        thief = browser.new_context(locale="sv-FI")
        thief.add_cookies([session])
        stolen = thief.new_page()
        stolen.goto(f"{server.address}/tilastot")
        expect(stolen.locator("h1")).to_have_text(word("access.sign_in").sv)
        thief.close()
    assert refused == []
    engine.dispose()
