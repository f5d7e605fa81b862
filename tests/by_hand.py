"""The measures calculated a second time, as plainly as possible: loops over rows, no shared code.

Each function takes the rows as dictionaries and the group's fixed dimensions, and gives the figure
that a person with a pencil would write, or None where there is nothing to calculate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Row = Mapping[str, Any]


def is_in(row: Row, fixed: Mapping[str, Any]) -> bool:
    return all(str(row[name]) == str(value) for name, value in fixed.items())


def annual_sum(rows: Iterable[Row], question: str, fixed: Mapping[str, Any]) -> float | None:
    """Own returns only once, a repeated figure only where the own one is missing, totals before
    parts."""
    kept: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        if row["question"] != question:
            continue
        key = (row["school"], row["year"], row["programme"])
        if key in kept and row["carried"] and not kept[key]["carried"]:
            continue
        kept[key] = row
    found = []
    for row in kept.values():
        if row["value"] is None or not is_in(row, fixed):
            continue
        if "programme" in fixed and row["programme"] == "":
            continue
        has_total = (row["school"], row["year"], "") in kept
        if "programme" not in fixed and has_total and row["programme"] != "":
            continue
        found.append(row["value"])
    return sum(found) if found else None


def shares(
    respondents: Iterable[Row], answers: Iterable[Row], question: str, fixed: Mapping[str, Any]
) -> tuple[int, dict[str, int]]:
    """(answers to the question, how many chose each option)."""
    members = {row["respondent"] for row in respondents if is_in(row, fixed)}
    answered: set[str] = set()
    chosen: dict[str, set[str]] = {}
    for row in answers:
        if row["question"] == question and row["respondent"] in members:
            answered.add(row["respondent"])
            if row["option"]:
                chosen.setdefault(row["option"], set()).add(row["respondent"])
    return len(answered), {option: len(people) for option, people in chosen.items()}


def mean(values: Iterable[float]) -> float | None:
    numbers = list(values)
    return sum(numbers) / len(numbers) if numbers else None


def quartile(values: Iterable[float], share: float) -> float:
    """Between the two neighbours of position share × (n − 1) in the ordered list, in proportion."""
    ordered = sorted(values)
    position = share * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


def interval(share: float, n: int, invited: int | None) -> tuple[float, float] | None:
    """Every true share p that a test at 5 % would not refuse: the ends by halving, with the
    variance of a share of n drawn from `invited` persons without putting back."""
    if n == 0 or n == invited:
        return None
    variance = 1 / n
    if invited is not None and invited > n:
        variance = (invited - n) / (invited - 1) / n

    def refused(p: float) -> bool:
        return (share - p) ** 2 > 1.959963984540054**2 * p * (1 - p) * variance

    return _end(share, 0.0, refused), _end(share, 1.0, refused)


def _end(kept: float, beyond: float, refused: Callable[[float], bool]) -> float:
    if not refused(beyond):
        return beyond
    for _ in range(60):
        middle = (kept + beyond) / 2
        kept, beyond = (kept, middle) if refused(middle) else (middle, beyond)
    return kept
