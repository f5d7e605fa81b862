"""Who has an account, as values: role, account, and what is wanted of a new one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from access import moments
from access.tables import accounts
from yearbook.database import Connection

LONGEST_LOGIN = 254  # of an e-mail address
LONGEST_NAME = 100

# ASCII only: two addresses that look alike, or fold to the same letters, are never two accounts.
LOGIN = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+")
SCHOOL = re.compile(r"[a-z0-9_-]{1,40}")


class Role(StrEnum):
    """Everything that a role may do is asked of it here or at the desk's authority."""

    VISITOR = "visitor"  # has no account
    MEMBER = "member"
    DIRECTOR = "director"
    MAINTAINER = "maintainer"  # keeps accounts, record and backups, and reads no answers


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in once a password is set, and while not blocked."""

    number: int
    login: str  # e-mail in lower case
    name: str
    role: Role
    school: str  # "" for director and maintainer
    is_active: bool
    has_password: bool
    made: datetime

    @property
    def is_director(self) -> bool:
        return self.role is Role.DIRECTOR

    @property
    def may_keep(self) -> bool:
        """Accounts, the record and backups."""
        return self.role in (Role.DIRECTOR, Role.MAINTAINER)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an account is to be."""

    login: str
    name: str
    role: Role
    school: str = ""


class RefusedAccount(Exception):
    """An account cannot be so. The reason is "login", "name", "role" or "school" where that is not
    a possible one, "taken" where the login is another's, "unknown" where there is no such account,
    "last_director" where nobody would be left to let others in, "blocked" or "not_blocked"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def normal_login(login: str) -> str:
    return login.strip().lower() if login.isascii() else login


def is_login(login: str) -> bool:
    return len(login) <= LONGEST_LOGIN and LOGIN.fullmatch(login) is not None


def proper(wanted: Wanted) -> Wanted:
    """The same with a login in lower case and a name without spaces around; or RefusedAccount.
    Whether there is such a school its catalogue knows."""
    login, name = normal_login(wanted.login), " ".join(wanted.name.split())
    is_member = wanted.role is Role.MEMBER
    possible = {
        "login": is_login(login),
        "name": 0 < len(name) <= LONGEST_NAME and name.isprintable(),
        "role": wanted.role is not Role.VISITOR,
        "school": bool(SCHOOL.fullmatch(wanted.school)) if is_member else wanted.school == "",
    }
    for reason, holds in possible.items():
        if not holds:
            raise RefusedAccount(reason)
    return Wanted(login, name, Role(wanted.role), wanted.school)


def account_of(row: Any) -> Account:
    """From a row of the table of accounts."""
    return Account(
        number=row.id,
        login=row.login,
        name=row.name,
        role=Role(row.role),
        school=row.school,
        is_active=row.blocked_at is None,
        has_password=row.password is not None,
        made=moments.read(row.made_at),
    )


def numbered(connection: Connection, number: int) -> Account:
    """That account; or RefusedAccount("unknown")."""
    row = connection.execute(sa.select(accounts).where(accounts.c.id == number)).one_or_none()
    if row is None or row.forgotten_at is not None:
        raise RefusedAccount("unknown")
    return account_of(row)
