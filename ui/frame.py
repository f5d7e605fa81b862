"""The frame around every page: own school, language and edition, and what must be said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

import streamlit as st

from ui import address, links, prose, scripts
from ui.visit import DIRECTOR, MAINTAINER, MEMBER, VISITOR, Visitor
from yearbook.editions import Edition
from yearbook.language import Language, write_date

STYLE = Path(__file__).with_name("frame.css")
COLOURS = {
    "primary-color": "primaryColor",
    "background-color": "backgroundColor",
    "text-color": "textColor",
    "border-color": "borderColor",
}
ROLE_WORDS = {
    VISITOR: "access.visitor",
    MEMBER: "frame.as_member",
    DIRECTOR: "frame.as_director",
    MAINTAINER: "access.maintainer",
}


@dataclass(frozen=True, slots=True)
class WayIn:
    """Who is signed in ("" for nobody), and the mark of the form that signs her out."""

    name: str = ""
    login: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which editions may be opened, the newest last; which was asked for; is there a desk; the
    roles she may look on in, one where an account says which; the school of that account; and the
    way in and out, where there are accounts."""

    editions: tuple[str, ...]
    asked_edition: str
    has_desk: bool
    roles: tuple[str, ...] = (MEMBER,)
    own_school: str = ""
    way_in: WayIn | None = None

    @property
    def newest(self) -> str:
        return self.editions[-1] if self.editions else ""


def meet(edition: Edition | None, choice: Choice) -> Visitor:
    """The visitor, by what she has chosen so far."""
    language = address.chosen("lang", [language.value for language in Language], Language.FI.value)
    schools = list(edition.catalogue.schools) if edition and edition.tells_of_schools else []
    address.chosen("edition", choice.editions, choice.newest)
    return Visitor(
        language=Language(language),
        own_school=address.chosen("school", ["", *schools], _own(choice, schools)),
        role=address.chosen("role", choice.roles, choice.roles[0]),
        edition_name=edition.name if edition else "",
    )


def _own(choice: Choice, schools: list[str]) -> str:
    """A member begins with her own school, and may look at the figures with another's eyes; what is
    for one school alone is read by the account and not by this."""
    return choice.own_school if choice.own_school in schools else ""


def show(visitor: Visitor, edition: Edition | None, choice: Choice) -> None:
    """Draw the frame. To be called after st.navigation, before the page."""
    _style(visitor)
    _set_language(visitor)
    with st.container(key="top", horizontal=True, vertical_alignment="center"):
        if edition is not None:
            with st.container(key="banners"):
                _banners(visitor, edition, choice)
        with st.container(key="frame", horizontal=True, gap="small", width="content"):
            _controls(visitor, edition, choice)


def _controls(visitor: Visitor, edition: Edition | None, choice: Choice) -> None:
    if edition is not None and edition.tells_of_schools:
        _own_school(visitor, edition)
    _language(visitor)
    if edition is not None:
        _edition(visitor, edition, choice)
    if len(choice.roles) > 1:
        _role(visitor)
    if choice.way_in is not None:
        _way_in(visitor, choice.way_in)


def colours() -> dict[str, str]:
    """The colours of the theme file in the mode that the visitor sees."""
    mode = "dark" if st.context.theme.type == "dark" else "light"
    return {css: str(st.get_option(f"theme.{mode}.{name}")) for css, name in COLOURS.items()}


def _style(visitor: Visitor) -> None:
    """frame.css, with those colours and two words of the header: the product's name, and what pages
    without room fold under, for which Streamlit has English only."""
    values = "; ".join(f"--{css}: {colour}" for css, colour in colours().items())
    named = {"product": visitor.word("frame.product"), "more": visitor.word("filters.more")}
    words = "; ".join(f'--{name}: "{word}"' for name, word in named.items())
    st.html(f"<style>:root {{ {values}; {words} }}\n{STYLE.read_text('utf-8')}</style>")


def _set_language(visitor: Visitor) -> None:
    scripts.run(scripts.LANGUAGE[visitor.language], "unseen")


def _own_school(visitor: Visitor, edition: Edition) -> None:
    schools = edition.catalogue.schools
    own = schools.get(visitor.own_school)
    label = prose.plain(visitor.reads(own.short)) if own else visitor.word("frame.no_own_school")
    with st.popover(label, key="own-school"):
        ordered = sorted(schools, key=lambda code: visitor.reads(schools[code].name))
        names = {code: visitor.reads(schools[code].name) for code in ordered}
        names = {"": visitor.word("frame.no_school"), **names}
        st.session_state["_school"] = visitor.own_school
        st.selectbox(
            visitor.word("frame.own_school"),
            list(names),
            format_func=names.__getitem__,
            key="_school",
            on_change=_take,
            args=("school",),
        )
        st.caption(visitor.word("frame.own_school_help"))


