"""Whatever is done in whatever order, a session lets in exactly whom it should."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import settings as effort
from hypothesis import strategies as some
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, rule

from access import accounts, sessions, tidying
from access.accounts import RefusedAccount
from access.sessions import RefusedSignIn
from tests.access_for_tests import ANSA, HOUR, KUOPIO, LAHTI, NOON, empty_accounts
from yearbook.database import connect

SCHOOLS = some.sampled_from(["kuopio", "lahti"])
MEMBERS = some.sampled_from([0, 1])


@dataclass
class Begun:
    """What we expect of one session."""

    member: int
    begun: datetime
    seen: datetime
    ended: bool = False


class Sessions(RuleBasedStateMachine):
    """Two members sign in and out, are blocked and moved, and time passes; beside it a plain list
    of what was begun."""

    tokens = Bundle("tokens")

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name, "accounts.sqlite")
        path.write_bytes(empty_accounts())
        self.engine = connect(f"sqlite:///{path}")
        self.now = NOON
        self.begun: dict[str, Begun] = {}
        self.blocked = [False, False]
        self.schools = [KUOPIO.school, LAHTI.school]
        self.numbers = [
            accounts.invite(self.engine, wanted, ANSA.login, NOON).account.number
            for wanted in (KUOPIO, LAHTI)
        ]

    def teardown(self) -> None:
        self.engine.dispose()
        self.folder.cleanup()

    @rule(target=tokens, member=MEMBERS)
    def sign_in(self, member: int) -> str:
        try:
            token = sessions.begin_for(self.engine, self.numbers[member], self.now)
        except RefusedSignIn:
            assert self.blocked[member]
            return "refused"
        assert not self.blocked[member]
        self.begun[token] = Begun(member, self.now, self.now)
        return token

    @rule(hours=some.sampled_from([0.01, 1, 6, 11.99, 12, 24 * 29.6]))
    def wait(self, hours: float) -> None:
        self.now += timedelta(hours=hours)

    @rule(token=tokens, touch=some.booleans())
    def look(self, token: str, touch: bool) -> None:
        found = sessions.who(self.engine, token, self.now, touch=touch)
        assert (found is not None) == self.is_current(token)
        if found is None:
            return
        expected = self.begun[token]
        assert found.number == self.numbers[expected.member]
        assert found.school == self.schools[expected.member]
        if touch and self.now - expected.seen >= sessions.TOUCHED:
            expected.seen = self.now

    @rule(token=consumes(tokens))
    def sign_out(self, token: str) -> None:
        sessions.end(self.engine, token, self.now)
        if token in self.begun:
            self.begun[token].ended = True
        assert sessions.who(self.engine, token, self.now) is None

    @rule(member=MEMBERS)
    def sign_out_everywhere(self, member: int) -> None:
        sessions.end_all(self.engine, self.numbers[member], ANSA.login, self.now)
        self.end_those_of(member)

    @rule(member=MEMBERS, blocks=some.booleans())
    def block(self, member: int, blocks: bool) -> None:
        change = accounts.block if blocks else accounts.unblock
        try:
            change(self.engine, self.numbers[member], ANSA.login, self.now)
        except RefusedAccount:
            assert self.blocked[member] == blocks
            return
        self.blocked[member] = blocks
        if blocks:
            self.end_those_of(member)

    @rule(member=MEMBERS, school=SCHOOLS)
    def move(self, member: int, school: str) -> None:
        wanted = replace((KUOPIO, LAHTI)[member], school=school)
        accounts.change(self.engine, self.numbers[member], wanted, ANSA.login, self.now)
        if school != self.schools[member]:
            self.end_those_of(member)
        self.schools[member] = school

    @rule()
    def tidy(self) -> None:
        if self.now - NOON < tidying.BLOCKED_KEPT:  # what follows is a fact of test_access
            tidying.clean(self.engine, self.now)

    def end_those_of(self, member: int) -> None:
        for one in self.begun.values():
            one.ended |= one.member == member

    def is_current(self, token: str) -> bool:
        one = self.begun.get(token)
        return (
            one is not None
            and not one.ended
            and self.now - one.seen < 12 * HOUR
            and self.now - one.begun < 30 * 24 * HOUR
        )


TestSessions = Sessions.TestCase
TestSessions.settings = effort(max_examples=100, stateful_step_count=40, deadline=None)
