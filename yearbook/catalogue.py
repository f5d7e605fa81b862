"""What is asked and what is published: reads the TOML files into Schools, Questions, Indicators …

`read(folder)` gives the plain content of all files, `build(content)` makes a Catalogue of it. An
edition keeps that plain content, and so looks the same after the files have changed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from yearbook.language import Text

Content = dict[str, Any]
SHIPPED = Path(__file__).resolve().parent.parent / "catalogue"
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
FOLDERS = ("questions", "indicators", "words")


class CatalogueError(Exception):
    """A catalogue that cannot be used; the message names file and key."""


@dataclass(frozen=True, slots=True)
class School:
    """A member school. `names` are (first year, name), oldest first; the last is today's."""

    code: str
    names: tuple[tuple[int, Text], ...]
    short: Text
    town: Text
    region: str
    maintainer: str
    maintainer_kind: str
    language: str
    latitude: float | None
    longitude: float | None
    offers: tuple[str, ...]
    also: tuple[str, ...]
    member_from: int | None
    member_until: int | None

    @property
    def name(self) -> Text:
        return self.names[-1][1]

    def name_in(self, year: int) -> Text:
        """The name the school had in that year (its first name for years before any)."""
        held = [name for first, name in self.names if first <= year]
        return held[-1] if held else self.names[0][1]

    def is_member(self, year: int) -> bool:
        return (self.member_from or 0) <= year <= (self.member_until or 9999)


@dataclass(frozen=True, slots=True)
class Programme:
    """A qualification, a competence area of one, or an education, valid from `first` to `last`.

    national: its national codes as (code, first year, last year), a year None where it is open;
    requirements: the years from which new requirements are in force.
    """

    code: str
    kind: str  # qualification | competence_area | education
    name: Text
    short: Text
    part_of: str | None
    first: int | None
    last: int | None
    also: tuple[str, ...]
    national: tuple[tuple[str, int | None, int | None], ...] = ()
    requirements: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a question. `also`: other wordings; `rolls_up`: its class in charts."""

    code: str
    label: Text
    also: tuple[str, ...]
    rolls_up: str | None
    score: float | None


@dataclass(frozen=True, slots=True)
class Version:
    """From this survey year on the question stands so to its earlier self: same, recoded or
    broken."""

    first: int
    relation: str
    note: Text


@dataclass(frozen=True, slots=True)
class Question:
    """Something that is asked: an annual figure (`source` annual) or a survey question."""

    code: str
    source: str
    theme: str
    label: Text
    help: Text
    type: (
        str  # annual: count, decimal, money, share; survey: single, multiple, likert, number, text
    )
    unit: str
    per: str  # annual: qualification, education, school
    required: bool
    sensitive: bool
    headings: tuple[str, ...]
    at_most: str | None
    surveys: tuple[str, ...]
    choices: tuple[Choice, ...]
    classes: tuple[Choice, ...]
    versions: tuple[Version, ...]
    since: int | None
    until: int | None

    def choice(self, code: str) -> Choice:
        return next(choice for choice in (*self.choices, *self.classes) if choice.code == code)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure that is published. `by`: the cross-tables that exist, each a tuple of dimensions.

    measure: sum, ratio (annual; `numerator` ÷ `denominator`, each a sum over questions, times
    `scale`), distribution, multiple, mean, median (survey; of `question`).
    """

    code: str
    source: str
    theme: str
    label: Text
    definition: Text
    measure: str
    unit: str
    decimals: int
    question: str | None
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    scale: float
    by: tuple[tuple[str, ...], ...]
    audience: str
    chart: str
    breaks: tuple[str, ...]
    order: int
    per: str

    @property
    def questions(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.question, *self.numerator, *self.denominator)))


@dataclass(frozen=True, slots=True)
class Survey:
    """A kind of survey. Its round of year Y concerns the cohort that began in Y - `cohort_lag`."""

    code: str
    name: Text
    when: Text
    cohort_lag: int | None
    order: int


