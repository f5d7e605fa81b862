"""The office from a terminal: does what a keeper's command asks, and prints what became of it."""

from __future__ import annotations

import getpass
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import ParamSpec

from data_loaders.findings import Finding, group
from data_loaders.hints import Hints
from office import databases, publishing, receiving, seed
from office.databases import NoArchiveError
from office.publishing import Draft
from office.receiving import Receipt, Table
from office.refusals import RefusedError
from office.settings import settings
from yearbook import catalogue, shelf
from yearbook.catalogue import CatalogueError
from yearbook.language import Text

Arguments = ParamSpec("Arguments")


def plainly(command: Callable[Arguments, int]) -> Callable[Arguments, int]:
    """A refusal is a sentence and exit code 1, not a traceback."""

    @wraps(command)
    def told(*args: Arguments.args, **kwargs: Arguments.kwargs) -> int:
        try:
            return command(*args, **kwargs)
        except (RefusedError, NoArchiveError, CatalogueError) as error:
            print(error, file=sys.stderr)
            return 1

    return told


@plainly
def migrate() -> int:
    databases.prepare()
    return 0


@plainly
def seed_if_empty() -> int:
    seed.seed_if_empty(lambda line: print(line, flush=True))
    return 0


@plainly
def receive(files: Sequence[Path], hints: Hints) -> int:
    """Exit code 1 if any of the files was not kept."""
    databases.prepare()
    missing = [str(path) for path in files if not path.is_file()]
    if missing:
        print(f"No such file: {', '.join(missing)}. Nothing was received.", file=sys.stderr)
        return 1
    receipts = receiving.receive_all([(path, hints) for path in files], who(), _progress)
    return _print_receipts(receipts)


@plainly
def receive_table(source: Table, hints: Hints) -> int:
    databases.prepare()
    if source.address in settings().sources:
        name = source.address
        source = Table(settings().sources[name], source.table, source.query, name)
    return _print_receipts([receiving.receive_table(source, who(), hints)])


@plainly
def publish(is_agreed: Callable[[], bool]) -> int:
    databases.prepare()
    draft = publishing.preview(_progress)
    _print_draft(draft)
    if draft.is_unchanged:
        print("Visitors would see exactly what they see now, so nothing was published.")
        return 0
    if not is_agreed():
        print("Nothing was published.")
        return 1
    edition = publishing.publish(draft, who())
    print(f"Edition {edition.name} is published.")
    return 0


@plainly
def roll_back(name: str) -> int:
    """Without a name: which editions there are."""
    databases.prepare()
    if not name:
        _print_shelf()
        return 0
    publishing.roll_back(name, who())
    print(f"Visitors see edition {name} again.")
    return 0


@plainly
def withdraw(number: int | None) -> int:
    """Without a number: what has been handed in."""
    databases.prepare()
    if number is None:
        _print_history()
        return 0
    receiving.withdraw(number, who())
    print(f"Submission {number} is withdrawn. Publish to change what visitors see.")
    return 0


def who() -> str:
    """The keeper, for the archive's history."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a process without a name, as in some containers
        return "manage.py"


def _progress(share: float, what: Text) -> None:
    print(f"  {share:4.0%}  {what.en}", file=sys.stderr, flush=True)


def _print_receipts(receipts: Sequence[Receipt]) -> int:
    for receipt in receipts:
        kept = f"kept as submission {receipt.id}" if receipt.is_kept else "NOT kept"
        print(f"{receipt.name}: {kept}{_covered(receipt)}")
        _print_findings(receipt.findings)
    return 0 if all(receipt.is_kept for receipt in receipts) else 1


def _covered(receipt: Receipt) -> str:
    if not receipt.covers:
        return ""
    years = ", ".join(str(year) for year in sorted({year for _, year in receipt.covers}))
    replaced = ", in place of an earlier one" if receipt.replaces else ""
    return f" ({years}{replaced})"


def _print_findings(findings: Sequence[Finding]) -> None:
    using = catalogue.load(settings().catalogue)
    for found in group(findings):
        print(f"  {found.severity.value:<8} {found.sentence(using).en}")


def _print_draft(draft: Draft) -> None:
    edition = draft.edition
    against = f"against {draft.against}" if draft.against else "as the first one"
    print(f"Edition {edition.name} {against}: {len(draft.changes)} cells change.")
    changed = Counter(change.indicator for change in draft.changes)
    for code, count in sorted(changed.items()):
        print(f"  {count:6}  {edition.catalogue.indicators[code].label.en}")
    schools = edition.catalogue.schools
    for year, codes in list(draft.missing_schools.items())[-2:]:
        missing = ", ".join(schools[code].name_in(int(year)).en for code in codes)
        print(f"  not handed in for {year}: {missing or 'none is missing'}")


def _print_shelf() -> None:
    current = shelf.current(databases.shelf_engine())
    for edition in shelf.shelved(databases.shelf_engine()):
        mark = "shown to visitors" if edition.name == current else ""
        print(f"  {edition.name:<10} {edition.published}  {mark}".rstrip())


def _print_history() -> None:
    for entry in receiving.history():
        state = "withdrawn" if entry.is_withdrawn else "" if entry.in_force else "replaced"
        received = entry.received
        print(
            f"  {entry.id:>5}  {received.when:%Y-%m-%d}  {received.file_name}  {state}".rstrip()
        )
