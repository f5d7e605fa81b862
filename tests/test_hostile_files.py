"""A broken or hostile file is refused with a sentence, before it takes memory or time."""

from __future__ import annotations

import io
import random
import struct
import time
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from data_loaders.formats.compound import SIGNATURE, wrap
from data_loaders.formats.limits import ENTRIES, FILE_BYTES
from data_loaders.workbook import Unreadable, Workbook, read
from tests.workbook_files import (
    number_cell,
    ods,
    package,
    record,
    rows,
    xls,
    xls_stream,
    xlsb,
    xlsx,
    xlsx_parts,
)

ONE_CELL = '<c r="A1"><v>1</v></c>'
HONEST = {
    "xlsx": xlsx(rows([ONE_CELL, '<c r="B1" t="inlineStr"><is><t>Pääaine</t></is></c>'])),
    "xls": xls(number_cell(0, 0, 1), number_cell(4, 2, 2.5)),
    "xlsb": xlsb({(0, 0): 1, (3, 2): 2.5}),
    "ods": ods(
        '<table:table-row table:number-rows-repeated="3"><table:table-cell '
        'office:value-type="float" office:value="1"/></table:table-row>'
    ),
}


def refusal(folder: Path, name: str, content: bytes) -> Unreadable:
    (folder / name).write_bytes(content)
    with pytest.raises(Unreadable) as refused:
        read(folder / name)
    return refused.value


def changed(part: str, content: str | bytes, sheet: str = rows([ONE_CELL])) -> bytes:
    return package(xlsx_parts(sheet) | {part: content})


def test_every_refusal_speaks_three_languages(tmp_path: Path) -> None:
    error = refusal(tmp_path, "a.xlsx", b"Oppilaitos;1\n")
    assert error.code == "not_what_it_says"
    assert str(error) == error.text.en
    assert "xlsx" in error.text.fi
    assert len({error.text.fi, error.text.sv, error.text.en}) == 3


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xls", HONEST["xlsx"], "misnamed"),
        ("a.xlsx", HONEST["xls"], "misnamed"),
        ("a.csv", HONEST["ods"], "misnamed"),
        ("a.ods", HONEST["xlsb"], "misnamed"),
        ("a.xls", b"<html><table></table></html>", "not_what_it_says"),
        ("a.xls", b'<?xml version="1.0"?><Workbook/>', "not_what_it_says"),
        ("a.xls", b"a\tb\n1\t2\n", "not_what_it_says"),
        ("a.xls", b"\x09\x04\x06\x00\x00\x00\x10\x00" + bytes(100), "not_what_it_says"),
        (
            "a.xlsx",
            package({"[Content_Types].xml": "", "word/document.xml": ""}),
            "not_what_it_says",
        ),
        ("a.xls", wrap("WordDocument", bytes(5000)), "not_what_it_says"),
        ("a.xlsx", package({"palaute.xlsx": HONEST["xlsx"]}), "archive"),
        ("a.zip", package({"palaute.csv": "a;b"}), "archive"),
        ("a.csv.gz", b"\x1f\x8b\x08\x00", "archive"),
        ("a.html", b"<html></html>", "ending"),
        ("palaute", b"a;b\n1;2\n", "ending"),
        ("a.xlsx", b"", "empty"),
        ("a.xlsx", bytes(2000), "empty"),
        ("a.csv", b"1;2\n" * (FILE_BYTES // 4 + 1), "too_large"),
    ],
)
def test_content_is_checked_against_the_name(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    assert refusal(tmp_path, name, content).code == code


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.xlsx", tmp_path, tmp_path / "a\0b.xlsx"):
        with pytest.raises(Unreadable) as refused:
            read(path)
        assert refused.value.code in ("missing", "ending")


def test_an_upper_case_ending_is_no_mismatch(tmp_path: Path) -> None:
    (tmp_path / "A.XLSX").write_bytes(HONEST["xlsx"])
    assert read(tmp_path / "A.XLSX").sheets[0].rows == [[1, "Pääaine"]]


def test_passwords(tmp_path: Path) -> None:
    stream = xls_stream(number_cell(0, 0, 1))
    globals_end = len(record(0x0809, bytes(16)))
    inside = stream[:globals_end] + record(0x002F, bytes(6)) + stream[globals_end:]
    assert refusal(tmp_path, "a.xls", wrap("Workbook", inside)).code == "password"
    assert refusal(tmp_path, "a.xlsx", wrap("EncryptedPackage", bytes(5000))).code == "password"
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": bytes(100),
        "META-INF/manifest.xml": '<m:manifest xmlns:m="m"><m:encryption-data/></m:manifest>',
    }
    assert refusal(tmp_path, "a.ods", package(parts)).code == "password"


