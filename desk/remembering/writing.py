"""Writes entries of the record as a reader of the screen, or of a spreadsheet, understands them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from access.record import Entry
from desk.accounting.listing import school_name
from desk.naming import who_acted, write_moment
from desk.telling import BETWEEN
from ui.visit import Visitor
from yearbook.exports.safety import safe_text
from yearbook.language import Language

COLUMNS = ("when", "who", "action", "what", "checksum")
# As access.accounts writes role and school beside a login.
STANDING = re.compile(r"\((?P<role>member|director|maintainer)(, (?P<school>[a-z0-9_-]+))?\)")
NOBODYS = "?"  # a login that there is not, which may be a password in the wrong place
BY_ITSELF = ("", "retention")  # what nobody did who is signed in


def row(entry: Entry, visitor: Visitor) -> list[str]:
    return [
        write_moment(entry.when, visitor),
        _who(entry, visitor),
        visitor.word(f"desk.record.done.{entry.action}"),
        what(entry, visitor),
        entry.checksum,
    ]


def what(entry: Entry, visitor: Visitor) -> str:
    """A deletion begins with the kind of what was deleted, as a code."""
    if entry.action == "deletion":
        kind, between, rest = entry.what.partition(BETWEEN)
        if between:
            return f"{visitor.word(f'desk.erase.removed.{kind}')}{between}{rest}"
    if entry.action in ("upload", "withdrawal"):
        return visitor.word("desk.record.submission", what=entry.what)
    if entry.action in ("invitation", "account_changed"):
        return STANDING.sub(lambda found: f"({_standing(found, visitor)})", entry.what)
    if entry.action == "sign_in_refused" and entry.what.startswith(NOBODYS):
        return visitor.word("desk.record.unknown_login") + entry.what.removeprefix(NOBODYS)
    return entry.what


def as_csv(entries: Sequence[Entry], visitor: Visitor) -> bytes:
    """As the Excel of the language opens it; no cell of it is ever run as a formula."""
    out = io.StringIO()
    delimiter = "," if visitor.language is Language.EN else ";"
    rows = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    rows.writerow(visitor.word(f"desk.record.{name}") for name in COLUMNS)
    for entry in entries:
        rows.writerow([entry.when.isoformat(timespec="seconds"),
                       *(safe_text(field) for field in row(entry, visitor)[1:])])  # fmt: skip
    return out.getvalue().encode("utf-8-sig")


def _standing(found: re.Match[str], visitor: Visitor) -> str:
    """ "Jäsen, Kuopion konservatorio" for "member, kuopio"."""
    role, school = found["role"], found["school"]
    said = visitor.word(f"desk.accounts.role_{role}")
    return f"{said}, {school_name(school, visitor)}" if school else said


def _who(entry: Entry, visitor: Visitor) -> str:
    if entry.who in BY_ITSELF:
        return "–" if entry.action == "sign_in_refused" else visitor.word("desk.record.itself")
    return who_acted(entry.who, visitor)
