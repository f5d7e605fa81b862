"""Facts of reading the times of answers as survey tools write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from data_loaders.cells.timestamps import day_of, read_times
from data_loaders.workbook import Value

AT = datetime(2021, 9, 15, 14, 22, 3)
MINUTE = datetime(2021, 9, 15, 14, 22)


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        (datetime(2021, 9, 15, 14, 22, 3), AT),
        (date(2021, 9, 15), datetime(2021, 9, 15)),
        (44454.598646, AT),
        ("44454,598646", AT),
        ("2021-09-15T14:22:03Z", AT),
        ("2021-09-15T14:22:03.123+03:00", AT),
        ("2021-09-15 14:22:03", AT),
        ("2021/09/15 2:22:03 ip. EET", AT),
        ("2021/09/15 10:22:03 ap. EET", datetime(2021, 9, 15, 10, 22, 3)),
        ("2021/09/15 12:05:00 ap. EET", datetime(2021, 9, 15, 0, 5)),
        ("9/15/21 14:22:03", AT),
        ("9/15/2021 2:22:03 PM", AT),
        ("15/09/2021 14:22:03", AT),
        ("15.9.2021 klo 14.22", MINUTE),
        ("15.9.2021 14.22.03", AT),
        ("15. 9. 2021, 14:22", MINUTE),
        ("15-09-2021 14:22", MINUTE),
        ("20210915 14:22", MINUTE),
        ("2021-09-15 kl. 2:22 em", MINUTE),
        ("Wed Sep 15 2021 14:22:03 GMT+0300", AT),
        ("Sep 15, 2021 2:22 PM", MINUTE),
        ("15 september 2021 14:22", MINUTE),
        ("15. syyskuuta 2021 klo 14.22", MINUTE),
        ("3. marraskuuta 2021", datetime(2021, 11, 3)),
        (1631715723, AT),
        ("1631715723000", AT),
        ("31.9.2021", None),
        ("31/31/2021", None),
        ("joskus syksyllä", None),
        ("15.9.1821", None),
        (12, None),
        (True, None),
        ("", None),
    ],
)
def test_a_time_in_many_forms(said: Value, moment: datetime | None) -> None:
    read = read_times([said])
    assert read.moments == (moment,)
    assert not read.is_open


@pytest.mark.parametrize(
    ("cells", "days", "is_open"),
    [
        # one day above 12 tells for all
        (["3/9/2021", "15/9/2021"], [date(2021, 9, 3), date(2021, 9, 15)], False),
        (["9/3/2021", "9/15/2021"], [date(2021, 9, 3), date(2021, 9, 15)], False),
        # answers come in their order
        (["9/30/2021", "10/1/2021"], [date(2021, 9, 30), date(2021, 10, 1)], False),
        (["9/8/2021", "9/9/2021", "10/1/2021"], [date(2021, 9, 8), date(2021, 9, 9),
                                                 date(2021, 10, 1)], False),
        # both ways are in order, but only one is within a round
        (["3/9/2021", "4/9/2021", "5/9/2021"], [date(2021, 9, d) for d in (3, 4, 5)], False),
        (["9/3/2021", "9/4/2021", "9/5/2021"], [date(2021, 9, d) for d in (3, 4, 5)], False),
        # nothing tells
        (["1/2/2021", "3/4/2021", "2/1/2021"], [date(2021, 2, 1), date(2021, 4, 3),
                                                date(2021, 1, 2)], True),
        # both ways in one column
        (["13/9/2021", "9/13/2021"], [date(2021, 9, 13), None], True),
    ],
)  # fmt: skip
def test_the_column_tells_whether_days_or_months_come_first(
    cells: list[Value], days: list[date | None], is_open: bool
) -> None:
    read = read_times(cells)
    assert [moment and moment.date() for moment in read.moments] == days
    assert read.is_open is is_open


def test_what_is_no_time_is_told() -> None:
    assert read_times(["15.9.2021", "eilen", None, "2021-09-31"]).unread == (1, 3)


def test_a_single_cell_has_its_day_first() -> None:
    assert day_of("3/9/2021") == date(2021, 9, 3)
    assert day_of("2019–2020") is None
