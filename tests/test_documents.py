"""The document on data protection states the numbers of the policy, and the page those in force."""

from __future__ import annotations

import copy
import re
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.privacy import DOCUMENTS
from tests.editions_for_tests import small_edition
from tests.test_guides import screen
from tests.test_personal_data import KEPT
from ui import document
from yearbook import catalogue
from yearbook.catalogue import Policy
from yearbook.editions import Edition

LIMITS = {
    "threshold", "sensitive_threshold", "sensitive_leave", "block_length", "mean_threshold",
    "quartile_threshold", "quote_threshold", "quote_length", "upload_retention_days",
    "common_percent", "extra_threshold", "public_interval_below", "public_round_to",
}  # fmt: skip


GUIDES = ("opas-toiminnanjohtajalle.md", "opas-jasenelle.md", "guide-for-medlemmar.md")


@pytest.mark.parametrize("name", [*DOCUMENTS.values(), *GUIDES])
def test_a_document_states_the_numbers_of_the_policy(name: str) -> None:
    policy = catalogue.load().policy
    stated = document.numbers(name)
    assert {limit for limit, _ in stated} >= (LIMITS if name not in GUIDES else {"threshold"})
    right = {limit: KEPT.get(limit, getattr(policy, limit, None)) for limit, _ in stated}
    assert [(limit, number) for limit, number in stated if number != right[limit]] == []


def test_the_three_documents_are_one_text() -> None:
    """The same numbers in the same order, the same headings, tables, lists and marks."""
    texts = [(document.DOCS / name).read_text(encoding="utf-8") for name in DOCUMENTS.values()]
    marks = [re.findall(r"<!--/?\w+-->|^#+ |^\||^- |^> ", t, re.MULTILINE) for t in texts]
    kept = [[m for m in found if m not in ("> ",)] for found in marks]
    assert kept[0] == kept[1] == kept[2]


@pytest.mark.parametrize("language, name", DOCUMENTS.items())
def test_how_to_erase_names_buttons_as_they_stand_on_the_screen(language: str, name: str) -> None:
    parts = document.read(name, catalogue.load().policy, {}).parts
    steps = next(words for _, words in parts if words.startswith("1. "))
    bold = {" ".join(found.split()) for found in re.findall(r"\*\*(.+?)\*\*", steps, re.DOTALL)}
    assert len(bold) == 6
    assert {word for word in bold if not screen(language).fullmatch(word)} == set()


@pytest.mark.parametrize("name", DOCUMENTS.values())
def test_a_document_speaks_of_no_number_that_does_not_exist(name: str) -> None:
    known = {field.name for field in fields(Policy)}
    assert {limit for limit, _ in document.numbers(name)} <= known


def shown(language: str, role: str, edition: str = "") -> str:
    """All Markdown of the page; edition: "strict" is one of which the threshold is 8."""

    def script(language: str, role: str, edition: str) -> None:
        from pages import privacy
        from tests import test_documents
        from tests.editions_for_tests import small_edition
        from ui.visit import Visitor
        from yearbook.language import Language

        found = test_documents.strict() if edition else small_edition()
        privacy.show(found, Visitor(Language(language), "", role, "2026.1"))

    kwargs = {"language": language, "role": role, "edition": edition}
    test = AppTest.from_function(script, default_timeout=30, kwargs=kwargs).run()
    assert not test.exception
    return "\n".join(str(one.value) for one in test.markdown)


def strict() -> Edition:
    content: dict[str, Any] = copy.deepcopy(small_edition().content)
    content["disclosure"]["threshold"]["value"] = 8
    return replace(small_edition(), content=content)


def test_the_page_has_the_numbers_of_the_edition_in_front() -> None:
    assert "kun vähintään 5 on vastannut kysymykseen" in shown("fi", "member")
    page = shown("fi", "member", "strict")
    assert "kun vähintään 8 on vastannut kysymykseen" in page
    assert "| Vastauksia ryhmässä vähintään | 8 |" in page
    assert "<!--" not in page


def test_the_page_lists_the_groupings_of_the_edition() -> None:
    page = shown("en", "member")
    assert "- All together × school year" in page
    assert "- School × competence area × all periods pooled" in page


@pytest.mark.parametrize("language", DOCUMENTS)
def test_what_concerns_the_director_alone_is_shown_to_her(language: str) -> None:
    member, director = shown(language, "member"), shown(language, "director")
    assert "tietosuoja.fi" in director  # the model for the information to respondents
    assert "tietosuoja.fi" not in member
    assert ".md" not in director  # no link that the page cannot follow
    assert len(member) < len(director)


def test_no_text_of_a_rule_is_read_as_markdown() -> None:
    assert document.tabled(["a"], [["x | *y* <z>"]]).endswith("| x \\| \\*y\\* \\<z\\> |")


def test_documents_are_linked_from_the_readme() -> None:
    readme = (Path(document.DOCS).parent / "README.md").read_text(encoding="utf-8")
    assert [name for name in DOCUMENTS.values() if f"docs/{name}" not in readme] == []
