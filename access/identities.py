"""Who somebody is to another service (Microsoft, Google), and which account that is here.

The service's own number of a person is bound, not the e-mail: an e-mail can be claimed at some
services without proof, and is given to another person some day.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from access import moments, record
from access.people import Account, RefusedAccount, account_of, numbered
from access.tables import accounts, identities
from yearbook.database import Engine, write


def known(engine: Engine, issuer: str, subject: str) -> Account | None:
    """The account that this person signs in to; None where none was bound."""
    bound = (
        sa.select(accounts)
        .join(identities, identities.c.account == accounts.c.id)
        .where(identities.c.issuer == issuer, identities.c.subject == subject)
    )
    with engine.connect() as connection:
        row = connection.execute(bound).one_or_none()
    return None if row is None else account_of(row)


def bind(
    engine: Engine, number: int, issuer: str, subject: str, now: datetime | None = None
) -> Account:
    """From now on this person signs in to that account. An account has one person at each issuer,
    a person one account: raises RefusedAccount("taken") otherwise."""
    with write(engine) as connection:
        account = numbered(connection, number)
        if not account.is_active:
            raise RefusedAccount("blocked")
        this = (identities.c.subject == subject) | (identities.c.account == number)
        taken = sa.select(identities.c.account).where(identities.c.issuer == issuer, this)
        if connection.scalar(taken.limit(1)) is not None:
            raise RefusedAccount("taken")
        row = {"issuer": issuer, "subject": subject, "account": number}
        connection.execute(identities.insert().values(**row))
        deed = record.Deed(account.login, "identity_bound", f"{account.login}: {issuer}")
        record.add(connection, deed, moments.now_or(now))
        return account
