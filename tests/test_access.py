"""Accounts, links, passwords, sessions and the throttle: who gets in, and who does not."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from argon2 import PasswordHasher
from hypothesis import HealthCheck, example, given
from hypothesis import settings as effort
from hypothesis import strategies as some
from sqlalchemy.exc import DBAPIError

import access
from access import (
    accounts,
    identities,
    links,
    passwords,
    record,
    sessions,
    throttle,
    tidying,
    tokens,
)
from access.accounts import RefusedAccount, Role, Wanted
from access.links import SpentLink, WeakPassword
from access.sessions import RefusedSignIn, TooManyAttempts
from access.tables import attempts
from access.throttle import QUARTER
from tests.access_for_tests import (
    ANSA,
    DAY,
    ELSEWHERE,
    HOME,
    HOUR,
    KUOPIO,
    LAHTI,
    MINUTE,
    NOON,
    PASSWORD,
    QUICK,
    SECOND,
    address_of_accounts,  # noqa: F401
    engine_of_accounts,  # noqa: F401
    with_password,
)
from tests.databases import new_address  # noqa: F401
from yearbook.database import Engine, connect, write

# --- Accounts -----------------------------------------------------------------------------------


def test_the_migrations_make_the_schema_that_access_expects(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "accounts_version"})
        assert compare_metadata(context, access.metadata) == []


def test_the_demonstration_ends_with_the_first_account(engine: Engine) -> None:
    assert not accounts.exist(engine)
    director = accounts.invite(engine, ANSA, "manage.py", NOON).account
    assert accounts.exist(engine)
    with_password(engine, replace(ANSA, login="seppo@liitto.example"))
    accounts.block(engine, director.number, "seppo@liitto.example")
    accounts.forget(engine, director.number, "seppo@liitto.example")
    assert accounts.exist(engine)


def test_a_database_that_cannot_be_read_is_not_taken_for_one_without_accounts(
    tmp_path: Path,
) -> None:
    with pytest.raises(DBAPIError):
        accounts.exist(connect(f"sqlite:///{tmp_path}/empty.sqlite"))


def test_an_invited_member_sets_a_password_and_gets_in(engine: Engine) -> None:
    invitation = accounts.invite(
        engine, replace(KUOPIO, login=" Rehtori@Kuopio.EXAMPLE ", name="Reijo  Rehtori "), "a", NOON
    )
    assert (invitation.account.login, invitation.account.name) == (KUOPIO.login, KUOPIO.name)
    assert not invitation.account.has_password
    assert invitation.expires == NOON + 7 * DAY
    assert invitation.token not in repr(invitation)
    member = links.use(engine, invitation.token, PASSWORD, NOON)
    assert (member.role, member.school, member.has_password) == (Role.MEMBER, "kuopio", True)
    token = sessions.begin(engine, "REHTORI@kuopio.example", PASSWORD, HOME, NOON)
    assert sessions.who(engine, token, NOON) == member == accounts.account(engine, member.number)
    assert accounts.named(engine, "Rehtori@kuopio.example") == member
    assert accounts.named(engine, "rehtori@kuopio.example\x00") is None
    assert accounts.accounts(engine) == (member,)


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        (replace(KUOPIO, login="rehtori"), "login"),
        (replace(KUOPIO, login="rehtori@kuopio"), "login"),
        (replace(KUOPIO, login="rehtori@kuopio.example\nb@c.fi"), "login"),
        (replace(KUOPIO, login="<b>@kuopio.example"), "login"),
        (replace(KUOPIO, login="rehtori@\u212auopio.example"), "login"),  # the sign of kelvin
        (replace(KUOPIO, login="r" * 65 + "@kuopio.example"), "login"),
        (replace(KUOPIO, name="  "), "name"),
        (replace(KUOPIO, name="Reijo\x00Rehtori"), "name"),
        (replace(KUOPIO, name="R" * 101), "name"),
        (replace(KUOPIO, role=Role.VISITOR), "role"),
        (replace(KUOPIO, school=""), "school"),
        (replace(KUOPIO, school="../lahti"), "school"),
        (replace(ANSA, school="kuopio"), "school"),
        (ANSA, "taken"),
        (replace(ANSA, login="ANSA@LIITTO.EXAMPLE"), "taken"),
    ],
)
def test_an_account_that_cannot_be_is_refused(engine: Engine, wanted: Wanted, reason: str) -> None:
    accounts.invite(engine, ANSA, "manage.py", NOON)
    with pytest.raises(RefusedAccount, match=f"^{reason}$"):
        accounts.invite(engine, wanted, ANSA.login, NOON)
    assert len(accounts.accounts(engine)) == 1


def test_the_last_director_who_can_sign_in_stays(engine: Engine) -> None:
    director = with_password(engine, ANSA)
    second = accounts.invite(engine, replace(ANSA, login="seppo@liitto.example"), "a", NOON)
    for refused in (
        lambda: accounts.block(engine, director.number, "a"),
        lambda: accounts.change(engine, director.number, replace(ANSA, role=Role.MAINTAINER), "a"),
    ):
        with pytest.raises(RefusedAccount, match="last_director"):
            refused()
    links.use(engine, second.token, PASSWORD, NOON)
    accounts.block(engine, director.number, "a")
    with pytest.raises(RefusedAccount, match="last_director"):
        accounts.block(engine, second.account.number, "a")


def test_a_forgotten_account_leaves_its_login_in_the_record_alone(engine: Engine) -> None:
    with_password(engine, ANSA)
    member = with_password(engine, KUOPIO)
    with pytest.raises(RefusedAccount, match="not_blocked"):
        accounts.forget(engine, member.number, ANSA.login)
    accounts.block(engine, member.number, ANSA.login)
    accounts.forget(engine, member.number, ANSA.login)
    kept = everything(engine)
    assert KUOPIO.login in kept.pop("record")
    assert not any(word in text for text in kept.values() for word in (KUOPIO.login, "Reijo"))
    with pytest.raises(RefusedAccount, match="unknown"):
        accounts.account(engine, member.number)
    assert [one.login for one in accounts.accounts(engine)] == [ANSA.login]
    assert with_password(engine, KUOPIO).number > member.number


# --- Links --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("after", "works"), [(7 * DAY - SECOND, True), (7 * DAY, False)])
def test_an_invitation_can_be_answered_for_a_week(
    engine: Engine, after: timedelta, works: bool
) -> None:
    token = accounts.invite(engine, KUOPIO, "a", NOON).token
    assert (links.look(engine, token, NOON + after) is not None) is works
    if works:
        links.use(engine, token, PASSWORD, NOON + after)
    else:
        with pytest.raises(SpentLink):
            links.use(engine, token, PASSWORD, NOON + after)


def test_a_link_is_used_once(engine: Engine) -> None:
    token = accounts.invite(engine, KUOPIO, "a", NOON).token
    links.use(engine, token, PASSWORD, NOON)
    assert links.look(engine, token, NOON) is None
    with pytest.raises(SpentLink):
        links.use(engine, token, "another pass phrase altogether", NOON)
    assert sessions.begin(engine, KUOPIO.login, PASSWORD, HOME, NOON)


def test_of_two_who_use_a_link_at_once_one_is_too_late(accounts_address: str) -> None:
    first = connect(accounts_address)
    token = accounts.invite(first, KUOPIO, "a", NOON).token
    phrases = [f"{PASSWORD} {number}" for number in range(6)]
    results = at_once(
        lambda number: links.use(connect(accounts_address), token, phrases[number], NOON), 6
    )
    won = [number for number, result in enumerate(results) if not isinstance(result, SpentLink)]
    assert len(won) == 1
    assert sessions.begin(first, KUOPIO.login, phrases[won[0]], HOME, NOON)
    assert actions(first).count("password_set") == 1


def test_a_new_link_ends_the_older_and_every_session_once_it_is_used(engine: Engine) -> None:
    member = with_password(engine, KUOPIO)
    session = sessions.begin(engine, KUOPIO.login, PASSWORD, HOME, NOON)
    older = accounts.renew(engine, member.number, ANSA.login, NOON)
    newer = accounts.renew(engine, member.number, ANSA.login, NOON)
    assert newer.expires == NOON + 2 * DAY
    assert links.look(engine, older.token, NOON) is None
    assert sessions.who(engine, session, NOON) == member  # the password is still the old one
    links.use(engine, newer.token, "another pass phrase altogether", NOON)
    assert sessions.who(engine, session, NOON) is None
    with pytest.raises(RefusedSignIn):
        sessions.begin(engine, KUOPIO.login, PASSWORD, HOME, NOON)


def test_a_link_of_somebody_else_sets_nobody_elses_password(engine: Engine) -> None:
    with_password(engine, LAHTI)
    token = accounts.invite(engine, KUOPIO, "a", NOON).token
    links.use(engine, token, "another pass phrase altogether", NOON)
    assert sessions.begin(engine, LAHTI.login, PASSWORD, HOME, NOON)


# --- Passwords ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "reasons"),
    [
        ("", ("short",)),
        ("k9#Vq2!mZx7", ("short",)),  # eleven
        ("k9#Vq2!mZx7w", ()),  # twelve
        ("kolme pientä porsasta", ()),
        ("å" * 257, ("long",)),
        ("aaaaaaaaaaaaaaaa", ("common",)),
        ("123456789012", ("common",)),
        ("qwertyuiop12", ("common",)),
        ("password1234", ("common",)),
        ("salasana1234", ("common",)),
        ("Tammikuu2026!", ("common",)),
        ("Konservatorio2026", ("common",)),
        ("reijorehtori1", ("like_you",)),
        ("Kuopio-262-Reijo", ("like_you",)),  # five characters of its own
        ("Kuopio-2626-Reijo", ()),  # six
        ("rehtori@kuopio.example", ("like_you",)),
    ],
)
def test_short_common_and_own_words_make_no_password(
    password: str, reasons: tuple[str, ...]
) -> None:
    assert passwords.check(password, KUOPIO.login, "Reijo Rehtori") == reasons


def test_a_password_that_will_not_do_leaves_the_link_as_it_was(engine: Engine) -> None:
    token = accounts.invite(engine, KUOPIO, "a", NOON).token
    with pytest.raises(WeakPassword) as refused:
        links.use(engine, token, "salasana1234", NOON)
    assert refused.value.reasons == ("common",)
    assert links.use(engine, token, PASSWORD, NOON).has_password


def test_a_password_is_the_same_from_every_keyboard(engine: Engine) -> None:
    token = accounts.invite(engine, KUOPIO, "a", NOON).token
    links.use(engine, token, "pieni sinä isossa metsässä", NOON)
    assert sessions.begin(
        engine, KUOPIO.login, "pieni sina\u0308 isossa metsa\u0308ssa\u0308", HOME
    )


def test_passwords_are_kept_as_argon2id_of_sixty_four_mebibytes() -> None:
    kept = passwords.hash_of(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.matches(kept, PASSWORD)
    assert not passwords.matches(kept, PASSWORD + " ")


def test_a_hash_made_with_less_effort_is_made_anew_at_the_next_sign_in(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_password(engine, KUOPIO)
    better = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    monkeypatch.setattr(passwords, "HASHER", better)
    assert "m=8,t=1" in everything(engine)["accounts"]
    sessions.begin(engine, KUOPIO.login, PASSWORD, HOME, NOON)
    assert "m=16,t=2" in everything(engine)["accounts"]
    assert sessions.begin(engine, KUOPIO.login, PASSWORD, HOME, NOON)


def test_the_database_holds_no_token_and_no_password(engine: Engine) -> None:
    with_password(engine, KUOPIO)
    secrets = [
        PASSWORD,
        accounts.invite(engine, LAHTI, "a", NOON).token,
        sessions.begin(engine, KUOPIO.login, PASSWORD, HOME, NOON),
    ]
    with pytest.raises(RefusedSignIn):
        sessions.begin(engine, "my own secret", "typed into the wrong box", HOME, NOON)
    kept = " ".join(everything(engine).values())
    assert KUOPIO.login in kept
    for secret in (*secrets, "my own secret", "typed into", HOME):
        assert secret not in kept


# --- Signing in ---------------------------------------------------------------------------------


def test_a_refusal_does_not_tell_whose_login_is_known(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same exception, one look at a hash of the same effort, and as many statements."""
    with_password(engine, ANSA)
    blocked = with_password(engine, LAHTI)
    accounts.block(engine, blocked.number, ANSA.login)
    accounts.invite(engine, KUOPIO, ANSA.login, NOON)
    looked_at: list[str] = []
    monkeypatch.setattr(
        passwords,
        "HASHER",
        Watched(looked_at),
    )
    work = set()
    for login in (ANSA.login, LAHTI.login, KUOPIO.login, "nobody@liitto.example"):
        looked_at.clear()
        password = "not the password" if login == ANSA.login else PASSWORD
        with count_statements(engine) as statements, pytest.raises(RefusedSignIn) as refused:
            sessions.begin(engine, login, password, HOME, NOON)
        assert refused.value.args == ()
        efforts = tuple(kept.split("$")[3] for kept in looked_at)
        work.add((efforts, tuple(statements)))
    assert len(work) == 1
    assert efforts == ("m=8,t=1,p=1",)


