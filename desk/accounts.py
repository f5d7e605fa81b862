"""Käyttäjät: who may sign in; invitations, new links, roles, blocking."""

from __future__ import annotations

from desk.accounting import first, inviting, link, listing
from desk.opening import choose_part, opens
from ui.visit import Visitor

ORDER = 50
ICON = None
TITLE = "desk.accounts.title"
URL_PATH = "kayttajat"
FOR_KEEPERS = True  # for the maintainer, too

PARTS = {"list": listing.show, "invite": inviting.show}


def show(visitor: Visitor) -> None:
    if not opens(visitor, "accounts", for_keepers=True):
        return
    if not visitor.login:
        first.show(visitor)
        return
    link.show(visitor)
    choose_part(visitor, "accounts", PARTS)(visitor)
