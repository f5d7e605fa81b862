"""The script that Streamlit runs for every visitor: which pages there are."""

import streamlit as st


def _welcome() -> None:
    st.title("Konservatoriotilastot")


st.navigation([st.Page(_welcome, title="Yleiskuva")], position="top").run()
