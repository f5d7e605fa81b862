"""Counts the few answers of the Qualtrics and REDCap samples a second time, with pandas; it imports
nothing of the product."""

from __future__ import annotations

from pathlib import Path

from tests.real_data.counting import Counted, by_heading, read, same

NEW = "qualtrics_sample/sample.csv"
LEGACY = "qualtrics_sample/sample_legacy.csv"
CHECKS = "redcap_samples/data.csv"
DECIMALS = "redcap_samples/inst_test-data_projects_decimal-comma-and-dot_data.csv"
LONGITUDINAL = "redcap_samples/inst_test-data_projects_longitudinal_data.csv"


def count_new(data: Path) -> Counted:
    rows = read(data / NEW, headings=3)
    return _qualtrics(Counted(len(rows)), rows[17], rows[18])


def count_legacy(data: Path) -> Counted:
    rows = read(data / LEGACY, headings=2)
    return _qualtrics(Counted(len(rows)), rows[10], rows[11])


def _qualtrics(made: Counted, choice, text) -> Counted:  # type: ignore[no-untyped-def]
    made.add_single("Q1", choice, same("123"))
    made.add_texts("Q2", text)
    return made


def count_checks(data: Path) -> Counted:
    rows = by_heading(data / CHECKS)
    made = Counted(len(rows))
    for question, codes in (("check_one", "1234"), ("check_two", "abcde")):
        columns = {code: rows[f"{question}___{code}"] for code in codes}
        made.add_columns(question, columns, "1".__eq__)
    made.add_texts("desired_result", rows["desired_result"])
    return made


def count_decimals(data: Path) -> Counted:
    rows = by_heading(data / DECIMALS)
    made = Counted(len(rows))
    for question in ("height_dot", "height_comma", "weight_dot", "weight_comma", "bmi"):
        made.add_numbers(question, rows[question])
    return made


def count_longitudinal(data: Path) -> Counted:
    """A row for each event of each subject."""
    rows = by_heading(data / LONGITUDINAL)
    made = Counted(len(rows))
    for question, codes in (("gym", "01234"), ("aerobics", "01234"), ("eat", "01234")):
        columns = {code: rows[f"{question}___{code}"] for code in codes}
        made.add_columns(question, columns, "1".__eq__)
    meds = {code: rows[f"meds___{code}"] for code in "12345"}
    made.add_columns("meds", meds, "1".__eq__)
    for question, options in (("sex", "01"), ("pmq1", "0123"), ("pmq4", "012")):
        made.add_single(question, rows[question], same(options))
    for question in ("height", "bmi", "vld1"):
        made.add_numbers(question, rows[question])
    made.add_texts("vob7", rows["vob7"])
    return made
