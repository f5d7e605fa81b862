"""A catalogue of three schools and a few questions, for facts with the numbers in sight."""

from __future__ import annotations

import copy
from typing import Any

from yearbook.catalogue import Catalogue, build, read


def text(word: str) -> dict[str, str]:
    return {"fi": f"{word} fi", "sv": f"{word} sv", "en": f"{word} en"}


def school(code: str, region: str, kind: str, offers: list[str]) -> dict[str, Any]:
    return {
        "code": code,
        "name": [{"from": 2000, **text(code)}],
        "town": text(f"town of {code}"),
        "region": region,
        "maintainer_kind": kind,
        "offers": offers,
    }


def programme(code: str, kind: str) -> dict[str, Any]:
    return {"code": code, "kind": kind, "name": text(code)}


def annual_question(per: str = "qualification", **more: Any) -> dict[str, Any]:
    return {"source": "annual", "label": text("figure"), "type": "count", "per": per, **more}


def survey_question(choices: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    entry = {"source": "survey", "label": text("question"), "type": "single", "surveys": ["base"]}
    return {**entry, "choice": choices, **more}


def choice(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, **text(code), **more}


def indicator(source: str, measure: str, by: list[list[str]], **more: Any) -> dict[str, Any]:
    entry = {"source": source, "measure": measure, "by": by, "theme": "theme", "unit": "persons"}
    return {**entry, "label": text("label"), "definition": text("definition"), **more}


ANNUAL_CUTS = [
    ["year"],
    ["school", "year"],
    ["programme", "year"],
    ["school", "programme", "year"],
    ["region", "year"],
]
SURVEY_CUTS = [
    ["cohort"],
    ["programme", "cohort"],
    ["block"],
    ["school", "block"],
    ["school", "blocks"],
]


def content() -> dict[str, Any]:
    """Plain content that a test may change before it is built."""
    plain = copy.deepcopy(read())
    plain["schools"] = {
        "school": [
            school("a", "north", "foundation", ["music", "dance"]),
            school("b", "north", "city", ["music"]),
            school("c", "south", "city", ["music", "dance"]),
        ]
    }
    plain["programmes"] = {
        "programme": [programme("music", "qualification"), programme("dance", "qualification")]
    }
    plain["regions"] = {"region": [{"code": c, "name": text(c)} for c in ("north", "south")]}
    plain["rounds"] = {"survey": [{"code": "base", "name": text("base"), "cohort_lag": 1}]}
    plain["disclosure"]["block_start"]["value"] = 2018
    plain["questions"] = {
        "students": annual_question(),
        "applicants": annual_question(),
        "places": annual_question(),
        "left": annual_question(sensitive=True),
        "costs": annual_question("school", type="money"),
        "activity": survey_question([choice("work"), choice("study"), choice("other")]),
        "judgement": survey_question(
            [choice(str(n), score=n) for n in (1, 2, 3)] + [choice("none")],
            type="likert",
            sensitive=True,
        ),
        "pay": survey_question([], type="number", sensitive=True),
    }
    plain["indicators"] = {
        "students": indicator("annual", "sum", ANNUAL_CUTS, question="students"),
        "left": indicator("annual", "sum", ANNUAL_CUTS, question="left"),
        "left_share": indicator(
            "annual",
            "ratio",
            ANNUAL_CUTS,
            numerator=["left"],
            denominator=["students"],
            unit="share",
        ),
        "applicants_per_place": indicator(
            "annual", "ratio", ANNUAL_CUTS, numerator=["applicants"], denominator=["places"]
        ),
        "cost_per_student": indicator(
            "annual",
            "ratio",
            [["year"], ["school", "year"]],
            numerator=["costs"],
            denominator=["students"],
        ),
        "activity": indicator("survey", "distribution", SURVEY_CUTS, question="activity"),
        "judgement": indicator("survey", "distribution", SURVEY_CUTS, question="judgement"),
        "judgement_mean": indicator("survey", "mean", SURVEY_CUTS, question="judgement"),
        "pay": indicator("survey", "median", SURVEY_CUTS, question="pay"),
        "pay_mean": indicator("survey", "mean", SURVEY_CUTS, question="pay"),
    }
    return plain


def catalogue(**changes: Any) -> Catalogue:
    return build({**content(), **changes})
