"""Tietosuoja: how those who answered are protected, with the rules of the edition in front."""

from __future__ import annotations

from ui import document, policy
from ui.visit import Visitor
from yearbook.catalogue import Policy
from yearbook.editions import Edition

ORDER = 80
ICON = None
TITLE = "pages.privacy.title"
URL_PATH = "tietosuoja"

DOCUMENTS = {"fi": "tietosuoja.md", "sv": "dataskydd.md", "en": "data-protection.md"}


def show(edition: Edition, visitor: Visitor) -> None:
    rules = edition.catalogue.policy
    found = document.read(DOCUMENTS[visitor.language], rules, _places(rules, visitor))
    document.show(found, "henkilotiedot", visitor.word("pages.personal_data.title"))


def _places(rules: Policy, visitor: Visitor) -> dict[str, str]:
    """What the page says in its own way: the rules as they are, and no more than concerns the
    visitor."""
    columns = [visitor.word(f"pages.privacy.{name}") for name in ("limit", "number", "reason")]
    places = {
        "elsewhere": "",
        "groupings": document.listed(policy.groupings(rules, visitor)),
        "limits": document.tabled(columns, policy.rows(rules, visitor)),
    }
    return places if visitor.is_director else places | {"director": ""}
