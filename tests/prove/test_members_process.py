"""A process without the archive: all that visitors and members do, and what is of whose session."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from access import accounts, sessions
from access.accounts import Role, Wanted
from door.sockets import OFTEN
from tests.serving import Server, serve
from tests.session import Visitor, kinds, visit, words
from tests.test_own_school import MARK, SATISFACTION, together
from yearbook import edition_files, shelf
from yearbook.database import Engine, connect
from yearbook.editions import Edition, Table
from yearbook.language import Language

PAGES = ("", "koulut", "tutkinnot", "tilastot", "valmistuneet", "kyselyt", "tietoa", "tietosuoja")
DESK = ("julkaisu", "vastaanotto", "kayttajat", "tapahtumat")
QUESTION = f"lang=en&question={SATISFACTION}&survey=base&block=2016-2018"
# How many answered each school's question: told by every card, and by no other number.
ANSWERED = {"kuopio": 4111, "turku": 5333}
MAIJA, TIINA, ANSA = "maija@kuopio.example", "tiina@turku.example", "ansa@liitto.example"


@dataclass(frozen=True)
class Process:
    server: Server
    accounts: Engine

    def begin(self, login: str) -> str:
        """The token of a new session."""
        account = accounts.named(self.accounts, login)
        assert account is not None
        return sessions.begin_for(self.accounts, account.number)

    @contextmanager
    def visit(self, token: str = "") -> Iterator[Visitor]:
        address = self.server.address
        with visit(address, origin=address, headers=_cookie(token)) as visitor:
            yield visitor

    def fetch(self, path: str, token: str = "") -> tuple[int, bytes, str]:
        """Status, content, and how long a browser may keep it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        try:
            connection.request("GET", path, headers=_cookie(token))
            answer = connection.getresponse()
            return answer.status, answer.read(), answer.getheader("cache-control", "")
        finally:
            connection.close()


def _cookie(token: str) -> dict[str, str]:
    return {"Cookie": f"session={token}"} if token else {}


