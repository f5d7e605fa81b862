"""What is asked and what is published: TOML files in, Schools, Questions, Indicators … out.

`read(folder)` gives the plain content of all files, `build(content)` makes a Catalogue of it. An
edition keeps that plain content, and so looks the same after the files have changed.
"""

from __future__ import annotations

from pathlib import Path

from yearbook.catalogue.building import build
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
from yearbook.catalogue.files import SHIPPED, read
from yearbook.catalogue.overlay import for_visitors, laid_over

__all__ = [
    "Break",
    "Cases",
    "Catalogue",
    "CatalogueError",
    "Choice",
    "ColumnDecision",
    "Content",
    "Indicator",
    "Named",
    "OptionDecision",
    "Policy",
    "Programme",
    "Question",
    "Reading",
    "SHIPPED",
    "School",
    "Survey",
    "SurveyMapping",
    "Version",
    "build",
    "for_visitors",
    "laid_over",
    "load",
    "read",
]


def load(folder: Path = SHIPPED) -> Catalogue:
    """Read and build in one step."""
    return build(read(folder))
