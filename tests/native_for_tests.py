"""What tests read out of the files of Office: parts, charts with their numbers, sheets, tables."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator
from zipfile import ZipFile

import openpyxl
from lxml import etree

from tests.charts_for_tests import FORMS
from yearbook.charts import Chart
from yearbook.charts.description import Mark, Series

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
NAMES = {"c": CHART.strip("{}")}
NATIVE = tuple(form for form in FORMS if form != "map")

Numbers = dict[str, list[str]]  # series -> its numbers from the first place to the last, as written


def parts(content: bytes) -> dict[str, bytes]:
    """Every file of a package, those of packages in it, too."""
    found = {}
    with ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            found[name] = package.read(name)
            if name.endswith(".xlsx"):
                inner = parts(found[name])
                found |= {f"{name}/{path}": held for path, held in inner.items()}
    return found


def charts_of(content: bytes) -> list[etree._Element]:
    held = parts(content)
    names = sorted(name for name in held if "/charts/chart" in name and name.endswith(".xml"))
    return [etree.fromstring(held[name]) for name in names]


def embedded(content: bytes) -> openpyxl.Workbook:
    held = parts(content)
    name = next(name for name in held if name.endswith(".xlsx"))
    return openpyxl.load_workbook(io.BytesIO(held[name]))


def drawn_names(chart: Chart) -> dict[str, Series]:
    """Series by the names that a key has for them."""
    return {series.short or series.name: series for series in chart.series}


def shown_numbers(chart: Chart) -> Numbers:
    """What every file must say, of a chart without ranges."""
    return {
        name: [plain(mark.shown) for mark in marks_of(chart, series) if mark.shown is not None]
        for name, series in drawn_names(chart).items()
    }


def marks_of(chart: Chart, series: Series) -> Iterator[Mark]:
    return (mark for place in chart.places if (mark := series.at(place.key)) is not None)


def plain(number: float) -> str:
    return f"{round(float(number), 6):.6f}".rstrip("0").rstrip(".")


def in_cache(space: etree._Element, chart: Chart) -> Numbers:
    """The numbers that the chart itself holds, by the names of the chart's own series."""
    found = {}
    for one in space.iter(f"{CHART}ser"):
        name = one.findtext("c:tx//c:v", "", NAMES)
        told = next((known for known in drawn_names(chart) if _is(name, known)), None)
        if told is not None:
            found[told] = [v.text or "" for v in one.iterfind("c:val//c:pt/c:v", NAMES)]
    return found


def in_sheet(book: openpyxl.Workbook, chart: Chart) -> Numbers:
    """The numbers of the last sheet, which is what the chart draws."""
    sheet = book.worksheets[-1]
    found = {}
    for column in sheet.iter_cols(min_col=2, values_only=True):
        name = str(column[0] or "")
        told = next((known for known in drawn_names(chart) if _is(name, known)), None)
        if told is not None and told not in found:
            found[told] = [plain(v) for v in column[1:] if isinstance(v, int | float)]
    return found


def _is(name: str, known: str) -> bool:
    """A series without any number has its reason after its name."""
    return name == known or name.startswith(f"{known}: –")


def broken_relations(content: bytes) -> list[str]:
    """Relations that lead nowhere, and parts of which no one knows the type."""
    held = {f"/{name}": part for name, part in parts(content).items() if ".xlsx/" not in name}
    types = etree.fromstring(held["/[Content_Types].xml"])
    known = {one.get("PartName") for one in types} | {one.get("Extension") for one in types}
    lost = [name for name in held if name not in known and name.rpartition(".")[2] not in known
            and name != "/[Content_Types].xml"]  # fmt: skip
    for name, part in held.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        for one in etree.fromstring(part):
            target = posixpath.normpath(posixpath.join(folder, one.get("Target", "")))
            if one.get("TargetMode") != "External" and target not in held:
                lost.append(f"{name}: {target}")
    return lost
