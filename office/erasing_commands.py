"""Erasing from a terminal: says what would be gone, asks, and does it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path

from office import erasing, subject_access, tidying
from office.erasing import Found, Round
from office.refusals import refusal
from yearbook.archive import Erased


def erase(
    options: ArgumentParser, arguments: list[str], who: str, agrees: Callable[[str], bool]
) -> int:
    """agrees: asks whether to go on."""
    given = _asked_for(options, arguments)
    of_round = (given.survey, given.survey_year)
    if given.whole_round:
        held = erasing.round_held(of_round)
        if held is None:
            raise refusal("erase_no_round")
        _tell(held, "Everything of the round")
        return _done(_agreed(given, agrees) and bool(erasing.erase_round(of_round, who)))
    found = _find(given, of_round)
    held = erasing.held(found.pseudonyms) if found.people else None
    if held is None:
        raise refusal("erase_nobody")
    if not found.may_go:
        raise refusal("erase_several", count=found.people)
    if given.copy:
        return _copied(found, given.copy, who)
    _tell(held, "One respondent")
    return _done(_agreed(given, agrees) and bool(erasing.erase_respondent(found, who)))


def tidy(options: ArgumentParser, arguments: list[str]) -> int:
    """Exit code 1 where something is left to do."""
    options.parse_args(arguments)
    done = tidying.tidy()
    print(f"Uploads deleted, kept as long as they may be: {done.uploads}.")
    print(f"Files deleted that a dead process had left: {done.left_behind}.")
    return _cleaned(done.is_clean)


def _asked_for(options: ArgumentParser, arguments: list[str]) -> Namespace:
    options.add_argument("survey", help="base, followup or wide")
    options.add_argument("survey_year", type=int, help="the year of the survey")
    which = options.add_mutually_exclusive_group(required=True)
    which.add_argument("--number", help="what the survey tool calls the response")
    which.add_argument("--words", help="words that nobody else wrote in that round")
    which.add_argument("--pseudonym", help="the archive's own code for the respondent")
    which.add_argument("--whole-round", action="store_true", help="all of the round")
    options.add_argument(
        "--day", type=date.fromisoformat, help="2026-05-31: begun on, where numbers only count"
    )
    options.add_argument("--yes", action="store_true", help="erase without asking")
    further = "erase nothing; write what is held of the respondent, for her to see"
    options.add_argument("--copy", type=Path, metavar="FILE", help=further)
    return options.parse_args(arguments)


def _find(given: Namespace, of_round: Round) -> Found:
    if given.number:
        return erasing.find_by_number(of_round, given.number, given.day)
    if given.words:
        return erasing.find_by_words(of_round, given.words)
    return erasing.find_by_pseudonym(given.pseudonym)


def _copied(found: Found, file: Path, who: str) -> int:
    try:
        answers = subject_access.write(found, file, who)
    except FileExistsError:
        print(f"{file} exists already. Name another file; nothing was written.")
        return 1
    print(f"{file}: {answers} answers. Give it to the respondent alone, then delete it.")
    return 0


def _tell(held: Erased, what: str) -> None:
    rounds = ", ".join(f"{survey} {year}" for survey, year in held.rounds)
    print(f"{what} ({rounds}) would be gone. Respondents: {held.respondents}, "
          f"answers: {held.answers}, submissions that hold them: {held.submissions}.")  # fmt: skip
    if held.editions:
        print(f"Editions {', '.join(held.editions)} stay as they are.")


def _agreed(given: Namespace, agrees: Callable[[str], bool]) -> bool:
    return bool(given.yes) or agrees("This cannot be undone. Erase it?")


def _done(is_erased: bool) -> int:
    if not is_erased:
        print("Nothing was erased.")
        return 1
    print("It is erased. Publish, and the next edition no longer counts it.")
    return _cleaned(erasing.is_clean())


def _cleaned(is_clean: bool) -> int:
    if not is_clean:
        print("Somebody reads the database: its files are not clean yet. Give `tidy` again later.")
    return 0 if is_clean else 1
