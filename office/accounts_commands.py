"""Accounts from a terminal: the first director, a new link for who forgot, and who has one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from access import accounts
from access.links import Invitation
from access.people import Account, RefusedAccount, Role, Wanted
from office.databases import accounts_engine
from office.refusals import RefusedError, refusal
from office.settings import settings
from office.using import catalogue_in_use

PORT = 8501


def account(options: ArgumentParser, arguments: list[str], who: str) -> int:
    given = _asked_for(options, arguments)
    try:
        return _DONE[given.deed](given, who)
    except RefusedAccount as error:
        raise _refused(error, given) from None


def link_to(invitation: Invitation, port: int = PORT) -> str:
    """Where its holder sets the password: at the address of the world, or on this machine."""
    address = settings().address or f"http://127.0.0.1:{port}"
    return f"{address}/kutsu/{invitation.token}"


def _asked_for(options: ArgumentParser, arguments: list[str]) -> Namespace:
    deeds = options.add_subparsers(metavar="WHAT", dest="deed")
    deeds.add_parser("list", help="who has an account (also without a word)")
    first = deeds.add_parser("first", help="the first director, while there is no account")
    invite = deeds.add_parser("invite", help="anybody else")
    for one in (first, invite):
        one.add_argument("login", help="an e-mail address; nothing is sent to it")
        one.add_argument("--name", required=True)
    invite.add_argument("--role", choices=[role.value for role in list(Role)[1:]], required=True)
    invite.add_argument("--school", default="", help="a member's school, by its code")
    for deed, what in {
        "link": "a new link, for who forgot the password or was too late",
        "block": "shut out, at once",
        "unblock": "let in again",
    }.items():
        deeds.add_parser(deed, help=what).add_argument("login")
    for one in (first, invite, deeds.choices["link"]):
        one.add_argument("--port", type=int, default=PORT, help="where ADDRESS is not set")
    given = options.parse_args(arguments)
    given.deed = given.deed or "list"
    return given


def _list(_given: Namespace, _who: str) -> int:
    known = accounts.accounts(accounts_engine())
    if not known:
        print("There is no account yet. The first one: manage.py account first E-MAIL --name NAME")
    for one in known:
        state = "blocked" if not one.is_active else "" if one.has_password else "no password yet"
        print(f"  {one.login:<36} {one.role.value:<11} {one.school:<12} {state}".rstrip())
    return 0


def _first(given: Namespace, who: str) -> int:
    if accounts.exist(accounts_engine()):
        raise refusal("account_not_first")
    return _invited(Wanted(given.login, given.name, Role.DIRECTOR), given, who)


def _invite(given: Namespace, who: str) -> int:
    known = catalogue_in_use().schools
    if given.school and given.school not in known:
        raise refusal("account_no_school", school=given.school, schools=", ".join(known))
    wanted = Wanted(given.login, given.name, Role(given.role), given.school)
    return _invited(wanted, given, who)


def _invited(wanted: Wanted, given: Namespace, who: str) -> int:
    return _told(accounts.invite(accounts_engine(), wanted, who), given)


def _link(given: Namespace, who: str) -> int:
    return _told(accounts.renew(accounts_engine(), _known(given.login).number, who), given)


def _block(given: Namespace, who: str) -> int:
    accounts.block(accounts_engine(), _known(given.login).number, who)
    print(f"{given.login} is shut out.")
    return 0


def _unblock(given: Namespace, who: str) -> int:
    accounts.unblock(accounts_engine(), _known(given.login).number, who)
    print(f"{given.login} may sign in again.")
    return 0


def _told(invitation: Invitation, given: Namespace) -> int:
    one = invitation.account
    print(f"{one.login} ({one.role.value}) sets a password with this link. It works once, until "
          f"{invitation.expires:%Y-%m-%d %H:%M} UTC, and is not shown again:")  # fmt: skip
    print(link_to(invitation, given.port))
    return 0


def _known(login: str) -> Account:
    found = accounts.named(accounts_engine(), login)
    if found is None:
        raise RefusedAccount("unknown")
    return found


def _refused(error: RefusedAccount, given: Namespace) -> RefusedError:
    return refusal(f"account_{error.reason}", login=getattr(given, "login", ""))


_DONE: dict[str, Callable[[Namespace, str], int]] = {
    "list": _list,
    "first": _first,
    "invite": _invite,
    "link": _link,
    "block": _block,
    "unblock": _unblock,
}
