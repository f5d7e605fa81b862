"""Packs the catalogue in use, with what the director added, as a folder of TOML files."""

from __future__ import annotations

import io
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

from office import toml_writing
from office.settings import settings
from office.using import content_in_use
from yearbook import catalogue
from yearbook.catalogue import SHIPPED, Content
from yearbook.catalogue.files import FILES

WHOLE_FOLDERS = ("questions", "indicators", "mappings")
WORDS = "words/own.toml"


def as_zip() -> bytes:
    """The folder, packed; unpacked it can be named by CATALOGUE. Raises CatalogueError."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, text in files():
            packed.writestr(path, text)
    return out.getvalue()


def files() -> Iterator[tuple[str, str]]:
    """(path, text) of every file. A file that nobody added to comes as it stands, with its
    comments."""
    content = content_in_use()
    own = settings().catalogue
    for name in FILES:
        yield f"{name}.toml", _text(content[name], own / f"{name}.toml", SHIPPED / f"{name}.toml")
    for folder in WHOLE_FOLDERS:
        for name, entry in sorted(content.get(folder, {}).items()):
            path = f"{folder}/{name}.toml"
            yield path, _text(entry, own / path)
    if words := _own_words(content):
        yield WORDS, toml_writing.write(_nested(words))


def _text(entry: Content, *paths: Path) -> str:
    for path in paths:
        if path.exists():
            text = path.read_text(encoding="utf-8")
            if tomllib.loads(text) == entry:
                return text
    return toml_writing.write(entry)


def _own_words(content: Content) -> Content:
    """The words that are not the product's own; those come with every version of it."""
    shipped = catalogue.read(SHIPPED)["words"]
    return {key: said for key, said in content["words"].items() if shipped.get(key) != said}


def _nested(words: Content) -> Content:
    """ "overview.title" -> {"overview": {"title": …}}."""
    tree: Content = {}
    for key, said in words.items():
        *above, last = key.split(".")
        place = tree
        for part in above:
            place = place.setdefault(part, {})
        place[last] = said
    return tree