@pytest.mark.parametrize("last_row", ["1048576", "500000"])
def test_two_cells_far_apart_would_unfold_to_billions(tmp_path: Path, last_row: str) -> None:
    far = f'<row r="{last_row}"><c r="XFD{last_row}"><v>2</v></c></row>'
    sheet = f'<sheetData><row r="1">{ONE_CELL}</row>{far}</sheetData>'
    error = refusal(tmp_path, "a.xlsx", xlsx(sheet))
    assert error.code == "cells"
    assert f"Tilastot reaches as far as cell XFD{last_row}" in str(error)


def test_the_limit_of_cells_is_five_million(tmp_path: Path) -> None:
    def sheet(row: int) -> bytes:
        far = f'<row r="{row}"><c r="E{row}"><v>2</v></c></row>'
        return xlsx(f'<sheetData><row r="1">{ONE_CELL}</row>{far}</sheetData>')

    (tmp_path / "a.xlsx").write_bytes(sheet(1_000_000))
    assert len(read(tmp_path / "a.xlsx").sheets[0].rows) == 1_000_000
    assert refusal(tmp_path, "b.xlsx", sheet(1_000_001)).code == "cells"


def test_formatted_empty_cells_far_away_are_no_reason_to_refuse(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    content = xlsx(
        f'<dimension ref="A1:XFD1048576"/><sheetData><row r="1">{ONE_CELL}</row>{far}</sheetData>'
    )
    (tmp_path / "a.xlsx").write_bytes(content)
    assert read(tmp_path / "a.xlsx").sheets[0].rows == [[1]]


REPEATED = '<table:table-cell office:value-type="float" office:value="1" {}/>'


@pytest.mark.parametrize(
    "table",
    [
        '<table:table-row table:number-rows-repeated="1000">'
        + REPEATED.format('table:number-columns-repeated="16000"')
        + "</table:table-row>",
        "<table:table-row>"
        + REPEATED.format('table:number-columns-repeated="4294967295"')
        + "</table:table-row>",
        '<table:table-row table:number-rows-repeated="99999999999">'
        + REPEATED.format("")
        + "</table:table-row>",
        '<table:table-row table:number-rows-repeated="1048575"><table:table-cell '
        'table:number-columns-repeated="16383"/>' + REPEATED.format("") + "</table:table-row>",
        '<t:table-row xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0"/>',
    ],
)
def test_repeated_cells_of_an_open_document(tmp_path: Path, table: str) -> None:
    assert refusal(tmp_path, "a.ods", ods(table)).code in ("cells", "memory", "damaged")


def test_far_cells_of_the_binary_formats(tmp_path: Path) -> None:
    assert refusal(tmp_path, "a.xlsb", xlsb({(0, 0): 1, (1048575, 16383): 2})).code == "cells"
    assert refusal(tmp_path, "b.xlsb", xlsb({(0, 0): 1, (1048576, 0): 2})).code == "damaged"
    assert refusal(tmp_path, "c.xlsb", xlsb({(0, 4_000_000_000): 1})).code == "damaged"
    far = xls(number_cell(0, 0, 1), number_cell(65535, 255, 1))
    assert refusal(tmp_path, "a.xls", far).code == "cells"


LONG = "x" * 30_000
TIMES = range(1, 8_001)
"""8,000 cells of 30,000 letters are 240 MB, from a few kilobytes; 6,000 would be allowed."""


def shared_in_xlsx(times: Iterable[int] = TIMES) -> bytes:
    cells = (f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in times)
    strings = {"xl/sharedStrings.xml": f"<sst><si><t>{LONG}</t></si></sst>"}
    return package(xlsx_parts(f"<sheetData>{''.join(cells)}</sheetData>") | strings)


def shared_in_xls(times: Iterable[int] = TIMES) -> bytes:
    """The one string begins in one record and goes on in wide letters in the next."""
    strings = struct.pack("<IIHB", 1, 1, len(LONG), 0) + b"x" * 8000
    rest = b"\x01" + LONG[:4000].encode("utf-16-le")
    more = [b"\x00" + b"x" * 8000, b"\x00" + b"x" * 8000, b"\x00" + b"x" * 2000]
    table = record(0x00FC, strings) + b"".join(record(0x003C, piece) for piece in (rest, *more))
    cells = (record(0x00FD, struct.pack("<HHHI", n, 0, 0, 0)) for n in times)
    return xls(*cells, before=table)


def repeated_in_ods() -> bytes:
    cell = (
        f'<table:table-cell office:value-type="string"><text:p>{LONG}</text:p></table:table-cell>'
    )
    return ods(
        f'<table:table-row table:number-rows-repeated="{len(TIMES)}">{cell}</table:table-row>'
    )


@pytest.mark.parametrize(
    ("ending", "content"),
    [("xlsx", shared_in_xlsx()), ("xls", shared_in_xls()), ("ods", repeated_in_ods())],
)
def test_one_long_text_in_thousands_of_cells(tmp_path: Path, ending: str, content: bytes) -> None:
    assert refusal(tmp_path, f"a.{ending}", content).code == "memory"


@pytest.mark.parametrize("write", [shared_in_xlsx, shared_in_xls])
def test_one_long_text_in_a_few_cells(
    tmp_path: Path, write: Callable[[Iterable[int]], bytes]
) -> None:
    path = tmp_path / f"a.{write.__name__.removeprefix('shared_in_')}"
    path.write_bytes(write((1, 2)))
    texts = [row[0] for row in read(path).sheets[0].rows if row]
    assert texts == [LONG, LONG]


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "part",
    ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "[Content_Types].xml"],
)
def test_entities_are_refused_in_every_part(tmp_path: Path, part: str) -> None:
    assert refusal(tmp_path, "a.xlsx", changed(part, f"{DOCTYPE}<x>&b;</x>")).code == "unsafe"


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/sharedStrings.xml", '<sst uniqueCount="4294967295"/>'),
        ("xl/styles.xml", '<styleSheet><cellXfs count="999999999"/></styleSheet>'),
        ("../../evil.xml", "<x/>"),
        ("/etc/evil.xml", "<x/>"),
        ("C:/evil.xml", "<x/>"),
        ("XL/WORKBOOK.XML", "<x/>"),
    ],
)
def test_parts_that_lie_or_lead_out(tmp_path: Path, part: str, content: str) -> None:
    assert refusal(tmp_path, "a.xlsx", changed(part, content)).code == "unsafe"


