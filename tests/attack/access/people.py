"""People with accounts, in the accounts of a folder: of every role, of two schools, blocked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from access import accounts, links, sessions
from access.accounts import Role, Wanted
from office.databases import upgrade
from yearbook.database import Engine, connect

PASSWORD = "kaarnavene purjehtii 47"
SECRET = "f2Zk9_wQ7rT4xLb8Vn1MdP6sYc3HuJ0a"
HERE = "192.0.2.1"  # of documentation; from there nobody attacks


@dataclass(frozen=True)
class Person:
    """name: what the tests call her; school: "" for the office."""

    name: str
    login: str
    role: Role
    school: str = ""


DIRECTOR = Person("director", "johtaja@liitto.example", Role.DIRECTOR)
MAINTAINER = Person("maintainer", "yllapito@liitto.example", Role.MAINTAINER)
KUOPIO = Person("member of Kuopio", "rehtori@kuopio.example", Role.MEMBER, "kuopio")
LAHTI = Person("member of Lahti", "rehtori@lahti.example", Role.MEMBER, "lahti")
BLOCKED = Person("blocked", "entinen@kuopio.example", Role.MEMBER, "kuopio")
EVERYBODY = (DIRECTOR, MAINTAINER, KUOPIO, LAHTI, BLOCKED)
NOBODY = "nobody"


def engine_of(folder: Path) -> Engine:
    return connect(address_of(folder))


def address_of(folder: Path) -> str:
    return f"sqlite:///{(folder / 'accounts.sqlite').as_posix()}"


def move_in(folder: Path) -> Engine:
    """Make the accounts; each has the same password, so that only the login tells them apart."""
    upgrade(address_of(folder), "accounts")
    engine = engine_of(folder)
    for person in EVERYBODY:
        wanted = Wanted(person.login, person.name.title(), person.role, person.school)
        invitation = accounts.invite(engine, wanted, "test")
        links.use(engine, invitation.token, PASSWORD)
    accounts.block(engine, number_of(engine, BLOCKED), "test")
    return engine


def number_of(engine: Engine, person: Person) -> int:
    known = accounts.named(engine, person.login)
    assert known is not None
    return known.number


def session_of(engine: Engine, person: Person, now: datetime | None = None) -> str:
    """The token of a new session; of somebody who is blocked, too, as if begun before that."""
    number = number_of(engine, person)
    if person is not BLOCKED:
        return sessions.begin_for(engine, number, now)
    accounts.unblock(engine, number, "test")
    token = sessions.begin_for(engine, number, now)
    accounts.block(engine, number, "test")
    return token


def cookies_of(engine: Engine) -> dict[str, dict[str, str]]:
    """What the browser of each holds, by name; nobody holds nothing."""
    held = {person.name: {"session": session_of(engine, person)} for person in EVERYBODY}
    return {NOBODY: {}, **held}