@pytest.mark.parametrize("password", [PASSWORD, "not the password"])
def test_after_five_attempts_the_sixth_waits_a_quarter_of_an_hour(
    engine: Engine, password: str
) -> None:
    with_password(engine, KUOPIO)
    for number in range(5):
        with pytest.raises(RefusedSignIn):
            sessions.begin(engine, KUOPIO.login, f"wrong {number}", HOME, NOON + number * MINUTE)
    for moment, seconds in ((NOON + 5 * MINUTE, 600), (NOON + QUARTER - SECOND, 1)):
        with pytest.raises(TooManyAttempts) as refused:
            sessions.begin(engine, KUOPIO.login, password, HOME, moment)
        assert refused.value.seconds == seconds
    if password == PASSWORD:
        assert sessions.begin(engine, KUOPIO.login, password, HOME, NOON + QUARTER)
    else:
        with pytest.raises(RefusedSignIn):
            sessions.begin(engine, KUOPIO.login, password, HOME, NOON + QUARTER)


def test_an_attack_does_not_fill_the_record(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "REFUSALS_AN_HOUR", 7)
    assert refusals(engine, KUOPIO.login, HOME, 5) == [RefusedSignIn] * 5
    assert refusals(engine, LAHTI.login, ELSEWHERE, 5) == [RefusedSignIn] * 5
    assert actions(engine) == ["sign_in_refused"] * 7
    with pytest.raises(RefusedSignIn):
        sessions.begin(engine, KUOPIO.login, "wrong", HOME, NOON + HOUR)
    assert actions(engine) == ["sign_in_refused"] * 8


