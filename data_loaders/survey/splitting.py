"""Splits a cell that holds several options, also where the options have commas of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from data_loaders.words.spelling import Spellings, loose, normal, text_of
from data_loaders.workbook import Value

_SEPARATOR = re.compile(r"\s*([;\n|,])\s*")
_LIST = re.compile(r"\[\s*(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')\s*(?:,.*)?\]", re.DOTALL)
_LISTED = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'")


@dataclass(frozen=True, slots=True)
class Part:
    """Where a part of a cell stands. is_first: a semicolon, line feed or bar stands before it."""

    start: int
    end: int
    is_first: bool


@dataclass
class Splitter:
    """Knows the options of one question; remembers what it has looked up.

    longest: how many words the longest option has that begins with a word.
    """

    spellings: Spellings
    longest: dict[str, int] = field(default_factory=dict)
    known: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for spelled in self.spellings.exact:
            words = spelled.split()
            first = loose(words[0]) if words else ""
            self.longest[first] = max(self.longest.get(first, 1), len(words))

    def split(self, value: Value) -> tuple[list[str], list[str]]:
        """The known options in a cell and the texts nobody knows; "" is a decided no answer."""
        text = text_of(value)
        code = self.code(text)
        if code is not None:
            return _chosen([code]), []
        known: list[str] = []
        unknown: list[str] = []
        if _LIST.fullmatch(text):
            for match in _LISTED.finditer(text):
                self._take(match[1] or match[2] or "", known, unknown)
        else:
            self._take_pieces(text, known, unknown)
        return _chosen(known), unknown

    def code(self, text: str) -> str | None:
        """The option that is spelled so."""
        if text not in self.known:
            self.known[text] = next(iter(self.spellings.find(text)), None) if text else None
        return self.known[text]

    def _take(self, text: str, known: list[str], unknown: list[str]) -> None:
        code = self.code(text.strip())
        if code is not None:
            known.append(code)
        elif text.strip():
            unknown.append(text.strip())

    def _take_pieces(self, text: str, known: list[str], unknown: list[str]) -> None:
        """What lies unknown between known options is one text, with its commas."""
        parts = _parts(text)
        strange: list[Part] = []
        at = 0
        while at < len(parts):
            end, code = self._longest_run(text, parts, at)
            if strange and (code is not None or parts[at].is_first):
                unknown.append(text[strange[0].start : strange[-1].end])
                strange = []
            if code is None:
                strange.append(parts[at])
            else:
                known.append(code)
            at = end
        if strange:
            unknown.append(text[strange[0].start : strange[-1].end])

    def _longest_run(self, text: str, parts: Sequence[Part], at: int) -> tuple[int, str | None]:
        """The longest run of parts from here that is an option, and which; else one part alone."""
        start = parts[at].start
        words = normal(text[start : parts[at].end]).split()
        most = self.longest.get(loose(words[0]), 1) if words else 1
        for last in range(min(len(parts), at + most), at, -1):
            code = self.code(text[start : parts[last - 1].end])
            if code is not None:
                return last, code
        return at + 1, None


def split_options(value: Value, spellings: Spellings) -> tuple[list[str], list[str]]:
    """The known options in a cell and the texts nobody knows."""
    return Splitter(spellings).split(value)


def _chosen(codes: Sequence[str]) -> list[str]:
    """Each once, without what was decided to be no answer."""
    return [code for code in dict.fromkeys(codes) if code]


def _parts(text: str) -> list[Part]:
    """The parts of a text that are not empty."""
    parts: list[Part] = []
    at, is_first = 0, True
    for match in _SEPARATOR.finditer(text):
        if text[at : match.start()].strip():
            parts.append(Part(at, match.start(), is_first))
            is_first = False
        is_first |= match[1] != ","
        at = match.end()
    if text[at:].strip():
        parts.append(Part(at, len(text), is_first))
    return parts
