"""The frame of the surveys as an indicator: who was asked and who answered."""

from __future__ import annotations

from yearbook.catalogue import Catalogue, Indicator
from yearbook.charts.words import word_of
from yearbook.editions import FRAME


def frame_indicator(catalogue: Catalogue) -> Indicator:
    """No catalogue has it: what is asked of everyone is the survey itself."""
    return Indicator(
        code=FRAME,
        source="survey",
        theme="",
        label=word_of(catalogue, "charts.representation.label"),
        definition=word_of(catalogue, "charts.representation.definition"),
        measure="frame",
        unit="persons",
        decimals=0,
        question=None,
        numerator=(),
        denominator=(),
        scale=1.0,
        by=(),
        audience="members",
        chart="representation",
        breaks=(),
        order=0,
        per="",
    )
