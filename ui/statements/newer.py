"""Says when a newer edition changes numbers of the statement, old and new beside each other, and
takes them over when she wants that."""

from __future__ import annotations

from ui.statements.acting import Hand


def show(hand: Hand) -> None:
    """Nothing where there is no newer edition."""
