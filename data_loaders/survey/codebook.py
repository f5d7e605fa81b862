"""Reads a codebook, a sheet or a file that says what the codes in a survey's columns stand for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from data_loaders import workbook
from data_loaders.sheets.tables import cell, is_blank
from data_loaders.words.heading_forms import forms
from data_loaders.words.heading_words import cleaned, is_other_name
from data_loaders.words.spelling import normal, text_of
from data_loaders.workbook import Sheet, Value

SEARCHED_ROWS = 10
LONGEST_HEADING = 60
# REDCap: "1, one|2, two"; also "1 = one; 2 = two" and one pair a line.
_PAIRS = re.compile(r"\s*(?:\||;|\n)\s*")
# A code has no brackets: a calculated field has a formula where others have their options.
_PAIR = re.compile(r"(?P<code>[^,=:()\[\]]{1,40}?)\s*(?:,|=|:)\s*(?P<text>.+)", re.DOTALL)
# The words that head each column; the more telling ones stand first.
WORDS = {
    "variable": (
        "variable / field name", "variable", "variable name", "field name", "column",
        "column name", "question code", "item", "field", "muuttuja", "muuttujan nimi", "sarake",
        "kysymyskoodi", "kenttä", "variabel", "variabelnamn", "kolumn", "frågekod", "fält",
        "code name", "short", "short name", "code", "id", "tunnus", "koodi", "kod",
        "question", "kysymys", "fråga",
    ),
    "label": (
        "field label", "variable label", "muuttujan selite", "variabeletikett", "question text",
        "kysymysteksti", "frågetext", "label", "full", "full text", "text", "wording", "question",
        "heading", "verbatim", "description", "selite", "kysymys", "teksti", "otsikko", "kuvaus",
        "etikett", "fråga", "rubrik", "beskrivning", "förklaring",
    ),
    "choices": (
        "choices calculations or slider labels", "choices", "options", "answer options",
        "value labels", "values", "vastausvaihtoehdot", "vaihtoehdot", "arvot", "arvojen selitteet",
        "svarsalternativ", "alternativ", "värden", "värdeetiketter",
    ),
    "value": (
        "value", "answer code", "option code", "arvo", "vastauskoodi", "värde", "svarskod",
        "code", "koodi", "kod", "short", "short name",
    ),
    "value label": (
        "value label", "value text", "answer text", "option text", "arvon selite", "värdeetikett",
        "svarstext", "vastausteksti", "verbatim", "answer", "option", "meaning", "vastaus",
        "vaihtoehto", "vastausvaihtoehto", "selitys", "svar", "svarsalternativ", "betydelse",
        "label", "text", "selite", "teksti", "etikett", "full", "förklaring",
    ),
}  # fmt: skip
WORDS["identifier"] = ("identifier", "personal", "henkilötieto", "personuppgift")
YES = frozenset(("y", "yes", "1", "x", "true", "kyllä", "ja"))
KNOWN = {role: [normal(word) for word in words] for role, words in WORDS.items()}
# What a codebook must have, the fullest first, and what it may have besides.
LAYOUTS = (
    (("variable", "choices"), ("label", "identifier")),
    (("variable", "value", "value label"), ("label",)),
    (("variable", "label"), ()),
)


@dataclass(frozen=True)
class Described:
    """What a codebook says of one column: its heading in words, its options by normal code.

    part: the option or the row that the whole column is about. is_personal: it tells who someone
    is, as REDCap's "Identifier?" says.
    """

    code: str
    text: str = ""
    part: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    is_personal: bool = False


@dataclass(frozen=True)
class Codebook:
    """columns: by normal code."""

    name: str = ""
    columns: Mapping[str, Described] = field(default_factory=dict)

    def find(self, code: str) -> Described | None:
        return self.columns.get(normal(code)) if self.columns else None

    def words(self, code: str) -> tuple[str, ...]:
        """What a column's code stands for: its heading; "hobby___2" has an option behind it."""
        if not self.columns:
            return ()
        if said := self.find(code):
            return tuple(filter(None, (said.text, said.part))) if said.text else ()
        for form in forms((code,)):
            said = self._base(form.question) if form.part and form.by_code else None
            if said is None:
                continue
            if option := said.options.get(option_key(form.part)):
                return (said.text or said.code, option)
            if said.text and is_other_name(form.part):
                return (said.text, form.part)
        return ()

    def _base(self, code: str) -> Described | None:
        """The entry of a question; where only its options have entries, what these say of it."""
        if said := self.find(code):
            return said
        stems = (f"{code}[".casefold(), f"{code}___".casefold())
        of_options = (s for s in self.columns.values() if s.code.casefold().startswith(stems))
        first = next(of_options, None)
        return Described(code, first.text) if first is not None else None

    def code_of(self, code: str) -> str | None:
        """The entry that a column is about: its own, or the one that it is an option of."""
        if self.find(code):
            return normal(code)
        for form in forms((code,)):
            if form.by_code and self.find(form.question):
                return normal(form.question)
        return None

    def joined(self, other: Codebook) -> Codebook:
        """Both together: one may hold the headings and the other the options."""
        columns = dict(self.columns)
        for code, said in other.columns.items():
            known = columns.get(code, Described(said.code))
            options = {**known.options, **said.options}
            text, part = known.text or said.text, known.part or said.part
            personal = known.is_personal or said.is_personal
            columns[code] = Described(known.code, text, part, options, personal)
        return Codebook(" + ".join(filter(None, (self.name, other.name))), columns)


