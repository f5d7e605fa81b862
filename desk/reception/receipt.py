"""Says what became of a file: what was recognised, what it replaces, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from data_loaders.findings import Group, Severity, group
from desk import markup
from desk.reception import recognised
from desk.reception.handed import Handed
from desk.using import catalogue_in_use
from ui.visit import Visitor

MOST_SHOWN = 50
STILL_OPEN = (Severity.FAIL, Severity.WARNING)
KINDS = {"kept": "good", "ready": "good", "warning": "look", "codebook": "", "fail": "bad"}


def write(handed: Handed, replaced: Sequence[str], visitor: Visitor) -> str:
    """HTML. replaced: sentences about what it takes the place of."""
    parts = [_title(handed, visitor)]
    if handed.loaded.submission is not None:
        parts += [markup.paragraph(line, "recognised")
                  for line in recognised.lines(handed.loaded.submission, visitor)]  # fmt: skip
    parts += [markup.paragraph(sentence, "replaced") for sentence in replaced]
    parts += _findings(handed, visitor)
    return "".join(parts)


def _title(handed: Handed, visitor: Visitor) -> str:
    state = visitor.word(f"desk.file.{handed.state}", number=handed.kept_as)
    chip = markup.chip(state, KINDS[handed.state])
    return f'<h3 class="file">{escape(handed.name)} {chip}</h3>'


def _findings(handed: Handed, visitor: Visitor) -> Iterable[str]:
    """Grouped by severity; what must be mended or looked at stands open."""
    found = group(handed.findings)
    for severity in Severity:
        same = [one for one in found if one.severity is severity]
        if same:
            is_open = severity in STILL_OPEN and handed.kept_as is None
            yield _of_severity(severity, same, visitor, is_open)


def _of_severity(
    severity: Severity, found: Sequence[Group], visitor: Visitor, is_open: bool
) -> str:
    name = visitor.reads(catalogue_in_use().word(f"finding.severity.{severity.value}"))
    items = "".join(f"<li>{_item(one, visitor)}</li>" for one in found[:MOST_SHOWN])
    more = ""
    if len(found) > MOST_SHOWN:
        told = visitor.word("desk.receive.more_findings", count=len(found) - MOST_SHOWN)
        more = markup.paragraph(told, "quiet")
    return (
        f'<details class="findings {severity.value}"{" open" if is_open else ""}>'
        f"<summary>{escape(name)} ({len(found)})</summary><ul>{items}</ul>{more}</details>"
    )


def _item(found: Group, visitor: Visitor) -> str:
    using = catalogue_in_use()
    place, remedy = visitor.reads(found.place(using)), visitor.reads(found.remedy(using))
    said = escape(visitor.reads(found.message(using)))
    where = f"<b>{escape(place)}:</b> " if place else ""
    mend = f'<span class="remedy">{escape(remedy)}</span>' if remedy else ""
    return f"{where}{said} {mend}"
