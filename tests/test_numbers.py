"""A number is read as Finns, Swedes and the English write it, and nothing else is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_loaders.cells.numbers import Number, money, number
from yearbook.language import Language, write_number, write_share


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1234", 1234),
        (" 1 234,5 ", 1234.5),
        ("1\u00a0234\u00a0567,89", 1234567.89),
        ("1\u202f234,5", 1234.5),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234.567", 1234567),
        ("1'234.50", 1234.5),
        ("1,234", 1.234),
        ("1.234", 1.234),
        (",5", 0.5),
        ("-3", -3),
        ("\u22123,5", -3.5),
        ("+7", 7),
        ("1,5E+3", 1500),
        ("1 234 €", 1234),
        ("007", 7),
        (12, 12),
        (0.5, 0.5),
    ],
)
def test_what_is_a_number(written: object, value: float) -> None:
    assert number(written) == Number(value)


@pytest.mark.parametrize(
    ("written", "value"),
    [("12,5 %", 0.125), ("12.5%", 0.125), ("100\u00a0%", 1), ("-2 %", -0.02), ("0%", 0)],
)
def test_a_percentage_is_a_share_and_says_so(written: str, value: float) -> None:
    assert number(written) == Number(value, percent=True)


@pytest.mark.parametrize(
    "written",
    [
        *("", " ", "-", "%", "€", "twelve", "12 34", "1 2 3", "1  234", "5,", "1,5,2"),
        *("1,234.567.8", "1 234,5,6", "0x10", "1e999", "١٢", "12 kpl", "2019–20", "NaN", "inf"),
        *("1" * 61, None, True, False, float("nan"), float("inf")),
    ],
)
def test_what_is_no_number(written: object) -> None:
    assert number(written) is None


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("6,956€", 6956),
        ("€4,460", 4460),
        ("32,500", 32500),
        ("1.234 €", 1234),
        ("-1.234", -1234),
        ("6,95 €", 6.95),
        ("6,9565", 6.9565),
        ("0,500", 0.5),
        ("1,234.50", 1234.5),
        ("1,234,567", 1234567),
        (6.956, 6.956),
    ],
)
def test_money_has_no_tenths_of_a_cent(written: object, value: float) -> None:
    """A lone comma or point before three digits parts thousands, where euros are asked."""
    assert money(written) == Number(value)


@pytest.mark.parametrize("written", ["", "-", "2000-3400", "7500+", "1,5,2", "12 kpl", None, True])
def test_what_is_no_money(written: object) -> None:
    assert money(written) is None


NUMBERS = st.integers(-(10**11), 10**11).map(lambda thousandths: thousandths / 1000)


@given(value=NUMBERS, language=st.sampled_from(list(Language)))
def test_what_we_write_we_can_read(value: float, language: Language) -> None:
    assert number(write_number(value, 4, language)) == Number(value)


@given(hundredths=st.integers(0, 10_000), language=st.sampled_from(list(Language)))
def test_shares_that_we_write_we_can_read(hundredths: int, language: Language) -> None:
    share = hundredths / 10_000
    assert number(write_share(share, 2, language)) == Number(share, percent=True)


@given(st.text())
def test_any_text_is_a_number_or_none(text: str) -> None:
    read = number(text)
    assert read is None or isinstance(read.value, float)
