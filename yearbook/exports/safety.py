"""Keeps a file from doing harm: no text runs as a formula, nothing leaves without alt text."""

from __future__ import annotations

from yearbook.charts import Chart
from yearbook.exports import Unexportable

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|")
LINE_BREAKS = "\n\t"


def safe_text(text: str) -> str:
    """A text that a spreadsheet shows and never calculates: an apostrophe before a formula's sign.

    Control characters are dropped; Excel refuses files that hold them.
    """
    clean = "".join(c for c in text if c in LINE_BREAKS or (c.isprintable() or c.isspace()))
    clean = "".join(c for c in clean if c in LINE_BREAKS or ord(c) >= 32)
    start = clean.lstrip(" \u00a0\u202f")
    return f"'{clean}" if start.startswith(FORMULA_STARTS) and len(start) > 1 else clean


def require_alt(chart: Chart) -> None:
    """A chart without an alt text may not be handed on."""
    if not chart.alt.strip():
        raise Unexportable(chart.indicator)