@pytest.mark.parametrize(
    "sheet",
    [
        '<row r="1"><c r="A99999999999"><v>1</v></c></row>',
        '<row r="1"><c r="AAAA1"><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1048577"><c><v>1</v></c></row>',
        '<row r="0"><c r="A0"><v>1</v></c></row>',
        "<c><v>1</v></c>",
        '<row r="1"><c r="A1"><v>1</v></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
    ],
)
def test_cells_outside_the_sheet_or_broken(tmp_path: Path, sheet: str) -> None:
    error = refusal(tmp_path, "a.xlsx", xlsx(f"<sheetData>{sheet}</sheetData>"))
    assert error.code == "damaged"


def test_a_comment_cannot_hide_cells_from_the_measuring(tmp_path: Path) -> None:
    """The quick way cuts ordinary rows out of what the careful reader sees."""
    ordinary = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(2, 20_000))
    trick = f'<sheetData><row r="1">{ONE_CELL}</row><!-- {ordinary} '
    trick += '<row r="20001"><c r="A20001"><v>--></v></c></row>'
    trick += '<row r="1048576"><c r="XFD1048576" t="n"><v>2</v></c></row></sheetData>'
    assert refusal(tmp_path, "a.xlsx", xlsx(trick)).code in ("cells", "damaged")


def bomb(megabytes: int) -> bytes:
    parts = xlsx_parts(rows([ONE_CELL]))
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet>" + bytes(megabytes * 1024 * 1024)
    return package(parts)


def test_bombs_are_refused_at_once(tmp_path: Path) -> None:
    started = time.perf_counter()
    for megabytes in (11, 201):
        assert refusal(tmp_path, "a.xlsx", bomb(megabytes)).code == "unpacked"
    assert refusal(tmp_path, "b.xlsx", many_parts()).code == "entries"
    assert refusal(tmp_path, "c.xlsx", understated(bomb(9))).code in ("unpacked", "damaged")
    assert time.perf_counter() - started < 10


def many_parts() -> bytes:
    return package({f"xl/part{number}.xml": "" for number in range(ENTRIES + 1)})


def understated(content: bytes) -> bytes:
    """The directory says that every part is a few bytes long."""
    changed = bytearray(content)
    place = changed.find(b"PK\x01\x02")
    while place >= 0:
        struct.pack_into("<L", changed, place + 24, 100)
        place = changed.find(b"PK\x01\x02", place + 4)
    return bytes(changed)


