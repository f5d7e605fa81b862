"""The list of what was tried and what happened: each attack says so and counts its tries."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[3]
TABLE = ROOT / "docs" / "attacks.md"
MODULES = (
    "tests.test_access_attack",
    "tests.prove.test_access_attack",
    "tests.prove.test_session_attack",
    "tests.prove.test_desk_attack",
    "tests.prove.test_hostile_words",
    "tests.prove.test_corpus_browser",
    "tests.test_embedded",
)
HEAD = """# What was tried on the door, and what happened

Written by the attacks themselves: each says in its own words what it tries and what must happen,
and fails where something else does. With TRIES naming a file they count their tries into it while
they run, and `python -m tests.attack.access.tried` writes this table from it and from their list.
Under `tests.attack.access` is what they share. The attacks are in `tests/test_access_attack.py`
and `tests/prove/`; `python3 manage.py test` and `python3 manage.py prove` run them.
"""
AREA = """
## {area}

| What was tried | What happened | Tries |
|---|---|---:|
"""

Test = TypeVar("Test", bound=Callable[..., object])


@dataclass(frozen=True)
class Tried:
    """test: where it is; order as in the list."""

    area: str
    tried: str
    happened: str
    test: str


_counts: Counter[str] = Counter()


def tried(area: str, tried: str, happened: str) -> Callable[[Test], Test]:
    """Marks a test as an attack; what it says is what docs/attacks.md says."""

    def mark(test: Test) -> Test:
        test.tried = Tried(area, tried, happened, test.__name__)  # type: ignore[attr-defined]
        return test

    return mark


def count(test: object, tries: int) -> None:
    """So many tries of that test, for the table; written down where TRIES names a file."""
    name = getattr(test, "__name__", str(test))
    _counts[name] += tries
    if file := os.environ.get("TRIES"):
        with Path(file).open("a", encoding="utf-8") as tries_so_far:
            tries_so_far.write(f"{name}\t{tries}\n")


def everything_tried() -> list[Tried]:
    return [one for module in MODULES if _exists(module) for one in _of(import_module(module))]


def _exists(module: str) -> bool:
    return (ROOT / f"{module.replace('.', '/')}.py").is_file()


def _of(module: ModuleType) -> Iterator[Tried]:
    for found in vars(module).values():
        if isinstance(found, FunctionType) and found.__module__ == module.__name__:
            told = getattr(found, "tried", None)
            if told is not None:
                yield told


def write(counts: Counter[str]) -> str:
    every = everything_tried()
    parts = [HEAD]
    for area in dict.fromkeys(one.area for one in every):
        parts.append(AREA.format(area=area))
        parts += [row(one, counts[one.test]) for one in every if one.area == area]
    return "".join(parts)


def row(one: Tried, tries: int) -> str:
    return f"{row_without_count(one)} {tries} |\n"


def row_without_count(one: Tried) -> str:
    return f"| {_cell(one.tried)} | {_cell(one.happened)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def counted(file: Path) -> Counter[str]:
    """What TRIES collected of one run of them all."""
    found: Counter[str] = Counter()
    for line in file.read_text(encoding="utf-8").splitlines():
        name, _, tries = line.partition("\t")
        found[name] += int(tries)
    return found


if __name__ == "__main__":
    TABLE.write_text(write(counted(Path(os.environ["TRIES"]))), encoding="utf-8")
