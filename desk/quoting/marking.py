"""Marks in a text the words that were looked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from office.open_answers import folded


def marked(text: str, words: Sequence[str]) -> str:
    """HTML of the text, escaped, with <mark> around the words (folded, see open_answers)."""
    if not words:
        return escape(text)
    looked_for = re.compile("|".join(re.escape(word) for word in sorted(words, key=len)[::-1]))
    written, at = [], 0
    for match in looked_for.finditer(folded(text)):  # each folded sign stands where its own does
        begin, end = match.span()
        written += [escape(text[at:begin]), "<mark>", escape(text[begin:end]), "</mark>"]
        at = end
    return "".join([*written, escape(text[at:])])