def test_a_password_longer_than_any_is_not_hashed_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    longest = "å" * passwords.LONGEST
    kept = QUICK.hash(longest)
    monkeypatch.setattr(passwords, "HASHER", watched := Watched([]))
    assert passwords.matches(kept, longest)
    assert not passwords.matches(kept, longest + "å" * 1_000_000)
    assert kept not in watched.looked_at[1:]


def test_who_attacks_from_elsewhere_does_not_lock_the_holder_out(engine: Engine) -> None:
    with_password(engine, KUOPIO)
    assert (
        refusals(engine, KUOPIO.login, ELSEWHERE, 8) == [RefusedSignIn] * 5 + [TooManyAttempts] * 3
    )
    assert sessions.begin(engine, KUOPIO.login, PASSWORD, HOME, NOON)


def test_signing_in_forgives_the_mistakes_before_it(engine: Engine) -> None:
    with_password(engine, KUOPIO)
    for _ in range(3):
        assert refusals(engine, KUOPIO.login, HOME, 4) == [RefusedSignIn] * 4
        sessions.begin(engine, KUOPIO.login, PASSWORD, HOME, NOON)


def test_one_network_may_try_thirty_times_whatever_the_logins(engine: Engine) -> None:
    tried = [
        refusals(engine, f"nobody{number}@liitto.example", f"2001:db8::{number:x}", 1)[0]
        for number in range(31)
    ]
    assert tried == [RefusedSignIn] * 30 + [TooManyAttempts]
    assert refusals(engine, "nobody0@liitto.example", "2001:db8:0:1::1", 1) == [RefusedSignIn]


