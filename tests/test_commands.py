"""The office from a terminal, over the sample data."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving import ROOT, environment_of


@pytest.fixture
def var(own_sample_data: Path) -> Path:
    return own_sample_data


def give(var: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment_of(var),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


def test_withdraw_publish_and_roll_back(var: Path) -> None:
    unchanged = give(var, "publish", "--yes")
    assert unchanged.returncode == 0
    assert "nothing was published" in unchanged.stdout

    handed_in = give(var, "withdraw").stdout.splitlines()
    newest = handed_in[0].split()[0]
    assert len(handed_in) >= 30
    assert give(var, "withdraw", newest).returncode == 0
    assert give(var, "withdraw").stdout.splitlines()[0].endswith("withdrawn")

    unasked = give(var, "publish")
    assert unasked.returncode == 1
    assert "2026.2 against 2026.1" in unasked.stdout
    assert "Nobody is here to be asked: give --yes." in unasked.stderr
    assert give(var, "publish", "--yes").stdout.endswith("Edition 2026.2 is published.\n")
    assert [line.split()[0] for line in shown(var)] == ["2026.2"]

    assert give(var, "rollback", "2026.1").returncode == 0
    assert [line.split()[0] for line in shown(var)] == ["2026.1"]


def shown(var: Path) -> list[str]:
    listed = give(var, "rollback").stdout.splitlines()
    assert len(listed) == 2
    return [line for line in listed if line.endswith("shown to visitors")]


def test_a_file_that_is_no_workbook_is_not_kept_and_the_others_are_looked_at(
    var: Path, tmp_path: Path
) -> None:
    broken, empty = tmp_path / "broken.xlsx", tmp_path / "empty.csv"
    broken.write_bytes(b"PK\x03\x04 this is no workbook")
    empty.write_text("nothing;of;ours\n1;2;3\n", encoding="utf-8")
    answer = give(var, "receive", str(broken), str(empty))
    assert answer.returncode == 1
    assert "broken.xlsx: NOT kept" in answer.stdout
    assert "empty.csv: NOT kept" in answer.stdout
    assert "Traceback" not in answer.stderr


def test_a_missing_file_is_named(var: Path, tmp_path: Path) -> None:
    answer = give(var, "receive", str(tmp_path / "nowhere.xlsx"))
    assert answer.returncode == 1
    assert "nowhere.xlsx" in answer.stderr


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("rollback", "1999.1"), "There is no edition 1999.1. Choose one of these: 2026.1."),
        (("receive",), "name the files, or a --database"),
        (("receive", "--database", "sqlite://"), "--database goes with --table or --query"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    var: Path, command: tuple[str, ...], said: str
) -> None:
    answer = give(var, *command)
    assert answer.returncode != 0
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_process_without_the_archive_says_so(var: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "manage.py", "publish", "--yes"],
        cwd=ROOT,
        env={**environment_of(var), "ARCHIVE_URL": ""},
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    assert len(answer.stderr.strip()) > 20
