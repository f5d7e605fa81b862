"""Reads delimited text: recognises its encoding and its delimiter, leaves every value as text."""

from __future__ import annotations

import csv
import io
from collections import Counter

from charset_normalizer import from_bytes

from .limits import CELLS, COLUMNS, ROWS
from .refusals import Unreadable
from .sheets import Facts, Value, check_extent

DELIMITERS = (";", "\t", ",", "|")
BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
NORDIC = ("cp1252", "mac_roman", "cp850")
NORDIC_LETTERS = frozenset("åäöÅÄÖéÉüÜæøÆØ–—’”…€§°\xa0")
SAMPLE_BYTES = 256 * 1024
SAMPLE_ROWS = 200
CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\r\f\v\x1a\x1c\x1d\x1e\x1f")


def decode(data: bytes) -> str:
    """The text, by its mark, as UTF-8, as UTF-16 without a mark, or by its letters."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _checked(_decoded(data, encoding))
    if b"\0" in data[:SAMPLE_BYTES]:
        return _checked(_decoded(data, _wide_encoding(data)))
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _checked(_decoded(data, _single_byte_encoding(data)))


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable("encoding") from error


def _checked(text: str) -> str:
    """Control characters mean that this is no text; the end-of-file mark of old systems may stay."""
    if not CONTROLS.isdisjoint(text):
        raise Unreadable("encoding")
    return text.rstrip("\x1a")


def _wide_encoding(data: bytes) -> str:
    """Latin letters in UTF-16 have a zero for every second byte."""
    sample = data[: SAMPLE_BYTES // 2 * 2]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    enough = len(sample) // 4
    if odd > enough and even < odd // 10:
        return "utf-16-le"
    if even > enough and odd < even // 10:
        return "utf-16-be"
    raise Unreadable("encoding")


def _single_byte_encoding(data: bytes) -> str:
    """The members write Finnish and Swedish, so å, ä and ö decide before any other language."""
    marked = bytes(byte for byte in data if byte >= 0x80)[:SAMPLE_BYTES]
    shares = {encoding: _nordic_share(marked, encoding) for encoding in NORDIC}
    best = max(NORDIC, key=lambda encoding: shares[encoding])
    if shares[best] >= 0.6:
        return best
    guess = from_bytes(data[:SAMPLE_BYTES]).best()
    encoding = guess.encoding if guess is not None else "cp1252"
    for candidate in (encoding, "cp1252"):
        try:
            data.decode(candidate)
        except (UnicodeDecodeError, LookupError):
            continue
        return candidate
    return "latin-1"


def _nordic_share(marked: bytes, encoding: str) -> float:
    try:
        letters = marked.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    return sum(letter in NORDIC_LETTERS for letter in letters) / max(1, len(letters))


def delimiter(text: str) -> str:
    """The character that divides most rows into the same number of cells, more than one."""
    sample = text[:SAMPLE_BYTES]
    if len(sample) < len(text):
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    return max(DELIMITERS, key=lambda candidate: _evenness(sample, candidate))


def _evenness(sample: str, candidate: str) -> tuple[float, int]:
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=candidate):
            if any(row):
                widths[len(row)] += 1
            if widths.total() >= SAMPLE_ROWS:
                break
    except csv.Error:
        return 0.0, 0
    divided = Counter({width: rows for width, rows in widths.items() if width > 1})
    if not divided:
        return 0.0, 0
    width, rows = divided.most_common(1)[0]
    return rows / widths.total(), width


def read_rows(data: bytes, name: str) -> tuple[list[list[Value]], str]:
    """Rows of text, an empty cell as None, and the delimiter they were divided by."""
    text = decode(data)
    mark = delimiter(text)
    csv.field_size_limit(len(text) + 1)
    rows: list[list[Value]] = []
    seen: dict[str, str] = {}
    filled = widest = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
            filled += len(row)
            widest = max(widest, len(row))
            if filled > CELLS or len(rows) >= ROWS or widest > COLUMNS:
                check_extent({name: Facts(last_row=ROWS, last_column=widest - 1)})
            rows.append([seen.setdefault(cell, cell) if cell else None for cell in row])
    except csv.Error as error:
        raise Unreadable("damaged") from error
    while rows and not any(cell is not None for cell in rows[-1]):
        rows.pop()
    return rows, mark
