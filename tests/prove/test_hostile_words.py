"""Formulas, markup, paths, strange signs in every field and file name: shown, never obeyed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from desk.reception import receipt, report
from desk.reception.handed import Handed
from desk.using import catalogue_in_use
from office import databases, receiving, uploads
from office.uploads import Upload
from tests.attack.access.tried import count, tried
from tests.attack.access.words import ALL, FORMULAS, MARK, markup_in, starts_a_formula
from tests.office_for_tests import write_catalogue, write_return
from ui.visit import DIRECTOR, Visitor
from yearbook.exports.safety import safe_text
from yearbook.language import Language

THE_DIRECTOR = Visitor(Language.EN, "", DIRECTOR, "")
AREA = "Words that would be more than words"
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
