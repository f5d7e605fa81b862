"""The palette is tested by calculation: contrast, and distance for every kind of colour vision."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from yearbook.charts.description import Mark, Role, Series
from yearbook.charts.style import (
    DARK,
    DASHES,
    LIGHT,
    PATTERNS,
    SYMBOLS,
    Theme,
    blend,
    contrast,
    readable_on,
)
from yearbook.editions import State

THEMES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]
MARK, TEXT = 3.0, 4.5  # WCAG 2.2: contrast of marks and of text
APART = 8.0  # OKLab distance × 100; about 2 can just be told apart side by side

# Machado, Oliveira & Fernandes (2009): how linear RGB is seen at full severity.
VISION = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour: str) -> list[float]:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def times(matrix: tuple[tuple[float, ...], ...], vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def oklab(rgb: list[float]) -> list[float]:
    """Björn Ottosson (2020)."""
    to_cones = (
        (0.4122214708, 0.5363325363, 0.0514459929),
        (0.2119034982, 0.6806995451, 0.1073969566),
        (0.0883024619, 0.2817188376, 0.6299787005),
    )
    to_lab = (
        (0.2104542553, 0.7936177850, -0.0040720468),
        (1.9779984951, -2.4285922050, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.8086757660),
    )
    return times(to_lab, [max(0.0, c) ** (1 / 3) for c in times(to_cones, rgb)])


def distance(one: str, other: str, vision: str) -> float:
    seen = [oklab(times(VISION[vision], linear(colour))) for colour in (one, other)]
    return 100 * sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5


def test_the_contrast_ratio_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_marks_stand_out_from_the_ground(theme: Theme) -> None:
    marks = (theme.own, theme.everyone, theme.other, *theme.classes, *theme.scale)
    assert {c: round(contrast(c, theme.ground), 1) for c in marks
            if contrast(c, theme.ground) < MARK} == {}  # fmt: skip


@pytest.mark.parametrize("theme", THEMES)
def test_texts_can_be_read(theme: Theme) -> None:
    roles = [Role.OWN, Role.ALL, Role.OTHER]
    series = [Series("", "", role, 0, ()) for role in roles]
    series += [Series("", "", Role.CLASS, rank, ()) for rank in range(6)]
    texts = [theme.text, theme.muted, *(theme.text_of(one) for one in series)]
    assert [text for text in texts if contrast(text, theme.ground) < TEXT] == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("strength", [1.0, 0.72])
def test_numbers_on_colours_can_be_read(theme: Theme, strength: float) -> None:
    """In stacked bars, also where others are softer than own school."""
    grounds = [blend(colour, theme.ground, strength) for colour in (*theme.classes, *theme.scale)]
    unreadable = {g: round(contrast(readable_on(g), g), 2) for g in grounds
                  if contrast(readable_on(g), g) < TEXT}  # fmt: skip
    assert unreadable == {}


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("theme", THEMES)
def test_classes_are_told_apart(theme: Theme, vision: str) -> None:
    for one, other in combinations(theme.classes, 2):
        assert distance(one, other, vision) >= APART, (one, other)


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("theme", THEMES)
def test_steps_of_a_scale_are_told_apart(theme: Theme, vision: str) -> None:
    for one, other in pairwise(theme.scale):
        assert distance(one, other, vision) >= APART, (one, other)


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("theme", THEMES)
def test_own_school_stands_out_from_the_others(theme: Theme, vision: str) -> None:
    assert distance(theme.own, theme.other, vision) >= APART


def test_every_class_has_a_second_sign() -> None:
    assert len(set(SYMBOLS)) == len(set(DASHES)) == 6
    assert len(PATTERNS) == 6


def test_a_blend_lies_between_its_colours() -> None:
    assert blend("#000000", "#ffffff", 0.5) == "#808080"
    assert blend("#0b6e6e", "#ffffff", 1.0) == "#0b6e6e"


def test_a_mark_without_a_number_is_not_shown() -> None:
    assert not Mark("2020", State.WITHHELD, None, None, "–", "").is_shown
