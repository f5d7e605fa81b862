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
from yearbook.measures.measured import Measured
from yearbook.measures.survey import Asked, Tally, measure_survey, tally
from yearbook.measures.tabulated import crossing_places, people_of_tables, tally_tables, together

__all__ = [
    "ANSWERED_COLUMNS",
    "Asked",
    "Figure",
    "Figures",
    "Invitations",
    "Measured",
    "Span",
    "Tally",
    "Turnout",
    "comparable_change",
    "crossing_places",
    "effective_figures",
    "invitations",
    "measure_annual",
    "measure_survey",
    "median_and_quartiles",
    "people_of_tables",
    "tally",
    "tally_tables",
    "together",
    "two_significant_digits",
]