@pytest.fixture(scope="module")
def process(empty_shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    folder = tmp_path_factory.mktemp("process")
    files = ("shelf.sqlite", "accounts.sqlite")
    for name in files:
        (folder / name).write_bytes((empty_shelf / name).read_bytes())
    shelf_engine, people = (connect(f"sqlite:///{folder}/{name}") for name in files)
    members, public, *own = together()
    shelf.put_all(shelf_engine, (members, public, *(_told_apart(one) for one in own)))
    for login, role, school in ((ANSA, Role.DIRECTOR, ""), (MAIJA, Role.MEMBER, "kuopio"),
                                (TIINA, Role.MEMBER, "turku")):  # fmt: skip
        accounts.invite(people, Wanted(login, login.partition("@")[0], role, school), "keeper")
    with serve(folder, {"ARCHIVE_URL": "", "VISITORS": "public"}) as server:
        yield Process(server, people)


def _told_apart(own: Edition) -> Edition:
    cells = tuple(replace(one, n=ANSWERED[own.audience]) if one.n else one
                  for one in own.table(SATISFACTION).cells)  # fmt: skip
    tables = {SATISFACTION: Table(SATISFACTION, cells)}
    return edition_files.seal(replace(own, tables=tables))


def tells_of(messages: list[ForwardMsg], school: str) -> bool:
    number = ANSWERED[school]
    said = words(messages)
    return f"{number:,}" in said or str(number) in said


# --- Without the archive ----------------------------------------------------------------------


@pytest.mark.parametrize("login", [MAIJA, ANSA, ""])
def test_members_and_visitors_are_served_all_pages_and_no_desk(
    process: Process, login: str
) -> None:
    """The director, too: her desk is where the archive is."""
    with process.visit(process.begin(login) if login else "") as visitor:
        for page in PAGES:
            if page == "koulut" and not login:
                continue  # the public's edition tells of no school
            seen = visitor.open_page(page, "lang=en&role=director")
            assert "page_not_found" not in kinds(seen), page
            assert "could not be shown" not in words(seen), page
        for page in DESK:
            assert "page_not_found" in kinds(visitor.open_page(page, "role=director")), page
    assert "Traceback" not in process.server.printed()


# --- Own school -------------------------------------------------------------------------------


def test_a_member_is_shown_her_own_school_whatever_the_address_says(process: Process) -> None:
    with process.visit(process.begin(MAIJA)) as visitor:
        for asked in ("kuopio", "turku", "tampere", ""):
            seen = visitor.open_page("kyselyt", f"{QUESTION}&school={asked}&role=director")
            assert tells_of(seen, "kuopio") and MARK[Language.EN] in words(seen), asked
            assert not tells_of(seen, "turku"), asked
        seen = visitor.open_page("koulut", "lang=en&place=turku&beside=kuopio&school=turku")
        assert tells_of(seen, "kuopio") and not tells_of(seen, "turku")
        assert "Only the school itself sees its own results" in words(seen)  # of Turku


def test_a_member_of_another_school_is_shown_that_one(process: Process) -> None:
    with process.visit(process.begin(TIINA)) as visitor:
        seen = visitor.open_page("kyselyt", f"{QUESTION}&school=kuopio")
        assert tells_of(seen, "turku") and not tells_of(seen, "kuopio")


@pytest.mark.parametrize("login", [ANSA, ""])
def test_who_is_of_no_school_is_shown_none_of_them(process: Process, login: str) -> None:
    with process.visit(process.begin(login) if login else "") as visitor:
        seen = visitor.open_page("kyselyt", f"{QUESTION}&school=kuopio&audience=kuopio")
        assert not tells_of(seen, "kuopio") and not tells_of(seen, "turku")
        assert MARK[Language.EN] not in words(seen)


# --- Downloads --------------------------------------------------------------------------------


def opened_files(visitor: Visitor, query: str) -> list[ForwardMsg]:
    """The page with the list of files of its first card opened."""
    seen = visitor.open_page("kyselyt", query)
    named = [m.delta.add_block.popover.id for m in seen if "-files-" in _popover(m)]
    request = BackMsg()
    request.rerun_script.page_name = "kyselyt"
    request.rerun_script.query_string = query
    for one in named:
        request.rerun_script.widget_states.widgets.add(id=one, bool_value=True)
    return run(visitor, request)


def _popover(message: ForwardMsg) -> str:
    return message.delta.add_block.popover.id


def run(visitor: Visitor, request: BackMsg) -> list[ForwardMsg]:
    visitor.socket.send(request.SerializeToString())
    messages: list[ForwardMsg] = []
    while not messages or messages[-1].WhichOneof("type") != "script_finished":
        messages.append(ForwardMsg.FromString(visitor.socket.recv(timeout=30)))
    return messages


def orders_of(messages: list[ForwardMsg]) -> list[BackMsg]:
    """What a page sends to have each of its files made."""
    session = _session(messages)
    found = [m.delta.new_element.download_button.deferred_file_id for m in messages]
    return [_order(session, key) for key in found if key]


def _session(messages: list[ForwardMsg]) -> str:
    """Streamlit's own name for the open page."""
    told = (m.new_session.initialize.session_id for m in messages)
    return next(name for name in told if name)


def _order(session: str, key: str) -> BackMsg:
    order = BackMsg()
    order.backend_operation_request.request_id = "1"
    order.backend_operation_request.session_id = session
    order.backend_operation_request.deferred_file.file_id = key
    return order


def made(visitor: Visitor, order: BackMsg, patience: float = 30) -> str:
    """The address of the file, which is made now. Raises TimeoutError where nothing answers."""
    visitor.socket.send(order.SerializeToString())
    while True:
        message = ForwardMsg.FromString(visitor.socket.recv(timeout=patience))
        if message.WhichOneof("type") == "backend_operation_response":
            address = message.backend_operation_response.deferred_file.url
            assert address.startswith("/media/"), message
            return str(address)


def test_a_file_is_fetched_by_the_one_it_was_made_for_while_her_session_lasts(
    process: Process,
) -> None:
    token, another = process.begin(MAIJA), process.begin(MAIJA)
    with process.visit(token) as visitor:
        address = made(visitor, orders_of(opened_files(visitor, QUESTION))[0])
        status, content, kept = process.fetch(address, token)
        assert (status, kept) == (200, "no-store")
        assert content.startswith("\ufeff".encode()) and b"Edition" in content
        for stranger in (process.begin(TIINA), process.begin(ANSA), another, "", "x" * 43):
            status, content, _ = process.fetch(address, stranger)
            assert (status, "made for somebody else" in content.decode()) == (404, True)
        sessions.end(process.accounts, token)
        assert process.fetch(address, token)[0] == 404


def test_naming_a_file_of_somebody_else_does_not_make_it_ones_own(process: Process) -> None:
    with process.visit(process.begin(MAIJA)) as hers:
        order = orders_of(opened_files(hers, QUESTION))[0]
        address = made(hers, order)
        token = process.begin(TIINA)
        with process.visit(token) as other:
            seen = other.open_page("kyselyt", f"{QUESTION}&edition={address}")
            assert address in words(seen)  # the page says that there is no such edition
            assert process.fetch(address, token)[0] == 404
            order.backend_operation_request.session_id = _session(seen)
            with pytest.raises(TimeoutError):
                made(other, order, patience=2)


def test_a_visitors_file_is_of_the_publics_edition(process: Process) -> None:
    with process.visit() as visitor:
        opened = opened_files(visitor, "lang=en&question=main_activity")
        address = made(visitor, orders_of(opened)[0])
        assert process.fetch(address)[0] == 200
        assert process.fetch(address, process.begin(MAIJA))[0] == 404


# --- What an open page can still do -------------------------------------------------------------


def test_an_open_page_ends_with_its_session(process: Process) -> None:
    """A file is no more made, and a card no more drawn anew: the page is run from the door, which
    has nothing of the members' for her."""
    token = process.begin(MAIJA)
    with process.visit(token) as visitor:
        order = orders_of(opened_files(visitor, QUESTION))[0]
        sessions.end_all(process.accounts, _number(process, MAIJA), "test")
        time.sleep(OFTEN)  # for so long an answer about a session is good
        seen = run(visitor, order)
        assert "backend_operation_response" not in kinds(seen)
        assert not tells_of(seen, "kuopio")
        seen = visitor.open_page("kyselyt", QUESTION)
        assert not tells_of(seen, "kuopio")


def _number(process: Process, login: str) -> int:
    account = accounts.named(process.accounts, login)
    assert account is not None
    return account.number