def test_one_login_may_be_tried_fifty_times_an_hour_from_everywhere(engine: Engine) -> None:
    with_password(engine, KUOPIO)
    tried = [refusals(engine, KUOPIO.login, f"198.51.100.{number}", 1)[0] for number in range(51)]
    assert tried == [RefusedSignIn] * 50 + [TooManyAttempts]
    assert sessions.begin(engine, KUOPIO.login, PASSWORD, HOME, NOON + HOUR)


def test_attempts_at_the_same_time_are_counted_one_by_one(accounts_address: str) -> None:
    with_password(connect(accounts_address), KUOPIO)
    results = at_once(
        lambda _: sessions.begin(connect(accounts_address), KUOPIO.login, "wrong", HOME, NOON), 9
    )
    kinds = sorted(type(result).__name__ for result in results)
    assert kinds == ["RefusedSignIn"] * 5 + ["TooManyAttempts"] * 4


@pytest.mark.parametrize(
    ("where", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("somewhere", "somewhere"),
    ],
)
def test_one_household_is_one_network(where: str, network: str) -> None:
    assert throttle.network_of(where) == network


# --- Sessions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "remains"), [(12 * HOUR - SECOND, True), (12 * HOUR, False), (90 * DAY, False)]
)
def test_a_session_ends_after_twelve_idle_hours(
    engine: Engine, after: timedelta, remains: bool
) -> None:
    with_password(engine, KUOPIO)
    token = sessions.begin(engine, KUOPIO.login, PASSWORD, HOME, NOON)
    assert (sessions.who(engine, token, NOON + after) is not None) is remains


