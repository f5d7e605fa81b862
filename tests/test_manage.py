"""The keeper's door: what each command needs it makes, and says what it cannot make."""

import ast
import re
import socket
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import manage
from tests.serving import ROOT


def give(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, capture_output=True, text=True
    )


class Commands:
    """Stands for subprocess.run: notes each command, and answers as told."""

    def __init__(self, returncode: int = 0) -> None:
        self.given: list[list[str]] = []
        self.returncode = returncode

    def __call__(self, command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        self.given.append([str(word) for word in command])
        return subprocess.CompletedProcess(command, self.returncode)


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> Commands:
    noted = Commands()
    monkeypatch.setattr(manage.subprocess, "run", noted)
    return noted


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project with an empty environment, so that ours is left alone."""
    (tmp_path / ".venv").mkdir()
    (tmp_path / "requirements.txt").write_text("alpha==1\n")
    monkeypatch.setattr(manage, "ROOT", tmp_path)
    monkeypatch.setattr(manage, "ENVIRONMENT", tmp_path / ".venv")
    return tmp_path


# --- Commands -----------------------------------------------------------------------------------


def test_every_command_is_listed_with_one_line_of_help() -> None:
    listed = give("list").stdout.splitlines()
    assert [line.split()[0] for line in listed] == list(manage.COMMANDS)
    assert all(re.fullmatch(r"  [\w-]+ +[A-Z].*\.", line) for line in listed)


def test_no_command_at_all_lists_them() -> None:
    assert give().stdout == give("list").stdout


def test_an_unknown_command_is_told_the_known_ones() -> None:
    answer = give("publsh")
    assert answer.returncode == 1
    assert "There is no command 'publsh'" in answer.stderr
    assert "publish" in answer.stderr or "run" in answer.stderr


# --- Setting up ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("version", "enough"), [((3, 10, 9), False), ((3, 11, 0), True)])
def test_python_311_is_the_oldest(
    monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int], enough: bool
) -> None:
    monkeypatch.setattr(manage.sys, "version_info", version)
    if enough:
        manage.require_python_311()
        return
    with pytest.raises(SystemExit, match=r"3\.11 or newer is needed; this is 3\.10\.9"):
        manage.require_python_311()


def test_requirements_are_installed_once_and_again_when_they_change(
    environment: Path, commands: Commands
) -> None:
    manage.install("requirements.txt")
    manage.install("requirements.txt")
    assert len(commands.given) == 1
    assert "--require-hashes" in commands.given[0]
    (environment / "requirements.txt").write_text("alpha==2\n")
    manage.install("requirements.txt")
    assert len(commands.given) == 2


def test_a_failed_installation_is_tried_again(environment: Path, commands: Commands) -> None:
    commands.returncode = 1
    with pytest.raises(SystemExit, match="could not be installed"):
        manage.install("requirements.txt")
    commands.returncode = 0
    manage.install("requirements.txt")
    assert len(commands.given) == 2


def test_debian_without_venv_gets_it_when_we_are_root(
    environment: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manage.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(manage.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(manage.shutil, "which", lambda name: f"/usr/bin/{name}")
    manage.make_environment()
    update, install, venv = commands.given
    assert update[:2] == ["apt-get", "update"]
    assert install[:2] == ["apt-get", "install"]
    assert install[-1] == "python3-venv"
    assert venv[1:4] == ["-m", "venv", "--clear"]


def test_debian_without_venv_says_the_one_command_when_we_are_not_root(
    environment: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manage.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(manage.os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(SystemExit, match="sudo apt-get install -y python3-venv"):
        manage.make_environment()
    assert commands.given == []


def test_a_port_in_use_is_told_with_another_to_try() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=f"Port {port} is in use.*--port {port + 1}"):
            manage.require_free(port)
    manage.require_free(port)


def test_pytest_without_a_test_is_a_failure(
    commands: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    commands.returncode = 5
    assert manage.pytest("tests/none") == 5
    assert "No test was found" in capsys.readouterr().out


# --- Requirements -------------------------------------------------------------------------------


def listed(name: str) -> set[str]:
    lines = (ROOT / name).read_text().splitlines()
    names = (re.match(r"[\w-]+", line) for line in lines)
    return {match[0].lower() for match in names if match and not line_is_option(match.string)}


def line_is_option(line: str) -> bool:
    return line.startswith("-")


def blocks(name: str) -> list[str]:
    """Each pinned package with its hashes."""
    text = (ROOT / name).read_text()
    return [block for block in re.split(r"\n(?=\S)", text) if re.match(r"[\w-]+==", block)]


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_direct_dependency_is_pinned_with_hashes(name: str) -> None:
    pinned = blocks(f"{name}.txt")
    assert len(pinned) >= 10
    assert all("--hash=sha256:" in block for block in pinned)
    assert listed(f"{name}.in") <= {block.split("==")[0] for block in pinned}


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_the_lock_names_no_index_and_no_folder(name: str) -> None:
    text = (ROOT / f"{name}.txt").read_text()
    assert not re.search(r"index-url|find-links|https?://|file:|\s/\w+", text)


def test_keepers_packages_are_pinned_as_the_dashboards_are() -> None:
    ours, keepers = (
        dict(block.split(" ")[0].split("==") for block in blocks(name))
        for name in ("requirements.txt", "requirements-dev.txt")
    )
    both = ours.keys() & keepers.keys()
    assert len(both) >= 3
    assert {name: ours[name] for name in both} == {name: keepers[name] for name in both}


ROOMS = ("door", "pages", "desk", "ui", "press", "access", "office", "data_loaders", "yearbook")
BESIDE = ("sample_data", "migrations")
OF_KEEPERS = ROOT / "press/make_letters.py"  # a tool, for which requirements-dev.txt is


def imported_by(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return {name.split(".")[0] for name in names}


def test_whatever_the_dashboard_imports_is_listed_as_a_direct_dependency() -> None:
    files = [file for room in (*ROOMS, *BESIDE) for file in (ROOT / room).rglob("*.py")]
    served = [file for file in (ROOT / "app.py", *files) if file != OF_KEEPERS]
    imported = set[str]().union(*map(imported_by, served))
    others = imported - sys.stdlib_module_names - {*ROOMS, *BESIDE}
    installed = packages_distributions()
    packages = {name: installed[name][0].lower() for name in others}
    assert {
        name for name, package in packages.items() if package not in listed("requirements.in")
    } == set()
