"""Reads the TOML files of a catalogue folder into plain content."""

from __future__ import annotations

import pickle
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from yearbook.catalogue.entries import CatalogueError, Content
from yearbook.catalogue.texts import text

SHIPPED = Path(__file__).resolve().parents[2] / "catalogue"
FILES = (
    "association",
    "schools",
    "programmes",
    "regions",
    "rounds",
    "breaks",
    "reading",
    "disclosure",
)
FOLDERS = ("questions", "indicators", "words", "mappings")


def read(folder: Path = SHIPPED) -> Content:
    """The content of all files of a catalogue folder; a file it lacks is taken from the shipped
    one.

    Words of the folder are laid over the shipped ones. Raises CatalogueError naming the file.
    """
    content: Content = {}
    for name in FILES:
        own = folder / f"{name}.toml"
        content[name] = _read_file(own if own.exists() else SHIPPED / f"{name}.toml")
    for name in FOLDERS:
        content[name] = dict(_read_folder(folder / name))
    content["words"] = {**_words_of(SHIPPED), **_words_of(folder)}
    return content


def _read_file(path: Path) -> Content:
    try:
        parsed: Content = pickle.loads(_parsed(path.read_text(encoding="utf-8")))
        return parsed
    except FileNotFoundError:
        raise CatalogueError(f"{path.name}: the file is missing from the catalogue") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path.parent.name}/{path.name}: {error}") from error


@lru_cache(512)
def _parsed(text: str) -> bytes:
    """What a file says, packed: unpacking it gives content of one's own, far quicker than parsing
    the same text again."""
    return pickle.dumps(tomllib.loads(text))


def _read_folder(folder: Path) -> Iterator[tuple[str, Content]]:
    for path in sorted(folder.glob("*.toml")):
        yield path.stem, _read_file(path)


def _words_of(folder: Path) -> dict[str, dict[str, str]]:
    """words/pages.toml: [overview.title] fi=… -> "overview.title"."""
    flat: dict[str, dict[str, str]] = {}
    for name, tree in _read_folder(folder / "words"):
        _flatten(tree, "", flat, f"words/{name}.toml")
    return flat


def _flatten(tree: Content, prefix: str, flat: dict[str, dict[str, str]], where: str) -> None:
    for key, value in tree.items():
        path = f"{prefix}{key}"
        if not isinstance(value, dict):
            raise CatalogueError(f"{where}: {path} must have fi, sv and en")
        if "fi" in value:
            text(tree, key, where)
            flat[path] = {language: value[language] for language in ("fi", "sv", "en")}
        else:
            _flatten(value, f"{path}.", flat, where)
