"""The office from a terminal: does what a keeper's command asks, and prints what became of it."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec

from data_loaders.hints import Hints
from office import (
    accounts_commands,
    databases,
    erasing_commands,
    keeping_commands,
    packs_commands,
    printing,
    publishing,
    receiving,
    tidying,
)
from office.audit_files import write as write_audit_files
from office.receiving import Table
from office.refusals import RefusedError
from office.seed import seed_if_empty
from office.settings import settings
from yearbook.catalogue import CatalogueError
from yearbook.editions import MEMBERS

Arguments = ParamSpec("Arguments")


def plainly(command: Callable[Arguments, int]) -> Callable[Arguments, int]:
    """A refusal is a sentence and exit code 1, not a traceback."""

    @wraps(command)
    def told(*args: Arguments.args, **kwargs: Arguments.kwargs) -> int:
        try:
            return command(*args, **kwargs)
        except (RefusedError, CatalogueError) as error:
            print(error, file=sys.stderr)
            return 1

    return told


@plainly
def migrate(options: ArgumentParser, arguments: list[str]) -> int:
    options.parse_args(arguments)
    databases.prepare()
    return 0


@plainly
def seed(options: ArgumentParser, arguments: list[str]) -> int:
    options.add_argument(
        "--surveys-from",
        type=int,
        default=0,
        metavar="YEAR",
        help="no older rounds: quicker",
    )
    surveys_from = options.parse_args(arguments).surveys_from
    seed_if_empty(lambda line: print(line, flush=True), surveys_from)
    tidying.tidy()  # whoever serves the dashboard begins with this command
    return 0


@plainly
def receive(options: ArgumentParser, arguments: list[str]) -> int:
    """Exit code 1 if anything was not kept."""
    given = _what_to_receive(options, arguments)
    hints = Hints(given.survey, given.survey_year, given.year, school=given.school)
    databases.prepare()
    tidying.tidy()
    if given.database:
        name = given.database if given.database in settings().sources else ""
        address = receiving.named_source(name) if name else given.database
        source = Table(address, given.table, given.query, name)
        return printing.receipts([receiving.receive_table(source, keeper(), hints)])
    missing = [str(path) for path in given.files if not path.is_file()]
    if missing:
        print(f"No such file: {', '.join(missing)}. Nothing was received.", file=sys.stderr)
        return 1
    files = [(path, hints) for path in given.files]
    told = receiving.receive_all(files, keeper(), printing.progress, given.adds)
    return printing.receipts(told)


def _what_to_receive(options: ArgumentParser, arguments: list[str]) -> Namespace:
    options.add_argument("files", nargs="*", type=Path, metavar="FILE")
    options.add_argument("--database", metavar="URL", help="an address, or a name of SOURCES")
    asked = options.add_mutually_exclusive_group()
    asked.add_argument("--table", default="")
    asked.add_argument("--query", default="")
    options.add_argument("--school", default="", help="where the file does not tell")
    options.add_argument("--year", type=int, help="the statistical year, likewise")
    options.add_argument("--survey", default="", help="base, followup or wide, likewise")
    options.add_argument("--survey-year", type=int, help="the year of the survey, likewise")
    further = "add answers to those of the same round, as of a form in another language"
    options.add_argument("--adds", action="store_true", help=further)
    given = options.parse_args(arguments)
    if bool(given.files) == bool(given.database):
        options.error("name the files, or a --database")
    if bool(given.database) != bool(given.table or given.query):
        options.error("--database goes with --table or --query")
    return given


@plainly
def withdraw(options: ArgumentParser, arguments: list[str]) -> int:
    options.add_argument("number", nargs="?", type=int)
    number = options.parse_args(arguments).number
    databases.prepare()
    if number is None:
        printing.history(receiving.history())
        return 0
    receiving.withdraw(number, keeper())
    print(f"Submission {number} is withdrawn. Publish to change what visitors see.")
    return 0


@plainly
def publish(options: ArgumentParser, arguments: list[str]) -> int:
    options.add_argument("--yes", action="store_true", help="publish without asking")
    is_agreed = options.parse_args(arguments).yes
    databases.prepare()
    draft = publishing.preview(printing.progress)
    printing.draft(draft)
    if draft.is_unchanged:
        print("Visitors would see exactly what they see now, so nothing was published.")
        return 0
    if not (is_agreed or asked_at_terminal("Publish it?")):
        print("Nothing was published.")
        return 1
    edition = publishing.publish(draft, keeper())
    print(f"Edition {edition.name} is published.")
    return 0


@plainly
def rollback(options: ArgumentParser, arguments: list[str]) -> int:
    options.add_argument("edition", nargs="?", default="")
    name = options.parse_args(arguments).edition
    databases.prepare()
    if not name:
        printing.editions(databases.shelf_engine())
        return 0
    publishing.roll_back(name, keeper())
    print(f"Visitors see edition {name} again.")
    return 0


@plainly
def audit_files(options: ArgumentParser, arguments: list[str]) -> int:
    options.add_argument("folder", type=Path, help="where to write them")
    whose = "members, public, or a school's code: whose editions (members' unless named)"
    options.add_argument("--audience", default=MEMBERS, help=whose)
    true = "the true counts too, by which an audit is quicker; they stay in the office"
    options.add_argument("--truth", action="store_true", help=true)
    given = options.parse_args(arguments)
    databases.prepare()
    written = write_audit_files(given.folder, given.audience, given.truth)
    print(f"{written.figures} figures of {written.editions} editions in {written.tables} tables "
          f"of survey answers and {written.annual} of annual counts: {given.folder}")  # fmt: skip
    if written.untrue:
        print(f"{written.untrue} of these tables show what no answers in the archive account for, "
              "as after an erasure; they have no truth.")  # fmt: skip
    return 0


@plainly
def packs(options: ArgumentParser, arguments: list[str]) -> int:
    databases.prepare()
    return packs_commands.write(options, arguments, keeper())


@plainly
def erase(options: ArgumentParser, arguments: list[str]) -> int:
    databases.prepare()
    return erasing_commands.erase(options, arguments, keeper(), asked_at_terminal)


@plainly
def tidy(options: ArgumentParser, arguments: list[str]) -> int:
    databases.prepare()
    return erasing_commands.tidy(options, arguments)


@plainly
def account(options: ArgumentParser, arguments: list[str]) -> int:
    databases.prepare()
    return accounts_commands.account(options, arguments, keeper())


@plainly
def backup(options: ArgumentParser, arguments: list[str]) -> int:
    databases.prepare()
    return keeping_commands.backup(options, arguments, keeper())


@plainly
def restore(options: ArgumentParser, arguments: list[str]) -> int:
    return keeping_commands.restore(options, arguments, keeper())


@plainly
def nightly(options: ArgumentParser, arguments: list[str]) -> int:
    databases.prepare()
    return keeping_commands.nightly(options, arguments, keeper())


@plainly
def check_server(options: ArgumentParser, arguments: list[str]) -> int:
    return keeping_commands.check_server(options, arguments)


@plainly
def export_all(options: ArgumentParser, arguments: list[str]) -> int:
    databases.prepare()
    return keeping_commands.export_all(options, arguments, keeper())


@plainly
def back_up_before_upgrade() -> int:
    return keeping_commands.back_up_before_upgrade()


@plainly
def go_back() -> int:
    return keeping_commands.go_back(keeper())


@plainly
def record_upgrade() -> int:
    return keeping_commands.record_upgrade(keeper())


def asked_at_terminal(question: str) -> bool:
    """No where nobody sits at a terminal to be asked."""
    if not sys.stdin.isatty():
        print(f"{question} Nobody is here to be asked: give --yes.", file=sys.stderr)
        return False
    return input(f"{question} [y/N] ").strip().lower() in {"y", "yes"}


def keeper() -> str:
    """The keeper, for the archive's history."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a process without a name, as in some containers
        return "manage.py"
