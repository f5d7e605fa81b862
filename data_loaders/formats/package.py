"""Looks into a zipped workbook without unpacking more than it should, and packs it anew."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .limits import ENTRIES, RATIO, RATIO_APPLIES_FROM_BYTES, UNPACKED_BYTES
from .refusals import Unreadable

LOCAL_HEADER = struct.Struct("<4s5H3L2H")
CENTRAL_HEADER = struct.Struct("<4s6H3L5H2L")
END_RECORD = struct.Struct("<4s4H2LH")
PIECE = 256 * 1024
STORED, DEFLATED = 0, 8
ENCRYPTED = 0x1 | 0x40 | 0x2000


@dataclass(frozen=True)
class Part:
    """One file inside the package, still packed."""

    name: str
    method: int
    checksum: int
    packed: memoryview
    size: int

    def pieces(self) -> Iterator[bytes]:
        """The content, piece by piece; refused as soon as it is not as long as it says."""
        unpacked = 0
        for piece in self._unpack():
            unpacked += len(piece)
            if unpacked > self.size:
                raise Unreadable("unpacked")
            yield piece
        if unpacked != self.size:
            raise Unreadable("damaged")

    def _unpack(self) -> Iterator[bytes]:
        if self.method == STORED:
            for start in range(0, len(self.packed), PIECE):
                yield bytes(self.packed[start : start + PIECE])
            return
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for start in range(0, len(self.packed), PIECE):
                waiting: bytes | memoryview = self.packed[start : start + PIECE]
                while waiting and not unpacker.eof:
                    yield unpacker.decompress(waiting, PIECE)
                    waiting = unpacker.unconsumed_tail
            while not unpacker.eof and (rest := unpacker.decompress(b"", PIECE)):
                yield rest
        except zlib.error as error:
            raise Unreadable("damaged") from error

    def read(self) -> bytes:
        return b"".join(self.pieces())


def parts_of(data: bytes) -> dict[str, Part]:
    """Every part by name, after the checks that need no unpacking."""
    if data.count(b"PK\x01\x02") > ENTRIES:
        raise Unreadable("entries")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except Exception as error:  # zipfile raises a dozen kinds on a hostile directory
        raise Unreadable("damaged") from error
    _check_sizes(entries, len(data))
    _check_names(entries)
    return _locate(data, entries)


def _check_sizes(entries: list[zipfile.ZipInfo], file_size: int) -> None:
    if len(entries) > ENTRIES:
        raise Unreadable("entries")
    unpacked = sum(entry.file_size for entry in entries)
    tight = unpacked > RATIO_APPLIES_FROM_BYTES and unpacked > RATIO * file_size
    if unpacked > UNPACKED_BYTES or tight:
        raise Unreadable("unpacked")


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.flag_bits & ENCRYPTED:
            raise Unreadable("password")
        name = entry.orig_filename.replace("\\", "/")
        steps = name.split("/")
        leads_out = name.startswith("/") or ".." in steps or ":" in name or "\0" in name
        if leads_out or name.casefold() in seen:
            raise Unreadable("unsafe", part=_readable(name))
        seen.add(name.casefold())


def _readable(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:60]


def _locate(data: bytes, entries: list[zipfile.ZipInfo]) -> dict[str, Part]:
    view = memoryview(data)
    found: dict[str, Part] = {}
    free_from = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        start = _content_start(data, entry)
        end = start + entry.compress_size
        if entry.header_offset < free_from or end > len(data):  # parts that overlap are a trick
            raise Unreadable("unsafe", part=_readable(entry.orig_filename))
        free_from = end
        if entry.compress_type == STORED and entry.compress_size != entry.file_size:
            raise Unreadable("damaged")
        if entry.is_dir():
            continue
        name = entry.orig_filename.replace("\\", "/")
        packed = view[start:end]
        found[name] = Part(name, entry.compress_type, entry.CRC, packed, entry.file_size)
    return found


def _content_start(data: bytes, entry: zipfile.ZipInfo) -> int:
    offset = entry.header_offset
    header = data[offset : offset + LOCAL_HEADER.size] if offset >= 0 else b""
    if len(header) < LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
        raise Unreadable("damaged")
    if entry.compress_type not in (STORED, DEFLATED):
        raise Unreadable("damaged")
    fields = LOCAL_HEADER.unpack(header)
    return int(offset + LOCAL_HEADER.size + fields[9] + fields[10])


def pack(parts: Mapping[str, Part]) -> bytes:
    """A fresh package of these parts alone: two zip readers cannot disagree about it."""
    packed = io.BytesIO()
    directory = io.BytesIO()
    for part in parts.values():
        name = part.name.encode()
        about = (20, 0x800, part.method, 0, 0x21, part.checksum, len(part.packed), part.size)
        place = packed.tell()
        packed.write(LOCAL_HEADER.pack(b"PK\x03\x04", *about, len(name), 0) + name)
        packed.write(part.packed)
        directory.write(
            CENTRAL_HEADER.pack(b"PK\x01\x02", 20, *about, len(name), 0, 0, 0, 0, 0, place) + name
        )
    start, size = packed.tell(), directory.tell()
    count = len(parts)
    packed.write(directory.getvalue())
    packed.write(END_RECORD.pack(b"PK\x05\x06", 0, 0, count, count, size, start, 0))
    return packed.getvalue()


def part_from(name: str, content: bytes) -> Part:
    """A part of our own making, stored as it is."""
    return Part(name, STORED, zlib.crc32(content), memoryview(content), len(content))
