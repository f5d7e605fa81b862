"""A small association and its workbooks, for tests of the office."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

SCHOOL = """
[[school]]
code = "{code}"
town = {{ fi = "{town}", sv = "{town}", en = "{town}" }}
region = "11"
maintainer_kind = "foundation"
offers = ["321204"]
[[school.name]]
from = 1990
fi = "{town}n konservatorio"
sv = "{town} konservatorium"
en = "{town} Conservatory"
"""
SCHOOLS = {"kuopio": "Kuopio", "lahti": "Lahti", "turku": "Turku"}
SAID = '{ fi = "%s", sv = "%s", en = "%s" }'
QUESTION = f"""
source = "annual"
type = "count"
per = "school"
headings = ["Opiskelijat"]
label = {SAID % ("Opiskelijat", "Studerande", "Students")}
"""
INDICATOR = f"""
source = "annual"
theme = "students"
measure = "sum"
question = "students"
unit = "persons"
by = [["year"], ["school", "year"]]
label = {SAID % ("Opiskelijat", "Studerande", "Students")}
definition = {SAID % ("Opiskelijat", "Studerande", "Students")}
"""


def write_catalogue(folder: Path) -> Path:
    """Three schools and one annual figure; the rest is taken from the shipped catalogue."""
    (folder / "questions").mkdir(parents=True)
    (folder / "indicators").mkdir()
    schools = (SCHOOL.format(code=code, town=town) for code, town in SCHOOLS.items())
    (folder / "schools.toml").write_text("\n".join(schools), encoding="utf-8")
    (folder / "questions/students.toml").write_text(QUESTION, encoding="utf-8")
    (folder / "indicators/students.toml").write_text(INDICATOR, encoding="utf-8")
    return folder


def write_return(path: Path, *rows: Sequence[object], title: str = "") -> Path:
    """A workbook of (school, year, students)."""
    book = Workbook()
    sheet = book.active
    if title:
        sheet.append([title])
    sheet.append(["Oppilaitos", "Vuosi", "Opiskelijat"])
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path
