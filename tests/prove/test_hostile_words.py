"""Formulas, markup, paths, strange signs in every field and file name: shown, never obeyed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from desk.reception import receipt, report
from desk.reception.handed import Handed
from desk.using import catalogue_in_use
from office import databases, receiving, uploads
from office.uploads import Upload
from tests.attack.access.tried import count, tried
from tests.attack.access.words import ALL, FORMULAS, MARK, MARKUP, markup_in, starts_a_formula
from tests.editions_for_tests import small_edition
from tests.office_for_tests import write_catalogue, write_return
from tests.serving import serve
from tests.session import html_of, visit
from ui.visit import DIRECTOR, Visitor
from yearbook import edition_files, shelf
from yearbook.database import connect
from yearbook.editions import Edition, Quote
from yearbook.exports.safety import safe_text
from yearbook.language import Language, Text

THE_DIRECTOR = Visitor(Language.EN, "", DIRECTOR, "")
AREA = "Formulas, markup, paths and odd files"
ENDINGS = ("{}.xlsx", "a.{}", "{}")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Three schools, nothing received yet."""
    monkeypatch.setenv("VAR", str(tmp_path / "var"))
    for name in ("ARCHIVE_URL", "SHELF_URL", "ACCOUNTS_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CATALOGUE", str(write_catalogue(tmp_path / "catalogue")))
    (tmp_path / "var").mkdir()
    catalogue_in_use.clear()
    databases.prepare()
    yield tmp_path
    catalogue_in_use.clear()


def files_below(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def fields_of(content: bytes, delimiter: str = ";") -> list[str]:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter)
    return [field for row in rows for field in row]


# --- File names -------------------------------------------------------------------------------


@tried(
    AREA,
    "Every formula, piece of markup, path and strange sign as a file's name and as its ending,"
    " through checking, keeping, receipt, history and report",
    "Shown as text; the report's fields start no formula; no file appears anywhere but in the"
    " folder of uploads, under its checksum",
)
def test_a_file_may_be_called_anything(office: Path) -> None:
    content = write_return(office / "x.xlsx", ("Kuopio", 2024, 100)).read_bytes()
    names = [ending.format(text) for text in ALL for ending in ENDINGS]
    around = {str(path) for path in office.parent.glob("*")}
    checked = uploads.check_all([Upload(name, content) for name in names])
    handed = [
        Handed(Upload(name, content), loaded=loaded, hints=receiving.NO_HINTS)
        for name, loaded in zip(names, checked, strict=True)
    ]
    for one in handed:
        assert markup_in(receipt.write(one, [], THE_DIRECTOR)) == []
    said = fields_of(report.write(handed, Language.FI, catalogue_in_use()))
    assert [field for field in said if starts_a_formula(field)] == []
    assert any(MARK in field for field in said)
    kept = [receiving.receive_upload(one.name, one.what.content, "Ansa") for one in handed]
    assert any(one.is_kept for one in kept)
    assert {str(path) for path in office.parent.glob("*")} == around
    stored = files_below(office / "var" / "uploads")
    assert all(len(name) == 64 and name.isalnum() for name in stored)
    assert files_below(office / "var" / "incoming") == set()
    count(test_a_file_may_be_called_anything, len(names))


@tried(
    AREA,
    "The same names in the history of what was handed in, and as the name of who did it",
    "Shown as text; no markup of theirs reaches the page",
)
def test_the_history_shows_names_as_text(office: Path) -> None:
    for number, text in enumerate(ALL):
        path = write_return(office / "x.xlsx", ("Kuopio", 2000 + number, 100 + number))
        receiving.receive_upload(f"{text}.xlsx", path.read_bytes(), text)

    def script() -> None:
        from desk.reception import history
        from ui.visit import DIRECTOR, Visitor
        from yearbook.language import Language

        history.show(Visitor(Language.EN, "", DIRECTOR, ""))

    test = AppTest.from_function(script, default_timeout=60).run()
    assert not test.exception
    html = " ".join(str(element.proto.body) for element in test.get("html"))
    assert MARK in html
    assert markup_in(html) == []
    assert markup_in(" ".join(str(element.value) for element in test.markdown)) == []
    count(test_the_history_shows_names_as_text, len(receiving.history()))


# --- What leaves in files ---------------------------------------------------------------------


