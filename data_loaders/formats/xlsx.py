"""Looks through an xlsx or xlsm package: which part is which sheet, and what is safe to open."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from .package import Part
from .shared_text import unfolded
from .sheets import Facts
from .worksheet_xml import read_part
from .xml_parts import elements

NEEDLESS = re.compile(
    r"(docprops|customxml|xl/(media|drawings|charts|theme|tables|tablesingle\w*|pivot\w*|slicer\w*"
    r"|externallinks|embeddings|activex|ctrlprops|printersettings|comments\w*|threadedcomments"
    r"|persons|richdata|webextensions|model|querytables|revisions|timeline\w*))/",
    re.IGNORECASE,
)
"""Parts that carry no cells: what is not passed on cannot do harm."""

BYTES_OF_A_CELL = 40
"""Of markup and number, about: <c r="AB1234" s="1"><v>12.5</v></c>."""


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
    contents = {
        name: read_part(part.pieces())
        for name, part in parts.items()
        if not name.lower().endswith(".bin")
    }
    lengths = strings_of([content.lengths for content in contents.values()])
    return {
        name: with_text(content.facts, unfolded(content.uses, lengths), parts[name])
        for name, content in contents.items()
        if content.facts is not None
    }


def strings_of(lists: Iterable[Sequence[int]]) -> Sequence[int]:
    """The lengths of the shared strings; where two parts claim to list them, the longest counts."""
    filled = [lengths for lengths in lists if len(lengths)]
    if len(filled) < 2:
        return filled[0] if filled else []
    return [max(map(max, filled))] * max(map(len, filled))


def with_text(facts: Facts, shared: int, part: Part) -> Facts:
    """What a part is longer than its cells need is text that stands in the cells themselves."""
    inline = max(0, part.size - BYTES_OF_A_CELL * facts.filled)
    return replace(facts, text=shared + inline)


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