def test_a_session_in_use_ends_after_thirty_days(engine: Engine) -> None:
    with_password(engine, KUOPIO)
    token = sessions.begin(engine, KUOPIO.login, PASSWORD, HOME, NOON)
    seen = [sessions.who(engine, token, NOON + hour * HOUR) is not None
            for hour in range(0, 31 * 24, 8)]  # fmt: skip
    assert seen == [True] * 90 + [False] * 3


def test_who_only_looks_does_not_keep_a_session_awake(engine: Engine) -> None:
    with_password(engine, KUOPIO)
    token = sessions.begin(engine, KUOPIO.login, PASSWORD, HOME, NOON)
    assert sessions.who(engine, token, NOON + 11 * HOUR, touch=False)
    assert sessions.who(engine, token, NOON + 12 * HOUR) is None


def test_that_a_session_is_used_is_written_at_most_once_a_minute(engine: Engine) -> None:
    member = with_password(engine, KUOPIO)
    token = sessions.begin(engine, KUOPIO.login, PASSWORD, HOME, NOON)
    with count_statements(engine) as statements:
        sessions.who(engine, token, NOON + 59 * SECOND)
    assert not any("UPDATE" in statement for statement in statements)
    assert sessions.current(engine, NOON + MINUTE) == {member.number: NOON}
    sessions.who(engine, token, NOON + MINUTE)
    assert sessions.current(engine, NOON + MINUTE) == {member.number: NOON + MINUTE}
    assert sessions.current(engine, NOON + 13 * HOUR) == {}
    assert sessions.last_signed_in(engine) == {member.number: NOON}


