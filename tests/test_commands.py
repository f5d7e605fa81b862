"""The office from a terminal: what a keeper writes, and what she is told."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
import sqlalchemy

import manage
from tests.office_for_tests import write_catalogue, write_return
from tests.serving import ROOT, environment_of, serve


@dataclass(frozen=True)
class Answer:
    """What the keeper is told."""

    returncode: int
    stdout: str
    stderr: str


Give = Callable[..., Answer]


@pytest.fixture
def environment(own_empty_shelf: Path, tmp_path: Path) -> dict[str, str]:
    """A small association in which nothing has been handed in."""
    catalogue = write_catalogue(tmp_path / "catalogue")
    return {**environment_of(own_empty_shelf), "CATALOGUE": str(catalogue)}


@pytest.fixture
def give(
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Give:
    """A command of manage.py, in this process: one of its own takes seconds to begin."""
    for name in os.environ.keys() - environment.keys():
        monkeypatch.delenv(name)

    def given(*arguments: str | Path, **settings: str) -> Answer:
        for name, value in {**environment, **settings}.items():
            monkeypatch.setenv(name, value)
        command, *options = map(str, arguments)
        try:
            code = manage.COMMANDS[command](options) or 0
        except SystemExit as left:  # the parser does not understand what was written
            code = int(left.code or 0)
        told = capsys.readouterr()
        return Answer(code, told.out, told.err)

    return given


def test_a_command_is_given_at_a_terminal(environment: dict[str, str], tmp_path: Path) -> None:
    file = write_return(tmp_path / "first.xlsx", ("Kuopio", 2024, 120))
    answer = subprocess.run(
        [sys.executable, "manage.py", "receive", str(file)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stderr
    assert "first.xlsx: kept as submission 1 (2024)" in answer.stdout


def test_from_receiving_to_rolling_back(
    give: Give, environment: dict[str, str], tmp_path: Path
) -> None:
    first = write_return(tmp_path / "first.xlsx", ("Kuopio", 2024, 120), ("Lahti", 2024, 80))
    second = write_return(tmp_path / "second.xlsx", ("Kuopio", 2024, 121))
    assert "first.xlsx: kept as submission 1 (2024)" in give("receive", first).stdout

    unasked = give("publish")
    assert unasked.returncode == 1
    assert "as the first one: " in unasked.stdout
    assert "not handed in for 2024: Turku Conservatory" in unasked.stdout
    assert "Nobody is here to be asked: give --yes." in unasked.stderr
    assert "is published" in give("publish", "--yes").stdout
    assert "so nothing was published" in give("publish", "--yes").stdout

    replaced = "second.xlsx: kept as submission 2 (2024, in place of an earlier one)"
    assert replaced in give("receive", second).stdout
    changed = give("publish", "--yes").stdout
    assert "2 cells change" in changed  # Kuopio, and all schools together
    older, newer = (line.split()[0] for line in give("rollback").stdout.splitlines())
    assert f"{newer} against {older}" in changed

    assert give("rollback", older).stdout == f"Visitors see edition {older} again.\n"
    with serve(Path(environment["VAR"])) as served, urlopen(f"{served.address}/health") as answer:
        assert (
            answer.read().decode() == f'{{"status":"ok","edition":"{older}","audience":"members"}}'
        )

    assert "Submission 2 is withdrawn." in give("withdraw", "2").stdout
    newest, oldest = give("withdraw").stdout.splitlines()
    assert newest.split()[0] == "2"
    assert newest.endswith("second.xlsx  withdrawn")
    assert oldest.endswith("first.xlsx")


def test_a_table_of_another_database_is_received(give: Give, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'register.sqlite'}"
    engine = sqlalchemy.create_engine(address)
    with engine.begin() as register:
        register.exec_driver_sql("create table returned (Oppilaitos, Vuosi, Opiskelijat)")
        register.exec_driver_sql("insert into returned values ('Kuopio', 2024, 120)")
    answer = give("receive", "--database", "register", "--table", "returned",
                  SOURCES=f"register={address}")  # fmt: skip
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "register: returned: kept as submission 1 (2024)" in answer.stdout


def test_what_is_wrong_is_told_and_the_other_files_are_kept(give: Give, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 this is no workbook")
    wrong = write_return(tmp_path / "wrong.xlsx", ("Kuopio", 2024, -5))
    good = write_return(tmp_path / "good.xlsx", ("Lahti", 2024, 80))
    answer = give("receive", broken, wrong, good)
    assert answer.returncode == 1
    assert "broken.xlsx: NOT kept" in answer.stdout
    assert "wrong.xlsx: NOT kept\n  fail " in answer.stdout
    assert "C2" in answer.stdout
    assert "good.xlsx: kept as submission 1 (2024)" in answer.stdout
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("receive",), "name the files, or a --database"),
        (("receive", "nowhere.xlsx"), "No such file: nowhere.xlsx. Nothing was received."),
        (("receive", "--database", "sqlite://"), "--database goes with --table or --query"),
        (("withdraw", "17"), "17"),
        (("rollback", "1999.1"), "1999.1"),
        (("audit-files", "out"), "Nothing has been published for this audience: members."),
        (("publish", "--yes"), "."),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    give: Give, command: tuple[str, ...], said: str
) -> None:
    answer = give(*command)
    assert answer.returncode != 0
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_process_without_the_archive_says_so(give: Give) -> None:
    answer = give("publish", "--yes", ARCHIVE_URL="")
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    assert len(answer.stderr.strip()) > 20
