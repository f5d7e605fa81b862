"""Reads a number as people write it: "1 234,5", "1.234,5", "1,234.5", "12,5 %"."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal

MINUSES = "-\u2212\u2013"
SPACES = " \u00a0\u202f\u2009\u2007"
LONGEST = 60

SIGNED = re.compile(
    rf"(?P<sign>[{MINUSES}+]?)[{SPACES}]*(?:€[{SPACES}]*)?(?P<digits>[0-9.,'’{SPACES}]+?)"
    rf"(?P<exponent>[eE][+-]?[0-9]{{1,2}})?[{SPACES}]*(?P<unit>%|€|EUR)?"
)
PLAIN = re.compile(r"(?P<whole>[0-9]*)(?:[.,](?P<part>[0-9]+))?")
GROUPED = re.compile(
    rf"(?P<whole>[0-9]{{1,3}}(?P<gap>[.,'’{SPACES}])[0-9]{{3}}(?:(?P=gap)[0-9]{{3}})*)"
    r"(?:(?!(?P=gap))[.,](?P<part>[0-9]+))?"
)

LONE_GROUP = re.compile(r"(?P<before>[^0-9]*[1-9][0-9]{0,2})[.,](?P<group>[0-9]{3}[^0-9]*)")


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was written; `percent` tells that it was a percentage: "12,5 %" is 0.125."""

    value: float
    percent: bool = False


def number(value: object) -> Number | None:
    """What a cell says as a number, None if it is none.

    One comma or one point is always the decimal sign: "1,234" is a little over one. A count that
    was meant as a thousand then stands out as a fraction, and is not wrong in silence.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return Number(float(value)) if math.isfinite(value) else None
    if not isinstance(value, str) or len(value) > LONGEST:
        return None
    return _read(value.strip())


def money(value: object) -> Number | None:
    """As `number`, but "6,956 €" is some seven thousand: nobody writes tenths of a cent."""
    lone = LONE_GROUP.fullmatch(value.strip()) if isinstance(value, str) else None
    return number(value if lone is None else lone["before"] + lone["group"])


def _read(text: str) -> Number | None:
    signed = SIGNED.fullmatch(text)
    if signed is None:
        return None
    digits = _plain_digits(signed["digits"])
    if digits is None:
        return None
    exact = Decimal(digits + (signed["exponent"] or ""))
    percent = signed["unit"] == "%"
    if percent:
        exact = exact.scaleb(-2)
    negative = signed["sign"] != "" and signed["sign"] in MINUSES
    return Number(float(-exact if negative else exact), percent)


def _plain_digits(text: str) -> str | None:
    """ "1 234,5" -> "1234.5"; None where the groups are not of three."""
    plain = PLAIN.fullmatch(text)
    if plain is not None:
        return f"{plain['whole'] or '0'}.{plain['part'] or '0'}"
    grouped = GROUPED.fullmatch(text)
    if grouped is None or (grouped["gap"] in ".," and _is_decimal(grouped)):
        return None
    whole = re.sub("[^0-9]", "", grouped["whole"])
    return f"{whole}.{grouped['part'] or '0'}"


def _is_decimal(grouped: re.Match[str]) -> bool:
    """One point or comma alone is a decimal sign, which PLAIN has read already."""
    return grouped["part"] is None and grouped["whole"].count(grouped["gap"]) == 1
