"""Counts, sums, ratios, shares, means and medians: answers and figures in, exact Measured out.
Hides nothing."""

from yearbook.measures.annual import (
    Figure,
    Figures,
    comparable_change,
    effective_figures,
    measure_annual,
)
from yearbook.measures.formulas import median_and_quartiles, two_significant_digits
from yearbook.measures.frames import (
    ANSWERED_COLUMNS,
    Invitations,
    Span,
    Turnout,
    invitations,
)
from yearbook.measures.leaves import Leaf, leaf
from yearbook.measures.measured import Measured
from yearbook.measures.survey import Asked, Tally, measure_survey, tally

__all__ = [
    "ANSWERED_COLUMNS",
    "Asked",
    "Figure",
    "Figures",
    "Invitations",
    "Leaf",
    "Measured",
    "Span",
    "Tally",
    "Turnout",
    "comparable_change",
    "effective_figures",
    "invitations",
    "leaf",
    "measure_annual",
    "measure_survey",
    "median_and_quartiles",
    "tally",
    "two_significant_digits",
]