def test_parts_that_share_their_bytes(tmp_path: Path) -> None:
    """One packed block, named by many entries of the directory, is the oldest trick of all."""
    content = bytearray(HONEST["xlsx"])
    places = []
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        places.append(place)
        place = content.find(b"PK\x01\x02", place + 4)
    for place in places[1:]:
        content[place + 42 : place + 46] = content[places[0] + 42 : places[0] + 46]
    assert refusal(tmp_path, "a.xlsx", bytes(content)).code in ("unsafe", "damaged")


def test_chains_that_lead_in_a_circle(tmp_path: Path) -> None:
    content = bytearray(HONEST["xls"])
    table = 512 + 512 + 4096 * -(-len(xls_stream()) // 4096)
    assert content[table + 4 : table + 8] == struct.pack("<I", 2)
    struct.pack_into("<I", content, table + 8, 1)
    assert refusal(tmp_path, "a.xls", bytes(content)).code == "damaged"
    endless = bytearray(HONEST["xls"])
    struct.pack_into("<I", endless, 68, 0)
    assert refusal(tmp_path, "b.xls", bytes(endless)).code == "damaged"


def test_counts_in_an_old_file_are_not_believed(tmp_path: Path) -> None:
    header = bytearray(HONEST["xls"])
    struct.pack_into("<I", header, 44, 0xFFFFFFF0)
    (tmp_path / "a.xls").write_bytes(bytes(header))
    assert read(tmp_path / "a.xls").sheets[0].rows[0] == [1], "the count is not used at all"
    stream = xls_stream(number_cell(0, 0, 1))
    first = len(record(0x0809, bytes(16)))
    strings = record(0x00FC, struct.pack("<II", 1, 0x7FFFFFFF))
    lying = stream[:first] + strings + stream[first:]
    assert refusal(tmp_path, "b.xls", wrap("Workbook", lying)).code == "damaged"


@pytest.mark.parametrize("kind", sorted(HONEST))
def test_a_file_cut_short_is_refused(tmp_path: Path, kind: str) -> None:
    content = HONEST[kind]
    for share in (0.3, 0.6, 0.95):
        cut = content[: int(len(content) * share)]
        if kind == "xls" and share > 0.9:
            continue  # what is missing there is only the padding
        refusal(tmp_path, f"a.{kind}", cut)


def flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 2, 8))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def flipped_inside(content: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(parts))
    return package(parts | {name: flipped(parts[name], chance)})


def digits_changed(content: bytes, chance: random.Random) -> bytes:
    """Well-formed still, but with numbers that nobody meant."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name in sorted(parts) if b"1" in parts[name]])
    odd = chance.choice((b"0", b"-1", b"65536", b"1048577", b"4294967296", b"1e999", b""))
    pieces = parts[name].split(b"1")
    place = chance.randrange(1, len(pieces))
    return package(parts | {name: b"1".join(pieces[:place]) + odd + b"1".join(pieces[place:])})


def stream_flipped(content: bytes, chance: random.Random) -> bytes:
    return wrap("Workbook", flipped(xls_stream(number_cell(0, 0, 1)), chance)) or content


Spoil = Callable[[bytes, random.Random], bytes]
WAYS: list[tuple[str, Spoil]] = [
    *[(kind, flipped) for kind in sorted(HONEST)],
    *[(kind, flipped_inside) for kind in ("ods", "xlsb", "xlsx")],
    *[(kind, digits_changed) for kind in ("ods", "xlsx")],
    ("xls", stream_flipped),
]


@pytest.mark.parametrize(("kind", "spoil"), WAYS)
def test_spoilt_files_give_a_workbook_or_a_refusal(tmp_path: Path, kind: str, spoil: Spoil) -> None:
    chance = random.Random(f"{kind} {spoil.__name__}")
    path = tmp_path / f"a.{kind}"
    outcomes = set()
    for _ in range(100):
        path.write_bytes(spoil(HONEST[kind], chance))
        try:
            outcomes.add(type(read(path)))
        except Unreadable as refused:
            outcomes.add(type(refused))
    assert outcomes <= {Workbook, Unreadable}


def test_random_bytes_under_every_ending(tmp_path: Path) -> None:
    chance = random.Random(2026)
    for ending in ("xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "tsv"):
        for start in (b"", b"PK\x03\x04", SIGNATURE):
            refusal(tmp_path, f"a.{ending}", start + chance.randbytes(3000))
