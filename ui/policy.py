"""The rules of protection in words: numbers and reasons as they were when the edition was made."""

from __future__ import annotations

from collections.abc import Sequence

from ui.visit import Visitor
from ui.words import says
from yearbook.catalogue import Policy


def rows(policy: Policy, visitor: Visitor) -> list[list[str]]:
    """What is limited, the number, and why; in the order of the policy's file."""
    return [
        [visitor.reads(says(f"policy.{name}")), _number(policy, name), visitor.reads(reason)]
        for name, reason in policy.reasons.items()
    ]


def groupings(policy: Policy, visitor: Visitor) -> list[str]:
    """Which groups of survey results exist, those kept dearest first; then those that a question
    has only where they are safe."""
    extra = visitor.word("cut.extra", threshold=policy.extra_threshold)
    return [
        *(cut_name(cut, visitor) for cut in policy.lattice),
        *(f"{cut_name(cut, visitor)} {extra}" for cut in policy.extras),
    ]


def cut_name(cut: Sequence[str], visitor: Visitor) -> str:
    """("programme", "block") -> "Osaamisala × jakso"; all together where no place is named."""
    places = [name for name in cut if name in ("school", "programme")] or ["all"]
    times = [name for name in cut if name not in ("school", "programme")]
    said = " × ".join(visitor.word(f"cut.{name}") for name in (*places, *times))
    return said[:1].upper() + said[1:]


def _number(policy: Policy, name: str) -> str:
    value = getattr(policy, name, None)
    return str(value) if isinstance(value, int) else ""
