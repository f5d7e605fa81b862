"""Takes files in two steps: check all, look at the receipts, then keep those that are in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data_loaders.hints import Hints, Loaded
from desk import actions, confirming, markup, working
from desk.mapping import session
from desk.reception import handed, hinting, receipt, replacing, report
from desk.reception.handed import Handed
from desk.using import catalogue_in_use
from office.receiving import Table
from office.uploads import Upload
from ui import downloads, ways
from ui.visit import Visitor
from yearbook.language import Language

WORK = "desk.checking"
MAPPING = "kytkenta"
_ROUND = "desk.round"
STATES = ("fail", "warning", "ready", "codebook", "kept")
EXTENSIONS = ("xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "tsv")


def show(visitor: Visitor) -> None:
    if working.is_under_way(WORK):
        working.follow(visitor, WORK, take_checked)
        return
    _uploader(visitor)
    if handed.all_handed():
        show_receipts(visitor)


def begin(visitor: Visitor, uploads: Sequence[Upload]) -> None:
    """Check these, in the background."""
    st.session_state["desk.being_checked"] = [(upload, upload.hints) for upload in uploads]
    working.begin(visitor, WORK, actions.check, uploads)


def take_checked(result: object) -> None:
    """result: for uploads each with the hints by which it was read, for a database without."""
    asked = st.session_state.pop("desk.being_checked", [])
    found = list(result)  # type: ignore[call-overload]
    handed.take(_handed(what, hints, one) for (what, hints), one in zip(asked, found, strict=True))


def _handed(what: Upload | Table, hints: Hints, found: Loaded | tuple[Hints, Loaded]) -> Handed:
    if isinstance(found, Loaded):
        return Handed(what, hints, found)
    told, loaded = found
    return Handed(replace(what, hints=told) if isinstance(what, Upload) else what, told, loaded)


def _uploader(visitor: Visitor) -> None:
    turn = st.session_state.setdefault(_ROUND, 0)
    words = {name: visitor.word(f"desk.receive.{name}") for name in ("browse", "drop_limit")}
    markup.apply_words(**words)
    with st.container(key="uploader"):
        files = st.file_uploader(
            visitor.word("desk.receive.choose"),
            type=list(EXTENSIONS),
            accept_multiple_files=True,
            key=f"uploads-{turn}",
            help=visitor.word("desk.receive.choose_help"),
        )
    if st.button(
        visitor.word("desk.receive.check"), type="primary", disabled=not files, key="check"
    ):
        begin(visitor, [Upload(file.name, file.getvalue()) for file in _distinct(files, visitor)])
        st.session_state[_ROUND] = turn + 1  # an empty uploader, for the mended files
        st.rerun()


def _distinct(files: Sequence[UploadedFile], visitor: Visitor) -> list[UploadedFile]:
    """Two files of one name cannot be told apart later: the last one counts, which is said."""
    found = {file.name: file for file in files}
    if len(found) < len(files):
        confirming.tell(visitor.word("desk.receive.same_name"), "wrong")
    return list(found.values())


def show_receipts(visitor: Visitor) -> None:
    files = handed.all_handed()
    entries = actions.submissions(visitor)
    st.html(markup.heading(visitor.word("desk.receive.receipts")))
    _keep_all(files, visitor)
    ordered = sorted(
        files, key=lambda one: ("fail", "warning", "ready", "codebook", "kept").index(one.state)
    )
    for one in ordered:
        with st.container(border=True, key=f"file-{files.index(one)}"):
            replaced = replacing.sentences(one, entries, files, visitor)
            st.html(receipt.write(one, replaced, visitor))
            replacing.choose(one, entries, files, visitor)
            if one.hints_wanted and isinstance(one.what, Upload):
                hinting.show(one, visitor, begin)
            _mapping(one, visitor)
    _report(files, visitor)


def _mapping(one: Handed, visitor: Visitor) -> None:
    """The way to the page on which the columns of a survey are mapped."""
    if not (one.is_to_be_mapped or one.may_be_mapped):
        return
    wanted = one.is_to_be_mapped
    if wanted:
        st.html(markup.paragraph(visitor.word("desk.receive.map_told"), "quiet"))
    if st.button(
        visitor.word("desk.receive.map" if wanted else "desk.receive.map_look"),
        type="primary" if wanted and one.state == "fail" else "secondary",
        key=f"map-{one.name}",
    ):
        session.begin(visitor, one.name)
        ways.go(MAPPING)


def _keep_all(files: Sequence[Handed], visitor: Visitor) -> None:
    counts = {state: [one for one in files if one.state == state]
              for state in ("kept", "ready", "warning", "codebook", "fail")}  # fmt: skip
    told = [visitor.word(f"desk.receive.count_{state}", count=len(found))
            for state, found in counts.items() if found]  # fmt: skip
    st.html(markup.paragraph(" · ".join(told), "counts", role="status"))
    in_order = [*counts["ready"], *counts["warning"]]
    agreed = True
    if counts["warning"]:
        agreed = st.checkbox(visitor.word("desk.receive.seen"), key="seen-warnings")
    with st.container(horizontal=True):
        if in_order and st.button(
            visitor.word("desk.receive.keep", count=len(in_order)),
            type="primary",
            disabled=not agreed,
            key="keep",
        ):
            _keep([one for one in files if one in in_order], visitor)
            st.rerun()
        st.button(
            visitor.word("desk.receive.clear" if in_order else "desk.receive.clear_done"),
            key="clear-handed",
            on_click=partial(handed.drop, [one.name for one in files]),
        )


def _keep(files: Sequence[Handed], visitor: Visitor) -> None:
    """Each for itself, in the order in which they were handed over."""
    progress = st.progress(0.0, text=visitor.word("desk.receive.keeping"))
    kept = 0
    for number, one in enumerate(files, start=1):

        def keep(visitor: Visitor, one: Handed = one) -> None:
            done = actions.keep(visitor, one)
            if done.id is not None:
                handed.take_kept(one.name, done.id, done.findings)
            else:
                handed.take_refused(one.name, done.findings)

        if confirming.do(visitor, "", keep):
            kept += handed.named(one.name).kept_as is not None
        progress.progress(number / len(files))
    confirming.tell(visitor.word("desk.receive.kept", count=kept))


def _report(files: Sequence[Handed], visitor: Visitor) -> None:
    """To be sent to the school, in its own language."""
    with_findings = [one for one in files if one.findings]
    if not with_findings:
        return
    st.html(markup.heading(visitor.word("desk.report.title")))
    st.html(markup.paragraph(visitor.word("desk.report.lead"), "quiet"))
    names = {"": visitor.word("desk.report.all"), **{one.name: one.name for one in with_findings}}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        asked = st.selectbox(
            visitor.word("desk.report.of"), list(names), format_func=names.__getitem__, width=320
        )
        language = st.segmented_control(
            visitor.word("desk.report.language"),
            [Language.FI, Language.SV, Language.EN],
            default=visitor.language,
            format_func=lambda one: one.value.upper(),
            required=True,
            key="report-language",
        )
        chosen = [one for one in with_findings if asked in ("", one.name)]
        name = f"{visitor.word('desk.report.file_name')}.csv"
        make = partial(report.write, chosen, language, catalogue_in_use())
        st.download_button(
            visitor.word("desk.report.download"),
            data=downloads.recorded(visitor, name, make),
            file_name=name,
            mime="text/csv",
            on_click="ignore",
            key="report",
        )
