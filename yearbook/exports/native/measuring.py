"""Tells how much room a text takes, as far as that can be known without the letters themselves."""

from __future__ import annotations

# How wide letters are, of their size: a little more than Calibri's, as other programs have others.
NARROW, WIDE, CAPITAL, OTHER = 0.32, 0.84, 0.63, 0.545
NARROW_LETTERS, WIDE_LETTERS = (
    frozenset("iljtfrI.,:;·'()|-– \u00a0\u202f/"),
    frozenset("mwMWÅÄÖ%@&—"),
)
BOLD = 1.06
LINE = 1.22  # the height of a line, of the size of its letters


def width_of(text: str, size: float, is_bold: bool = False) -> float:
    """In points, of letters of that many points."""
    ems = 0.0
    for sign in text:
        if sign in NARROW_LETTERS:
            ems += NARROW
        elif sign in WIDE_LETTERS:
            ems += WIDE
        else:
            ems += CAPITAL if sign.isupper() else OTHER
    return ems * size * (BOLD if is_bold else 1)


def lines_of(text: str, size: float, width: float, is_bold: bool = False) -> int:
    """How many lines it takes, broken between words; a longer word goes on in the next line."""
    lines = 0
    for part in text.split("\n"):
        lines, taken = lines + 1, 0.0
        for word in part.split(" "):
            length = width_of(word, size, is_bold)
            needed = taken + width_of(" ", size) + length if taken else length
            if needed <= width:
                taken = needed
                continue
            lines += (1 if taken else 0) + int(length // width)
            taken = length % width
    return lines


def broken(text: str, size: float, width: float) -> str:
    """With line breaks between words, where it is wider than that."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)
