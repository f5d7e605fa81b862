"""A Chromium for browser tests, in Finnish unless a test asks otherwise."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.services import installed_chromium

OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Named by CHROMIUM, or found, or Playwright's own where neither is."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=installed_chromium(), args=OPTIONS, headless=True
        )
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor who has not been here before."""
    visitor = browser.new_context(
        viewport=WIDE, locale="fi-FI", accept_downloads=True, timezone_id="Europe/Helsinki"
    )
    visitor.set_default_timeout(float(os.environ.get("BROWSER_TIMEOUT_MS", "20000")))
    yield visitor
    visitor.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
