"""Tietojen poistaminen: a respondent, a round or a mention, erased for good."""

from __future__ import annotations

from desk.erasing import cleaning, mentioned, removed, respondent, whole
from desk.opening import choose_part, opens
from ui.visit import Visitor

ORDER = 40
ICON = None
TITLE = "desk.erase.title"
URL_PATH = "poistaminen"

PARTS = {
    "respondent": respondent.show,
    "round": whole.show,
    "mentions": mentioned.show,
    "removed": removed.show,
}


def show(visitor: Visitor) -> None:
    if not opens(visitor, "erase"):
        return
    cleaning.show(visitor)
    choose_part(visitor, "erase", PARTS)(visitor)
