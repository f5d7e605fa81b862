"""The frame around every page: own school, language and edition, and what must be said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import streamlit as st

from ui import address, prose
from ui.visit import DIRECTOR, MEMBER, Visitor
from yearbook.editions import Edition
from yearbook.language import Language, write_date

STYLE = Path(__file__).with_name("frame.css")
COLOURS = {
    "primary-color": "primaryColor",
    "background-color": "backgroundColor",
    "text-color": "textColor",
    "border-color": "borderColor",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which editions may be opened, the newest last; which was asked for; is there a desk."""

    editions: tuple[str, ...]
    asked_edition: str
    has_desk: bool

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
        own_school=address.chosen("school", ["", *schools], ""),
        role=address.chosen("role", _roles(choice), MEMBER),
        edition_name=edition.name if edition else "",
    )


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
    if choice.has_desk:
        _role(visitor)


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


def _roles(choice: Choice) -> tuple[str, ...]:
    return (MEMBER, DIRECTOR) if choice.has_desk else (MEMBER,)


def _set_language(visitor: Visitor) -> None:
    """Streamlit fixes <html lang="en">; screen readers and hyphenation need the language shown."""
    script = f"document.documentElement.lang = '{visitor.language.value}'"
    with st.container(key="unseen"):
        st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def _own_school(visitor: Visitor, edition: Edition) -> None:
    schools = edition.catalogue.schools
    own = schools.get(visitor.own_school)
    label = visitor.reads(own.short) if own else visitor.word("frame.no_own_school")
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
    """The visible switch, until there are accounts."""
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


def _take(name: str) -> None:
    """What the widget says becomes the choice."""
    address.remember(name, st.session_state[f"_{name}"])
