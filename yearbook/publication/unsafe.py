"""Says that an edition was not published, because something of it could be worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

EXACT, CERTAIN, SMALL, LONE = "exact", "certain", "small", "lone"


@dataclass(frozen=True, slots=True)
class Unsafe:
    """Of whom too much would be known, and what.

    question: its code, an annual question's too. survey: "" for an annual question. school,
    programme: "" takes all of them. time: "2019", "2017-2019", "blocks" or "". option: "a", or
    "a+b" where they are folded; "" where it is no option. kind: exact (the count), certain (all
    but one gave that answer), small (a shown group of too few), lone (one gave another answer).
    """

    question: str
    survey: str = ""
    school: str = ""
    programme: str = ""
    time: str = ""
    option: str = ""
    kind: str = EXACT


class UnsafeError(Exception):
    """The audit found these; nothing may be published."""

    def __init__(self, findings: Sequence[Unsafe]) -> None:
        super().__init__(f"{len(findings)} protected figures can be worked out")
        self.findings = tuple(findings)
