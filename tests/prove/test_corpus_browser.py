"""Odd files that nobody here made, brought in by a signed-in director through a browser."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from desk.reception.submitting import EXTENSIONS
from tests.attack.access import people
from tests.attack.access.asking import TRACES
from tests.attack.access.tried import count, tried
from tests.prove.test_whole_job import CHECKED_MS, hand_over
from tests.serving import Server, serve

CORPUS = os.environ.get("CORPUS")
AT_ONCE = 60


@tried(
    "Formulas, markup, paths and odd files",
    "A corpus of two hundred odd spreadsheets of other projects (broken, fuzzed, with passwords,"
    " wrong endings) through the uploader in a browser",
    "Each is read or refused with a sentence under its name; no trace on the page or in the log;"
    " nothing is kept before it is asked",
)
@pytest.mark.skipif(not CORPUS, reason="CORPUS names no folder of odd spreadsheets")
@pytest.mark.timeout(1800)
def test_odd_files_through_the_uploader(context: BrowserContext, own_empty_shelf: Path) -> None:
    every = sorted((Path(str(CORPUS)) / "spreadsheets").iterdir())
    files = [path for path in every if path.suffix.lower()[1:] in EXTENSIONS]
    assert len(files) > 150
    engine = people.move_in(own_empty_shelf)
    token = people.session_of(engine, people.DIRECTOR)
    with serve(own_empty_shelf) as server:
        context.add_cookies([{"name": "session", "value": token, "url": server.address}])
        for first in range(0, len(files), AT_ONCE):
            bring_in(context.new_page(), server, files[first : first + AT_ONCE])
        printed = server.printed()
    assert "Traceback" not in printed
    assert not (own_empty_shelf / "uploads").exists() or not any(
        (own_empty_shelf / "uploads").iterdir()
    )
    assert list((own_empty_shelf / "incoming").iterdir()) == []
    count(test_odd_files_through_the_uploader, len(files))


def bring_in(page: Page, server: Server, files: list[Path]) -> None:
    page.goto(f"{server.address}/vastaanotto")
    hand_over(page, files)
    expect(page.get_by_text("Tarkistuksen tulos")).to_be_visible(timeout=4 * CHECKED_MS)
    names = page.locator("h3.file")
    expect(names).to_have_count(len(files))
    shown = [re.sub(r"\s+\S.*$", "", name) for name in names.all_inner_texts()]
    assert {path.name for path in files} >= set(shown)
    said = page.content()
    assert not [trace for trace in TRACES if trace in said]
    page.close()
