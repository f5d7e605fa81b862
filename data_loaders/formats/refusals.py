"""Says in three languages why a file is refused, and what to do about it."""

from __future__ import annotations

from yearbook.language import Text

from .limits import CELLS, ENTRIES, FILE_MEGABYTES, UNPACKED_MEGABYTES

ACCEPTED = "xlsx, xlsm, xls, xlsb, ods, csv, tsv"

HTML = Text("verkkosivu (HTML)", "en webbsida (HTML)", "a web page (HTML)")
XML = Text("XML-tiedosto", "en XML-fil", "an XML file")
PDF = Text("PDF-tiedosto", "en PDF-fil", "a PDF file")
PICTURE = Text("kuva", "en bild", "a picture")
ARCHIVE = Text("pakattu arkisto", "ett packat arkiv", "a compressed archive")
DOCUMENT = Text("muu Office-asiakirja", "ett annat Office-dokument", "another Office document")
OLD_EXCEL = Text(
    "hyvin vanha Excel-tiedosto", "en mycket gammal Excel-fil", "a very old Excel file"
)
PLAIN_TEXT = Text("pelkkää tekstiä", "ren text", "plain text")
BINARY = Text(
    "jotain muuta kuin taulukko", "något annat än en tabell", "something other than a table"
)
EXCEL = Text("Excel-työkirja (xlsx)", "en Excel-arbetsbok (xlsx)", "an Excel workbook (xlsx)")
EXCEL_BINARY = Text(
    "binaarinen Excel-työkirja (xlsb)",
    "en binär Excel-arbetsbok (xlsb)",
    "a binary Excel workbook (xlsb)",
)
EXCEL_97 = Text(
    "Excel 97–2003 -työkirja (xls)",
    "en Excel 97–2003-arbetsbok (xls)",
    "an Excel 97–2003 workbook (xls)",
)
OPEN_DOCUMENT = Text(
    "OpenDocument-taulukko (ods)",
    "ett OpenDocument-kalkylblad (ods)",
    "an OpenDocument spreadsheet (ods)",
)

