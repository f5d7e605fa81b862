"""Henkilötiedot: the record of processing of personal data, to which Tietosuoja leads."""

from __future__ import annotations

from ui import document
from ui.visit import Visitor
from yearbook.editions import Edition

ORDER = 85
ICON = None
TITLE = "pages.personal_data.title"
URL_PATH = "henkilotiedot"
VISIBILITY = "hidden"  # read once a year: it needs no place in the navigation

DOCUMENTS = {"fi": "henkilotiedot.md", "sv": "personuppgifter.md", "en": "personal-data.md"}


def show(edition: Edition, visitor: Visitor) -> None:
    places = {"elsewhere": ""} if visitor.is_director else {"elsewhere": "", "director": ""}
    found = document.read(DOCUMENTS[visitor.language], edition.catalogue.policy, places)
    document.show(found, "tietosuoja", visitor.word("pages.privacy.title"))
