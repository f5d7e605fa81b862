"""Checks a Word document or template that is to be the paper of statements, before anything reads
it whole, and makes of it the document that is kept."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import normpath
from xml.etree.ElementTree import Element, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from docx import Document
from docx.document import Document as Paper

from yearbook.charts.words import word_of_today
from yearbook.language import Language, Text
from yearbook.statements.letterhead import BODY, CAPTION, HEADING, TITLE, has_style

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
MOST_PARTS, LARGEST_UNPACKED = 500, 60 * MEGABYTE
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
TYPES = "[Content_Types].xml"
SETTINGS = "word/_rels/settings.xml.rels"  # there Word notes the template that a document is from
ATTACHED = "/attachedTemplate"
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")  # .doc, and every file of Office with a password
CODE = ("vbaproject", "vbadata", "activex", "oleobject")
LINKS = ("http://", "https://", "mailto:")
HYPERLINK = "/hyperlink"
WANTED = {
    TITLE: Text("Otsikko 1", "Rubrik 1", "Heading 1"),
    HEADING: Text("Otsikko 2", "Rubrik 2", "Heading 2"),
    BODY: Text("Leipäteksti", "Brödtext", "Body Text"),
    CAPTION: Text("Kuvaotsikko", "Beskrivning", "Caption"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a document and how to mend it. stops: it cannot be used as it is."""

    message: Text
    remedy: Text
    stops: bool = True


class _Wrong(Exception):
    """Carries the fault that ends the reading."""

    def __init__(self, fault: Fault) -> None:
        super().__init__()
        self.fault = fault


def check(content: bytes) -> tuple[Fault, ...]:
    """All that is wrong with it; what only falls back on our own styles does not stop."""
    try:
        parts = _unpacked(content)
        _require_document(parts)
        found = [*_code(parts), *_from_outside(parts)]
        return tuple(found) if found else tuple(_styles(_opened(_as_document(parts))))
    except _Wrong as wrong:
        return (wrong.fault,)


def is_usable(content: bytes) -> bool:
    return not any(fault.stops for fault in check(content))


def as_document(content: bytes) -> bytes:
    """What `check` has found sound, as a document: a template is no template any more, and it knows
    no other one, which Word would look for wherever it was."""
    return _as_document(_unpacked(content))


def _fault(why: str, stops: bool = True, **values: object) -> Fault:
    message, remedy = (
        word_of_today(f"statements.template.{why}.{w}") for w in ("message", "remedy")
    )
    return Fault(message.fill(**values), remedy, stops)


def _unpacked(content: bytes) -> dict[str, bytes]:
    """The parts by name, unpacked no further than the limits: a small file may unpack to
    terabytes."""
    if len(content) > LARGEST:
        raise _Wrong(_fault("too_large", most=LARGEST // MEGABYTE))
    if content.startswith(OLD_OFFICE):
        raise _Wrong(_fault("old_word"))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return dict(_read(package))
    except (zipfile.BadZipFile, OSError, ValueError, EOFError) as error:
        raise _Wrong(_fault("not_docx")) from error
    except (RuntimeError, NotImplementedError) as error:  # encrypted, or packed in another way
        raise _Wrong(_fault("broken")) from error


def _read(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    left = LARGEST_UNPACKED
    if len(package.infolist()) > MOST_PARTS:
        raise _Wrong(_fault("too_large", most=LARGEST // MEGABYTE))
    for part in package.infolist():
        with package.open(part) as stream:
            unpacked = stream.read(left + 1)
        left -= len(unpacked)
        if left < 0:
            raise _Wrong(_fault("too_large", most=LARGEST // MEGABYTE))
        if normpath(f"/{part.filename}").lstrip("/") != part.filename.rstrip("/"):
            raise _Wrong(_fault("broken"))
        yield part.filename, unpacked


def _require_document(parts: dict[str, bytes]) -> None:
    if b"opendocument.text" in parts.get("mimetype", b""):
        raise _Wrong(_fault("open_document"))
    types = parts.get(TYPES)
    if types is None:
        raise _Wrong(_fault("not_docx"))
    kinds = {entry.get("ContentType", "") for entry in _xml(types)}
    if any("macroenabled" in kind.lower() for kind in kinds):
        raise _Wrong(_fault("macros"))
    if not kinds & {MAIN, TEMPLATE}:
        raise _Wrong(_fault("not_docx"))


def _xml(content: bytes) -> Element:
    """Refuses entities, which can unpack to terabytes or fetch a file."""
    try:
        return fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise _Wrong(_fault("broken")) from error


def _code(parts: dict[str, bytes]) -> Iterator[Fault]:
    if any(code in name.lower() for name in parts for code in CODE):
        yield _fault("macros")


def _from_outside(parts: dict[str, bytes]) -> Iterator[Fault]:
    """Pictures, templates and objects elsewhere; a link that a reader may follow is none."""
    for name, content in parts.items():
        if name.endswith(".xml"):
            _xml(content)
        if not name.endswith(".rels"):
            continue
        for entry in _xml(content):
            target, kind = entry.get("Target", ""), entry.get("Type", "")
            if entry.get("TargetMode", "").lower() != "external":
                continue
            is_link = kind.endswith(HYPERLINK) and target.lower().startswith(LINKS)
            is_left_out = name == SETTINGS and kind.endswith(ATTACHED)
            if not (is_link or is_left_out):
                yield _fault("outside", target=_shortened(target))


def _as_document(parts: dict[str, bytes]) -> bytes:
    changed = {TYPES: _without_template_type, SETTINGS: _without_attached}
    changed["word/settings.xml"] = _without_mention
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, changed[name](content) if name in changed else content)
    return out.getvalue()


def _without_template_type(content: bytes) -> bytes:
    return content.replace(TEMPLATE.encode(), MAIN.encode())


def _without_attached(content: bytes) -> bytes:
    whole = _xml(content)
    for entry in [one for one in whole if one.get("Type", "").endswith(ATTACHED)]:
        whole.remove(entry)
    return bytes(tostring(whole, encoding="utf-8", xml_declaration=True))


def _without_mention(content: bytes) -> bytes:
    """Text for text: the rest of the settings is Word's own business."""
    return re.sub(rb"<w:attachedTemplate\b[^>]*?/>", b"", content)


def _shortened(target: str) -> str:
    kept = "".join(sign for sign in target if sign.isprintable())
    return kept if len(kept) <= 80 else f"{kept[:79]}…"


def _opened(content: bytes) -> Paper:
    """Whatever fails in opening it, the document is at fault."""
    try:
        document = Document(io.BytesIO(content))
        assert len(document.sections) > 0
    except Exception as error:  # the package raises what it meets: KeyError, lxml's own …
        raise _Wrong(_fault("broken")) from error
    return document


def _styles(document: Paper) -> Iterator[Fault]:
    """By the names that Word has for them in each language."""
    missing = [WANTED[name] for name in WANTED if not has_style(document, name)]
    if missing:
        names = (", ".join(name[language] for name in missing) for language in Language)
        yield _fault("styles", stops=False, names=Text(*names))
