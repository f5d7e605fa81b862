"""Facts of recognising what tells who someone is, and of leaving alone what does not."""

from __future__ import annotations

import pytest

from data_loaders.personal import (
    MARK,
    is_identity_code,
    is_personal_heading,
    looks_personal,
    strike,
)
from tests.loader_catalogue import catalogue


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Kirjoita aino.ahlqvist@example.fi!", "Kirjoita [poistettu]!"),
        ("aino (at) example.fi", "[poistettu]"),
        ("Soita 040-1234567 tai +358 40 123 4567.", "Soita [poistettu] tai [poistettu]."),
        ("Tunnukseni on 131052-308T", "Tunnukseni on [poistettu]"),
        ("syntynyt 010203A123K", "syntynyt [poistettu]"),
        ("Katso www.pianopaja.net/aino ja @aino_soittaa", "Katso [poistettu] ja [poistettu]"),
        ("pianopaja.fi", "[poistettu]"),
        ("osoite 192.168.1.17", "osoite [poistettu]"),
        ("fe80::1ff:fe23:4567:890a", "[poistettu]"),
        ("Asun Koulukatu 12 B 4:ssä", "Asun [poistettu]:ssä"),
        ("Matti Virtanen opetti.", "[poistettu] opetti."),
        ("Kiitos Anna-Liisa Mäki-Korvelalle", "Kiitos [poistettu]"),
        ("Kiitos Matti V. ja M. Korhoselle", "Kiitos [poistettu] ja [poistettu]"),
        ("opettaja Ryynänen, Kirsi Kunnas", "opettaja [poistettu], [poistettu]"),
        ("opettajani Mikko oli hyvä", "opettajani [poistettu] oli hyvä"),
        ("Rehtorin Turusen aikana", "Rehtorin [poistettu] aikana"),
        ("lehtorilta Lahtiselta, läraren Björklund", "lehtorilta [poistettu], läraren [poistettu]"),
        ("Min lärare Andersson i Vasa", "Min lärare [poistettu] i Vasa"),
    ],
)
def test_what_tells_who_someone_is_is_struck(text: str, left: str) -> None:
    assert strike(text, catalogue()) == left


@pytest.mark.parametrize(
    "text",
    [
        "Kuopio on hyvä paikka, samoin Tampere ja Helsingin seutu.",
        "Sibelius-Akatemia ja Pop & Jazz Konservatorio",
        "opettajana Keski-Pohjanmaan konservatoriossa",
        "Opettaja Turussa, opettajaksi Metropoliaan, opettajat Kuopion konservatoriossa",
        "opettaja Pop & Jazz Konservatoriossa",
        "opettajankoulutus Jyväskylässä",
        "Lärare i Helsingfors, Novia och Sibelius-Akademin",
        "Teacher in Helsinki, Bachelor of Music",
        "Suomen Kansallisooppera",
        "Palkka 2 500–3 000 € kuussa, 12 000 000 vuodessa, 0,5 työtä",
        "Syksystä 2019-2020, 15.9.2021 klo 14:22:03, 05-06-2021",
        "Hyvä.Se oli kivaa, ks. luku 1.2.3",
        "C-kasetti, F#, A–G, 4/4",
        "00100 Helsinki",
        "01/10/2022 04:35:34",
        "Minulla oli hyvä opettaja. Soitin paljon.",
        "Principal Engineer / Team Lead",
        "",
    ],
)
def test_what_tells_of_no_one_stays(text: str) -> None:
    assert strike(text, catalogue()) == text


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["a@example.fi", "b@example.com", None, "ei ole"], "email"),
        (["130.92.34.66"], "ip"),
        (["fe80::1ff:fe23:4567:890a", "10.0.0.1"], "ip"),
        (["131052-308T", "131052Y308T"], "identity_code"),
        (["040 123 4567", 501234567, "+46 70-123 45 67"], "phone"),
        (["60.16952, 24.93545", "63.09600;21.61577"], "coordinates"),
        ([60.169520, 62.892380], "coordinates"),
        (["Matti Virtanen", "Korhonen Maija", "Anna Saari"], "name"),
        (["a@example.fi", "sähköpostilla", "puhelimitse"], ""),
        ([3292879998, 3292879538], ""),
        (["15.9.2021", "2021/09/15", "2019-2020"], ""),
        ([2500, 3100.5, "1 234,50"], ""),
        (["Kuopion konservatorio", "Tampere", "Sibelius-Akatemia"], ""),
        (["131052-308U", "990299-308T"], ""),
        ([], ""),
    ],
)
def test_the_contents_of_a_column_tell_what_it_is(values: list[object], kind: str) -> None:
    assert looks_personal(values, catalogue()) == kind


@pytest.mark.parametrize(
    ("code", "is_one"),
    [("131052-308T", True), ("131052-308U", False), ("310299-308T", False), ("131052X308T", True),
     ("010203A123X", False)],
)  # fmt: skip
def test_an_identity_code_has_a_day_and_a_check_character(code: str, is_one: bool) -> None:
    assert is_identity_code(code) is is_one


@pytest.mark.parametrize(
    "heading",
    ["Sähköposti", "Anna sähköpostiosoitteesi arvontaa varten", "RecipientEmail", "IPAddress",
     "LocationLatitude", "ExternalReference", "Työnantajasi nimi", "Arbetsgivarens namn",
     "What is the name of your current employer?", "Etunimi ja sukunimi", "E-postadress"],
)  # fmt: skip
def test_a_heading_that_asks_who_someone_is(heading: str) -> None:
    assert is_personal_heading(heading, catalogue())


@pytest.mark.parametrize(
    "heading",
    ["Työnantajan tyyppi", "Missä muodossa haluat palautetta?", "Osaamisala", "Type of employer",
     "Oppilaitoksen nimi", "Q1", "", "Arbetsgivarsektor"],
)  # fmt: skip
def test_a_heading_that_asks_something_else(heading: str) -> None:
    assert not is_personal_heading(heading, catalogue())


def test_the_mark_itself_is_not_struck_again() -> None:
    assert strike(f"opettaja {MARK}", catalogue()) == f"opettaja {MARK}"
