"""The desk's accounts and record: who may keep them, links, the last director, what is noted."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from access import accounts, links, record, sessions
from access.accounts import Role, Wanted
from access.record import Deed, Sought
from desk import actions
from desk.accounting import acting, asking, link, listing
from desk.remembering import reading, writing
from desk.remembering.asking import _midnight
from office import publishing, receiving
from office.databases import accounts_engine
from office.erasing import Found
from office.refusals import RefusedError
from office.unsafe import UnsafeEditionError
from tests.databases import new_address  # noqa: F401
from tests.test_desk import A_MEMBER, THE_DIRECTOR, checked, office  # noqa: F401
from ui import downloads
from ui.visit import DIRECTOR, MAINTAINER, MEMBER, Visitor
from yearbook.archive import Addition, Erased, Mention
from yearbook.language import Language, same_in_all

PASSWORD = "kolme vihreaa kanteletta"
ANNA, BO, CECILIA = "anna@liitto.fi", "bo@kuopio.fi", "cecilia@liitto.fi"
SCRIPT = "<script>alert(1)</script>"


def made(login: str, role: Role, school: str = "") -> int:
    """An account; its number."""
    wanted = Wanted(login, login.split("@")[0].title(), role, school)
    return accounts.invite(accounts_engine(), wanted, "manage.py").account.number


def signed_in(login: str) -> tuple[Visitor, str]:
    """As the door meets who has signed in; and the token of the session."""
    engine = accounts_engine()
    known = accounts.named(engine, login)
    assert known is not None
    token = sessions.begin_for(engine, known.number)
    account = sessions.who(engine, token)
    assert account is not None

    def still() -> str | None:
        known = sessions.who(engine, token)
        return known.role.value if known else None

    visitor = Visitor(Language.EN, "", account.role.value, "", account.name, login)
    return replace(visitor, still=still), token


@pytest.fixture
def keepers(office: Path) -> dict[str, int]:  # noqa: F811
    """A director, a member of Kuopio and a maintainer: login -> number of the account."""
    return {
        ANNA: made(ANNA, Role.DIRECTOR),
        BO: made(BO, Role.MEMBER, "kuopio"),
        CECILIA: made(CECILIA, Role.MAINTAINER),
    }


def noted(action: str) -> list[tuple[str, str, str]]:
    found = record.found(accounts_engine(), Sought(action=action))
    return [(entry.who, entry.what, entry.checksum) for entry in found]


# --- Who may act ------------------------------------------------------------------------------


def acts(visitor: Visitor) -> bool:
    return _is_done(lambda: actions.submissions(visitor))


def keeps(visitor: Visitor) -> bool:
    return _is_done(lambda: acting.everyone(visitor))


def _is_done(action: Callable[[], object]) -> bool:
    try:
        action()
    except RefusedError:
        return False
    return True


def test_the_chosen_role_counts_until_the_first_account_exists(office: Path) -> None:  # noqa: F811
    assert acts(THE_DIRECTOR)
    assert not acts(A_MEMBER)
    made(BO, Role.MEMBER, "kuopio")
    assert not acts(THE_DIRECTOR)  # the page of the demonstration stood open
    assert not keeps(THE_DIRECTOR)


def test_the_role_is_read_from_the_session_at_every_action(keepers: dict[str, int]) -> None:
    director, token = signed_in(ANNA)
    member, _ = signed_in(BO)
    assert (acts(director), keeps(director)) == (True, True)
    assert (acts(member), keeps(member)) == (False, False)
    forged = replace(member, role=DIRECTOR)
    assert (acts(forged), keeps(forged)) == (False, False)
    without_session = replace(director, still=None)
    assert (acts(without_session), keeps(without_session)) == (False, False)
    sessions.end(accounts_engine(), token)
    assert (acts(director), keeps(director)) == (False, False)


def test_the_maintainer_keeps_accounts_and_meets_no_answers(keepers: dict[str, int]) -> None:
    maintainer, _ = signed_in(CECILIA)
    assert (acts(maintainer), keeps(maintainer)) == (False, True)
    assert acting.invite(maintainer, Wanted("d@x.fi", "D", Role.MEMBER, "lahti")).token
    assert reading.found(maintainer, Sought(), 1)


def test_the_maintainer_makes_nobody_a_director_and_touches_none(keepers: dict[str, int]) -> None:
    maintainer, _ = signed_in(CECILIA)
    anna, own = keepers[ANNA], keepers[CECILIA]
    as_director = Wanted(CECILIA, "Cecilia", Role.DIRECTOR)
    attempts: list[Callable[[], object]] = [
        lambda: acting.invite(maintainer, Wanted("e@x.fi", "E", Role.DIRECTOR)),
        lambda: acting.change(maintainer, own, as_director),
        lambda: acting.change(maintainer, anna, Wanted(ANNA, "Anna", Role.MEMBER, "kuopio")),
        lambda: acting.renew(maintainer, anna),
        lambda: acting.block(maintainer, anna),
        lambda: acting.sign_out_everywhere(maintainer, anna),
    ]
    for attempt in attempts:
        with pytest.raises(RefusedError, match="Only a director may make or change"):
            attempt()


def test_every_action_on_accounts_is_refused_to_a_member(keepers: dict[str, int]) -> None:
    member, _ = signed_in(BO)
    wanted, number = Wanted("e@x.fi", "E", Role.MEMBER, "lahti"), keepers[BO]
    attempts: dict[str, tuple] = {
        "everyone": (),
        "last_sign_ins": (),
        "invite": (wanted,),
        "renew": (number,),
        "change": (number, wanted),
        "block": (number,),
        "unblock": (number,),
        "forget": (number,),
        "sign_out_everywhere": (number,),
    }
    own = {name for name, one in vars(acting).items()
           if getattr(one, "__module__", "") == acting.__name__ and name[0] != "_"}  # fmt: skip
    assert own == set(attempts)
    for name, values in attempts.items():
        with pytest.raises(RefusedError, match="Only the director or a maintainer"):
            getattr(acting, name)(member, *values)
    for read in (lambda: reading.found(member, Sought(), 9), lambda: reading.broken(member)):
        with pytest.raises(RefusedError):
            read()
    with pytest.raises(RefusedError):
        reading.as_csv(member, Sought())
    assert noted("record_exported") == []


# --- Accounts ---------------------------------------------------------------------------------


def test_blocking_ends_the_sessions_and_the_last_director_stays(keepers: dict[str, int]) -> None:
    director, _ = signed_in(ANNA)
    _, token = signed_in(BO)
    acting.block(director, keepers[BO])
    assert sessions.who(accounts_engine(), token) is None
    anna = keepers[ANNA]
    for attempt in (
        lambda: acting.block(director, anna),
        lambda: acting.change(director, anna, Wanted(ANNA, "Anna", Role.MEMBER, "kuopio")),
    ):
        with pytest.raises(RefusedError, match="the only director's account in use"):
            attempt()
    other = acting.invite(director, Wanted("dan@liitto.fi", "Dan", Role.DIRECTOR))
    with pytest.raises(RefusedError, match="the only director"):
        acting.block(director, anna)  # an invitation lets nobody in yet
    links.use(accounts_engine(), other.token, PASSWORD)
    acting.block(director, anna)
    assert not acts(director)


def test_what_is_wrong_with_an_account_is_said_field_by_field(keepers: dict[str, int]) -> None:
    director, _ = signed_in(ANNA)
    others = acting.everyone(director)

    def said(*fields: str) -> list[str]:
        login, name, school = fields
        return asking.faults(Wanted(login, name, Role.MEMBER, school), others, director)

    assert [one.split(".")[0] for one in said("", "", "")] == [
        "The name is missing",
        "The e-mail is missing",
        "The school is missing",
    ]
    assert said("åsa@kuopio.fi", "Åsa", "kuopio")[0].startswith("“åsa@kuopio.fi” is no e-mail")
    assert said(BO, "Bo", "kuopio")[0].startswith(f"There is an account of {BO} already")
    assert said("new@kuopio.fi", "New", "kuopio") == []
    with pytest.raises(RefusedError, match="The school is not known"):
        acting.invite(director, Wanted("new@kuopio.fi", "New", Role.MEMBER, "atlantis"))


def test_a_letter_is_in_the_language_of_who_gets_it(keepers: dict[str, int]) -> None:
    director, _ = signed_in(ANNA)
    invitation = acting.invite(director, Wanted("new@x.fi", "Nea {link}", Role.MEMBER, "lahti"))
    swedish = replace(director, language=Language.SV)
    written = link.letter(invitation, "https://x.fi/kutsu/abc", swedish)
    assert written.subject == "Inbjudan: Konservatoriestatistiken"
    assert "Hej Nea {link}," in written.body
    assert "\nhttps://x.fi/kutsu/abc\n" in written.body
    assert written.body.endswith("Hälsningar\nAnna")
    links.use(accounts_engine(), invitation.token, PASSWORD)
    again = acting.renew(director, invitation.account.number)
    assert "new password" in link.letter(again, "https://x.fi/kutsu/abc", director).body


def test_an_account_is_invited_until_somebody_has_come_in(keepers: dict[str, int]) -> None:
    director, _ = signed_in(ANNA)
    acting.block(director, keepers[BO])
    last = acting.last_sign_ins(director)
    states = {one.login: listing.state_of(one, one.number in last)
              for one in acting.everyone(director)}  # fmt: skip
    assert states == {ANNA: "active", BO: "blocked", CECILIA: "invited"}


# --- What is recorded -------------------------------------------------------------------------


def test_what_the_desk_changes_is_recorded_with_checksum(
    keepers: dict[str, int],
    office: Path,  # noqa: F811
) -> None:
    director, _ = signed_in(ANNA)
    one = checked(office, ("Kuopio", 2024, 100), ("Lahti", 2024, 50), name="=Liisa Aalto.xlsx")
    actions.keep(director, one)
    (entry,) = receiving.history()
    checksum = entry.received.checksum
    assert noted("upload") == [(ANNA, "1 · kuopio 2024, lahti 2024", checksum)]
    assert entry.received.who == ANNA
    actions.keep(director, one)  # the same again: nothing is kept, and nothing noted
    assert len(noted("upload")) == 1
    edition = actions.publish(director, publishing.preview())
    ((who, what, digest),) = noted("publication")
    assert (who, what, len(digest)) == (ANNA, edition.name, 64)
    actions.roll_back(director, edition.name)
    assert noted("roll_back") == [(ANNA, edition.name, digest)]
    actions.withdraw(director, 1)
    assert noted("withdrawal") == [(ANNA, "1", "")]
    actions.exported_catalogue(director)
    ((_, what, checksum),) = noted("catalogue_exported")
    assert (what, len(checksum)) == ("catalogue.zip", 64)
    everything = [entry.what for entry in record.found(accounts_engine())]
    assert not [what for what in everything if "Liisa" in what]


def test_what_was_erased_is_recorded_without_whom(
    keepers: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    director, _ = signed_in(ANNA)
    erased = Erased((("base", 2023),), 1, 40, 2, ("2026.1",))
    monkeypatch.setattr(actions.erasing, "erase_respondent", lambda found, who: erased)
    monkeypatch.setattr(actions.erasing, "erase_mention", lambda mention, who: None)
    monkeypatch.setattr(actions.mapping, "keep", lambda made, who: None)
    pseudonym = "6d2b1f0a9c8e7d6c5b4a39281706f5e4"
    actions.erase_respondent(director, Found(frozenset([pseudonym]), 1))
    actions.erase_mention(director, Mention("quote", 3, "Liisa Aalto"))
    actions.keep_decisions(director, [Addition("option", {"text": "Liisa Aalto"}, "base")])
    assert noted("deletion") == [(ANNA, "quote · 3", ""), (ANNA, "respondent · 1 · base 2023", "")]
    assert noted("decision") == [(ANNA, "1 · base", "")]
    entry = record.found(accounts_engine(), Sought(action="deletion"))[1]
    assert writing.what(entry, director) == "Respondent · 1 · base 2023"


def test_a_preview_that_the_audit_refuses_is_recorded(
    keepers: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal = UnsafeEditionError(same_in_all("3 figures"), 3)

    def refused(report: object) -> None:
        raise refusal

    monkeypatch.setattr(publishing, "preview", refused)
    with pytest.raises(RefusedError):
        publishing.preview_for(ANNA)
    assert noted("publication_refused") == [(ANNA, "3", "")]


def test_what_is_taken_home_is_noted_once_it_is_made(office: Path) -> None:  # noqa: F811
    told: list[tuple[str, str]] = []
    visitor = replace(A_MEMBER, note=lambda action, what: told.append((action, what)))
    make = downloads.recorded(visitor, "students.xlsx", lambda: b"figures")
    assert told == []
    assert make() == b"figures"
    assert told == [("export", "students.xlsx")]


# --- The record -------------------------------------------------------------------------------


def test_every_action_of_the_record_has_words() -> None:
    for action in record.ACTIONS:
        assert THE_DIRECTOR.word(f"desk.record.done.{action}")


def test_roles_and_schools_stand_in_the_record_by_their_names(keepers: dict[str, int]) -> None:
    director, _ = signed_in(ANNA)
    acting.change(director, keepers[BO], Wanted(BO, "Bo", Role.MAINTAINER))
    (entry,) = record.found(accounts_engine(), Sought(action="account_changed"))
    said = writing.what(entry, director)
    assert said == f"{BO} (Member, Kuopio Conservatory) -> {BO} (Maintainer)"


def test_the_record_as_a_file_runs_no_formula(keepers: dict[str, int]) -> None:
    director, _ = signed_in(ANNA)
    for start in "=+-@":
        record.note(accounts_engine(), f"{start}1+1", "export", f"{start}cmd|' /C calc'!A0")
    content = reading.as_csv(director, Sought(action="export")).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert rows[0] == ["When", "Who", "What was done", "About what", "Checksum"]
    assert len(rows) == 5
    assert [row[1][:2] for row in rows[1:]] == ["'@", "'-", "'+", "'="]
    assert not [field for row in rows for field in row if field.startswith(tuple("=+-@"))]
    ((who, _, checksum),) = noted("record_exported")
    assert (who, len(checksum)) == (ANNA, 64)


def test_a_day_begins_at_midnight_of_the_server() -> None:
    day = datetime(2026, 11, 22).date()
    assert _midnight(day) == datetime(2026, 11, 22).astimezone(UTC)
    assert _midnight(None) is None


# --- The pages --------------------------------------------------------------------------------


def open_page(name: str, login: str = "", role: str = DIRECTOR) -> AppTest:
    """As the door shows it; login "": in the demonstration."""

    def script(name: str, login: str, role: str) -> None:
        import importlib

        from ui.visit import Visitor
        from yearbook.language import Language

        page = importlib.import_module(f"desk.{name}")
        page.show(Visitor(Language.EN, "", role, "", "Anna", login, still=lambda: role))

    kwargs = {"name": name, "login": login, "role": role}
    return AppTest.from_function(script, default_timeout=60, kwargs=kwargs).run()


def said(test: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in test.get("html"))


def press(test: AppTest, label: str) -> AppTest:
    (button,) = (one for one in test.button if one.label == label)
    return button.click().run()


def test_the_demonstration_says_how_the_first_account_is_made(office: Path) -> None:  # noqa: F811
    test = open_page("accounts")
    assert not test.exception
    assert "python3 manage.py account first E-MAIL" in said(test)
    assert "The first account ends the demonstration" in said(test)
    assert not test.button
    with pytest.raises(RefusedError):
        acting.invite(THE_DIRECTOR, Wanted(ANNA, "Anna", Role.DIRECTOR))
    assert not accounts.exist(accounts_engine())


def test_a_member_sees_neither_accounts_nor_the_record(keepers: dict[str, int]) -> None:
    for name in ("accounts", "record"):
        test = open_page(name, BO, MEMBER)
        assert "Only the director or a maintainer may do this" in said(test)
        assert ANNA not in said(test)
        assert not test.button


def test_an_invitation_gives_a_link_that_is_shown_once(keepers: dict[str, int]) -> None:
    test = open_page("accounts", ANNA)
    test.segmented_control("accounts-part").set_value("invite").run()
    press(test, "Make the invitation")
    assert "The name is missing" in said(test)
    test.text_input("invite-0-name").set_value(SCRIPT)
    test.text_input("invite-0-login").set_value("Dan@Lahti.fi ")
    test.selectbox("invite-0-school").set_value("lahti")
    press(test, "Make the invitation")
    assert not test.exception
    assert "<script>" not in said(test)
    (account,) = [one for one in accounts.accounts(accounts_engine()) if one.login[0] == "d"]
    assert (account.login, account.role, account.school) == ("dan@lahti.fi", "member", "lahti")
    token = said(test).split("/kutsu/")[1][:43]
    holder = links.look(accounts_engine(), token)
    assert holder is not None
    assert holder.login == "dan@lahti.fi"
    press(test, "The link is sent, hide it")
    assert token not in said(test)
    assert token not in said(open_page("accounts", ANNA))


def test_a_director_makes_a_new_link_and_changes_a_name(keepers: dict[str, int]) -> None:
    test = open_page("accounts", ANNA)
    assert "Anna (you)" in said(test)
    test.selectbox("account-chosen").set_value(keepers[BO]).run()
    test.text_input(f"account-{keepers[BO]}-name").set_value("Bo Ek")
    press(test, "Save the changes")
    assert "The changes are saved: Bo Ek." in said(test)
    press(test, "Make a new link")
    assert "/kutsu/" in said(test)
    assert "Earlier links no longer work" in said(test)
    press(test, "Block the account…")
    assert test.button("confirm").label == "Block the account"


def test_a_maintainer_is_told_that_a_director_is_not_hers_to_change(
    keepers: dict[str, int],
) -> None:
    test = open_page("accounts", CECILIA, MAINTAINER)
    test.selectbox("account-chosen").set_value(keepers[ANNA]).run()
    assert "Only a director may make or change" in said(test)
    assert not test.button
    test.segmented_control("accounts-part").set_value("invite").run()
    assert test.segmented_control("invite-0-role").options == ["Member", "Maintainer"]


def test_the_record_is_searched_by_words_action_and_days(keepers: dict[str, int]) -> None:
    engine = accounts_engine()
    moment = datetime(2026, 3, 5, 12, tzinfo=UTC)
    record.keep(engine, Deed(ANNA, "publication", f"2026.1 {SCRIPT}", "ab" * 32), moment)
    test = open_page("record", ANNA)
    assert not test.exception
    assert "&lt;script&gt;" in said(test)
    assert "<script>" not in said(test)
    test.text_input("record-words").set_value("2026.1").run()
    assert "Entries: 1" in said(test)
    assert "abababababab<" in said(test)  # the beginning is enough to compare
    test.selectbox("record-action-en").set_value("upload").run()
    assert "Nothing was found" in said(test)
    test.selectbox("record-action-en").set_value("publication").run()
    test.text_input("record-until").set_value("5.3.2026").run()
    assert "Entries: 1" in said(test)
    test.text_input("record-until").set_value("4.3.2026").run()
    assert "Nothing was found" in said(test)
    test.text_input("record-since").set_value("yesterday").run()
    assert "“yesterday” is no date" in said(test)


def test_an_empty_record_says_what_will_stand_there(office: Path) -> None:  # noqa: F811
    assert "Nothing is recorded yet" in said(open_page("record"))