@dataclass(frozen=True, slots=True)
class Named:
    """A code with its name: a region, a kind of maintainer, a theme, a unit."""

    code: str
    name: Text
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Break:
    """A year from which figures may not be comparable with earlier ones, and why (≤ 50 letters)."""

    code: str
    year: int
    reason: Text


@dataclass(frozen=True, slots=True)
class Policy:
    """The numbers of disclosure control; each has its reason in disclosure.toml."""

    threshold: int
    sensitive_threshold: int
    sensitive_leave: int
    annual_threshold: int
    block_length: int
    small_group: int
    whole_percent_below: int
    mean_threshold: int
    quartile_threshold: int
    school_cohort_threshold: int
    lattice: tuple[tuple[str, ...], ...]
    reasons: Mapping[str, Text]


@dataclass(frozen=True)
class Reading:
    """How workbooks are read: missing-value codes (text -> state or "zero"), headings by role."""

    missing: Mapping[str, str]
    roles: Mapping[str, tuple[str, ...]]
    personal: tuple[str, ...]
    ignored_sheets: tuple[str, ...]
    ignored_headings: tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    """All of it; `content` is the plain form that an edition freezes."""

    content: Content
    association: Text
    product: Text
    schools: Mapping[str, School]
    maintainer_kinds: Mapping[str, Named]
    regions: Mapping[str, Named]
    programmes: Mapping[str, Programme]
    surveys: Mapping[str, Survey]
    breaks: Mapping[str, Break]
    reading: Reading
    policy: Policy
    questions: Mapping[str, Question]
    indicators: Mapping[str, Indicator]
    words: Mapping[str, Text]

    @cached_property
    def annual_questions(self) -> tuple[Question, ...]:
        return tuple(q for q in self.questions.values() if q.source == "annual")

    @cached_property
    def survey_questions(self) -> tuple[Question, ...]:
        return tuple(q for q in self.questions.values() if q.source == "survey")

    def word(self, key: str) -> Text:
        """The words kept under `words/*.toml`; a missing key is our own mistake (KeyError)."""
        return self.words[key]


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


def build(content: Content) -> Catalogue:
    """Make the Catalogue of plain content. Raises CatalogueError naming file and key."""
    schools, programmes = content["schools"], content["programmes"]
    association = content["association"]
    return Catalogue(
        content=content,
        association=_text(association, "name", "association"),
        product=_text(association, "product", "association"),
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
    )


def load(folder: Path = SHIPPED) -> Catalogue:
    """Read and build in one step."""
    return build(read(folder))


def _read_file(path: Path) -> Content:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CatalogueError(f"{path.name}: the file is missing from the catalogue") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path.parent.name}/{path.name}: {error}") from error


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
            _text(tree, key, where)
            flat[path] = {language: value[language] for language in ("fi", "sv", "en")}
        else:
            _flatten(value, f"{path}.", flat, where)


def _text(entry: Content, key: str, where: str, default: Text | None = None) -> Text:
    value = entry.get(key)
    if value is None and default is not None:
        return default
    if not isinstance(value, dict) or any(
        not value.get(language) for language in ("fi", "sv", "en")
    ):
        raise CatalogueError(f"{where}: {key} must have fi, sv and en")
    return Text(value["fi"], value["sv"], value["en"])


def _need(entry: Content, key: str, where: str) -> Any:
    if key not in entry:
        raise CatalogueError(f"{where}: {key} is missing")
    return entry[key]


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
                (n.get("from", 0), _text({"name": n}, "name", where))
                for n in _need(entry, "name", where)
            ),
            key=lambda named: named[0],
        )
    )
    return School(
        code=_need(entry, "code", where),
        names=names,
        short=_text(entry, "short", where, names[-1][1]),
        town=_text(entry, "town", where),
        region=_need(entry, "region", where),
        maintainer=entry.get("maintainer", ""),
        maintainer_kind=entry.get("maintainer_kind", ""),
        language=entry.get("language", "fi"),
        latitude=entry.get("latitude"),
        longitude=entry.get("longitude"),
        offers=tuple(entry.get("offers", ())),
        also=tuple(entry.get("also", ())),
        member_from=entry.get("member_from"),
        member_until=entry.get("member_until"),
    )


