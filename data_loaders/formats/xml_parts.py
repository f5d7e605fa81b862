"""Reads the XML parts of a workbook piece by piece, and refuses the tricks that XML allows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NoReturn
from xml.parsers import expat

from .refusals import Unreadable


def parser_without_entities() -> expat.XMLParserType:
    """A parser that stops at a document type, where entities and outside files are declared."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_: object) -> NoReturn:
    raise Unreadable("unsafe", part="DOCTYPE")


def feed(parser: expat.XMLParserType, pieces: Iterable[bytes]) -> None:
    """Read to the end; what is not well-formed is damaged."""
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Unreadable("damaged") from error


def local(name: str) -> str:
    """The name without its prefix: "x:sheet" -> "sheet"."""
    return name.rpartition(":")[2]


def elements(pieces: Iterable[bytes], wanted: Collection[str]) -> list[tuple[str, dict[str, str]]]:
    """The wanted elements of a part in order: local name, attributes by local name."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = parser_without_entities()

    def start(name: str, attributes: dict[str, str]) -> None:
        if local(name) in wanted:
            found.append((local(name), {local(key): value for key, value in attributes.items()}))

    parser.StartElementHandler = start
    feed(parser, pieces)
    return found


def whole_number(written: str | None, otherwise: int = 0) -> int:
    """A count or position as an attribute gives it; what is no number counts as not given."""
    if written is None or not (written.isascii() and written.isdigit()) or len(written) > 12:
        return otherwise
    return int(written)
