"""Attacks on sessions, passwords, links and open pages: replayed, forged, expired, guessed."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus

from access import accounts, links, record, sessions, throttle, tidying
from access.accounts import RefusedAccount, Role, Wanted
from access.sessions import RefusedSignIn, TooManyAttempts
from access.tokens import hashed
from door.sockets import ASKED_FOR
from tests.attack.access import people
from tests.attack.access.people import BLOCKED, DIRECTOR, HERE, KUOPIO, LAHTI, PASSWORD
from tests.attack.access.tried import count, tried
from tests.attack.access.world import ADDRESS, SESSION, World, world
from tests.editions_for_tests import small_edition
from tests.serving import ROOT
from tests.session import Visitor, kinds, words
from yearbook import edition_files, shelf
from yearbook.database import Engine, connect

COOKIES = "Cookies and sessions"
GUESSING = "Passwords and throttling"
LINKS = "Links"
OPEN = "Pages that stay open, files and uploads"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LAST_YEAR = datetime.now(UTC) - timedelta(days=365)
ELSEWHERE = ("X-Forwarded-For", "203.0.113.9")


@pytest.fixture(scope="module")
def served(empty_shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = Path(shutil.copytree(empty_shelf, tmp_path_factory.mktemp("sessions") / "var"))
    shelf.put(connect(f"sqlite:///{folder}/shelf.sqlite"), edition_files.seal(small_edition()))
    with world(folder) as one:
        yield one


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """Accounts without a server, whose clock the test moves."""
    return people.move_in(tmp_path)


# --- Cookies ------------------------------------------------------------------------------------


@tried(
    COOKIES,
    "A saved cookie replayed after signing out, after signing out everywhere in another browser,"
    " after a new password, another role, blocking",
    "Refused each time, over HTTP and at the websocket",
)
def test_a_saved_cookie_is_worth_nothing(served: World) -> None:
    engine, number = served.engine, people.number_of(served.engine, LAHTI)

    def new_password() -> None:
        links.use(engine, accounts.renew(engine, number, "test").token, PASSWORD)

    def other_school() -> None:
        changed = Wanted(LAHTI.login, "Rehtori", Role.MEMBER, "turku")
        accounts.change(engine, number, changed, "test")

    def blocked() -> None:
        accounts.block(engine, number, "test")
        accounts.unblock(engine, number, "test")

    saved = served.new_session(LAHTI)
    second = served.new_session(LAHTI)
    ends = {
        "signed out": lambda: served.sign_out(saved[SESSION]),
        "signed out everywhere": lambda: served.sign_out(second[SESSION], "/ulos-kaikkialta"),
        "new password": new_password,
        "another school": other_school,
        "blocked and unblocked": blocked,
    }
    for name, end in ends.items():
        saved, second = served.new_session(LAHTI), served.new_session(LAHTI)
        assert served.knows(saved), name
        end()
        assert not served.knows(saved), name
        assert served.knows(second) == (name == "signed out"), name
        with pytest.raises(InvalidStatus), served.visit(saved):
            pytest.fail(f"{name}: a websocket opened")
        assert served.ask("/plotly.min.js", cookies=saved).status == 401, name
    accounts.change(engine, number, Wanted(LAHTI.login, "R", Role.MEMBER, "lahti"), "test")
    count(test_a_saved_cookie_is_worth_nothing, 3 * len(ends))


@tried(
    COOKIES,
    "Cookies forged, cut short, made longer, in other letters, under other names, quoted, doubled,"
    " with control characters, SQL and wildcards; the hash that the database holds; another"
    " person's mark of a form",
    "Nobody is signed in by any of them",
)
def test_a_forged_cookie_is_worth_nothing(served: World) -> None:
    token = served.new_session(DIRECTOR)[SESSION]
    forged = [
        *("", "x", token[:-1], token[1:], token + "A", token.swapcase(), token[::-1], token * 2),
        *(hashed(token), f"{token}\x00", f"{token} x", f"%{token}", "%", "_" * len(token), "*"),
        *("' OR 1=1 --", "1", "0", "null", "None", "true", "{}", "[]", "ä" * 43, "A" * 43),
        *(token.replace(token[5], "A" if token[5] != "A" else "B", 1), f"{token}.{token}"),
    ]
    for one in forged:
        assert not served.knows({SESSION: one}), one
    for name in ("session", "__Host-Session", "__host-session", "__Secure-session", "form",
                 "__Host-form", "_streamlit_user", "_streamlit_session", "token"):  # fmt: skip
        assert not served.knows({name: token}), name
    for header in (
        "Authorization",
        "X-Session",
        "X-Visit-Of",
        "X-Auth-Request-Email",
        "Remote-User",
    ):
        answer = served.ask("/plotly.min.js", "GET", (header, token))
        assert answer.status == 401, header
    assert not served.knows({}) and served.ask(f"/ulos?session={token}").status == 303
    assert served.knows({SESSION: token})
    count(test_a_forged_cookie_is_worth_nothing, len(forged) + 9 + 5 + 1)


@tried(
    COOKIES,
    "Two cookies of a session at once, in both orders: somebody's who was signed out and a"
    " director's, a member's and a director's",
    "One of them counts, for every question the same, and never more than it is worth by itself",
)
def test_two_cookies_at_once(served: World) -> None:
    director, member = served.new_session(DIRECTOR)[SESSION], served.new_session(KUOPIO)[SESSION]
    for first, second in ((director, member), (member, director), ("x", member), (member, "x")):
        header = ("Cookie", f"{SESSION}={first}; {SESSION}={second}")
        page = served.ask("/ulos", "GET", header)
        if page.status == 200:
            assert (DIRECTOR.login in page.text) != (KUOPIO.login in page.text)
        answer = served.ask("/_stcore/upload_file/x/y", "OPTIONS", header)
        is_director = page.status == 200 and DIRECTOR.login in page.text
        assert (answer.status == 204) == is_director
    count(test_two_cookies_at_once, 4)


@tried(
    COOKIES,
    "A session left idle for more than twelve hours, kept busy for more than thirty"
    " days, and of an account that was blocked or erased meanwhile",
    "Ended; a session that has ended is not awakened by being used, and tidying deletes it",
)
def test_a_session_ends_by_itself(engine: Engine) -> None:
    hours = timedelta(hours=1)
    idle = people.session_of(engine, KUOPIO, NOON)
    assert sessions.who(engine, idle, NOON + 11.9 * hours) is not None
    assert sessions.who(engine, idle, NOON + 24 * hours) is None
    assert sessions.who(engine, idle, NOON + 24 * hours) is None
    busy = people.session_of(engine, KUOPIO, NOON)
    for hour in range(0, 24 * 30, 6):
        assert sessions.who(engine, busy, NOON + hour * hours) is not None
    assert sessions.who(engine, busy, NOON + (24 * 30 + 1) * hours) is None
    assert sessions.who(engine, people.session_of(engine, BLOCKED, NOON), NOON) is None
    gone = people.session_of(engine, LAHTI, NOON)
    number = people.number_of(engine, LAHTI)
    accounts.block(engine, number, "test")
    accounts.forget(engine, number, "test")
    assert sessions.who(engine, gone, NOON) is None
    tidying.clean(engine, NOON + 24 * 31 * hours)
    with engine.connect() as connection:
        held = connection.exec_driver_sql("SELECT count(*) FROM sessions").scalar()
    assert held == 0
    count(test_a_session_ends_by_itself, 6)


@tried(
    COOKIES,
    "Signing in with a cookie that somebody else had set before (fixation), and twice in one"
    " browser",
    "Each time a new token; the planted one is nobody's",
)
def test_a_planted_cookie_is_not_taken_up(served: World) -> None:
    planted = "p" * 43
    answer = served.sign_in(KUOPIO.login, PASSWORD, cookies={SESSION: planted})
    token = answer.cookies()[SESSION]
    again = served.sign_in(KUOPIO.login, PASSWORD).cookies()[SESSION]
    assert len({planted, token, again}) == 3
    assert not served.knows({SESSION: planted})
    (line,) = [v for n, v in answer.headers if n.lower() == "set-cookie" and SESSION in v]
    parts = {part.strip().lower() for part in line.split(";")[1:]}
    assert {"httponly", "secure", "samesite=lax", "path=/"} <= parts
    assert not [part for part in parts if part.startswith("domain")]
    count(test_a_planted_cookie_is_not_taken_up, 2)


# --- Passwords and throttling -------------------------------------------------------------------


@tried(
    GUESSING,
    "Passwords guessed for one account from one network; from others beside its holder's; the"
    " address changed in X-Forwarded-For by the client, which the proxy's own follows",
    "After five tries 429 with the time to wait, also for the right password; the holder signs in"
    " from elsewhere; what the client wrote of its address is not believed",
)
def test_guessing_is_slowed(served: World) -> None:
    login, statuses = KUOPIO.login, []
    for tries in range(12):
        claimed = ("X-Forwarded-For", f"10.0.0.{tries}, {ELSEWHERE[1]}")
        statuses.append(served.sign_in(login, f"guess number {tries}", claimed).status)
    assert statuses[:5] == [401] * 5
    assert set(statuses[5:]) == {429}
    right = served.sign_in(login, PASSWORD, ELSEWHERE)
    assert right.status == 429
    assert 0 < int(right.header("retry-after")) <= 900
    assert served.sign_in(login, PASSWORD, ("X-Forwarded-For", HERE)).status == 303
    assert served.sign_in(login, PASSWORD, ELSEWHERE).status == 429  # another's success helps not
    assert served.sign_in(f" {login.upper()} ", "x", ELSEWHERE).status == 429  # nor other letters
    count(test_guessing_is_slowed, 16)


@tried(
    GUESSING,
    "One network trying many accounts; one account tried from very many networks; own successes in"
    " between; can somebody lock another out for good?",
    "Thirty tries a quarter of an hour from a network, fifty an hour at an account; a success"
    " forgives only the same account from the same network; whoever is besieged gets in by a new"
    " link, and by password within the hour after it ends",
)
def test_limits_of_guessing(engine: Engine) -> None:
    def tries(login: str, where: str, now: datetime, password: str = "x") -> str:
        try:
            return sessions.begin(engine, login, password, where, now)
        except RefusedSignIn:
            return "refused"
        except TooManyAttempts:
            return "later"

    many = [tries(f"a{n}@x.example", "198.51.100.1", NOON) for n in range(40)]
    assert (many.count("refused"), many.count("later")) == (throttle.OF_NETWORK.attempts, 10)
    own = "198.51.100.2"
    for _ in range(4):
        assert tries(DIRECTOR.login, own, NOON) == "refused"
        assert tries(KUOPIO.login, own, NOON, PASSWORD) not in ("refused", "later")
    assert tries(DIRECTOR.login, own, NOON) == "refused"
    assert tries(DIRECTOR.login, own, NOON) == "later"
    from_everywhere = [tries(LAHTI.login, f"2001:db8:{n:x}::1", NOON) for n in range(80)]
    assert from_everywhere.count("refused") == throttle.OF_LOGIN.attempts
    assert tries(LAHTI.login, "192.0.2.50", NOON, PASSWORD) == "later"  # besieged
    invitation = accounts.renew(engine, people.number_of(engine, LAHTI), "test", NOON)
    account = links.use(engine, invitation.token, PASSWORD, NOON)
    assert sessions.who(engine, sessions.begin_for(engine, account.number, NOON), NOON)
    later = NOON + timedelta(hours=1, minutes=1)
    assert tries(LAHTI.login, "192.0.2.50", later, PASSWORD) not in ("refused", "later")
    same = [tries(BLOCKED.login, f"2001:db8:7:7::{n}", later) for n in range(8)]
    assert same.count("refused") == throttle.OF_BOTH.attempts  # one /64 is one network
    count(test_limits_of_guessing, 40 + 10 + 81 + 3 + 8)


@tried(
    GUESSING,
    "Signing in as nobody known, with a wrong password, blocked, without a password yet: the"
    " answers compared word by word, the times by their medians",
    "The same answer and as much time for all",
)
def test_nobody_learns_who_has_an_account(served: World) -> None:
    wanted = Wanted("kutsuttu@lahti.example", "Kutsuttu", Role.MEMBER, "lahti")
    accounts.invite(served.engine, wanted, "test")
    logins = {
        "unknown": "ei.kukaan@lahti.example",
        "known": people.MAINTAINER.login,
        "blocked": BLOCKED.login,
        "invited": wanted.login,
        "no login at all": "kuka",
    }
    served.sign_in("warm@up.example", "x", ("X-Forwarded-For", "198.51.100.99"))
    said: dict[str, set[str]] = {name: set() for name in logins}
    took: dict[str, list[float]] = {name: [] for name in logins}
    for turn in range(5):
        for number, (name, login) in enumerate(logins.items()):
            mark, kept = served.mark_of("/kirjaudu", {})
            where = ("X-Forwarded-For", f"198.51.{100 + turn}.{number}")
            form = {"form": mark, "login": login, "password": "wrong password", "next": "/"}
            began = time.perf_counter()
            answer = served.post("/kirjaudu", form, where, cookies=kept)
            took[name].append(time.perf_counter() - began)
            said[name].add(f"{answer.status} {without_marks(answer.text, login)}")
    assert len(set.union(*said.values())) == 1
    medians = {name: statistics.median(times) for name, times in took.items()}
    assert max(medians.values()) < 2 * min(medians.values()), medians
    count(test_nobody_learns_who_has_an_account, 5 * len(logins))


def without_marks(text: str, login: str) -> str:
    parts = text.split('name="form" value="')
    return parts[0] + parts[1].partition('"')[2].replace(login, "…")


@tried(
    GUESSING,
    "Passwords that are too short, among the commonest in any spelling, made of the name or login,"
    " of the association's words, too long; 100 kB of them",
    "Refused with the reason, quickly; the link can still be used",
)
def test_weak_passwords_are_refused(engine: Engine) -> None:
    invitation = accounts.renew(engine, people.number_of(engine, KUOPIO), "test")
    weak = (
        *("", "a", "short", "12345678901", "123456789012", "password1234", "Password1234!"),
        *("qwertyuiop12", "aaaaaaaaaaaa", "salasana1234", "Salasana2026!", "konservatorio1"),
        *("rehtori@kuopio.example", "kuopio2026kuopio", "tervetuloa12", "abcdefghijkl"),
        *("            ", "iloveyou1234", "letmein12345", "\u200b" * 12, "x" * 257, "Ä" * 100_000),
    )
    began = time.perf_counter()
    for password in weak:
        with pytest.raises(links.WeakPassword):
            pytest.fail(
                f"{password[:20]!r} was taken: {links.use(engine, invitation.token, password)}"
            )
    assert time.perf_counter() - began < 10
    assert links.use(engine, invitation.token, PASSWORD).has_password
    count(test_weak_passwords_are_refused, len(weak))


# --- Links --------------------------------------------------------------------------------------


@tried(
    LINKS,
    "A link opened by programs that read letters (GET and HEAD, many times), used twice, after it"
    " expired, after a newer one, of somebody blocked since, guessed, cut short, with its hash",
    "Looking uses nothing up; used once and never again; everything else is the same page that says"
    " that the link is spent",
)
def test_a_link_is_good_once(served: World) -> None:
    engine, number = served.engine, people.number_of(served.engine, LAHTI)
    older = accounts.renew(engine, number, "test").token
    token = accounts.renew(engine, number, "test").token
    for method in ("GET", "HEAD", "GET"):
        assert served.ask(f"/kutsu/{token}", method).status == 200
    expired = accounts.renew(engine, people.number_of(engine, KUOPIO), "test", LAST_YEAR).token
    spent = [
        older,
        expired,
        token[:-1],
        token + "x",
        token.swapcase(),
        hashed(token),
        "x" * 43,
        "%",
    ]
    answers = {served.ask(f"/kutsu/{one}").text.replace(one, "") for one in spent}
    assert len(answers) == 1
    mark, kept = served.mark_of(f"/kutsu/{token}", {})
    form = {"form": mark, "password": PASSWORD, "again": PASSWORD}
    for one in spent:
        assert served.post(f"/kutsu/{one}", form, cookies=kept).status == 404, one
    assert served.post(f"/kutsu/{token}", {**form, "form": "x"}, cookies=kept).status == 400
    weak = {**form, "password": "short", "again": "short"}
    assert served.post(f"/kutsu/{token}", weak, cookies=kept).status == 422
    used = served.post(f"/kutsu/{token}", form, cookies=kept)
    assert served.knows({SESSION: used.cookies()[SESSION]})
    again = served.post(f"/kutsu/{token}", form, cookies=kept)
    assert (again.status, SESSION in again.cookies()) == (404, False)
    assert served.ask(f"/kutsu/{token}").status == 404
    count(test_a_link_is_good_once, 3 + 2 * len(spent) + 5)


@tried(
    LINKS,
    "A link of somebody who is blocked before using it; a new link asked for somebody blocked; the"
    " last director blocked or made a member",
    "Refused",
)
def test_links_of_the_blocked(engine: Engine) -> None:
    number = people.number_of(engine, LAHTI)
    token = accounts.renew(engine, number, "test").token
    accounts.block(engine, number, "test")
    assert links.look(engine, token) is None
    with pytest.raises(links.SpentLink):
        links.use(engine, token, PASSWORD)
    with pytest.raises(RefusedAccount):
        accounts.renew(engine, number, "test")
    director = people.number_of(engine, DIRECTOR)
    with pytest.raises(RefusedAccount):
        accounts.block(engine, director, "test")
    with pytest.raises(RefusedAccount):
        accounts.change(engine, director, Wanted(DIRECTOR.login, "x", Role.MAINTAINER), "test")
    count(test_links_of_the_blocked, 5)


@tried(
    LINKS,
    "The database of the accounts, stolen as a file, searched for what opens a door",
    "Neither a token of a session or link nor a password is in it, in no form that can be used",
)
def test_a_stolen_database_opens_nothing(tmp_path: Path) -> None:
    engine = people.move_in(tmp_path)
    token = people.session_of(engine, DIRECTOR)
    link = accounts.renew(engine, people.number_of(engine, KUOPIO), "test").token
    with pytest.raises(RefusedSignIn):
        sessions.begin(engine, "secret typed as login 1", "and a password 2", HERE)
    engine.dispose()
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    for secret in (token, link, PASSWORD, "secret typed as login 1", "and a password 2", HERE):
        assert secret.encode() not in content, secret
    assert b"$argon2id$" in content
    count(test_a_stolen_database_opens_nothing, 6)


# --- Pages that stay open -----------------------------------------------------------------------


def ask_again(visitor: Visitor, request: BackMsg) -> list[ForwardMsg]:
    """What comes of that message, until a run has ended or nothing more comes."""
    visitor.socket.send(request.SerializeToString())
    messages: list[ForwardMsg] = []
    while not messages or messages[-1].WhichOneof("type") != "script_finished":
        try:
            content = visitor.socket.recv(timeout=20)
        except (TimeoutError, ConnectionClosed):
            break
        message = ForwardMsg()
        message.ParseFromString(content)
        messages.append(message)
    return messages


def fragments_of(seen: list[ForwardMsg]) -> set[str]:
    return {one.delta.fragment_id for one in seen if one.delta.fragment_id}


@tried(
    OPEN,
    "A session ended in another browser while a page is open here: the page run again, each of its"
    " cards run again by itself, buttons pressed, a file asked for",
    "The page says that the session has ended; no figure, no file, no deed",
)
@pytest.mark.timeout(300)
def test_an_open_page_ends_with_its_session(served: World) -> None:
    before = len(record.found(served.engine))
    held = served.new_session(DIRECTOR)
    tries = 0
    with served.visit(held) as first:
        seen = first.open_page("tilastot", "lang=en")
        fragments = fragments_of(seen)
        assert fragments
        sessions.end(served.engine, held[SESSION])
        time.sleep(2.5)  # an answer of the session is good for two seconds
        for fragment in sorted(fragments):
            request = BackMsg()
            request.rerun_script.fragment_id = fragment
            said = ask_again(first, request)
            assert "plotly_chart" not in words(said)
            assert not [one for one in said if one.delta.fragment_id == fragment]
            tries += 1
        for page in ("", "tilastot", "vastaanotto", "kayttajat"):
            request = BackMsg()
            request.rerun_script.page_name = page
            said = ask_again(first, request)
            assert "plotly_chart" not in words(said)
            assert "<table" not in words(said)
            tries += 1
    assert len(record.found(served.engine)) == before + 2  # signed in, signed out
    count(test_an_open_page_ends_with_its_session, tries)


@tried(
    OPEN,
    "A websocket that goes on with the number of another's visit (a director's who has just closed"
    " her page), by a member",
    "A visit of her own: nothing of what the director had in front of her",
)
def test_nobody_goes_on_with_anothers_visit(served: World) -> None:
    with served.visit(served.new_session(DIRECTOR)) as director:
        number = number_of_visit(director.open_page("vastaanotto", "lang=en"))
    time.sleep(0.5)
    protocols = ("PLACEHOLDER_AUTH_TOKEN", number)
    with served.visit(served.new_session(KUOPIO), protocols=protocols) as member:
        again = member.open_page("vastaanotto", "lang=en")
    assert number_of_visit(again) != number
    assert "page_not_found" in kinds(again)
    count(test_nobody_goes_on_with_anothers_visit, 1)


@tried(
    OPEN,
    "A file of one session fetched with another's cookie, without one, after signing out, with"
    " guessed names, ranges and `..`",
    "404, 401 or 403; only the session it was made in fetches it",
)
def test_a_file_is_for_whom_it_was_made(served: World) -> None:
    held = served.new_session(DIRECTOR)
    with served.visit(held) as visitor:
        address = a_file_of(visitor)
        assert served.ask(address, cookies=held).status == 200
        others = [served.new_session(DIRECTOR), served.new_session(KUOPIO), {}, {SESSION: "x"}]
        for cookies in others:
            for more in ((), (("Range", "bytes=0-10"),)):
                answer = served.ask(address, "GET", *more, cookies=cookies)
                assert answer.status in (401, 403, 404), answer.status
        for written in (f"/media/../{address[1:]}", address.upper(), f"{address}/", f"/{address}",
                        "/media/", "/media/%2e%2e/app.py", "/media/..%2fapp.py"):  # fmt: skip
            answer = served.ask(written, cookies=others[1])
            assert answer.status >= 400 or "root" in answer.text, written
            assert "Students" not in answer.text
        sessions.end(served.engine, held[SESSION])
        assert served.ask(address, cookies=held).status in (401, 403, 404)
    count(test_a_file_is_for_whom_it_was_made, 2 * len(others) + 8)


def number_of_visit(seen: list[ForwardMsg]) -> str:
    """By which Streamlit knows it."""
    return next(one.new_session.initialize.session_id for one in seen
                if one.WhichOneof("type") == "new_session")  # fmt: skip


def a_file_of(visitor: Visitor) -> str:
    """The address of the CSV on a card, after the buttons that lead to it."""
    seen = visitor.open_page("tilastot", "lang=en")
    popover = next(one.delta for one in seen if "-files-" in one.delta.add_block.popover.id)
    request = BackMsg()
    request.rerun_script.page_name = "tilastot"
    request.rerun_script.query_string = "lang=en"
    opened = request.rerun_script.widget_states.widgets.add()
    opened.id, opened.bool_value = popover.add_block.popover.id, True
    listed = ask_again(visitor, request)
    button = next(one.delta.new_element.download_button for one in listed
                  if one.delta.new_element.download_button.deferred_file_id)  # fmt: skip
    wanted = BackMsg()
    wanted.backend_operation_request.request_id = "1"
    wanted.backend_operation_request.session_id = number_of_visit(seen)
    wanted.backend_operation_request.deferred_file.file_id = button.deferred_file_id
    visitor.socket.send(wanted.SerializeToString())
    while True:
        told = ForwardMsg.FromString(visitor.socket.recv(timeout=30))
        if told.WhichOneof("type") == "backend_operation_response":
            return str(told.backend_operation_response.deferred_file.url)


@tried(
    OPEN,
    "Files brought in past the page: by nobody, a member, a maintainer, by a director without the"
    " mark or with another's, into another's visit; deleted from another's visit; too large, and"
    " with a length that lies",
    "401, 403, 400 or 413; the director's own stays",
)
def test_uploads_past_the_page(served: World) -> None:
    held = served.new_session(DIRECTOR)
    with served.visit(held) as visitor:
        number = number_of_visit(visitor.open_page(""))
        place = f"/_stcore/upload_file/{number}/file-1"
        mark = served.ask("/_stcore/health", cookies=held).cookies()["_streamlit_xsrf"]
        part = b'--b\r\nContent-Disposition: form-data; name="a"; filename="a.csv"'
        part += b"\r\n\r\nx\r\n--b--\r\n"
        kind = ("Content-Type", "multipart/form-data; boundary=b")

        def put(
            cookies: dict[str, str], header: str, method: str = "PUT", body: bytes = part
        ) -> int:
            more = [kind, ("Origin", ADDRESS), ("X-Xsrftoken", header)]
            return served.ask(place, method, *more, cookies=cookies, body=body).status

        marked = {"_streamlit_xsrf": mark}
        tries = [
            put({**marked}, mark),
            *(put({**marked, **served.held[one.name]}, mark) for one in people.EVERYBODY[1:]),
            put({**held}, mark),
            put({**held, **marked}, ""),
            put({**held, **marked}, mark[:-3] + "abc"),
            put({**marked}, mark, "DELETE"),
            put({**marked, **served.held[KUOPIO.name]}, mark, "DELETE"),
            put({**held, **marked}, mark, "DELETE", b"") - 204 + 403,
            put({**held, **marked}, mark, body=b"x" * (27 * 1024 * 1024)),
        ]
        assert set(tries) <= {400, 401, 403, 413}, tries
        assert put({**held, **marked}, mark) == 204
        other = f"/_stcore/upload_file/{'0' * 36}/file-1"
        more = [kind, ("Origin", ADDRESS), ("X-Xsrftoken", mark)]
        answer = served.ask(other, "PUT", *more, cookies={**held, **marked}, body=part)
        assert answer.status == 400
    count(test_uploads_past_the_page, len(tries) + 2)


SHUTTING = ("debug_disconnect_websocket", "debug_shutdown_runtime")


@tried(
    OPEN,
    "Every message that Streamlit understands and no page of ours sends (found in its protocol):"
    " empty the caches of all, tell of the source code, run on saving, install files, shut down;"
    " messages that are no messages, text, 30 MB",
    "Dropped, or the connection closed; the others' pages go on, no file appears, nothing is told"
    " of the code",
)
def test_messages_that_no_page_sends(served: World) -> None:
    before = {path.name for path in ROOT.iterdir()}
    fields = [field.name for field in BackMsg.DESCRIPTOR.fields if field.name not in ASKED_FOR]
    operations = BackMsg.DESCRIPTOR.fields_by_name["backend_operation_request"].message_type
    messages = []
    for name in sorted({*fields, *SHUTTING} & {field.name for field in BackMsg.DESCRIPTOR.fields}):
        request = BackMsg()
        if BackMsg.DESCRIPTOR.fields_by_name[name].type == 8:  # a truth value
            setattr(request, name, True)
            messages.append(request.SerializeToString())
    for operation in operations.oneofs_by_name["payload"].fields:
        request = BackMsg()
        getattr(request.backend_operation_request, operation.name).SetInParent()
        messages.append(request.SerializeToString())
    member = served.new_session(KUOPIO)
    with served.visit(served.new_session(LAHTI)) as other:
        other.open_page("", "lang=en")
        with served.visit(member) as visitor:
            visitor.open_page("", "lang=en")
            for message in messages:
                visitor.socket.send(message)
            seen = visitor.open_page("", "lang=en")
            told = [one.WhichOneof("type") for one in seen]
            assert "git_info_changed" not in told
            assert "plotly_chart" in words(seen)
        for odd in (b"\xff" * 100, "text", b"\x00" * (30 * 1024 * 1024), b""):
            with suppress(ConnectionClosed, TimeoutError), served.visit(member) as visitor:
                visitor.socket.send(odd)
                visitor.socket.recv(timeout=2)
        assert "plotly_chart" in words(other.open_page("tilastot", "lang=en"))
    assert {path.name for path in ROOT.iterdir()} == before
    count(test_messages_that_no_page_sends, len(messages) + 4)
