"""Counts the pay survey a second time, with pandas and rules of its own; it imports nothing of the
product."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pandas as pd

FOLDER = Path(__file__).resolve().parent / "palkkakysely"
TOWN = "Missä kaupungissa työpaikkasi pääasiallinen toimisto sijaitsee?"
TOWNS = {
    "PK-Seutu (Helsinki, Espoo, Vantaa)": "capital",
    "Tampere": "tampere",
    "Turku": "turku",
    "Oulu": "oulu",
    "Jyväskylä": "jyvaskyla",
    "Kuopio": "kuopio",
    "Vaasa": "vaasa",
}
AGES = {
    **{f"{a}-{b} v": f"{a}_{b}" for a, b in ((21, 25), (26, 30), (31, 35), (36, 40), (41, 45))},
    "46-50 v": "46_50",
    "51-55 v": "51_55",
    "30-35 v": "31_35",
    "> 55 v": "over_55",
}
EMPLOYMENT = {
    "Työntekijä / palkollinen": "employee",
    "Palkansaaja": "employee",
    "Freelancer": "invoicing",
    "Yrittäjä": "invoicing",
    "Laskuttaja": "invoicing",
}
REMOTE = {
    "Pääosin tai kokonaan etätyö": "remote",
    "Noin 50/50 hybridimalli": "between",
    "Jotain siltä väliltä": "between",
    "Pääosin tai kokonaan toimistolla": "office",
}
COMPANY = {
    "Konsulttitalossa": "consultancy",
    "Tuotetalossa, jonka core-bisnes on softa": "product",
    "Yrityksessä, jossa softa on tukeva toiminto (esim pankit, terveysala, yms)": "supporting",
    "Julkinen tai kolmas sektori": "public",
}
MEN = {"mies", "m", "male", "miäs", "miesoletettu", "äijä", "ukko"}
WOMEN = {"nainen", "naisoletettu"}
COMPETITIVE = {"Kyllä": "yes", "Ei": "no"}
Options = frozenset[str] | None


def count_by_hand(files: Mapping[int, Path]) -> pd.DataFrame:
    """A row per respondent: cohort, school, programme, and each question's options or number."""
    return pd.concat([_round(year, path) for year, path in files.items()], ignore_index=True)


def _round(year: int, path: Path) -> pd.DataFrame:
    raw = pd.read_excel(path, sheet_name=0, engine="openpyxl").dropna(how="all")
    by_heading = {str(heading).split(" (")[0]: heading for heading in raw.columns}

    def column(*names: str) -> pd.Series:
        known = [by_heading[name] for name in names if name in by_heading]
        return raw[known[0]] if known else pd.Series(None, index=raw.index, dtype=object)

    role = _roles()
    return pd.DataFrame(
        {
            "cohort": str(year),
            "school": raw[TOWN].map(
                lambda t: "untold" if pd.isna(t) else TOWNS.get(t, "elsewhere")
            ),
            "programme": column("Rooli").map(lambda t: "untold" if pd.isna(t) else role(t)),
            "age": column("Ikä").map(_known(AGES)),
            "gender": column("Sukupuoli").map(_gender),
            "employment": column("Työsuhteen luonne", "Oletko palkansaaja vai laskuttaja?").map(
                _known(EMPLOYMENT)
            ),
            "remote": column("Etänä vai paikallisesti?", "Etänä vai lähityössä?").map(
                _known(REMOTE, "other")
            ),
            "competitive": column("Onko palkkasi nykyroolissasi mielestäsi kilpailukykyinen?").map(
                _known(COMPETITIVE)
            ),
            "company": column("Millaisessa yrityksessä työskentelet").map(_known(COMPANY, "other")),
            "clients": column(
                "Hankitko asiakkaasi itse suoraan vai käytätkö välitysfirmojen palveluita?"
            ).map(_clients),
            "client_country": column("Mistä asiakkaat ovat?").map(_countries),
            "experience": column("Työkokemus").map(_number),
            "pay": column("Kuukausipalkka").map(_number),
            "income": (column("Vuositulot") if year == 2022 else column("–")).map(_number),
            "hourly_rate": column("Tuntilaskutus").map(_number),
        }
    )


def _known(options: Mapping[str, str], rest: str | None = None) -> Callable[[Any], Options]:
    def option(text: Any) -> Options:
        if pd.isna(text):
            return None
        code = options.get(str(text).strip(), rest)
        assert code is not None, f"by hand nobody has sorted {text!r}"
        return frozenset({code})

    return option


def _gender(text: Any) -> Options:
    if pd.isna(text) or str(text).strip() == "?":
        return None
    word = _letters(str(text))
    return frozenset({"man" if word in MEN else "woman" if word in WOMEN else "other"})


def _clients(text: Any) -> Options:
    if pd.isna(text):
        return None
    said = str(text)
    found = {"self"} if said.startswith("Itse") else set()
    found |= {"agency"} if "Käytän välitysfirmoja" in said else set()
    found |= {"other"} if "Verkosto" in said or "LinkedIn" in said else set()
    return frozenset(found)


def _countries(text: Any) -> Options:
    if pd.isna(text):
        return None
    words = {"Suomesta": "finland", "Ulkomailta": "abroad"}
    return frozenset(code for word, code in words.items() if word in str(text))


def _number(value: object) -> float | None:
    """Spaces part thousands, a comma the decimals; what is no number then was not answered so."""
    try:
        return float(str(value).replace(" ", "").replace("\u00a0", "").replace(",", "."))
    except ValueError:
        return None


def _roles() -> Callable[[str], str]:
    """The roles are listed in the catalogue, and only there: nobody lists four hundred twice."""
    listed = tomllib.loads((FOLDER / "programmes.toml").read_text(encoding="utf-8"))["programme"]
    known = {
        _without_dots(text): entry["code"]
        for entry in listed
        for text in (entry["code"], *entry["name"].values(), *entry.get("also", ()))
        if text not in ("", "*")
    }
    return lambda text: known.get(_without_dots(text), "other")


def _letters(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())


def _without_dots(text: str) -> str:
    """One of them writes "ohjelmistokehittaja"."""
    return _letters(text).replace("ä", "a").replace("ö", "o")


def two_digits(value: float) -> float:
    """Money and means are given with two significant digits."""
    exact = Decimal(repr(value))
    return float(exact.quantize(Decimal(1).scaleb(exact.adjusted() - 1), ROUND_HALF_UP))
