"""Reads the parts of a survey's export; `graduate_survey` puts them together."""