def _language(visitor: Visitor) -> None:
    st.session_state["_lang"] = visitor.language.value
    st.segmented_control(
        visitor.word("frame.language"),
        [language.value for language in Language],
        format_func=str.upper,
        required=True,
        key="_lang",
        on_change=_take,
        args=("lang",),
        label_visibility="collapsed",
    )


def _edition(visitor: Visitor, edition: Edition, choice: Choice) -> None:
    with st.popover(visitor.word("frame.edition", name=edition.name), key="edition"):
        _choose_edition(visitor, edition, choice)


def _role(visitor: Visitor) -> None:
    """The visible switch of the demonstration."""
    with st.popover(visitor.word(f"frame.as_{visitor.role}"), key="role"):
        _choose_role(visitor)


def _choose_edition(visitor: Visitor, edition: Edition, choice: Choice) -> None:
    newest_first = list(reversed(choice.editions))
    st.session_state["_edition"] = edition.name
    st.selectbox(
        visitor.word("frame.edition_choice"),
        newest_first,
        format_func=lambda name: (
            visitor.word("frame.newest", name=name) if name == choice.newest else name
        ),
        key="_edition",
        on_change=_take,
        args=("edition",),
    )
    day = write_date(date.fromisoformat(edition.published), visitor.language)
    st.caption(visitor.word("frame.published", date=day))


def _choose_role(visitor: Visitor) -> None:
    st.session_state["_role"] = visitor.role
    st.segmented_control(
        visitor.word("frame.role"),
        [MEMBER, DIRECTOR],
        format_func=lambda role: visitor.word(f"frame.{role}"),
        required=True,
        key="_role",
        on_change=_take,
        args=("role",),
    )
    st.caption(visitor.word("frame.role_help"))


def _banners(visitor: Visitor, edition: Edition, choice: Choice) -> None:
    """Invented figures on every page; an edition that is not the newest, or that does not exist."""
    if edition.invented:
        prose.say(visitor.word("frame.invented"), "banner")
    if choice.asked_edition and choice.asked_edition not in choice.editions:
        names = {"name": choice.asked_edition, "newest": choice.newest}
        prose.say(visitor.word("frame.unknown_edition", **names), "banner")
    elif edition.name != choice.newest:
        names = {"name": edition.name, "newest": choice.newest}
        prose.say(visitor.word("frame.older_edition", **names), "banner")
        label = visitor.word("frame.go_newest")
        st.button(label, key="newest", type="tertiary", on_click=address.forget, args=("edition",))


def nothing_published(visitor: Visitor, has_desk: bool) -> None:
    prose.title(visitor.word("empty.title"), visitor.word("empty.member"))
    if has_desk:
        prose.say(visitor.word("empty.director"))


def sign_in_first(visitor: Visitor, has_ended: bool) -> None:
    """All that somebody sees who is not signed in, where nothing is for the public."""
    said = "ended" if has_ended else "first"
    prose.title(visitor.word(f"access.{said}_title"), visitor.word(f"access.{said}"))
    st.html(f'<p><a class="way-in" href="{escape(links.to_sign_in(visitor))}" target="_self">'
            f'{escape(visitor.word("access.to_sign_in"))}</a></p>')  # fmt: skip


def _way_in(visitor: Visitor, way_in: WayIn) -> None:
    """Who is signed in and the ways out; or the way in."""
    if not way_in.login:
        said, way = escape(visitor.word("access.sign_in")), escape(links.to_sign_in(visitor))
        st.html(f'<a class="sign-in" href="{way}" target="_self">{said}</a>')
        return
    with st.popover(prose.plain(way_in.name), key="account"):
        role = visitor.word(ROLE_WORDS[visitor.role])
        st.html(f'<p class="account"><b>{escape(way_in.name)}</b>'
                f'<span>{escape(way_in.login)}</span><span>{escape(role)}</span></p>'
                + _form("/ulos", way_in, visitor, "access.sign_out")
                + _form("/ulos-kaikkialta", way_in, visitor, "access.sign_out_everywhere")
                )  # fmt: skip


def _form(action: str, way_in: WayIn, visitor: Visitor, label: str) -> str:
    """Sent by the browser itself, so that the session's cookie goes with the answer."""
    said = escape(visitor.word(label))
    return (
        f'<form class="sign-out" method="post" action="{action}?lang={visitor.language.value}">'
        f'<input type="hidden" name="form" value="{escape(way_in.mark)}">'
        f'<button type="submit">{said}</button></form>'
    )


def _take(name: str) -> None:
    """What the widget says becomes the choice."""
    address.remember(name, st.session_state[f"_{name}"])
