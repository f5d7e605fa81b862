"""What the office tells a keeper at a terminal, in English."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from data_loaders.findings import Finding, group
from office.publishing import Draft
from office.receiving import Receipt
from office.using import catalogue_in_use
from yearbook import shelf
from yearbook.archive import Entry
from yearbook.database import Engine
from yearbook.language import Text


def progress(share: float, what: Text) -> None:
    print(f"  {share:4.0%}  {what.en}", file=sys.stderr, flush=True)


def receipts(received: Sequence[Receipt]) -> int:
    """The exit code: 1 if any of them was not kept."""
    for receipt in received:
        kept = f"kept as submission {receipt.id}" if receipt.is_kept else "NOT kept"
        print(f"{receipt.name}: {kept}{_covered(receipt)}")
        _findings(receipt.findings)
    return 0 if all(receipt.is_kept for receipt in received) else 1


def _covered(receipt: Receipt) -> str:
    if not receipt.covers:
        return ""
    years = ", ".join(str(year) for year in sorted({year for _, year in receipt.covers}))
    replaced = ", in place of an earlier one" if receipt.replaces else ""
    return f" ({years}{replaced})"


def _findings(findings: Sequence[Finding]) -> None:
    using = catalogue_in_use()
    for found in group(findings):
        print(f"  {found.severity.value:<8} {found.sentence(using).en}")


def draft(drafted: Draft) -> None:
    edition = drafted.edition
    against = f"against {drafted.against}" if drafted.against else "as the first one"
    print(f"Edition {edition.name} {against}: {len(drafted.changes)} cells change.")
    changed = Counter(change.indicator for change in drafted.changes)
    indicators = edition.catalogue.indicators
    for code, count in sorted(changed.items()):
        known = indicators.get(code)
        print(f"  {count:6}  {known.label.en if known else f'{code} (no longer published)'}")
    schools = edition.catalogue.schools
    for year, codes in list(drafted.missing_schools.items())[-2:]:
        missing = ", ".join(schools[code].name_in(int(year)).en for code in codes)
        print(f"  not handed in for {year}: {missing or 'none is missing'}")


def editions(on_shelf: Engine) -> None:
    current = shelf.current(on_shelf)
    for edition in shelf.shelved(on_shelf):
        mark = "shown to visitors" if edition.name == current else ""
        print(f"  {edition.name:<10} {edition.published}  {mark}".rstrip())


def history(entries: Sequence[Entry]) -> None:
    for entry in entries:
        state = "withdrawn" if entry.is_withdrawn else "" if entry.in_force else "replaced"
        received = entry.received
        print(f"  {entry.id:>5}  {received.when:%Y-%m-%d}  {received.file_name}  {state}".rstrip())
