"""Writes the lists of counties, districts and schools that the Oregon catalogue lacks, from the
workbooks themselves, so that none of the data is kept here."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import load_workbook

FOLDER = Path(__file__).resolve().parent / "oregon"
Rows = Sequence[tuple[object, ...]]


def write_catalogue(target: Path, workbooks: Iterable[Path]) -> Path:
    """A copy of the catalogue with all schools of the workbooks."""
    shutil.copytree(FOLDER, target)
    counties: dict[str, str] = {}  # district -> county
    districts: dict[str, str] = {}  # district -> name
    schools: dict[str, tuple[str, list[str]]] = {}  # school -> name, districts
    for workbook in workbooks:
        for county, district, name, *_ in sheet_rows(workbook, "District"):
            counties[str(district)] = str(county)
            districts[str(district)] = str(name)
        for district, _, school, name, *_ in sheet_rows(workbook, "School"):
            _, of = schools.setdefault(str(school), (str(name), []))
            if str(district) not in of:
                of.append(str(district))
    _write(target / "regions.toml", (_region(county) for county in sorted(set(counties.values()))))
    _write(target / "programmes.toml", (_district(*item) for item in sorted(districts.items())))
    _write(
        target / "schools.toml",
        (
            _school(code, name, counties[of[0]], of)
            for code, (name, of) in sorted(schools.items(), key=lambda item: int(item[0]))
        ),
    )
    return target


def sheet_rows(workbook: Path, begins: str) -> Rows:
    """The rows below the headings of the sheet whose name begins so."""
    book = load_workbook(workbook, read_only=True, data_only=True)
    (name,) = (name for name in book.sheetnames if name.startswith(f"{begins} ("))
    rows = list(book[name].iter_rows(values_only=True))
    book.close()
    return rows[1:]


def _write(path: Path, entries: Iterable[str]) -> None:
    path.write_text("\n".join(entries), encoding="utf-8")


def _region(county: str) -> str:
    return f"[[region]]\ncode = {_quoted(county)}\nname = {_text(county)}\n"


def _district(code: str, name: str) -> str:
    return f'[[programme]]\ncode = "{code}"\nkind = "qualification"\nname = {_text(name)}\n'


def _school(code: str, name: str, county: str, districts: Sequence[str]) -> str:
    offers = ", ".join(f'"{district}"' for district in districts)
    named = f'[[school]]\ncode = "{code}"\ntown = {_text(county)}\nregion = {_quoted(county)}\n'
    return f"{named}offers = [{offers}]\n[[school.name]]\nfrom = 0\n" + "".join(
        f"{language} = {_quoted(name)}\n" for language in ("fi", "sv", "en")
    )


def _text(name: str) -> str:
    said = _quoted(name)
    return f"{{ fi = {said}, sv = {said}, en = {said} }}"


def _quoted(text: str) -> str:
    return json.dumps(text.strip(), ensure_ascii=False)