@tried(
    AREA,
    "Formulas behind spaces, no-width signs, control characters and full-width signs, in a field"
    " of an export",
    "An apostrophe stands before them; control characters are gone",
)
@pytest.mark.parametrize(
    "before", ["", " ", "\u00a0", "\u200b", "\ufeff", "\u2003", "\u3000", "\x0b", "\x85", "\u2028"]
)
def test_no_field_of_an_export_starts_a_formula(before: str) -> None:
    for text in (*FORMULAS, *("\uff0b1+1", "\uff0d1+1", "\uff20SUM(A1)")):
        written = safe_text(before + text)
        assert not starts_a_formula(written), repr(written)
        assert not written.strip().startswith(("=", "+", "-", "@", "\uff1d")), repr(written)
        assert not any(ord(sign) < 32 and sign not in "\n\t" for sign in written)
    count(test_no_field_of_an_export_starts_a_formula, len(FORMULAS) + 3)


# --- Names in the catalogue, and what graduates wrote -------------------------------------------

NAMED = ("schools", "programmes", "regions", "questions", "indicators", "surveys", "themes")
PARAMETERS = (
    *("lang", "school", "edition", "theme", "indicator", "topic", "question", "survey", "option"),
    *("area", "block", "years", "programme", "role"),
)
PAGES = ("", "tilastot", "koulut", "tutkinnot", "valmistuneet", "kyselyt", "tietoa")


def hostile_edition() -> Edition:
    """The small edition in which every name, definition, note and quote is a piece of markup."""
    small = small_edition()
    texts = cycle((*MARKUP, *FORMULAS[:5]))
    content = {key: _hostile(value, texts) if key in NAMED else value
               for key, value in small.content.items()}  # fmt: skip
    notes = tuple(replace(note, text=Text(*(next(texts) for _ in "123"))) for note in small.notes)
    quotes = {code: tuple(Quote(text, "fi") for text in MARKUP) for code in small.quotes}
    return edition_files.seal(replace(small, content=content, notes=notes, quotes=quotes))


def _hostile(content: Any, texts: Iterator[str]) -> Any:
    """Every text in three languages has another in front of it."""
    if isinstance(content, list):
        return [_hostile(one, texts) for one in content]
    if not isinstance(content, dict):
        return content
    changed = {key: _hostile(value, texts) for key, value in content.items()}
    if all(isinstance(content.get(language.value), str) for language in Language):
        text = next(texts)
        changed |= {one.value: f"{text} {content[one.value]}" for one in Language}
    return changed


@tried(
    AREA,
    "Names of schools, programmes, questions, options and indicators, notes and released quotes"
    " that are markup, on every page in a browser, with addresses that are markup, too",
    "Shown as text: no script ran, no picture or page was fetched from elsewhere, no dialog opened",
)
@pytest.mark.timeout(600)
def test_a_browser_obeys_no_name(page: Page, own_empty_shelf: Path) -> None:
    shelf.put(connect(f"sqlite:///{own_empty_shelf}/shelf.sqlite"), hostile_edition())
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    with serve(own_empty_shelf) as server:
        for name, text in zip(cycle(PAGES), MARKUP, strict=False):
            query = urlencode(dict.fromkeys(PARAMETERS, text))
            for address in (f"/{name}", f"/{name}?{query}"):
                page.goto(server.address + address)
                expect(page.locator("h1").first).to_be_visible(timeout=60_000)
                page.wait_for_load_state("networkidle")
                assert page.evaluate(f"window.{MARK}") is None, address
                assert page.locator("a[href^='javascript']").count() == 0, address
                assert "Traceback" not in page.content()
        assert asked - {urlsplit(server.address).netloc} <= {""}
        assert "Traceback" not in server.printed()
    count(test_a_browser_obeys_no_name, 2 * len(MARKUP))


@tried(
    AREA,
    "Every formula, piece of markup, path and strange sign as the value of every parameter of the"
    " address, on every page, over a bare websocket",
    "The page is shown with what is there; the text is escaped where it is told; no trace in the"
    " answer or in the log",
)
@pytest.mark.timeout(600)
def test_an_address_may_say_anything(own_empty_shelf: Path) -> None:
    small = edition_files.seal(small_edition())
    shelf.put(connect(f"sqlite:///{own_empty_shelf}/shelf.sqlite"), small)
    tries = 0
    with (
        serve(own_empty_shelf) as server,
        visit(server.address, origin=server.address) as visitor,
    ):
        for text, name in zip(ALL, cycle(PAGES), strict=False):
            for query in (dict.fromkeys(PARAMETERS, text), {text: text}):
                seen = visitor.open_page(name, urlencode(query, errors="replace"))
                html = " ".join(html_of(seen))
                assert markup_in(html) == [], text
                assert "could not be shown" not in html, text
                tries += len(query)
        assert "Traceback" not in server.printed()
    count(test_an_address_may_say_anything, tries)
