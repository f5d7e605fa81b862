"""Follows what the public can work out of blurred counts, so that no count 1–4 becomes exact.

A whole is the sum of its parts. Where a whole and all parts but one are known to within one, the
last part may be found exactly (10 and 14 are shown as 9 and 15: the rest is at least 4, and as
"1–4" it is 4). Such a group is not admitted. Groups are admitted one after another, what was
published earlier first, so that a later edition takes nothing back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from yearbook.catalogue import Policy
from yearbook.disclosure.public_counts import UNKNOWN, Span, is_few, public_span

Key = Any  # of a count; whatever can be compared and hashed


@dataclass(frozen=True, slots=True)
class Sum:
    """A whole is the sum of its parts, or at least that where `is_whole` is False."""

    whole: Key
    parts: tuple[Key, ...]
    is_whole: bool = True


@dataclass
class Knowledge:
    """What follows from the groups admitted so far. truth: the exact counts, known to us alone."""

    truth: dict[Key, float]
    policy: Policy
    spans: dict[Key, Span] = field(default_factory=dict)
    sums: dict[Key, list[Sum]] = field(default_factory=dict)

    def learn(self, sums: Iterable[Sum]) -> None:
        """How counts add up, which anyone knows."""
        for one in sums:
            for key in (one.whole, *one.parts):
                self.sums.setdefault(key, []).append(one)

    def learn_fold(self, key: Key, parts: tuple[Key, ...]) -> None:
        """A count that could be shown instead of its parts."""
        self.truth[key] = sum(self.truth[part] for part in parts)
        self.learn([Sum(key, parts)])

    def admit(self, keys: Sequence[Key]) -> bool:
        """Show these counts, unless a count 1–4 could then be worked out exactly."""
        before: dict[Key, Span] = {}
        changed = [
            key
            for key in keys
            if self._narrow(key, public_span(self.truth[key], self.policy), before)
        ]
        self._follow(changed, before)
        if not any(self._is_exact(key) for key in before):
            return True
        self.spans.update(before)
        return False

    def span(self, key: Key) -> Span:
        return self.spans.get(key, UNKNOWN)

    def _is_exact(self, key: Key) -> bool:
        low, high = self.span(key)
        return low == high and is_few(self.truth.get(key, low), self.policy)

    def _narrow(self, key: Key, to: Span, before: dict[Key, Span]) -> bool:
        """Keep the span as it was in `before`; False where nothing is learnt."""
        held = self.span(key)
        span = (max(held[0], to[0]), min(held[1], to[1]))
        if span == held:
            return False
        before.setdefault(key, held)
        self.spans[key] = span
        return True

    def _follow(self, changed: list[Key], before: dict[Key, Span]) -> None:
        """Until nothing more follows: counts are whole, so that it ends."""
        while changed:
            for one in self.sums.get(changed.pop(), ()):
                changed.extend(self._conclude(one, before))

    def _conclude(self, one: Sum, before: dict[Key, Span]) -> list[Key]:
        """Each number of a sum from the others."""
        low, high = self.span(one.whole)
        parts = {key: self.span(key) for key in one.parts}
        least = sum(span[0] for span in parts.values())
        most = sum(span[1] for span in parts.values())
        found = []
        if self._narrow(one.whole, (least, most if one.is_whole else UNKNOWN[1]), before):
            found.append(one.whole)
        for key, (part_low, part_high) in parts.items():
            others_high = most - part_high if most != UNKNOWN[1] else _rest(parts, key)
            lowest = low - others_high if one.is_whole else 0
            if self._narrow(key, (lowest, high - (least - part_low)), before):
                found.append(key)
        return found


def _rest(parts: Mapping[Key, Span], without: Key) -> float:
    """The most that the other parts can be, where some of them is not known at all."""
    return sum(span[1] for key, span in parts.items() if key != without)
