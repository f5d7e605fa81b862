"""The press as visitors meet it: on a server without a browser; when its browser is killed while it
prints; when several want something at once."""

from __future__ import annotations

import os
import shutil
import signal
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import BrowserContext, Page, expect

import press
from tests.serving import Server, serve
from ui.words import word
from yearbook.charts import screen

PATIENCE_MS = 120_000  # machines that run tests may be busy
FIGURES = "/tilastot?school=kuopio&years=2020-2025"
SVG = "{http://www.w3.org/2000/svg}"

needs_browser = pytest.mark.skipif(not press.is_there(), reason="no Chromium is installed")
pytestmark = pytest.mark.timeout(600)


@pytest.fixture(autouse=True)
def patience(context: BrowserContext) -> Iterator[None]:
    expect.set_options(timeout=PATIENCE_MS)
    context.set_default_timeout(PATIENCE_MS)
    yield
    expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def bare(sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on which no browser is installed."""
    folder = Path(shutil.copytree(sample_data, tmp_path_factory.mktemp("bare") / "var"))
    with serve(folder, {"CHROMIUM": "/nowhere/chromium"}) as served:
        yield served


def said(key: str) -> str:
    return word(key).fi


def settle(page: Page) -> None:
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def list_of_files(page: Page, server: Server) -> Page:
    page.goto(f"{server.address}{FIGURES}")
    settle(page)
    page.locator(".st-key-card-time").get_by_text(said("card.download"), exact=True).click()
    page.get_by_role("button", name=said("press.png"), exact=True).wait_for()
    return page


def taken(page: Page, name: str) -> bytes:
    with page.expect_download() as waited:
        page.get_by_role("button", name=name, exact=True).click()
    return Path(waited.value.path()).read_bytes()


def statement_of_one_chart(page: Page, server: Server) -> Page:
    page.goto(f"{server.address}{FIGURES}")
    settle(page)
    card = page.locator(".st-key-card-time")
    card.get_by_role("button", name=said("statement_page.clip")).click()
    card.get_by_role("link", name="Avaa ”").click()
    page.get_by_role("button", name=said("statement_page.docx"), exact=True).wait_for()
    settle(page)
    return page


# --- Without a browser ------------------------------------------------------------------------


def test_without_one_the_visitors_own_browser_draws_and_no_pdf_is_offered(
    bare: Server, page: Page
) -> None:
    list_of_files(page, bare)
    expect(page.get_by_text(said("press.no_pdf"))).to_be_visible()
    assert page.get_by_role("button", name=said("press.pdf"), exact=True).count() == 0
    for kind, preset in (("png", screen.SLIDE), ("png_column", screen.COLUMN)):
        picture = taken(page, said(f"press.{kind}"))
        assert picture[:8] == b"\x89PNG\r\n\x1a\n"
        width, height = struct.unpack(">II", picture[16:24])
        assert width == preset.width * preset.scale
        assert height == (preset.height or height / preset.scale) * preset.scale
    root = ElementTree.fromstring(taken(page, said("press.svg")))
    texts = ["".join(one.itertext()) for one in root.iter(f"{SVG}text")]
    headline = page.locator(".st-key-card-time .headline").inner_text()
    assert headline in " ".join(texts)
    assert not [one for one in root.iter(f"{SVG}tspan") if one.get("dy")], "LibreOffice reads none"
    assert "data:font/woff2;base64," in ElementTree.tostring(root, "unicode")


def test_without_one_a_statement_goes_out_as_word_and_it_is_said_why_not_as_pdf(
    bare: Server, page: Page
) -> None:
    statement_of_one_chart(page, bare)
    expect(page.get_by_text(said("press.no_browser"))).to_be_visible()
    assert page.get_by_role("button", name=said("statement_page.pdf"), exact=True).count() == 0
    assert taken(page, said("statement_page.docx"))[:2] == b"PK"
    assert taken(page, said("statement_page.pptx"))[:2] == b"PK"


def test_without_one_packs_are_slides_and_it_is_said_why(bare: Server, page: Page) -> None:
    page.goto(f"{bare.address}/kokouspaketit?role=director&lang=fi")
    expect(page.get_by_text(said("press.no_browser"))).to_be_visible()
    main = page.get_by_test_id("stMain")
    assert main.get_by_text("PowerPoint", exact=True).count() == 1
    assert main.get_by_text("PDF", exact=True).count() == 0


# --- With one ---------------------------------------------------------------------------------


@needs_browser
def test_after_its_browser_was_killed_the_page_prints_again(
    sample_server: Server, page: Page
) -> None:
    statement_of_one_chart(page, sample_server)
    name = said("statement_page.pdf")
    assert taken(page, name)[:5] == b"%PDF-"
    settle(page)
    first = browsers_under(sample_server)
    assert len(first) == 1
    with page.expect_download() as waited:
        page.get_by_role("button", name=name, exact=True).click()
        page.get_by_role("button", name=said("press.making")).wait_for()
        os.killpg(first.pop(), signal.SIGKILL)
    assert Path(waited.value.path()).read_bytes()[:5] == b"%PDF-"
    settle(page)
    assert taken(page, name)[:5] == b"%PDF-"


@needs_browser
def test_two_visitors_at_once_get_each_their_own(
    sample_server: Server, context: BrowserContext
) -> None:
    one = statement_of_one_chart(context.new_page(), sample_server)
    other = list_of_files(context.new_page(), sample_server)
    with one.expect_download() as printed, other.expect_download() as drawn:
        one.get_by_role("button", name=said("statement_page.pdf"), exact=True).click()
        other.get_by_role("button", name=said("press.png"), exact=True).click()
    assert Path(printed.value.path()).read_bytes()[:5] == b"%PDF-"
    assert Path(drawn.value.path()).read_bytes()[1:4] == b"PNG"
    assert len(browsers_under(sample_server)) == 1, "they share a browser"


def browsers_under(server: Server) -> set[int]:
    """Those that the server on that port has started, by the number of their group."""
    listed = subprocess.run(
        ["ps", "-ww", "-e", "-o", "pid=,ppid=,args="], capture_output=True, text=True
    )
    rows = [line.split(maxsplit=2) for line in listed.stdout.splitlines()]
    servers = {row[0] for row in rows if f"--server.port={server.port}" in row[-1]}
    return {int(row[0]) for row in rows
            if row[1] in servers and "--remote-debugging-pipe" in row[-1]}  # fmt: skip
