"""The record of processing states the spans that the code keeps to, and its page shows it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

import access.tidying
from access import accounts, passwords, record, sessions, throttle
from office import rotation, tidying
from pages import personal_data
from ui import document
from yearbook import catalogue

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
JOURNAL = document.DOCS.parent / "deployment" / "journald@tilastot.conf"
KEPT = {
    "left_behind_hours": tidying.LEFT_BEHIND / HOUR,
    "invited_days": accounts.INVITED / DAY,
    "renewed_days": accounts.RENEWED / DAY,
    "session_idle_hours": sessions.IDLE / HOUR,
    "session_longest_days": sessions.LONGEST / DAY,
    "attempts_hours": throttle.LONGEST_SPAN / HOUR,
    "blocked_days": access.tidying.BLOCKED_KEPT / DAY,
    "record_years": record.YEARS_KEPT,
    "password_least": passwords.SHORTEST,
    "backup_days": rotation.DAYS,
    "backup_weeks": rotation.WEEKS,
    "backup_months": rotation.MONTHS,
    "after_erasure_days": rotation.AFTER_ERASURE / DAY,
    "access_log_days": 14,  # as Debian and Ubuntu rotate what nginx writes
    "journal_days": int(re.findall(r"MaxRetentionSec=(\d+)day", JOURNAL.read_text("utf-8"))[0]),
}
DOCUMENTS = personal_data.DOCUMENTS


@pytest.mark.parametrize("name", DOCUMENTS.values())
def test_the_record_states_how_long_things_are_kept(name: str) -> None:
    days = catalogue.load().policy.upload_retention_days
    assert dict(document.numbers(name)) == KEPT | {"upload_retention_days": days}


def test_the_three_records_are_one_text() -> None:
    """The same numbers in the same order, the same headings, tables, lists and marks."""
    texts = [(document.DOCS / name).read_text(encoding="utf-8") for name in DOCUMENTS.values()]
    found = [
        re.findall(r"\d+<!--\w+-->|<!--/?\w+-->|^#+ |^\||^- |^\d\. ", text, re.MULTILINE)
        for text in texts
    ]
    assert found[0] == found[1] == found[2]


def shown(language: str, role: str) -> AppTest:
    def script(language: str, role: str) -> None:
        from pages import personal_data
        from tests.editions_for_tests import small_edition
        from ui.visit import Visitor
        from yearbook.language import Language

        personal_data.show(small_edition(), Visitor(Language(language), "", role, "2026.1"))

    kwargs = {"language": language, "role": role}
    test = AppTest.from_function(script, default_timeout=30, kwargs=kwargs).run()
    assert not test.exception
    return test


@pytest.mark.parametrize("language", DOCUMENTS)
def test_how_to_answer_a_request_is_shown_to_the_director(language: str) -> None:
    member, director = (
        "\n".join(str(one.value) for one in shown(language, role).markdown)
        for role in ("member", "director")
    )
    assert "argon2id" in member
    assert " 72 " in director and " 72 " not in member  # hours to notify the ombudsman
    assert "<!--" not in director and ".md" not in director


def test_the_record_knows_of_every_table() -> None:
    """Whoever adds one that tells something of a person adds it to docs/henkilotiedot.md too."""
    from access.tables import metadata as of_accounts
    from yearbook.archive.tables import metadata as of_archive

    assert set(of_accounts.tables) == {
        "accounts", "identities", "links", "sessions", "attempts", "record", "statements",
        "letterheads",
    }  # fmt: skip
    assert set(of_archive.tables) == {
        "submissions", "covers", "figures", "respondents", "answers", "frame", "tabulated",
        "additions", "quotes", "releases", "removals", "erasures", "secrets",
    }  # fmt: skip
