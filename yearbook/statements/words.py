"""The words of statements: a statement is a document of today, so that they are today's."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

from yearbook.catalogue import School, build, read
from yearbook.charts.words import word_of_today
from yearbook.language import Language

LINE_BREAKS = "\n"


def said(key: str, language: Language, **values: object) -> str:
    """The words of `statements.<key>`; a key that is not there is our own mistake (KeyError)."""
    text = word_of_today(f"statements.{key}")
    return (text.fill(**values) if values else text)[language]


def known(key: str, language: Language) -> str:
    """The same, "" where nobody has written such words; nothing is filled in."""
    try:
        return word_of_today(f"statements.{key}")[language]
    except KeyError:
        return ""


@cache
def schools_of_today() -> Mapping[str, School]:
    return build(read()).schools


def clean(text: str) -> str:
    """What a document can hold: control characters, pasted from elsewhere, are left out."""
    lines = text.replace("\r\n", "\n").replace("\v", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(sign for sign in lines if sign in LINE_BREAKS or _is_kept(sign)).strip()


def paragraphs(text: str) -> tuple[str, ...]:
    """Parted by empty lines; a single line break stays inside its paragraph."""
    parts = (part.strip() for part in clean(text).split("\n\n"))
    return tuple(part for part in parts if part)


def _is_kept(sign: str) -> bool:
    return sign.isprintable() or unicodedata.category(sign) == "Zs"
