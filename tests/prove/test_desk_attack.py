"""Attacks on the desk: every function of it, by everybody who may not use it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from importlib import import_module
from inspect import isfunction, signature
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest

from access import accounts, record, sessions
from access.accounts import Role
from desk.using import catalogue_in_use
from door import people as door_people
from office import databases
from office.refusals import RefusedError
from tests.attack.access import people
from tests.attack.access.addresses import FOR_DIRECTOR, FOR_KEEPERS
from tests.attack.access.tried import count, tried
from ui.visit import DIRECTOR, Visitor
from yearbook.database import Engine
from yearbook.language import Language

DESK = "The desk's functions"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An office with accounts, and nothing handed in."""
    monkeypatch.setenv("VAR", str(tmp_path))
    for name in ("ARCHIVE_URL", "SHELF_URL", "ACCOUNTS_URL", "CATALOGUE"):
        monkeypatch.delenv(name, raising=False)
    databases.prepare()
    people.move_in(tmp_path)
    catalogue_in_use.clear()
    yield tmp_path
    catalogue_in_use.clear()


# --- Every function of the desk -----------------------------------------------------------------


def actions_of(modules: tuple[str, ...]) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function that is defined there and begins with who visits."""
    for name in modules:
        module = import_module(name)
        for function_name, found in vars(module).items():
            if isfunction(found) and found.__module__ == name and function_name[0] != "_":
                yield f"{name}.{function_name}", found


def tries_of(action: Callable[..., Any], visitor: Visitor) -> Callable[[], Any]:
    """With arguments that are nothing: whoever may not is refused before they are looked at."""
    wanted = list(signature(action).parameters.values())[1:]
    return partial(action, visitor, *(MagicMock(name=one.name) for one in wanted))


def visitors(engine: Engine) -> dict[str, Visitor]:
    """Who comes, and what she says of herself; the session says what is true."""

    def as_(role: str, person: people.Person | None, *, ended: bool = False) -> Visitor:
        token = people.session_of(engine, person) if person else ""
        if ended:
            sessions.end(engine, token)
        still = partial(_role_of, token) if person else None
        login = person.login if person else ""
        return Visitor(Language.EN, "", role, "", login=login, still=still)

    return {
        "nobody": as_("visitor", None),
        "nobody who says director": as_(DIRECTOR, None),
        "member": as_("member", people.KUOPIO),
        "member of another school": as_("member", people.LAHTI),
        "member who says director": as_(DIRECTOR, people.KUOPIO),
        "maintainer": as_("maintainer", people.MAINTAINER),
        "maintainer who says director": as_(DIRECTOR, people.MAINTAINER),
        "blocked who says director": as_(DIRECTOR, people.BLOCKED),
        "director who signed out": as_(DIRECTOR, people.DIRECTOR, ended=True),
        "director without a session": replace(as_(DIRECTOR, people.DIRECTOR), still=None),
    }


def _role_of(token: str) -> str | None:
    account = door_people.account_of(token)
    return account.role.value if account else None


@tried(
    DESK,
    "Every function by which the desk reads, changes or starts anything (found by introspection),"
    " by nobody, members of two schools, the maintainer, somebody blocked, and a director who has"
    " signed out; also where what calls it says “director” and the session does not",
    "Refused before anything was looked at; nothing stored, nothing recorded",
)
def test_nobody_else_acts(folder: Path) -> None:
    engine = people.engine_of(folder)
    everybody = visitors(engine)
    before = record.found(engine)
    tries = 0
    for modules in (FOR_DIRECTOR, FOR_KEEPERS):
        for name, action in actions_of(modules):
            for who, visitor in everybody.items():
                if modules == FOR_KEEPERS and who.startswith("maintainer"):
                    continue
                with pytest.raises(RefusedError):
                    pytest.fail(f"{name} by {who}: {tries_of(action, visitor)()}")
                tries += 1
    assert tries > 400
    assert record.found(engine) == before
    count(test_nobody_else_acts, tries)


@tried(
    DESK,
    "The maintainer makes a director, gives a director's account a new link, blocks or renames it,"
    " or makes herself a director",
    "Refused: with any of them she would come to the answers",
)
def test_a_maintainer_does_not_come_to_be_a_director(folder: Path) -> None:
    from desk.accounting import acting

    engine = people.engine_of(folder)
    visitor = visitors(engine)["maintainer"]
    director = people.number_of(engine, people.DIRECTOR)
    own = people.number_of(engine, people.MAINTAINER)
    wanted = accounts.Wanted("uusi@liitto.example", "Uusi", Role.DIRECTOR)
    renamed = accounts.Wanted(people.MAINTAINER.login, "Minä", Role.MAINTAINER)
    tries: list[tuple[Callable[..., Any], tuple[Any, ...]]] = [
        (acting.invite, (wanted,)),
        (acting.renew, (director,)),
        (acting.change, (own, wanted)),
        (acting.change, (director, renamed)),
        (acting.block, (director,)),
        (acting.forget, (director,)),
        (acting.sign_out_everywhere, (director,)),
    ]
    for action, values in tries:
        with pytest.raises(RefusedError):
            action(visitor, *values)
    assert [one.role for one in accounts.accounts(engine)].count(Role.DIRECTOR) == 1
    count(test_a_maintainer_does_not_come_to_be_a_director, len(tries))
