"""Takes the one stream of cells out of an old Office file (OLE2), and wraps it anew by itself."""

from __future__ import annotations

import struct
from array import array
from dataclasses import dataclass

from .refusals import Unreadable

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
HIGHEST_SECTOR = 0xFFFFFFFA
SECTOR, MINI_SECTOR, ENTRY = 512, 64, 128
MINI_BELOW = 4096
STREAM, ROOT = 2, 5
PLACES_IN_HEADER = 109
ROOM_FOR_LIST = 8
"""Sectors for the list of sector tables; a file within our limit needs four at most."""


@dataclass(frozen=True)
class Stream:
    """One line of the directory: what a stream is called, where it starts, how long it is."""

    name: str
    kind: int
    start: int
    size: int


class Compound:
    """The file as sectors; every chain is followed once at most, so none can lead in a circle."""

    def __init__(self, data: bytes) -> None:
        if len(data) < SECTOR:
            raise Unreadable("damaged")
        self.data = data
        shift = struct.unpack_from("<H", data, 30)[0]
        if shift not in (9, 12):
            raise Unreadable("damaged")
        self.sector_size = 1 << shift
        directory, mini_fat, more_places = struct.unpack_from("<I8xI4xI", data, 48)
        self.next_sector = self._allocation(more_places)
        self.streams = self._directory(directory)
        self.mini_next = _numbers(self._chain(mini_fat))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.sector_size
        if number > HIGHEST_SECTOR or start >= len(self.data):
            raise Unreadable("damaged")
        return self.data[start : start + self.sector_size].ljust(self.sector_size, b"\0")

    def _allocation(self, more_places: int) -> array[int]:
        places = list(_numbers(self.data[76:SECTOR]))
        seen: set[int] = set()
        while more_places not in (END, FREE):
            if more_places in seen:
                raise Unreadable("damaged")
            seen.add(more_places)
            listed = _numbers(self._sector(more_places))
            places.extend(listed[:-1])
            more_places = listed[-1]
        sectors = [place for place in places if place <= HIGHEST_SECTOR]
        if len(sectors) > len(self.data) // self.sector_size + 1:
            raise Unreadable("damaged")
        return _numbers(b"".join(self._sector(place) for place in sectors))

    def _chain(self, sector: int) -> bytes:
        pieces: list[bytes] = []
        seen: set[int] = set()
        while sector not in (END, FREE):
            if sector in seen or sector >= len(self.next_sector):
                raise Unreadable("damaged")
            seen.add(sector)
            pieces.append(self._sector(sector))
            sector = self.next_sector[sector]
        return b"".join(pieces)

    def _directory(self, sector: int) -> list[Stream]:
        content = self._chain(sector)
        places = range(0, len(content) - ENTRY + 1, ENTRY)
        return [_entry(content[place : place + ENTRY]) for place in places]

    def names(self) -> set[str]:
        return {stream.name for stream in self.streams}

    def read(self, name: str) -> bytes | None:
        """The content of a stream, None if there is none of that name."""
        wanted = name.casefold()
        for stream in self.streams:
            if stream.kind == STREAM and stream.name.casefold() == wanted:
                return self._content(stream)
        return None

    def _content(self, stream: Stream) -> bytes:
        if stream.size >= MINI_BELOW:
            content = self._chain(stream.start)
        else:
            content = self._mini_chain(stream.start)
        if len(content) < stream.size:
            raise Unreadable("damaged")
        return content[: stream.size]

    def _mini_chain(self, sector: int) -> bytes:
        root = next((stream for stream in self.streams if stream.kind == ROOT), None)
        if root is None:
            raise Unreadable("damaged")
        small = self._chain(root.start)
        pieces: list[bytes] = []
        seen: set[int] = set()
        while sector not in (END, FREE):
            if sector in seen or sector >= len(self.mini_next):
                raise Unreadable("damaged")
            seen.add(sector)
            pieces.append(small[sector * MINI_SECTOR : (sector + 1) * MINI_SECTOR])
            sector = self.mini_next[sector]
        return b"".join(pieces)


def _numbers(content: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(content[: len(content) // 4 * 4])
    return numbers


def _entry(content: bytes) -> Stream:
    length = struct.unpack_from("<H", content, 64)[0]
    name = content[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    start, size = struct.unpack_from("<II", content, 116)
    return Stream(name, content[66], start, size)


def wrap(name: str, content: bytes) -> bytes:
    """A fresh file with this one stream, in which no chain can lead astray."""
    content = content.ljust(MINI_BELOW, b"\0")
    body = content + b"\0" * (-len(content) % SECTOR)
    sectors = len(body) // SECTOR
    fat_sectors = 1
    while 1 + sectors + fat_sectors + ROOM_FOR_LIST > fat_sectors * (SECTOR // 4):
        fat_sectors += 1
    # Sector 0 is the directory, then come the stream, the table of sectors, and the list of
    # where that table stands as far as the header has no room for it.
    table = [END, *range(2, sectors + 1), END, *[FAT] * fat_sectors]
    places = list(range(sectors + 1, sectors + 1 + fat_sectors))
    more, more_count = _places_beyond_header(places, sectors + 1 + fat_sectors)
    table += [FAT - 1] * more_count
    table += [FREE] * (fat_sectors * (SECTOR // 4) - len(table))
    first_more = sectors + 1 + fat_sectors if more_count else END
    header = SIGNATURE + struct.pack("<16xHHHHH6xIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, fat_sectors, 0, 0)
    header += struct.pack("<IIIII", MINI_BELOW, END, 0, first_more, more_count)
    in_header = places[:PLACES_IN_HEADER]
    in_header += [FREE] * (PLACES_IN_HEADER - len(in_header))
    header += struct.pack(f"<{PLACES_IN_HEADER}I", *in_header)
    directory = _line("Root Entry", ROOT, 1, END, 0) + _line(name, STREAM, FREE, 1, len(content))
    directory = directory.ljust(SECTOR, b"\0")
    return header + directory + body + struct.pack(f"<{len(table)}I", *table) + more


def _places_beyond_header(places: list[int], next_sector: int) -> tuple[bytes, int]:
    rest = places[PLACES_IN_HEADER:]
    per_sector = SECTOR // 4 - 1
    content = b""
    count = -(-len(rest) // per_sector)
    for index in range(count):
        listed = rest[index * per_sector : (index + 1) * per_sector]
        listed += [FREE] * (per_sector - len(listed))
        following = next_sector + index + 1 if index + 1 < count else END
        content += struct.pack(f"<{SECTOR // 4}I", *listed, following)
    return content, count


def _line(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII36xIII", written, len(written), kind, 1, FREE, FREE, child, start, size, 0
    )
