"""The inline scripts of our pages, each a constant: the door names them by hash, and the browser
runs no other."""

from __future__ import annotations

from html import escape

import streamlit as st

from yearbook.language import Language

# Streamlit fixes <html lang="en">; screen readers and hyphenation need the language shown.
LANGUAGE = {
    language: f"document.documentElement.lang = '{language.value}'" for language in Language
}
# A page is read from its beginning, while the button that turned it stands at the end.
TO_ANSWERS = "document.querySelector('.st-key-answers-filters')?.scrollIntoView();"
# Streamlit takes over what is written in a text area when it is left, or at Ctrl+Enter: what is
# written in a statement is taken over after a pause, too, so that a closed window loses nothing.
# Not the alt text: emptied it shows its draft again, which nobody wants while she writes another.
TO_SAVE = """
if (!window.savesWhatIsWritten) {
  window.savesWhatIsWritten = true;
  const pauses = new WeakMap();
  document.addEventListener('input', ({target}) => {
    if (target.tagName !== 'TEXTAREA' || !target.closest('[class*="st-key-statement-"]')) return;
    if (target.closest('[class*="-alt"]')) return;
    clearTimeout(pauses.get(target));
    pauses.set(target, setTimeout(() => target.dispatchEvent(
      new KeyboardEvent('keydown', {key: 'Enter', ctrlKey: true, bubbles: true})), 1200));
  });
}"""

ALL = (*LANGUAGE.values(), TO_ANSWERS, TO_SAVE)


def run(script: str, key: str, turn: str = "") -> None:
    """Run it in the browser; once more whenever `turn` has changed."""
    with st.container(key=key):
        mark = f'<i data-turn="{escape(turn)}"></i>' if turn else ""
        st.html(f"{mark}<script>{script}</script>", unsafe_allow_javascript=True)
