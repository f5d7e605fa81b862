"""Finds how the groups of a published table add up: schools, programmes and cohorts to wholes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from yearbook.catalogue import Catalogue
from yearbook.disclosure.public_knowledge import Sum
from yearbook.editions import ALL_BLOCKS, Group

Count = tuple[Group, str]  # group and option; "" for all answers of the group
DIVISIONS = ("school", "programme", "region", "maintainer_kind")


def sums_of(truth: Mapping[Count, float], catalogue: Catalogue) -> Iterator[Sum]:
    """Every whole with its parts, as far as the exact counts agree: parts that are more than the
    whole are no parts of it, and where they are less something is missing beside them."""
    options: dict[Group, list[str]] = {}
    for group, option in sorted(truth):
        options.setdefault(group, []).append(option)
    for whole, parts in _families(set(options), catalogue):
        for option in options[whole]:
            known = tuple((part, option) for part in parts if (part, option) in truth)
            missing = truth[whole, option] - sum(truth[key] for key in known)
            if known and missing >= 0:
                yield Sum((whole, option), known, len(known) == len(parts) and missing == 0)


def _families(
    groups: set[Group], catalogue: Catalogue
) -> Iterator[tuple[Group, tuple[Group, ...]]]:
    """(whole, its parts), in a stable order."""
    found: dict[tuple[Group, str], list[Group]] = {}
    spans: dict[Group, list[Group]] = {}  # without their time -> those of all times
    for group in sorted(groups):
        spans.setdefault(replace(group, cohort="", block=""), []).append(group)
    for part in sorted(groups):
        of_time = spans[replace(part, cohort="", block="")]
        for whole, division in (
            *_wholes(part, groups, catalogue),
            *((span, "time") for span in of_time if _is_within(part, span.block)),
        ):
            found.setdefault((whole, division), []).append(part)
    for (whole, _), parts in sorted(found.items()):
        yield whole, tuple(parts)


def _wholes(part: Group, groups: set[Group], catalogue: Catalogue) -> Iterator[tuple[Group, str]]:
    """The groups that hold this one, each with what it is divided by."""
    for division in DIVISIONS:
        value = getattr(part, division)
        if not value:
            continue
        above = _above(value, catalogue) if division == "programme" else ""
        for candidate in (replace(part, **{division: above}), replace(part, **{division: ""})):
            if candidate in groups:
                yield candidate, division
                break


def _above(programme: str, catalogue: Catalogue) -> str:
    known = catalogue.programmes.get(programme)
    return (known.part_of or "") if known else ""


def _is_within(part: Group, block: str) -> bool:
    """A cohort in a block, or a block in all blocks."""
    if not part.cohort:
        return block == ALL_BLOCKS and part.block not in ("", ALL_BLOCKS)
    first, _, last = block.partition("-")
    return bool(last) and int(first) <= int(part.cohort) <= int(last)
