"""Keeps a file from doing harm: no text runs as a formula, nothing leaves without alt text."""

from __future__ import annotations

import unicodedata

from yearbook.charts import Chart
from yearbook.exports import Unexportable

# The full-width signs are read as the plain ones by programs that East Asia uses.
FORMULA_STARTS = tuple("=+-@|\uff1d\uff0b\uff0d\uff20\uff5c")
LINE_BREAKS = "\n\t"


def safe_text(text: str) -> str:
    """A text that a spreadsheet shows and never calculates: an apostrophe before a formula's sign.

    Control characters are dropped; Excel refuses files that hold them.
    """
    clean = clean_text(text)
    start = clean.lstrip()
    begins = start.startswith(FORMULA_STARTS) or clean.startswith(tuple(LINE_BREAKS))
    return f"'{clean}" if begins and len(start) > 1 else clean


def clean_text(text: str) -> str:
    """Without control characters, which the XML of Office may not hold."""
    return "".join(sign for sign in text if sign in LINE_BREAKS or _is_kept(sign))


def _is_kept(sign: str) -> bool:
    return sign.isprintable() or unicodedata.category(sign) == "Zs"


def require_alt(chart: Chart) -> None:
    """A chart without an alt text may not be handed on."""
    if not chart.alt.strip():
        raise Unexportable(chart.indicator)
