"""Chooses the form that suits an indicator and the cells at hand."""

from __future__ import annotations

from yearbook.charts.material import Material

MOST_STACKED = 6


def fitting(material: Material) -> str:
    """Lines over time, a slope between surveys, options as the indicator says, else bars."""
    has_options = len(material.options) > 1
    if has_options:
        return _of_options(material)
    if "survey" in material.varying:
        return "slope"
    if len(material.moments) > 1:
        return "lines"
    return "dots" if material.is_survey else "bars"


def _of_options(material: Material) -> str:
    declared = material.indicator.chart
    if declared == "diverging" and _has_scores(material):
        return "diverging"
    if material.indicator.measure == "multiple" or len(material.singles) > MOST_STACKED:
        return "options"
    if declared == "bars" and len(material.moments) < 2:
        return "options"
    return "stacked"


def _has_scores(material: Material) -> bool:
    choices = [material.choice(option) for option in material.options]
    return any(choice is not None and choice.score is not None for choice in choices)