def _programme(entry: Content) -> Programme:
    where = f"programmes.toml, programme {entry.get('code', '?')}"
    name = _text(entry, "name", where)
    return Programme(
        code=_need(entry, "code", where),
        kind=_need(entry, "kind", where),
        name=name,
        short=_text(entry, "short", where, name),
        part_of=entry.get("part_of"),
        first=entry.get("first"),
        last=entry.get("last"),
        also=tuple(entry.get("also", ())),
        national=tuple(
            (str(_need(held, "code", where)), held.get("first"), held.get("last"))
            for held in entry.get("national", ())
        ),
        requirements=tuple(entry.get("requirements", ())),
    )


def _survey(entry: Content) -> Survey:
    where = f"rounds.toml, survey {entry.get('code', '?')}"
    name = _text(entry, "name", where)
    return Survey(
        code=_need(entry, "code", where),
        name=name,
        when=_text(entry, "when", where, name),
        cohort_lag=entry.get("cohort_lag"),
        order=entry.get("order", 0),
    )


def _break(entry: Content) -> Break:
    where = f"breaks.toml, break {entry.get('code', '?')}"
    return Break(
        _need(entry, "code", where), _need(entry, "year", where), _text(entry, "reason", where)
    )


def _named(entry: Content, file: str) -> Named:
    where = f"{file}.toml, {entry.get('code', '?')}"
    extra = {key: value for key, value in entry.items() if key not in ("code", "name")}
    return Named(_need(entry, "code", where), _text(entry, "name", where), extra)


def _choice(entry: Content, where: str) -> Choice:
    return Choice(
        code=str(_need(entry, "code", where)),
        label=_text({"label": entry}, "label", f"{where}, choice {entry.get('code')}"),
        also=tuple(entry.get("also", ())),
        rolls_up=entry.get("rolls_up"),
        score=entry.get("score"),
    )


def _question(code: str, entry: Content) -> Question:
    where = f"questions/{code}.toml"
    label = _text(entry, "label", where)
    return Question(
        code=code,
        source=_need(entry, "source", where),
        theme=entry.get("theme", ""),
        label=label,
        help=_text(entry, "help", where, label),
        type=_need(entry, "type", where),
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
            Version(_need(v, "first", where), _need(v, "relation", where), _text(v, "note", where))
            for v in entry.get("version", ())
        ),
        since=entry.get("since"),
        until=entry.get("until"),
    )


def _indicator(code: str, entry: Content) -> Indicator:
    where = f"indicators/{code}.toml"
    label = _text(entry, "label", where)
    return Indicator(
        code=code,
        source=_need(entry, "source", where),
        theme=_need(entry, "theme", where),
        label=label,
        definition=_text(entry, "definition", where),
        measure=_need(entry, "measure", where),
        unit=_need(entry, "unit", where),
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
    )


def _reading(entry: Content) -> Reading:
    return Reading(
        missing={str(code["text"]).casefold(): code["means"] for code in entry.get("missing", ())},
        roles={role: tuple(headings) for role, headings in entry.get("roles", {}).items()},
        personal=tuple(entry.get("personal", ())),
        ignored_sheets=tuple(entry.get("ignored_sheets", ())),
        ignored_headings=tuple(entry.get("ignored_headings", ())),
    )


def _policy(entry: Content) -> Policy:
    """[threshold] value = 5, reason = {fi, sv, en}; [lattice] cuts = [[…]], reason."""
    where = "disclosure.toml"
    names = [name for name in Policy.__dataclass_fields__ if name not in ("lattice", "reasons")]
    numbers = {
        name: int(_need(_need(entry, name, where), "value", f"{where}, {name}")) for name in names
    }
    lattice = tuple(tuple(cut) for cut in _need(_need(entry, "lattice", where), "cuts", where))
    reasons = {
        name: _text(entry[name], "reason", f"{where}, {name}") for name in [*names, "lattice"]
    }
    return Policy(**numbers, lattice=lattice, reasons=reasons)