def test_signing_out_ends_one_session_and_everywhere_all(engine: Engine) -> None:
    member, other = with_password(engine, KUOPIO), with_password(engine, LAHTI)
    tokens_of = [sessions.begin(engine, KUOPIO.login, PASSWORD, HOME, NOON) for _ in range(3)]
    others = sessions.begin(engine, LAHTI.login, PASSWORD, HOME, NOON)
    assert len(set(tokens_of)) == 3
    sessions.end(engine, tokens_of[0], NOON)
    sessions.end(engine, tokens_of[0], NOON)  # a second time changes nothing
    assert [sessions.who(engine, token, NOON) for token in tokens_of] == [None, member, member]
    assert sessions.end_all(engine, member.number, member.login, NOON) == 2
    assert [sessions.who(engine, token, NOON) for token in tokens_of] == [None, None, None]
    assert sessions.who(engine, others, NOON) == other
    assert actions(engine).count("sign_out") == 1


def test_a_blocked_account_is_out_at_once(engine: Engine) -> None:
    with_password(engine, ANSA)
    member = with_password(engine, KUOPIO)
    token = sessions.begin(engine, KUOPIO.login, PASSWORD, HOME, NOON)
    link = accounts.renew(engine, member.number, ANSA.login, NOON).token
    accounts.block(engine, member.number, ANSA.login, NOON)
    assert sessions.who(engine, token, NOON) is None
    assert links.look(engine, link, NOON) is None
    for refused in (
        lambda: sessions.begin(engine, KUOPIO.login, PASSWORD, HOME, NOON),
        lambda: sessions.begin_for(engine, member.number, NOON),
    ):
        with pytest.raises(RefusedSignIn):
            refused()
    with pytest.raises(RefusedAccount, match="blocked"):
        accounts.renew(engine, member.number, ANSA.login, NOON)
    accounts.unblock(engine, member.number, ANSA.login, NOON)
    assert sessions.who(engine, token, NOON) is None
    assert sessions.begin(engine, KUOPIO.login, PASSWORD, HOME, NOON)


def test_a_session_of_a_blocked_account_opens_nothing_even_where_one_is_left(
    engine: Engine,
) -> None:
    member = with_password(engine, KUOPIO)
    token = sessions.begin(engine, KUOPIO.login, PASSWORD, HOME, NOON)
    link = accounts.renew(engine, member.number, ANSA.login, NOON).token
    with write(engine) as connection:
        connection.execute(sa.text("UPDATE accounts SET blocked_at = made_at"))
    assert sessions.who(engine, token, NOON) is None
    assert links.look(engine, link, NOON) is None


