"""Attacks on who gets in, the quick ones: what the desk's code reaches, and the list of all."""

from __future__ import annotations

from tests.attack.access.addresses import (
    ARCHIVE,
    FOR_DIRECTOR,
    FOR_KEEPERS,
    calls_of_the_desk,
    modules_that_open,
)
from tests.attack.access.tried import TABLE, count, everything_tried, row_without_count, tried

DESK = "The desk's functions"


@tried(
    DESK,
    "Every call of the office or the accounts in the desk's code that opens archive, shelf or"
    " accounts (found in the syntax tree)",
    "Each stands in a function that asks the session first",
)
def test_the_desk_reads_nothing_past_its_gate() -> None:
    gated = {f"{name.replace('.', '/')}.py" for name in (*FOR_DIRECTOR, *FOR_KEEPERS)}
    opens = modules_that_open(ARCHIVE) | {"access.accounts", "access.record", "access.sessions"}
    calls = [(file, called) for file, called in calls_of_the_desk()
             if called.rpartition(".")[0] in opens]  # fmt: skip
    past = {(file, called) for file, called in calls
            if file not in gated and called not in HARMLESS}  # fmt: skip
    assert past == PAST_THE_GATE
    count(test_the_desk_reads_nothing_past_its_gate, len(calls))


# Values and pure functions of those modules.
HARMLESS = {
    "access.accounts.Role",
    "access.accounts.Wanted",
    "access.record.Sought",
    "access.record.Wanted",
    "office.databases.has_archive",
    "office.databases.visitors_shelf",  # it is only read
    "office.erasing.read_day",
    "office.mapping.ColumnChoice",
    "office.open_answers.Wanted",
    "office.open_answers.folded",
    "office.open_answers.words_of",
    "office.quoting.Proposal",
    "office.quoting.scrub",
    "office.receiving.Table",
}
# The gate itself, the record of what went through it, the words of the catalogue; deleting what
# has been kept long enough, which a page does behind the same question.
PAST_THE_GATE = {
    ("desk/authority.py", "access.accounts.exist"),
    ("desk/authority.py", "office.databases.accounts_engine"),
    ("desk/opening.py", "office.tidying.tidy"),
    ("desk/recording.py", "access.record.note"),
    ("desk/recording.py", "office.databases.accounts_engine"),
    ("desk/telling.py", "office.receiving.history"),
    ("desk/using.py", "office.using.catalogue_in_use"),
}


# --- The list itself ----------------------------------------------------------------------------


def test_the_table_of_attacks_is_what_the_attacks_say() -> None:
    written = TABLE.read_text(encoding="utf-8")
    for one in everything_tried():
        assert row_without_count(one) in written, f"{one.test}: write docs/attacks.md anew"
    rows = [line for line in written.splitlines() if line.startswith("| ")]
    assert len(rows) == len(everything_tried()) + written.count("| What was tried |")
    assert not [line for line in rows if line.endswith("| 0 |")], "every attack was run"
