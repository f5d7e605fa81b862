"""Looks through an xlsx or xlsm package: which part is which sheet, and what is safe to open."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from .package import Part
from .sheets import Facts
from .worksheet_xml import read_facts
from .xml_parts import elements

NEEDLESS = re.compile(
    r"(docprops|customxml|xl/(media|drawings|charts|theme|tables|tablesingle\w*|pivot\w*|slicer\w*"
    r"|externallinks|embeddings|activex|ctrlprops|printersettings|comments\w*|threadedcomments"
    r"|persons|richdata|webextensions|model|querytables|revisions|timeline\w*))/",
    re.IGNORECASE,
)
"""Parts that carry no cells: what is not passed on cannot do harm."""


def needed(parts: Mapping[str, Part]) -> dict[str, Part]:
    """The parts that carry cells, their names, styles and strings."""
    return {
        name: part
        for name, part in parts.items()
        if name.lower().endswith((".xml", ".rels", ".bin")) and not NEEDLESS.match(name)
        if not name.lower().endswith(("vbaproject.bin", "vbadata.xml"))
    }


def survey(parts: Mapping[str, Part]) -> dict[str, Facts]:
    """Facts of each worksheet by the name of its part; every part has then been read through."""
    surveyed = {
        name: read_facts(part.pieces())
        for name, part in parts.items()
        if not name.lower().endswith(".bin")
    }
    return {name: facts for name, facts in surveyed.items() if facts is not None}


def sheet_parts(parts: Mapping[str, Part]) -> dict[str, str]:
    """Sheet name -> name of its part, as the workbook's own list says."""
    workbook = main_part(parts)
    if workbook not in parts:
        return {}
    targets = targets_of(parts, workbook)
    return {
        about.get("name", ""): targets.get(about.get("id", ""), "")
        for _, about in elements(parts[workbook].pieces(), {"sheet"})
    }


def main_part(parts: Mapping[str, Part]) -> str:
    """The workbook part, which the package's relations name."""
    for target in _office_documents(parts):
        if target in parts:
            return target
    return "xl/workbook.xml"


def _office_documents(parts: Mapping[str, Part]) -> list[str]:
    if "_rels/.rels" not in parts:
        return []
    relations = elements(parts["_rels/.rels"].pieces(), {"Relationship"})
    return [
        posixpath.normpath(about.get("Target", "").lstrip("/"))
        for _, about in relations
        if about.get("Type", "").endswith("/officeDocument")
    ]


def targets_of(parts: Mapping[str, Part], workbook: str) -> dict[str, str]:
    """Relation -> part, as the workbook's relations say."""
    folder, name = posixpath.split(workbook)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in parts:
        return {}
    return {
        about.get("Id", ""): _resolve(folder, about.get("Target", ""))
        for _, about in elements(parts[relations].pieces(), {"Relationship"})
    }


def _resolve(folder: str, target: str) -> str:
    if target.startswith("/"):
        return posixpath.normpath(target.lstrip("/"))
    return posixpath.normpath(posixpath.join(folder, target))