def test_who_is_blocked_while_the_password_is_looked_at_does_not_get_in(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_password(engine, ANSA)
    member = with_password(engine, KUOPIO)
    looked = passwords.matches

    def slowly(kept: str | None, password: str) -> bool:
        accounts.block(engine, member.number, ANSA.login, NOON)
        return looked(kept, password)

    monkeypatch.setattr(passwords, "matches", slowly)
    with pytest.raises(RefusedSignIn):
        sessions.begin(engine, KUOPIO.login, PASSWORD, HOME, NOON)
    assert sessions.current(engine, NOON) == {}


@pytest.mark.parametrize(
    ("after", "remains"),
    [
        (replace(KUOPIO, name="Reijo Uusi"), True),
        (replace(KUOPIO, login="uusi@kuopio.example"), False),
        (replace(KUOPIO, school="lahti"), False),
        (replace(KUOPIO, role=Role.MAINTAINER, school=""), False),
    ],
)
def test_another_role_or_school_takes_another_sign_in(
    engine: Engine, after: Wanted, remains: bool
) -> None:
    member = with_password(engine, KUOPIO)
    token = sessions.begin(engine, KUOPIO.login, PASSWORD, HOME, NOON)
    link = accounts.renew(engine, member.number, "a", NOON).token
    changed = accounts.change(engine, member.number, after, ANSA.login, NOON)
    assert (changed.login, changed.name, changed.school) == (after.login, after.name, after.school)
    assert (sessions.who(engine, token, NOON) is not None) is remains
    assert (links.look(engine, link, NOON) is not None) is remains


@effort(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example("\ud800")  # half a character, as no browser writes it
@example("\x00")
@given(forged=some.text() | some.text("0123456789abcdef", min_size=64, max_size=64))
def test_nothing_that_somebody_makes_up_is_a_session_or_a_link(engine: Engine, forged: str) -> None:
    if not accounts.exist(engine):
        with_password(engine, KUOPIO)
        accounts.invite(engine, LAHTI, "a", NOON)
        sessions.begin(engine, KUOPIO.login, PASSWORD, HOME, NOON)
    assert sessions.who(engine, forged, NOON) is None
    assert links.look(engine, forged, NOON) is None


@effort(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=some.integers(0, 42), letter=some.characters())
def test_a_token_with_one_other_character_is_refused(
    engine: Engine, place: int, letter: str
) -> None:
    if not accounts.exist(engine):
        with_password(engine, KUOPIO)
    token = sessions.begin_for(engine, accounts.named(engine, KUOPIO.login).number, NOON)
    assert len(token) == 43
    changed = token[:place] + letter + token[place + 1 :]
    assert (sessions.who(engine, changed, NOON) is not None) is (changed == token)
    assert sessions.who(engine, tokens.hashed(token), NOON) is None  # what the database holds


# --- Other services -----------------------------------------------------------------------------


def test_a_person_of_another_service_is_bound_to_one_account(engine: Engine) -> None:
    member, other = with_password(engine, KUOPIO), with_password(engine, LAHTI)
    google, microsoft = "https://accounts.google.com", "https://login.microsoftonline.com/x/v2.0"
    assert identities.known(engine, google, "117") is None
    identities.bind(engine, member.number, google, "117", NOON)
    identities.bind(engine, member.number, microsoft, "117", NOON)
    assert identities.known(engine, google, "117") == member
    assert identities.known(engine, google, "118") is None
    for number, subject in ((other.number, "117"), (member.number, "118")):
        with pytest.raises(RefusedAccount, match="taken"):
            identities.bind(engine, number, google, subject, NOON)
    token = sessions.begin_for(engine, member.number, NOON)
    assert sessions.who(engine, token, NOON) == member
    accounts.change(engine, member.number, replace(KUOPIO, login="uusi@kuopio.example"), "a", NOON)
    assert identities.known(engine, google, "117") is None


# --- Tidying ------------------------------------------------------------------------------------


def test_what_is_no_longer_needed_is_deleted(engine: Engine) -> None:
    with_password(engine, ANSA)
    member = with_password(engine, KUOPIO)
    accounts.invite(engine, LAHTI, ANSA.login, NOON)
    sessions.begin(engine, KUOPIO.login, PASSWORD, HOME, NOON)
    assert refusals(engine, KUOPIO.login, HOME, 2) == [RefusedSignIn] * 2
    accounts.block(engine, member.number, ANSA.login, NOON)
    sessions.begin(engine, ANSA.login, PASSWORD, HOME, NOON)
    nothing = tidying.Cleaned(0, 0, 0, 0, 0)
    assert tidying.clean(engine, NOON + 59 * MINUTE) == nothing
    assert tidying.clean(engine, NOON + HOUR) == replace(nothing, attempts=2)
    assert tidying.clean(engine, NOON + 12 * HOUR) == replace(nothing, sessions=1)
    assert tidying.clean(engine, NOON + 7 * DAY) == replace(nothing, links=1)
    assert tidying.clean(engine, NOON + 364 * DAY) == nothing
    assert tidying.clean(engine, NOON + 365 * DAY) == replace(nothing, accounts=1)
    assert tidying.clean(engine, NOON + 366 * DAY) == nothing
    assert [one.login for one in accounts.accounts(engine)] == [ANSA.login, LAHTI.login]


def test_what_lasts_for_hours_is_named_for_the_backup() -> None:
    assert set(access.SHORT_LIVED) < set(access.metadata.tables)


# --- The throttle, by any order of attempts -----------------------------------------------------


@effort(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    tries=some.lists(
        some.tuples(some.sampled_from("ab"), some.sampled_from("12"), some.integers(0, 200)),
        max_size=60,
    )
)
def test_no_span_ever_holds_more_attempts_than_its_limit(
    engine: Engine, tries: list[tuple[str, str, int]]
) -> None:
    """Against a count that keeps a plain list of what was admitted."""
    with write(engine) as connection:
        connection.execute(attempts.delete())
    admitted: list[tuple[str, str, datetime]] = []
    moment = NOON
    for login, where, seconds in tries:
        moment += seconds * SECOND
        waits = [
            (limit.attempts, limit.span, [when for a, b, when in admitted if same(a, b)])
            for limit, same in (
                (throttle.OF_BOTH, lambda a, b: (a, b) == (login, where)),  # noqa: B023
                (throttle.OF_NETWORK, lambda a, b: b == where),  # noqa: B023
                (throttle.OF_LOGIN, lambda a, b: a == login),  # noqa: B023
            )
        ]
        full = [
            times[-most] + span
            for most, span, times in waits
            if len(times) >= most and times[-most] + span > moment
        ]
        try:
            throttle.admit(engine, login, where, moment)
        except TooManyAttempts as refused:
            assert refused.seconds == (max(full) - moment).total_seconds()
        else:
            assert full == []
            admitted.append((login, where, moment))


# --- Help ---------------------------------------------------------------------------------------


class Watched(PasswordHasher):
    """Hashes as quickly as the others here, and writes down what was looked at."""

    def __init__(self, looked_at: list[str]) -> None:
        super().__init__(QUICK.time_cost, QUICK.memory_cost, QUICK.parallelism)
        self.looked_at = looked_at

    def verify(self, hash: str, password: str | bytes) -> bool:
        self.looked_at.append(hash)
        return super().verify(hash, password)


class count_statements:  # noqa: N801
    """The statements that an engine is given meanwhile, without their values."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.statements: list[str] = []

    def __enter__(self) -> list[str]:
        sa.event.listen(self.engine, "before_cursor_execute", self._note)
        return self.statements

    def __exit__(self, *_: object) -> None:
        sa.event.remove(self.engine, "before_cursor_execute", self._note)

    def _note(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        self.statements.append(statement)


def everything(engine: Engine) -> dict[str, str]:
    """All that each table holds, as text."""
    with engine.connect() as connection:
        return {
            name: " ".join(str(tuple(row)) for row in connection.execute(sa.select(table)))
            for name, table in access.metadata.tables.items()
        }


def actions(engine: Engine) -> list[str]:
    return [entry.action for entry in record.found(engine)]


def refusals(engine: Engine, login: str, where: str, times: int) -> list[type[Exception]]:
    kinds: list[type[Exception]] = []
    for _ in range(times):
        try:
            sessions.begin(engine, login, "not the password", where, NOON)
        except (RefusedSignIn, TooManyAttempts) as refused:
            kinds.append(type(refused))
    return kinds


def at_once(work: Callable[[int], object], many: int) -> list[object]:
    """What each of many threads that begin together gave or raised."""
    together = threading.Barrier(many)
    results: list[object] = [None] * many

    def run(number: int) -> None:
        together.wait()
        try:
            results[number] = work(number)
        except Exception as error:
            results[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
