"""Packs for a meeting, from a terminal."""

from __future__ import annotations

import hashlib
import io
import zipfile
from argparse import ArgumentParser
from pathlib import Path

from access import record
from office import packs, printing
from office.databases import accounts_engine
from yearbook.language import Language

OWN_LANGUAGE = "own"


def write(options: ArgumentParser, arguments: list[str], who: str) -> int:
    folder, wanted = _wanted(options, arguments)
    made = packs.make(wanted, printing.progress)
    record.note(
        accounts_engine(),
        who,
        "packs_made",
        f"{made.edition} · {made.kind} · {len(made.schools)}",
        hashlib.sha256(made.content).hexdigest(),
    )
    names = _unpacked(folder, made)
    print(f"{len(names)} packs from edition {made.edition}: {folder}. Each is for its school only.")
    return 0


def _unpacked(folder: Path, made: packs.Packs) -> list[str]:
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        archive.extractall(folder)
        return archive.namelist()


def _wanted(options: ArgumentParser, arguments: list[str]) -> tuple[Path, packs.Wanted]:
    options.add_argument("folder", type=Path, metavar="FOLDER", help="where to write them")
    options.add_argument("--edition", default="", help="the one that visitors see unless named")
    options.add_argument("--pdf", action="store_true", help="PDF in place of slides")
    languages = [OWN_LANGUAGE, *(one.value for one in Language)]
    options.add_argument("--language", choices=languages, default=OWN_LANGUAGE)
    options.add_argument("--school", action="append", default=[], help="a code; all unless named")
    given = options.parse_args(arguments)
    edition = given.edition or packs.newest()
    language = None if given.language == OWN_LANGUAGE else Language(given.language)
    kind = packs.PDF if given.pdf else packs.PPTX
    return given.folder, packs.Wanted(edition, tuple(given.school), kind, language)