def read(path: str | os.PathLike[str]) -> Codebook | None:
    """The codebook in a file, of all its sheets; None if it holds none. Raises Unreadable."""
    return of_sheets(workbook.read(path).sheets)


def of_sheets(sheets: Iterable[Sheet]) -> Codebook | None:
    found = [codebook for sheet in sheets if (codebook := of_sheet(sheet)) is not None]
    if not found:
        return None
    whole = found[0]
    for other in found[1:]:
        whole = whole.joined(other)
    return whole


def of_sheet(sheet: Sheet) -> Codebook | None:
    """What a sheet says of codes, where its headings are those of a codebook; else None."""
    for number, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
        places = _places([normal(text_of(value)) for value in row])
        below = [cells for cells in sheet.rows[number + 1 :] if not is_blank(cells)]
        if places and below:
            return Codebook(sheet.name, _described(_turned(places, below), below))
    return None


def _places(texts: Sequence[str]) -> dict[str, int]:
    """Which column is which, in the fullest layout that the headings allow."""
    if any(len(text) > LONGEST_HEADING for text in texts):
        return {}
    for needed, besides in LAYOUTS:
        places: dict[str, int] = {}
        for role in needed:
            if (place := _place(texts, role, places)) is not None:
                places[role] = place
        if len(places) == len(needed):
            for role in besides:
                if (place := _place(texts, role, places)) is not None:
                    places[role] = place
            return places
    return {}


def _place(texts: Sequence[str], role: str, taken: Mapping[str, int]) -> int | None:
    """The column with the most telling word; of two alike, a value's label is the one behind it."""
    open_places = [index for index in range(len(texts)) if index not in taken.values()]
    behind = taken.get("value", -1) if role == "value label" else -1
    open_places.sort(key=lambda index: (index < behind, index))
    for word in KNOWN[role]:
        for index in open_places:
            if texts[index] == word:
                return index
    return None


def _turned(places: dict[str, int], rows: Sequence[Sequence[Value]]) -> dict[str, int]:
    """A list of two columns may name its codes "full" by mistake: codes are the shorter ones."""
    if set(places) != {"variable", "label"}:
        return places
    lengths = {
        role: sum(len(text_of(cell(row, index))) for row in rows) for role, index in places.items()
    }
    if lengths["variable"] <= lengths["label"]:
        return places
    return {"variable": places["label"], "label": places["variable"]}


def _described(places: Mapping[str, int], rows: Sequence[Sequence[Value]]) -> dict[str, Described]:
    columns: dict[str, Described] = {}
    code = label = ""
    for row in rows:
        said = {role: text_of(cell(row, index)) for role, index in places.items()}
        if said["variable"] and said["variable"] != code:
            code, label = said["variable"], ""
        label = label or cleaned(said.get("label", ""))
        if not code:
            continue
        known = columns.get(normal(code), Described(code))
        options = {**known.options, **_options(said)}
        part = known.part or _part(said)
        is_personal = known.is_personal or normal(said.get("identifier", "")) in YES
        text = known.text or label
        columns[normal(code)] = Described(code, text, part, options, is_personal)
    return columns


def _part(said: Mapping[str, str]) -> str:
    """The words for a column of one option stand where those for its values would."""
    return cleaned(said["value label"]) if said.get("value") == "" and said["value label"] else ""


def _options(said: Mapping[str, str]) -> dict[str, str]:
    if "value" in said:
        value = said["value"]
        return (
            {option_key(value): cleaned(said["value label"])}
            if value and said["value label"]
            else {}
        )
    pairs = (_PAIR.fullmatch(piece) for piece in _PAIRS.split(said.get("choices", "")))
    return {option_key(pair["code"]): cleaned(pair["text"]) for pair in pairs if pair}


def option_key(value: str) -> str:
    """Codes are compared as options are; a sign alone ("-1") as it stands."""
    return value.strip() if value.strip().startswith("-") else normal(value) or value.strip()
