"""Measures ordinary rows of a worksheet quickly, and leaves all others to the careful reader.

The careful reader needs a call for every element, which takes half a minute for a large survey.
Rows that match one strict pattern (no merged tricks, no errors, no formula without a value) are
complete in themselves, so that they can be measured here and cut out of what it reads.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

NUMBER_OR_TEXT = rb"""
    (?: <f (?: [ ][a-z]+="[^"<>]*" )*+ (?: /> | >[^<]*+</f> ) )?+ <v>[^<]++</v>
    | <is><t (?: [ ]xml:space="preserve" )?+ > [^<]*+ </t></is>
"""
CELL = (
    rb"""
    <c[ ]r="[A-Z]{1,3}+[0-9]{1,7}+" (?: [ ][a-z]+="[^"<>]*" )*+
    (?: /> | > (?: %b )?+ </c> )
"""
    % NUMBER_OR_TEXT
)
ORDINARY = re.compile(
    rb"""
    (?: <row[ ]r="[0-9]{1,7}+" (?: [ ][A-Za-z0-9:]+="[^"<>]*" )*+
        (?: /> | > (?: %b )*+ </row> )
    )++ """
    % CELL,
    re.VERBOSE,
)
UNUSUAL = (b'hidden="', b't="e"', b"-->", b"]]>", b"?>")
FILLED = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^<>]*(?<!/)><[fiv]')
SHARED = re.compile(rb't="s"[^<>]*><v>([0-9]+)</v>')
LAST_ROW = re.compile(rb'<row r="([0-9]+)"')
LETTERS, DIGITS = bytes(range(ord("A"), ord("Z") + 1)), b"0123456789"
END_OF_ROW = b"</row>"


@dataclass(frozen=True)
class Measured:
    """What ordinary rows hold: how many filled cells, in which columns, down to which row."""

    filled: int
    columns: frozenset[str]
    rows: frozenset[int]
    last_row_seen: int
    strings: Counter[bytes]
    """How often each shared string is used, by its number as it is written."""


def split(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Pairs of what must be read with care, and the whole rows that follow it."""
    waiting = b""
    for piece in pieces:
        waiting += piece
        start = waiting.find(b"<row ")
        end = waiting.rfind(END_OF_ROW) + len(END_OF_ROW)
        if start < 0 or end <= start:
            cut = max(0, len(waiting) - len(END_OF_ROW)) if start < 0 else start
            yield waiting[:cut], b""
            waiting = waiting[cut:]
            continue
        yield waiting[:start], waiting[start:end]
        waiting = waiting[end:]
    yield waiting, b""


def measure(rows: bytes) -> Measured | None:
    """None unless every one of these rows is an ordinary one."""
    if any(mark in rows for mark in UNUSUAL) or ORDINARY.fullmatch(rows) is None:
        return None
    filled = FILLED.findall(rows)
    joined = b" ".join(filled)
    columns = frozenset(joined.translate(None, DIGITS).decode().split())
    numbers = frozenset(map(int, set(joined.translate(None, LETTERS).split())))
    last = LAST_ROW.findall(rows)[-1]
    strings = Counter(SHARED.findall(rows))
    return Measured(len(filled), columns, numbers, int(last), strings)
