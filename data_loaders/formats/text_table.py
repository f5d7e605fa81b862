"""Reads delimited text: recognises its encoding and its delimiter, leaves every value as text."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from charset_normalizer import from_bytes

from .limits import CELLS, COLUMNS, FILE_BYTES, ROWS
from .refusals import Unreadable
from .sheets import Value, cell_address, trimmed

DELIMITERS = (";", "\t", "|", ",")
AS_GOOD = 0.95
STATED = re.compile('"?sep=([;,|\t])"?[\r\n]', re.IGNORECASE)
"""Excel may write the delimiter in a line of its own before the table."""
BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
NORDIC = ("cp1252", "mac_roman", "cp850")
NORDIC_LETTERS = frozenset("åäöÅÄÖéÉüÜæøÆØ–—’”…€§°\xa0")
WESTERN = 0.7
NORDIC_ENOUGH = 0.6
SAMPLE_BYTES = SAMPLE_LETTERS = 256 * 1024
SAMPLE_ROWS = 200
CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\r\f\v\x1a\x1c\x1d\x1e\x1f")

csv.field_size_limit(FILE_BYTES)


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
    """Control characters mean that this is no text, but for the end-of-file mark of old systems."""
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
    """Finnish and Swedish come first; other languages of one byte a letter are guessed.

    In a Western language letters with accents stand one or two together among plain ones, whereas
    in Greek or Russian whole words are made of bytes above 127.
    """
    runs = [len(run) for run in re.findall(rb"[\x80-\xff]+", data[:SAMPLE_BYTES])]
    if sum(run for run in runs if run <= 2) < WESTERN * sum(runs):
        guess = from_bytes(data[:SAMPLE_BYTES]).best()
        if guess is not None and _fits(data, guess.encoding):
            return guess.encoding
    marked = bytes(byte for byte in data[:SAMPLE_BYTES] if byte >= 0x80)
    shares = {encoding: _nordic_share(marked, encoding) for encoding in NORDIC}
    best = max(NORDIC, key=lambda encoding: shares[encoding])
    if shares[best] >= NORDIC_ENOUGH and _fits(data, best):
        return best
    return "cp1252" if _fits(data, "cp1252") else "latin-1"


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _nordic_share(marked: bytes, encoding: str) -> float:
    letters = marked.decode(encoding, "replace")
    return sum(letter in NORDIC_LETTERS for letter in letters) / max(1, len(letters))


def delimiter(text: str) -> str:
    """The character that divides most rows into the same number of cells, more than one.

    Where two do so about equally, the comma is likely to be the decimal sign.
    """
    stated = STATED.match(text)
    if stated is not None:
        return stated[1]
    sample = text[:SAMPLE_LETTERS]
    if len(sample) < len(text):
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    evenness = {candidate: _evenness(sample, candidate) for candidate in DELIMITERS}
    enough = AS_GOOD * max(evenness.values())
    if not enough:
        return ","
    return next(candidate for candidate in DELIMITERS if evenness[candidate] >= enough)


def _evenness(sample: str, candidate: str) -> float:
    widths: Counter[int] = Counter()
    for row in _reader(sample, candidate):
        if any(row):
            widths[len(row)] += 1
        if widths.total() >= SAMPLE_ROWS:
            break
    divided = [rows for width, rows in widths.items() if width > 1]
    return max(divided) / widths.total() if divided else 0.0


def _reader(text: str, mark: str) -> Iterator[list[str]]:
    spaced = f'{mark} "' in text[:SAMPLE_LETTERS]
    lines = io.StringIO(text, newline="")
    return csv.reader(lines, delimiter=mark, skipinitialspace=spaced)


def read_rows(data: bytes, name: str) -> tuple[list[list[Value]], str]:
    """Rows of text, an empty cell as None, and the delimiter they were divided by."""
    text = decode(data)
    if not text.strip():
        raise Unreadable("empty")
    mark = delimiter(text)
    rows: list[list[Value]] = []
    seen: dict[str, str] = {}
    cells = widest = 0
    row: list[str] = []
    for row in _reader(text, mark):
        cells += len(row)
        widest = max(widest, len(row))
        if cells > CELLS or len(rows) >= ROWS or widest > COLUMNS:
            raise Unreadable("cells", sheet=name, cell=cell_address(len(rows), widest - 1))
        rows.append(trimmed([seen.setdefault(cell, cell) if cell else None for cell in row]))
    _check_last_quote(text, row, len(rows))
    if STATED.match(text):
        rows[0] = []
    while rows and not rows[-1]:
        rows.pop()
    return rows, mark


def _check_last_quote(text: str, last: list[str], number: int) -> None:
    """A quotation mark that is never closed swallows every row after it."""
    swallows = bool(last) and len(last[-1].splitlines()) > 1
    if swallows and not text.rstrip().endswith('"'):
        raise Unreadable("quote", row=number)
