"""The real exports of survey tools at hand: the file, the catalogue for it and its hand count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.real_data import (
    carpentries_by_hand,
    dsbox_by_hand,
    jupyter_by_hand,
    rse_by_hand,
    small_by_hand,
    starwars_by_hand,
)
from tests.real_data.counting import Counted

CATALOGUES = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Export:
    """A file of a tool, the catalogue for it, what the director says beside it, and the count.

    personal: columns, by place, whose contents must not be kept; headings: rows of headings.
    """

    catalogue: str
    file: str
    survey: str
    year: int | None
    count: Callable[[Path], Counted]
    personal: tuple[int, ...] = ()
    headings: int = 1


EXPORTS = {
    "surveymonkey": Export(
        "starwars", starwars_by_hand.FILE, "starwars", 2014, starwars_by_hand.count, (0,), 2
    ),
    "alchemer": Export("jupyter", jupyter_by_hand.FILE, "", None, jupyter_by_hand.count),
    "limesurvey": Export("rse", rse_by_hand.FILE, "", 2017, rse_by_hand.count),
    "typeform_experiences": Export(
        *("carpentries", carpentries_by_hand.EXPERIENCES, "experiences", 2020),
        carpentries_by_hand.count_experiences,
    ),
    "typeform_profile": Export(
        *("carpentries", carpentries_by_hand.PROFILE, "profile", 2020),
        carpentries_by_hand.count_profile,
    ),
    "class": Export("dsbox", dsbox_by_hand.FILE, "", 2018, dsbox_by_hand.count),
    "qualtrics": Export(
        *("qualtrics", small_by_hand.NEW, "", None, small_by_hand.count_new, (3, 8, 13, 14), 3)
    ),
    "qualtrics_legacy": Export(
        *("qualtrics", small_by_hand.LEGACY, "", None, small_by_hand.count_legacy),
        *((0, 5, 12, 13), 2),
    ),
    "redcap": Export("redcap", small_by_hand.CHECKS, "", 2020, small_by_hand.count_checks),
    "redcap_decimals": Export(
        *("redcap_decimals", small_by_hand.DECIMALS, "", 2020, small_by_hand.count_decimals, (1,))
    ),
    "redcap_longitudinal": Export(
        *("redcap_longitudinal", small_by_hand.LONGITUDINAL, "", 2015),
        *(small_by_hand.count_longitudinal, (0, 4, 5, 6, 7, 8)),
    ),
}
