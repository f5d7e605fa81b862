"""A heading without what forms add to it: its number, remarks in brackets at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBERING = re.compile(r"^\s*(?:[A-Za-z]{0,2}\d{1,3}[a-z]?(?:\.\d+)*\s*[.):]|\d{1,3}[.)])\s*")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*[*:]?\s*$")


def variants(text: str) -> Iterator[str]:
    """The heading, then without its number, without brackets at the end, without both."""
    yield text
    plain = _NUMBERING.sub("", text)
    if plain != text and plain:
        yield plain
    short = _BRACKETS.sub("", plain)
    while short not in (plain, ""):
        yield short
        plain, short = short, _BRACKETS.sub("", short)
