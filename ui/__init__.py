"""Streamlit pieces that pages share: visit, frame, filters, cards, downloads."""
