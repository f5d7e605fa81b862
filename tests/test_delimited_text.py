"""Delimited text is read in whatever encoding and with whatever delimiter it was saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_loaders.workbook import Unreadable, Workbook, read

FINNISH = "Oppilaitos;Määrä\nKeski-Pohjanmaan konservatorio;1 234,5\nÅbo – Ålands läröverk;\n"


def opened(folder: Path, content: bytes, name: str = "a.csv") -> Workbook:
    (folder / name).write_bytes(content)
    return read(folder / name)


def rows(folder: Path, content: bytes, name: str = "a.csv") -> list[list[object]]:
    return [list(row) for row in opened(folder, content, name).sheets[0].rows]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"],
)
def test_finnish_and_swedish_letters_survive_every_encoding(tmp_path: Path, encoding: str) -> None:
    assert rows(tmp_path, FINNISH.encode(encoding)) == [
        ["Oppilaitos", "Määrä"],
        ["Keski-Pohjanmaan konservatorio", "1 234,5"],
        ["Åbo – Ålands läröverk"],
    ]


@pytest.mark.parametrize("encoding", ["cp850", "latin-1"])
def test_old_encodings_without_a_long_dash(tmp_path: Path, encoding: str) -> None:
    written = "Pääaine;Käyttö\nLähihoitaja;5\n".encode(encoding)
    assert rows(tmp_path, written)[0] == ["Pääaine", "Käyttö"]


def test_other_western_letters_and_a_sign_alone(tmp_path: Path) -> None:
    assert rows(tmp_path, "Transferência;São\n".encode("cp1252")) == [["Transferência", "São"]]
    assert rows(tmp_path, "a;©\n".encode("latin-1")) == [["a", "©"]]


def test_russian_is_not_taken_for_western(tmp_path: Path) -> None:
    text = "Школа;Ученики\nМузыкальная школа города Петрозаводска;двенадцать\n" * 5
    assert rows(tmp_path, text.encode("cp1251"))[0] == ["Школа", "Ученики"]


@pytest.mark.parametrize(
    ("content", "first_row"),
    [
        (b"a;b;c\n1,5;2,5;3,5\n", ["a", "b", "c"]),
        (b"1,5;2,5\n3,5;4,5\n", ["1,5", "2,5"]),
        (b"a\tb, c\n1\t2\n", ["a", "b, c"]),
        (b"a|b\n1|2\n", ["a", "b"]),
        (b'name,answer\n1,"x; y"\n2,"x; z; y"\n', ["name", "answer"]),
        (b"Opiskelijat\n5\n6\n", ["Opiskelijat"]),
        (b'a, "b, c"\n1, "2, 3"\n', ["a", "b, c"]),
    ],
)
def test_the_delimiter_is_recognised(tmp_path: Path, content: bytes, first_row: list[str]) -> None:
    assert rows(tmp_path, content)[0] == first_row


def test_a_line_that_states_the_delimiter_keeps_its_place(tmp_path: Path) -> None:
    assert rows(tmp_path, b"sep=|\r\na;x|b\r\n1|2\r\n") == [[], ["a;x", "b"], ["1", "2"]]


def test_format_follows_the_content(tmp_path: Path) -> None:
    assert opened(tmp_path, b"a\tb\n1\t2\n", "a.txt").format == "tsv"
    assert opened(tmp_path, b"a;b\n1;2\n", "a.txt").format == "csv"


def test_rows_stay_in_place_and_end_at_their_last_cell(tmp_path: Path) -> None:
    content = b'a;b;\r\n\r\n;2;;\r\n"x\r\ny";;3\r\n;;\r\n\r\n'
    assert rows(tmp_path, content) == [["a", "b"], [], [None, "2"], ["x\r\ny", None, "3"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"a;b\n1;\x002\n" * 50, "encoding"),
        (b"a;b\n1;\x072\n", "encoding"),
        (b"\xff\xfea", "encoding"),
        (b'a;b\n1;"open\n2;3\n4;5\n', "quote"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "not_what_it_says"),
        (b"  <!DOCTYPE html>\n<p>1</p>", "not_what_it_says"),
        (b"%PDF-1.7\n", "not_what_it_says"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_what_it_says"),
        (b"\x1f\x8b\x08\x00abc", "archive"),
        (b"a;" * 2_600_000, "cells"),
        (b"a;" * 20_000, "cells"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        opened(tmp_path, content)
    assert refused.value.code == code
