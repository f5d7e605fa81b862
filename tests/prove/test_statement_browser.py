"""From a chart to a Word file in three clicks, in a real browser; and what is written is not lost
when the window is closed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import BrowserContext, Page, expect

import press
from tests.serving import Server
from ui.words import word

PATIENCE_MS = 120_000  # machines that run tests may be busy
CHARTS = "http://schemas.openxmlformats.org/drawingml/2006/chart"


@pytest.fixture
def patient(context: BrowserContext) -> Iterator[Page]:
    expect.set_options(timeout=PATIENCE_MS)
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    expect.set_options(timeout=30_000)


def settle(page: Page) -> None:
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def said(key: str) -> str:
    return word(f"statement_page.{key}").fi


def taken(page: Page, name: str, folder: Path) -> Path:
    with page.expect_download() as waited:
        page.get_by_role("button", name=name, exact=True).click()
    path = folder / waited.value.suggested_filename
    waited.value.save_as(path)
    return path


@pytest.mark.timeout(600)
def test_from_a_chart_to_a_word_file_in_three_clicks(
    patient: Page, sample_server: Server, tmp_path: Path
) -> None:
    page = patient
    page.goto(f"{sample_server.address}/tilastot?school=kuopio&years=2020-2025")
    card = page.locator(".st-key-card-time")
    headline = card.locator(".headline").inner_text()
    card.get_by_role("button", name=said("clip")).click()
    card.get_by_role("link", name="Avaa ”").click()
    expect(page.locator("h1.page-title")).to_have_text(said("untitled"))
    file = taken(page, "Word", tmp_path)

    document = Document(str(file))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert f"Kuvio 1. {headline}" in words
    assert "Luvut ovat keksittyjä" in words
    parts = [part.partname for part in document.part.package.iter_parts()]
    assert sum("/charts/chart" in str(part) for part in parts) == 1, "a chart that can be edited"

    _writes_and_closes(page, sample_server)
    if press.is_there():
        settle(page)
        assert taken(page, "PDF", tmp_path).read_bytes()[:5] == b"%PDF-"
    _deletes(page)


def _writes_and_closes(page: Page, server: Server) -> None:
    """A pause saves what is written; the field is never left."""
    settle(page)
    opening = page.get_by_role("textbox", name=said("opening"))
    opening.click()
    opening.press_sequentially("Kiitämme.")
    page.wait_for_timeout(3_000)
    settle(page)
    opening.press_sequentially(" Toinen virke.")
    page.wait_for_timeout(3_000)
    settle(page)
    assert opening.input_value() == "Kiitämme. Toinen virke."
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    expect(page.get_by_role("textbox", name=said("opening"))).to_have_value(
        "Kiitämme. Toinen virke."
    )


def _deletes(page: Page) -> None:
    settle(page)
    page.get_by_role("button", name=said("all")).click()
    page.get_by_role("button", name=said("delete")).click()
    page.get_by_role("dialog").get_by_role("button", name=said("delete_confirm")).click()
    expect(page.get_by_text(said("none"), exact=True)).to_be_visible()
