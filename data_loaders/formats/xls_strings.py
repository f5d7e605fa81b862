"""Measures the shared strings of an Excel 97 workbook, which run on over several records."""

from __future__ import annotations

import struct
from collections.abc import Sequence

RICH, EXTENDED, WIDE = 0x08, 0x04, 0x01


class _Reader:
    """A place in a row of pieces that lie apart in the stream."""

    def __init__(self, stream: bytes, pieces: Sequence[tuple[int, int]]) -> None:
        self.stream = stream
        self.coming = list(reversed(pieces))
        self.place, self.end = self.coming.pop()

    def next_piece(self) -> bool:
        if not self.coming:
            return False
        self.place, self.end = self.coming.pop()
        return True

    def left(self) -> int:
        return self.end - self.place

    def take(self, layout: str) -> int | None:
        """A number, None where the piece is too short for it."""
        size = struct.calcsize(layout)
        if self.left() < size:
            return None
        (number,) = struct.unpack_from(layout, self.stream, self.place)
        self.place += size
        return int(number)

    def skip(self, size: int) -> bool:
        while size > self.left():
            size -= self.left()
            if not self.next_piece():
                return False
        self.place += size
        return True

    def skip_letters(self, letters: int, width: int) -> bool:
        """In a new piece a byte says anew how wide its letters are."""
        while letters:
            taken = min(letters, self.left() // width)
            self.place += taken * width
            letters -= taken
            if letters:
                if not self.next_piece():
                    return False
                width = 2 if (self.take("<B") or 0) & WIDE else 1
        return True


def string_lengths(stream: bytes, pieces: Sequence[tuple[int, int]]) -> list[int]:
    """Letters in each shared string, as far as they can be made out."""
    if not pieces:
        return []
    reader = _Reader(stream, pieces)
    reader.skip(4)
    count = reader.take("<I") or 0
    lengths: list[int] = []
    while len(lengths) < count:
        if reader.left() == 0 and not reader.next_piece():
            break
        letters, flags = reader.take("<H"), reader.take("<B")
        if letters is None or flags is None:
            break
        lengths.append(letters)
        runs = (reader.take("<H") or 0) if flags & RICH else 0
        extra = (reader.take("<I") or 0) if flags & EXTENDED else 0
        if not reader.skip_letters(letters, 2 if flags & WIDE else 1):
            break
        if not reader.skip(4 * runs + extra):
            break
    return lengths
