"""Makes a Catalogue of plain content; what is missing is named by file and key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields
from typing import Any

from yearbook.catalogue.entries import (
    Break,
    Cases,
    Catalogue,
    CatalogueError,
    Choice,
    ColumnDecision,
    Content,
    Indicator,
    Named,
    OptionDecision,
    Policy,
    Programme,
    Question,
    Reading,
    School,
    Survey,
    SurveyMapping,
    Version,
)
from yearbook.catalogue.texts import need, text
from yearbook.language import Text

CUTS = ("lattice", "extras", "public_lattice")  # of the policy
HAVE_EXTRAS = ("distribution", "multiple")  # measures


def build(content: Content) -> Catalogue:
    """Make the Catalogue of plain content. Raises CatalogueError naming file and key."""
    schools, programmes = content["schools"], content["programmes"]
    association = content["association"]
    return Catalogue(
        content=content,
        association=text(association, "name", "association"),
        product=text(association, "product", "association"),
        schools=_by_code(_school(entry) for entry in schools["school"]),
        maintainer_kinds=_by_code(_named(k, "schools") for k in schools.get("maintainer_kind", [])),
        regions=_by_code(
            _named(region, "regions") for region in content["regions"].get("region", [])
        ),
        programmes=_by_code(_programme(entry) for entry in programmes.get("programme", [])),
        surveys=_by_code(_survey(entry) for entry in content["rounds"].get("survey", [])),
        breaks=_by_code(_break(entry) for entry in content["breaks"].get("break", [])),
        reading=_reading(content["reading"]),
        policy=_policy(content["disclosure"]),
        questions={code: _question(code, entry) for code, entry in content["questions"].items()},
        indicators=_in_order(_indicator(c, entry) for c, entry in content["indicators"].items()),
        words={key: Text(**value) for key, value in content["words"].items()},
        mappings={s: _mapping(s, entry) for s, entry in content.get("mappings", {}).items()},
    )


def _by_code(entries: Iterator[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for entry in entries:
        if entry.code in found:
            raise CatalogueError(
                f"{type(entry).__name__.lower()}: the code {entry.code} is used twice"
            )
        found[entry.code] = entry
    return found


def _in_order(indicators: Iterator[Indicator]) -> dict[str, Indicator]:
    ordered = sorted(indicators, key=lambda indicator: (indicator.order, indicator.code))
    return _by_code(iter(ordered))


def _school(entry: Content) -> School:
    where = f"schools.toml, school {entry.get('code', '?')}"
    names = tuple(
        sorted(
            (
                (n.get("from", 0), text({"name": n}, "name", where))
                for n in need(entry, "name", where)
            ),
            key=lambda named: named[0],
        )
    )
    return School(
        code=need(entry, "code", where),
        names=names,
        short=text(entry, "short", where, names[-1][1]),
        town=text(entry, "town", where),
        region=need(entry, "region", where),
        maintainer=entry.get("maintainer", ""),
        maintainer_kind=entry.get("maintainer_kind", ""),
        language=entry.get("language", "fi"),
        latitude=entry.get("latitude"),
        longitude=entry.get("longitude"),
        offers=tuple(entry.get("offers", ())),
        also=tuple(entry.get("also", ())),
        member_from=entry.get("member_from"),
        member_until=entry.get("member_until"),
        cases=_cases(entry, "cases", where),
        short_cases=_cases(entry, "short_cases", where),
    )


def _cases(entry: Content, key: str, where: str) -> Cases | None:
    """All of them, or none."""
    found = entry.get(key)
    if found is None:
        return None
    return Cases(*(text(found, case, f"{where}, {key}") for case in ("of", "at", "out")))


def _programme(entry: Content) -> Programme:
    where = f"programmes.toml, programme {entry.get('code', '?')}"
    name = text(entry, "name", where)
    return Programme(
        code=need(entry, "code", where),
        kind=need(entry, "kind", where),
        name=name,
        short=text(entry, "short", where, name),
        part_of=entry.get("part_of"),
        first=entry.get("first"),
        last=entry.get("last"),
        also=tuple(entry.get("also", ())),
        national=tuple(
            (str(need(held, "code", where)), held.get("first"), held.get("last"))
            for held in entry.get("national", ())
        ),
        requirements=tuple(entry.get("requirements", ())),
    )


def _survey(entry: Content) -> Survey:
    where = f"rounds.toml, survey {entry.get('code', '?')}"
    name = text(entry, "name", where)
    return Survey(
        code=need(entry, "code", where),
        name=name,
        when=text(entry, "when", where, name),
        cohort_lag=entry.get("cohort_lag"),
        order=entry.get("order", 0),
        since=entry.get("since"),
    )


def _break(entry: Content) -> Break:
    where = f"breaks.toml, break {entry.get('code', '?')}"
    return Break(
        need(entry, "code", where), need(entry, "year", where), text(entry, "reason", where)
    )


def _named(entry: Content, file: str) -> Named:
    where = f"{file}.toml, {entry.get('code', '?')}"
    extra = {key: value for key, value in entry.items() if key not in ("code", "name")}
    return Named(need(entry, "code", where), text(entry, "name", where), extra)


def _choice(entry: Content, where: str) -> Choice:
    return Choice(
        code=str(need(entry, "code", where)),
        label=text({"label": entry}, "label", f"{where}, choice {entry.get('code')}"),
        also=tuple(entry.get("also", ())),
        rolls_up=entry.get("rolls_up"),
        score=entry.get("score"),
    )


def _question(code: str, entry: Content) -> Question:
    where = f"questions/{code}.toml"
    label = text(entry, "label", where)
    return Question(
        code=code,
        source=need(entry, "source", where),
        theme=entry.get("theme", ""),
        label=label,
        help=text(entry, "help", where, label),
        type=need(entry, "type", where),
        unit=entry.get("unit", ""),
        per=entry.get("per", "school"),
        required=entry.get("required", False),
        sensitive=entry.get("sensitive", False),
        headings=tuple(entry.get("headings", ())),
        at_most=entry.get("at_most"),
        surveys=tuple(entry.get("surveys", ())),
        choices=tuple(_choice(choice, where) for choice in entry.get("choice", ())),
        classes=tuple(_choice(choice, where) for choice in entry.get("class", ())),
        versions=tuple(
            Version(need(v, "first", where), need(v, "relation", where), text(v, "note", where))
            for v in entry.get("version", ())
        ),
        since=entry.get("since"),
        until=entry.get("until"),
    )


def _indicator(code: str, entry: Content) -> Indicator:
    where = f"indicators/{code}.toml"
    label = text(entry, "label", where)
    return Indicator(
        code=code,
        source=need(entry, "source", where),
        theme=need(entry, "theme", where),
        label=label,
        definition=text(entry, "definition", where),
        measure=need(entry, "measure", where),
        unit=need(entry, "unit", where),
        decimals=entry.get("decimals", 0),
        question=entry.get("question"),
        numerator=tuple(entry.get("numerator", ())),
        denominator=tuple(entry.get("denominator", ())),
        scale=float(entry.get("scale", 1)),
        by=tuple(tuple(cut) for cut in entry.get("by", ())),
        audience=entry.get("audience", "members"),
        chart=entry.get("chart", ""),
        breaks=tuple(entry.get("breaks", ())),
        order=entry.get("order", 1000),
        per=entry.get("per", ""),
        detailed=entry.get("detailed", False),
        extras=entry.get("extras", _has_extras(entry)),
    )


def _has_extras(entry: Content) -> bool:
    """Unless the entry says otherwise: what is divided by school at all may be divided further."""
    return entry["measure"] in HAVE_EXTRAS and any("school" in cut for cut in entry.get("by", ()))


def _reading(entry: Content) -> Reading:
    return Reading(
        missing={str(code["text"]).casefold(): code["means"] for code in entry.get("missing", ())},
        roles={role: tuple(headings) for role, headings in entry.get("roles", {}).items()},
        personal=tuple(entry.get("personal", ())),
        ignored_sheets=tuple(entry.get("ignored_sheets", ())),
        ignored_headings=tuple(entry.get("ignored_headings", ())),
        test_responses=tuple(entry.get("test_responses", ())),
        given_names=tuple(entry.get("given_names", ())),
    )


def _mapping(survey: str, entry: Content) -> SurveyMapping:
    """[[column]] heading, occurrence, from, question, option, other, role; [[option]] question,
    text, from, choice."""
    where = f"mappings/{survey}.toml"
    return SurveyMapping(
        tuple(
            ColumnDecision(
                heading=need(column, "heading", where),
                occurrence=column.get("occurrence", 1),
                first=column.get("from", 0),
                question=column.get("question", ""),
                option=column.get("option", ""),
                is_other=column.get("other", False),
                role=column.get("role", ""),
            )
            for column in entry.get("column", ())
        ),
        tuple(
            OptionDecision(
                question=need(option, "question", where),
                text=str(need(option, "text", where)),
                first=option.get("from", 0),
                choice=option.get("choice", ""),
            )
            for option in entry.get("option", ())
        ),
    )


def _policy(entry: Content) -> Policy:
    """[threshold] value = 5, reason = {fi, sv, en}; [lattice] cuts = [[…]], reason."""
    where = "disclosure.toml"
    names = [
        field.name
        for field in fields(Policy)
        if field.name not in (*CUTS, "reasons")
        and (field.name in entry or field.default is MISSING)
    ]
    numbers: dict[str, Any] = {
        name: int(need(need(entry, name, where), "value", f"{where}, {name}")) for name in names
    }
    stated = [name for name in CUTS if name in entry or name == "lattice"]
    cuts: dict[str, Any] = {
        name: tuple(
            tuple(cut) for cut in need(need(entry, name, where), "cuts", f"{where}, {name}")
        )
        for name in stated
    }
    reasons = {name: text(entry[name], "reason", f"{where}, {name}") for name in [*names, *stated]}
    return Policy(**numbers, **cuts, reasons=reasons)
