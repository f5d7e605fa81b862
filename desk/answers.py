"""Avovastaukset: what graduates wrote in their own words, and the quotes released of it."""

from __future__ import annotations

from desk.opening import choose_part, opens
from desk.quoting import finding, released
from ui.visit import Visitor

ORDER = 26
ICON = None
TITLE = "desk.answers.title"
URL_PATH = "avovastaukset"

PARTS = {"find": finding.show, "quotes": released.show}


def show(visitor: Visitor) -> None:
    if opens(visitor, "answers"):
        choose_part(visitor, "answers", PARTS)(visitor)
