"""A statement before anything is written in it."""

from __future__ import annotations

from datetime import date

from ui.visit import Visitor
from yearbook.statements import Signatory, Statement


def blank(visitor: Visitor, today: date | None = None) -> Statement:
    """In the language of the screen, dated today, signed by whom the account is of."""
    office = visitor.word("frame.as_director") if visitor.is_director else ""
    name = visitor.account_name
    return Statement(
        language=visitor.language,
        date=(today or date.today()).isoformat(),
        signatories=(Signatory(name, office),) if name else (),
    )


def titled(title: str, visitor: Visitor) -> str:
    """A name for it, also before it has one."""
    return title.strip() or visitor.word("statement_page.untitled")
