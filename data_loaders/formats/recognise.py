"""Tells from its first bytes what a file is, whatever its name says."""

from __future__ import annotations

from collections.abc import Mapping

from yearbook.language import Text

from . import refusals
from .compound import SIGNATURE
from .package import Part
from .refusals import Unreadable

TEXT_ENDINGS = ("csv", "tsv", "txt", "tab", "psv", "ssv")
WORKBOOK_ENDINGS = ("xlsx", "xlsm", "xls", "xlsb", "ods")
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
ARCHIVES = (b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
OLD_WORKBOOKS = (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08")
HTML_MARKS = (b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta", b"<div")
HEAD = 4096


def kind(data: bytes) -> str:
    """ "zip", "ole", "text", or what else it is: "html", "xml", "pdf", "picture" …"""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if data.startswith(SIGNATURE):
        return "ole"
    if data.startswith(ARCHIVES):
        return "archive"
    if data.startswith(b"%PDF"):
        return "pdf"
    if data.startswith(OLD_WORKBOOKS) and b"\0" in data[:8]:
        return "old_excel"
    if _is_picture(data):
        return "picture"
    return _kind_of_text(data)


def _is_picture(data: bytes) -> bool:
    return data.startswith(PICTURES) and (data[:1] > b"\x7f" or b"\0" in data[:64])


def _kind_of_text(data: bytes) -> str:
    head = data[:HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith(HTML_MARKS):
        return "html"
    if head.startswith((b"<?xml", b"<!--", b"<!doctype")):
        return "html" if b"<html" in head else "xml"
    return "text"


CONTENTS: Mapping[str, Text] = {
    "html": refusals.HTML,
    "xml": refusals.XML,
    "pdf": refusals.PDF,
    "picture": refusals.PICTURE,
    "old_excel": refusals.OLD_EXCEL,
    "document": refusals.DOCUMENT,
    "text": refusals.PLAIN_TEXT,
    "xlsx": refusals.EXCEL,
    "xlsb": refusals.EXCEL_BINARY,
    "xls": refusals.EXCEL_97,
    "ods": refusals.OPEN_DOCUMENT,
}


def kind_of_package(parts: Mapping[str, Part]) -> str:
    """ "xlsx", "xlsb", "ods", or "document" (another Office file) or "archive"."""
    names = {name.lower() for name in parts}
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "content.xml" in names and "mimetype" in names:
        written = _beginning(next(parts[name] for name in parts if name.lower() == "mimetype"))
        return "ods" if b"spreadsheet" in written else "document"
    if "[content_types].xml" not in names:
        return "archive"
    return "xlsx" if any(name.startswith("xl/") for name in names) else "document"


def _beginning(part: Part) -> bytes:
    return next(part.pieces(), b"")[:200]


def check_ending(content: str, ending: str) -> None:
    """Refuse a file whose name promises something else than it holds."""
    if content == "archive":
        raise Unreadable("archive")
    same = {"xlsx": ("xlsx", "xlsm"), "text": TEXT_ENDINGS}.get(content, (content,))
    if ending in same:
        return
    if content in WORKBOOK_ENDINGS:
        raise Unreadable("misnamed", ending=ending, content=CONTENTS[content], right=content)
    raise Unreadable("not_what_it_says", ending=ending, content=CONTENTS[content])
