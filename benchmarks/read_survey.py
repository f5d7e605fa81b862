"""Measures how long a survey takes to be read and checked, and prints a Markdown table.

    python benchmarks/read_survey.py

The questions are those of the shipped catalogue, repeated under further codes until there are as
many as asked for. Each size is read in a process of its own, so that each has its own peak.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import openpyxl

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from data_loaders import Hints, load  # noqa: E402
from yearbook.catalogue import Catalogue, Question  # noqa: E402
from yearbook.catalogue import load as load_catalogue  # noqa: E402

SIZES = ((1_500, 60), (50_000, 60))
PLACES = ("Oppilaitos", "Osaamisala", "Valmistumislukuvuosi")


def catalogue_with(questions: int) -> Catalogue:
    """The shipped catalogue with so many questions in its base survey."""
    shipped = load_catalogue()
    known = [q for q in shipped.survey_questions if not q.surveys or "base" in q.surveys]
    asked: dict[str, Question] = {}
    for number in range(questions):
        question = known[number % len(known)]
        label = replace(question.label, fi=f"{question.label.fi} {number}")
        code = f"{question.code}_{number}"
        asked[code] = replace(question, code=code, label=label, headings=(), surveys=("base",))
    return replace(shipped, questions=asked)


def write_survey(path: Path, respondents: int, catalogue: Catalogue) -> None:
    """One row per graduate; every tenth cell is left empty."""
    chance = random.Random(2026)
    schools = [school.name.fi for school in catalogue.schools.values()]
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Peruskysely")
    sheet.append([*PLACES, *(q.label.fi for q in catalogue.survey_questions)])
    for _ in range(respondents):
        answers = [_answer(question, chance) for question in catalogue.survey_questions]
        sheet.append([chance.choice(schools), "Muusikko", "2019–2020", *answers])
    book.save(path)


def _answer(question: Question, chance: random.Random) -> str | int | None:
    if chance.random() < 0.1:
        return None
    if question.type == "number":
        return chance.randint(0, 5_000)
    if question.type == "text":
        return f"Vapaa sana {chance.randint(0, 10**6)}"
    if question.type == "multiple":
        count = chance.randint(1, min(3, len(question.choices)))
        return ";".join(choice.label.fi for choice in chance.sample(question.choices, count))
    return chance.choice(question.choices).label.fi


def measure(path: Path, questions: int) -> tuple[float, float, float, int, int]:
    """Seconds, peak of memory in MB before and after, respondents and answers that were read."""
    catalogue = catalogue_with(questions)
    before = _peak_megabytes()
    started = time.perf_counter()
    loaded = load(path, catalogue, Hints(survey="base", survey_year=2020))
    seconds = time.perf_counter() - started
    if loaded.submission is None:
        raise SystemExit(f"The benchmark's own file failed: {loaded.findings[:3]}")
    read = loaded.submission
    return seconds, before, _peak_megabytes(), len(read.respondents), len(read.answers)


def _peak_megabytes() -> float:
    """Linux counts in KB, macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    print("| respondents | questions | answers | file MB | seconds | peak MB | of which reading |")
    print("|---:|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for respondents, questions in SIZES:
            path = Path(folder) / f"peruskysely_{respondents}.xlsx"
            write_survey(path, respondents, catalogue_with(questions))
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                seconds, before, peak, rows, answers = pool.apply(measure, (path, questions))
            megabytes = path.stat().st_size / 1e6
            print(
                f"| {rows} | {questions} | {answers} | {megabytes:.1f} | {seconds:.2f} "
                f"| {peak:.0f} | {peak - before:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
