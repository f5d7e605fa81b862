"""The guides in docs/ name buttons and headings as they stand on the screen."""

import re
from functools import cache
from pathlib import Path

import pytest

from yearbook import catalogue

DOCS = Path(__file__).resolve().parent.parent / "docs"
README = DOCS.parent / "README.md"
GUIDES = {
    "opas-toiminnanjohtajalle.md": "fi",
    "uusi-kyselykierros.md": "fi",
    "opas-jasenelle.md": "fi",
    "guide-for-medlemmar.md": "sv",
}
# How the guides explain bold print, and the names of file formats.
OTHER = {"Lihavoidut", "fetstil", "CSV", "Excel"}
PLACE = re.compile(r"\\\{\w+\\\}")


@cache
def screen(language: str) -> re.Pattern[str]:
    """Every word of the screen, with anything in its {places}."""
    using = catalogue.load()
    said = [word[language] for word in using.words.values()]
    said += [survey.name[language] for survey in using.surveys.values()]
    telling = [word for word in said if len(re.sub(r"\{\w+\}|\W", "", word)) > 2]
    return re.compile("|".join(PLACE.sub(".+", re.escape(word)) for word in telling), re.DOTALL)


@pytest.mark.parametrize("name", sorted(GUIDES))
def test_what_is_bold_in_a_guide_stands_on_the_screen(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    bold = {" ".join(found.split()) for found in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL)}
    assert len(bold) > 10
    words = screen(GUIDES[name])
    assert {word for word in bold - OTHER if not words.fullmatch(word)} == set()


@pytest.mark.parametrize("name", sorted(GUIDES))
def test_pictures_and_links_of_a_guide_exist(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    assert [link for link in links if not (DOCS / link).exists()] == []


def test_every_picture_is_shown_and_can_be_taken_anew() -> None:
    """By `python -m docs.picturing`, which names each as a string of its own."""
    pictures = {file.stem for file in (DOCS / "pictures").glob("*")}
    written = [file.read_text(encoding="utf-8") for file in (*DOCS.glob("*.md"), README)]
    shown = {name for text in written for name in re.findall(r"pictures/([\w-]+)\.png\)", text)}
    code = "".join(file.read_text(encoding="utf-8") for file in DOCS.glob("picturing/*.py"))
    assert shown == pictures
    assert {name for name in pictures if f'"{name}"' not in code} == set()