SENTENCES = {
    "missing": Text(
        "Tiedostoa ei voi avata. Tarkista, että se on olemassa ja että sinulla on siihen oikeus.",
        "Filen kan inte öppnas. Kontrollera att den finns och att du har rätt till den.",
        "The file cannot be opened. Check that it exists and that you may read it.",
    ),
    "empty": Text(
        "Tiedosto on tyhjä. Tallenna se uudelleen ja lähetä uusi.",
        "Filen är tom. Spara den på nytt och skicka den igen.",
        "The file is empty. Save it again and send the new one.",
    ),
    "no_sheet": Text(
        "Työkirjassa ei ole yhtään laskentataulukkoa. Tarkista, että lähetit oikean tiedoston.",
        "Arbetsboken har inget kalkylblad. Kontrollera att du skickade rätt fil.",
        "The workbook has no worksheet. Check that you sent the right file.",
    ),
    "too_large": Text(
        f"Tiedosto on suurempi kuin {FILE_MEGABYTES} Mt. Poista kuvat ja ylimääräiset taulukot, "
        "tai jaa tiedot useaan tiedostoon.",
        f"Filen är större än {FILE_MEGABYTES} MB. Ta bort bilder och onödiga blad, "
        "eller dela upp uppgifterna på flera filer.",
        f"The file is larger than {FILE_MEGABYTES} MB. Remove pictures and needless sheets, "
        "or divide the data into several files.",
    ),
    "ending": Text(
        f"Tiedostoa {{name}} ei voi lukea taulukkona. Tallenna se johonkin näistä: {ACCEPTED}.",
        f"Filen {{name}} kan inte läsas som en tabell. Spara den som någon av dessa: {ACCEPTED}.",
        f"The file {{name}} cannot be read as a table. Save it as one of these: {ACCEPTED}.",
    ),
    "archive": Text(
        "Tiedosto on pakattu arkisto. Pura se ja lähetä siinä oleva taulukko.",
        "Filen är ett packat arkiv. Packa upp det och skicka tabellen som ligger i det.",
        "The file is a compressed archive. Unpack it and send the table that is inside.",
    ),
    "not_what_it_says": Text(
        "Tiedoston pääte on .{ending}, mutta sisältö on {content}. Avaa se "
        "taulukkolaskentaohjelmassa, tallenna xlsx-muotoon ja lähetä uusi tiedosto.",
        "Filen slutar på .{ending}, men innehållet är {content}. Öppna den i ett "
        "kalkylprogram, spara som xlsx och skicka den nya filen.",
        "The file ends in .{ending}, but it holds {content}. Open it in a spreadsheet program, "
        "save it as xlsx, and send the new file.",
    ),
    "misnamed": Text(
        "Tiedoston pääte on .{ending}, mutta sisältö on {content}. Anna tiedostolle pääte "
        ".{right} ja lähetä se uudelleen.",
        "Filen slutar på .{ending}, men innehållet är {content}. Byt filens ändelse till "
        ".{right} och skicka den igen.",
        "The file ends in .{ending}, but it holds {content}. Rename it so that it ends in "
        ".{right}, and send it again.",
    ),
    "password": Text(
        "Tiedosto on suojattu salasanalla. Avaa se, poista salasana, tallenna ja lähetä uusi.",
        "Filen är skyddad med lösenord. Öppna den, ta bort lösenordet, spara och skicka den igen.",
        "The file is protected by a password. Open it, remove the password, save it, "
        "and send it again.",
    ),
    "damaged": Text(
        "Tiedosto on vioittunut, eikä sitä voi lukea. Avaa se taulukkolaskentaohjelmassa, "
        "tallenna uudella nimellä xlsx-muotoon ja lähetä uusi tiedosto.",
        "Filen är skadad och kan inte läsas. Öppna den i ett kalkylprogram, spara den under ett "
        "nytt namn som xlsx och skicka den nya filen.",
        "The file is damaged and cannot be read. Open it in a spreadsheet program, save it under "
        "a new name as xlsx, and send the new file.",
    ),
    "unpacked": Text(
        f"Tiedosto on purettuna suurempi kuin {UNPACKED_MEGABYTES} Mt tai epäilyttävän tiiviisti "
        "pakattu. Kopioi tiedot uuteen tyhjään työkirjaan ja lähetä se.",
        f"Filen är större än {UNPACKED_MEGABYTES} MB när den packas upp, eller misstänkt hårt "
        "packad. Kopiera uppgifterna till en ny tom arbetsbok och skicka den.",
        f"Unpacked, the file is larger than {UNPACKED_MEGABYTES} MB, or it is packed suspiciously "
        "tight. Copy the data into a new empty workbook and send that.",
    ),
    "entries": Text(
        f"Työkirjassa on yli {ENTRIES} osaa. Kopioi tiedot uuteen tyhjään työkirjaan ja lähetä se.",
        f"Arbetsboken har fler än {ENTRIES} delar. Kopiera uppgifterna till en ny tom arbetsbok "
        "och skicka den.",
        f"The workbook has more than {ENTRIES} parts. Copy the data into a new empty workbook "
        "and send that.",
    ),
    "unsafe": Text(
        "Tiedoston rakenne ei ole turvallinen ({part}). Kopioi tiedot uuteen tyhjään työkirjaan "
        "ja lähetä se.",
        "Filens uppbyggnad är inte säker ({part}). Kopiera uppgifterna till en ny tom arbetsbok "
        "och skicka den.",
        "The file is not built safely ({part}). Copy the data into a new empty workbook "
        "and send that.",
    ),
    "cells": Text(
        f"Taulukko {{sheet}} ulottuu soluun {{cell}} asti, ja työkirjassa saa olla enintään "
        f"{CELLS} solua. Poista tyhjät rivit ja sarakkeet tietojen alta ja oikealta, "
        "tallenna ja lähetä uusi.",
        f"Bladet {{sheet}} sträcker sig till cell {{cell}}, och en arbetsbok får ha högst "
        f"{CELLS} celler. Ta bort tomma rader och kolumner under och till höger om uppgifterna, "
        "spara och skicka den igen.",
        f"Sheet {{sheet}} reaches as far as cell {{cell}}, and a workbook may have at most "
        f"{CELLS} cells. Delete the empty rows and columns below and to the right of the data, "
        "save it, and send it again.",
    ),
    "memory": Text(
        "Tiedosto on liian suuri luettavaksi yhdellä kertaa. Jaa tiedot useaan tiedostoon.",
        "Filen är för stor för att läsas på en gång. Dela upp uppgifterna på flera filer.",
        "The file is too large to be read at once. Divide the data into several files.",
    ),
    "encoding": Text(
        "Tekstin merkistöä ei tunnisteta. Tallenna tiedosto muotoon CSV UTF-8 tai xlsx "
        "ja lähetä uusi.",
        "Textens teckenkodning går inte att känna igen. Spara filen som CSV UTF-8 eller xlsx "
        "och skicka den igen.",
        "The character encoding of the text is not recognised. Save the file as CSV UTF-8 or "
        "xlsx, and send it again.",
    ),
    "quote": Text(
        "Rivillä {row} on lainausmerkki, jota ei suljeta, joten kaikki sen jälkeen on yhtä solua. "
        "Sulje tai poista lainausmerkki, tai tallenna taulukko xlsx-muotoon.",
        "På rad {row} finns ett citattecken som inte avslutas, så allt efter det hör till samma "
        "cell. Avsluta eller ta bort citattecknet, eller spara tabellen som xlsx.",
        "In row {row} a quotation mark is opened and never closed, so that everything after it is "
        "one cell. Close or remove it, or save the table as xlsx.",
    ),
}


class Unreadable(Exception):
    """A file that is refused; says what to do. `text` in three languages, `code` a short key."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.text = SENTENCES[code].fill(**values) if values else SENTENCES[code]
        super().__init__(self.text.en)
