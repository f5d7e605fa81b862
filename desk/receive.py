"""Vastaanotto: files in, checked first; who has returned; history; blank workbooks."""

from __future__ import annotations

from desk import working
from desk.opening import choose_part, opens
from desk.reception import blanks, history, returns, sources, submitting
from ui.visit import Visitor

ORDER = 20
ICON = None
TITLE = "desk.receive.title"
URL_PATH = "vastaanotto"

PARTS = {
    "submit": submitting.show,
    "returns": returns.show,
    "history": history.show,
    "blank": blanks.show,
    "source": sources.show,
}


def show(visitor: Visitor) -> None:
    if opens(visitor, "receive", tells=not working.is_under_way(submitting.WORK)):
        choose_part(visitor, "receive", PARTS)(visitor)
