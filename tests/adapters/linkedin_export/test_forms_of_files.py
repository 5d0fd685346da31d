"""The same connections in all the forms that exports have had, and that spreadsheets make of them."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest

from adapters.linkedin_export import dates
from salesprep.adapter import Kind, Refusal

Desk = Any
NAME = "Van Dijk Machinebouw"
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
URL = "https://www.linkedin.com/in/zoe-smit-invented"
ROW = f'Zoë,Smit,{URL},,{NAME},"Buyer, Benelux",07 Feb 2022'
NOTES = 'Notes:\n"You may notice, that addresses are missing."\n\n'


def told(desk: Desk) -> list[tuple[str, str | None, str, dict[str, str]]]:
    return [(one.title, one.position, one.id, dict(one.fields)) for one in desk.people(NAME)]


USUAL = [("Zoë Smit", "Buyer, Benelux", "zoe-smit-invented", {"Connected on": "07 Feb 2022"})]


class TestAConnectionsFile:
    @pytest.mark.parametrize(
        "content",
        [
            f"{HEADER}\n{ROW}",
            f"{NOTES}{HEADER}\n{ROW}\n",
            f"{NOTES * 3}\n\n{HEADER}\n{ROW}\n",
            "Notes:\n" * 15 + f"{HEADER}\n{ROW}\n",
            f"\ufeff{HEADER}\n{ROW}\n",
            f"\ufeff{NOTES}{HEADER}\n{ROW}\n".replace("\n", "\r\n"),
            f"{NOTES}{HEADER}\n{ROW}\n".replace("\n", "\r"),
            f"{HEADER}\n\n\n{ROW}\n\n",
            f'"{HEADER.replace(",", chr(34) + "," + chr(34))}"\n{ROW}\n',
            f"{HEADER.upper()}\n{ROW}\n",
            f"{HEADER.replace(' ', '_')}\n{ROW}\n",
            f"{HEADER},,\n{ROW},,\n",
            f"{HEADER}\n{ROW},,,\n",
        ],
    )
    def test_is_read_whatever_stands_around_its_rows(self, desk: Desk, content: str) -> None:
        desk.raw(content)
        assert told(desk) == USUAL

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_is_read_as_a_spreadsheet_saves_it(self, desk: Desk, encoding: str, delimiter: str) -> None:
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter).writerows(csv.reader(io.StringIO(f"{NOTES}{HEADER}\n{ROW}\n")))
        desk.raw(out.getvalue().encode(encoding))
        assert told(desk) == USUAL

    def test_in_two_encodings_at_once_is_read(self, desk: Desk) -> None:
        first, second = ROW.encode(), ROW.replace("zoe", "zoe-2").encode("cp1252")
        desk.raw(HEADER.encode() + b"\n" + first + b"\n" + second + b"\n")
        assert [name for name, *_ in told(desk)] == ["Zoë Smit", "Zoë Smit"]

    def test_late_in_another_encoding_is_read(self, desk: Desk) -> None:
        rows = [f"A,B,https://www.linkedin.com/in/p{n}-invented,,Acme,x,07 Feb 2022" for n in range(5000)]
        desk.raw("\n".join([HEADER, *rows, ROW]).encode("cp1252"))
        assert told(desk) == USUAL

    @pytest.mark.parametrize(
        "header",
        [
            "Voornaam,Achternaam,URL,E-mailadres,Bedrijf,Functie,Verbonden op",
            "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am",
            "Prénom,Nom de famille,URL,Adresse e-mail,Entreprise,Poste,Connecté le",
            "Nombre,Apellidos,URL,Dirección de correo electrónico,Empresa,Cargo,Fecha de conexión",
            "Etunimi,Sukunimi,Osoite,Sähköposti,Yritys,Asema,Yhdistetty",
            "Imię,Nazwisko,URL,E-mail,Firma,Stanowisko,Data połączenia",
        ],
    )
    @pytest.mark.parametrize("before", ["", "Huomautus:\n\n"])
    def test_is_read_in_other_languages(self, desk: Desk, header: str, before: str) -> None:
        desk.raw(f"{before}{header}\n{ROW}\n")
        assert told(desk) == USUAL

    def test_is_read_by_its_words_in_any_order(self, desk: Desk) -> None:
        desk.raw(
            "Connected On,Company,Unknown,Position,URL,Last Name,First Name\n"
            f'07 Feb 2022,{NAME},?,"Buyer, Benelux",{URL},Smit,Zoë\n'
        )
        assert told(desk) == USUAL

    def test_is_read_without_addresses_as_before_2023(self, desk: Desk) -> None:
        desk.raw(
            "First Name,Last Name,Email Address,Company,Position,Connected On\n"
            f"Zoë,Smit,,{NAME},Buyer,07 Feb 2022\n"
        )
        assert [name for name, *_ in told(desk)] == ["Zoë Smit"]

    def test_with_line_breaks_and_quotes_in_a_job_is_read(self, desk: Desk) -> None:
        row = ROW.replace('"Buyer, Benelux"', '"Buyer,\nthe ""big"" one"')
        desk.raw(f"{HEADER}\n{row}\n{ROW.replace('zoe', 'zoe-2')}\n")
        assert [position for _, position, *_ in told(desk)] == ['Buyer, the "big" one', "Buyer, Benelux"]

    @pytest.mark.parametrize("quote", ["", '"'])
    def test_with_a_stray_carriage_return_in_a_cell_is_read(self, desk: Desk, quote: str) -> None:
        stray = f"Zoë,Smit,{URL},,{NAME},{quote}Buyer\rof pumps{quote},07 Feb 2022"
        desk.raw("\n".join([HEADER, stray, ROW.replace("zoe", "zoe-2")]))
        assert [position for _, position, *_ in told(desk)] == ["Buyer of pumps", "Buyer, Benelux"]

    def test_keeps_a_name_in_quotation_marks(self, desk: Desk) -> None:
        desk.raw(f'{HEADER}\nJan "JJ",Smit,{URL},,{NAME},Buyer,07 Feb 2022\n')
        assert [name for name, *_ in told(desk)] == ['Jan "JJ" Smit']


class TestABrokenRow:
    """It costs that row, and is counted with its line."""

    def refused(self, desk: Desk) -> tuple[Refusal, ...]:
        refused: tuple[Refusal, ...] = desk.fetch(Kind.PERSON, NAME).refused
        return refused

    @pytest.mark.parametrize(
        ("broken", "why"),
        [
            ("Jan,Smit,only this", "a row with too few or too many cells"),
            ("Jan,Smit,,,Acme, Inc,Buyer,07 Feb 2022", "a row with too few or too many cells"),
            (",,https://www.linkedin.com/in/x-invented,,Acme,Buyer,07 Feb 2022", "a row without a name"),
            ('Jan,"Smit,,,Acme,Buyer,07 Feb 2022', "a row with too few or too many cells"),
            ('"Jan,Smit,,,Acme,Buyer,07 Feb 2022', "a row with too few or too many cells"),
        ],
    )
    def test_in_the_middle(self, desk: Desk, broken: str, why: str) -> None:
        others = (ROW.replace("zoe", f"zoe-{n}") for n in (2, 3))
        desk.raw("\n".join([f"{NOTES}{HEADER}", ROW, broken, *others]))
        assert len(told(desk)) == 3
        place = f"Connections.csv in {next(desk.folder.glob('*.zip')).name} line 6"
        assert self.refused(desk) == (Refusal(1, why, place),)

    def test_with_a_quotation_mark_that_only_the_next_one_closes(self, desk: Desk) -> None:
        broken = f'Jan,"Smit,{URL},,Acme,Buyer,07 Feb 2022'
        others = [ROW.replace("zoe", f"zoe-{n}") for n in range(2, 9)]
        desk.raw("\n".join([HEADER, ROW, broken, *others]))
        assert len(told(desk)) == 8
        assert sum(refused.count for refused in self.refused(desk)) == 1

    def test_with_a_quotation_mark_that_nothing_closes(self, desk: Desk) -> None:
        plain = ROW.replace('"Buyer, Benelux"', "Buyer")
        others = [plain.replace("zoe", f"zoe-{n}") for n in range(3000)]
        desk.raw("\n".join([HEADER, 'Jan,"Smit,,,Acme,Buyer,07 Feb 2022', *others]))
        assert desk.fetch(Kind.PERSON, NAME).total == 3000
        assert sum(refused.count for refused in self.refused(desk)) == 1

    def test_at_the_end_of_a_file_that_was_cut(self, desk: Desk) -> None:
        desk.raw(f"{HEADER}\n{ROW}\nJan,Smit,https://www.linke")
        assert told(desk) == USUAL
        assert [refused.count for refused in self.refused(desk)] == [1]

    def test_with_the_signs_that_we_use_ourselves_harms_nobody(self, desk: Desk) -> None:
        hostile = ROW.replace("Buyer", "Buyer\x1f\x1e\x1d\x00").replace("zoe", "zoe-2")
        desk.raw(f"{HEADER}\n{ROW}\n{hostile}\n")
        assert len(told(desk)) == 2

    def test_of_messages_costs_that_message(self, desk: Desk, talk_table: Any) -> None:
        table = talk_table(("2-a==", "Zoë Smit", "Anna Bakker", "2026-11-12 08:00:00 UTC", "x"))
        table = table.replace("zoë-smit", "zoe-smit") + "2-b==,too,few\n"
        desk.zip("LinkedIn.zip", {"Connections.csv": f"{HEADER}\n{ROW}\n", "messages.csv": table})
        page = desk.fetch(Kind.ACTIVITY, NAME)
        assert len(page.records) == 1
        assert [(one.count, one.where) for one in page.refused] == [
            (1, "messages.csv in LinkedIn.zip line 3")
        ]


class TestAnExport:
    FILES: ClassVar = {
        "Connections.csv": f"{HEADER}\n{ROW}\n",
        "Profile.csv": "First Name,Last Name\nAnna,Bakker\n",
    }

    @pytest.mark.parametrize("prefix", ["", "Basic_LinkedInDataExport_11-21-2026/", "a/b/"])
    @pytest.mark.parametrize(
        "name", ["Connections.csv", "connections.csv", "CONNECTIONS.CSV", "Connections (1).csv"]
    )
    def test_is_read_wherever_its_files_lie_in_the_zip(self, desk: Desk, prefix: str, name: str) -> None:
        desk.zip(
            "LinkedIn.zip", {f"{prefix}{name}": self.FILES["Connections.csv"], "Jobs/Saved Jobs.csv": "a,b\n"}
        )
        assert told(desk) == USUAL

    def test_is_read_if_the_connections_have_another_name(self, desk: Desk) -> None:
        desk.zip(
            "LinkedIn.zip",
            {"Ad_Targeting.csv": "a,a,a\n1,2,3\n", "Kontakte.csv": self.FILES["Connections.csv"]},
        )
        assert told(desk) == USUAL

    def test_is_read_from_the_folder_it_was_unpacked_to(self, desk: Desk) -> None:
        for name, content in self.FILES.items():
            (desk.folder / name).write_text(content, encoding="utf-8")
        assert told(desk) == USUAL

    def test_is_read_from_a_folder_with_the_connections_under_another_name(self, desk: Desk) -> None:
        (desk.folder / "Kontakte.csv").write_text(self.FILES["Connections.csv"], encoding="utf-8")
        assert told(desk) == USUAL

    def test_is_read_from_the_file_of_connections_alone(self, desk: Desk) -> None:
        path = desk.folder / "mine.csv"
        path.write_text(self.FILES["Connections.csv"], encoding="utf-8")
        desk.opens(path)
        assert told(desk) == USUAL

    def test_is_read_if_its_entries_tell_their_sizes_afterwards(self, desk: Desk) -> None:
        class Pipe(io.RawIOBase):
            """Cannot seek, as what LinkedIn's servers write to."""

            def __init__(self) -> None:
                self.data = bytearray()

            def writable(self) -> bool:
                return True

            def write(self, data: Any, /) -> int:
                self.data += data
                return len(data)

        pipe = Pipe()
        with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("Connections.csv", self.FILES["Connections.csv"])
        assert pipe.data[6] & 8
        (desk.folder / "LinkedIn.zip").write_bytes(pipe.data)
        assert told(desk) == USUAL

    def test_stored_without_compression_is_read(self, desk: Desk) -> None:
        with zipfile.ZipFile(desk.folder / "LinkedIn.zip", "w") as archive:
            archive.writestr("Connections.csv", self.FILES["Connections.csv"])
        assert told(desk) == USUAL


class TestAFolderOfExports:
    def test_holds_zips_and_folders_and_other_things(self, desk: Desk) -> None:
        desk.export(desk.row("Zoë Smit", NAME), name="Basic_LinkedInDataExport_10-18-2026.zip")
        unpacked = desk.folder / "more" / "Basic_LinkedInDataExport_11-21-2026"
        unpacked.mkdir(parents=True)
        (unpacked / "Connections.csv").write_text(desk.connections(desk.row("Zoë Smit", NAME, "COO")))
        desk.zip("holiday.zip", {"beach.jpg": b"x", "table.csv": "a,b\n1,2\n"})
        (desk.folder / "broken.zip").write_bytes(b"PK\x03\x04 and then nothing")
        (desk.folder / "notes.txt").write_text("x")
        (person,) = desk.people(NAME)
        assert (person.position, person.change.since) == ("COO", date(2026, 10, 18))
        assert desk.fetch(Kind.PERSON, NAME).failure is None

    def test_of_one_day_alone_says_what_changes_need(self, desk: Desk) -> None:
        for name in (
            "Basic_LinkedInDataExport_11-21-2026.zip",
            "Basic_LinkedInDataExport_11-21-2026 (1).zip",
        ):
            desk.export(desk.row("Zoë Smit", NAME), name=name)
        notice = desk.find(NAME).notice
        assert notice.endswith("Your files are all of one day: changes show from one of another day on.")
        assert "second file" not in notice

    def test_with_more_than_is_looked_at_says_so(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("adapters.linkedin_export.survey.MOST", 2)
        for name in ("a.zip", "b.zip"):
            desk.export(desk.row("Zoë Smit", NAME), name=name)
        assert desk.find(NAME).failure is None
        desk.export(desk.row("Zoë Smit", NAME), name="c.zip")
        page = desk.find(NAME)
        assert page.records
        assert page.failure.what == f"only the first 2 zips and folders in {desk.folder.name} were looked at"
        assert page.failure.mend == "put the files from LinkedIn into a folder of their own"

    def test_takes_up_a_new_export_by_itself(self, desk: Desk) -> None:
        desk.export(desk.row("Zoë Smit", NAME), name="Basic_LinkedInDataExport_10-18-2026.zip")
        assert desk.people(NAME)[0].change is None
        desk.export(desk.row("Zoë Smit", NAME, "COO"))
        assert desk.people(NAME)[0].change.what == "position"

    def test_named_twice_is_read_once(self, desk: Desk) -> None:
        path = desk.export(desk.row("Zoë Smit", NAME))
        desk.opens(path, desk.folder, Path(f"{desk.folder}/../{desk.folder.name}"))
        assert len(desk.people(NAME)) == 1
        assert "Changes show from your second file on." in desk.find(NAME).notice


class TestDates:
    @pytest.mark.parametrize(
        ("text", "read"),
        [
            ("07 Feb 2022", date(2022, 2, 7)),
            ("7-Feb-22", date(2022, 2, 7)),
            ("2022-02-07", date(2022, 2, 7)),
            ("Feb 7, 2022", date(2022, 2, 7)),
            ("7 februari 2022", date(2022, 2, 7)),
            ("07-mrt-22", date(2022, 3, 7)),
            ("7. März 2022", date(2022, 3, 7)),
            ("07 Mai 2022", date(2022, 5, 7)),
            ("7 févr. 2022", date(2022, 2, 7)),
            ("07 août 2022", date(2022, 8, 7)),
            ("7 de ene. de 2022", date(2022, 1, 7)),
            ("07 dic 2022", date(2022, 12, 7)),
            ("07.02.2022", date(2022, 2, 7)),
            ("7-2-2022", date(2022, 2, 7)),
            ("03/15/2024", date(2024, 3, 15)),
            ("15/03/2024", date(2024, 3, 15)),
            ("4/4/24", date(2024, 4, 4)),
            ("2022/02/07", date(2022, 2, 7)),
        ],
    )
    def test_of_all_forms_are_read(self, text: str, read: date) -> None:
        assert dates.day(text) == read

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "1/2/18",
            "31 Feb 2022",
            "07 Foo 2022",
            "2022",
            "45000",
            "07 Feb",
            "Feb 2022",
            "99/99/99",
            "x/y/z",
            "07 Feb 0001",
            "31 Dec 9999",
        ],
    )
    def test_that_are_none_or_not_surely_one_are_not_guessed(self, text: str) -> None:
        assert dates.day(text) is None

    @pytest.mark.parametrize(
        ("seconds", "read"), [(1_644_200_000, date(2022, 2, 7)), (-80_000_000_000, None), (10**12, None)]
    )
    def test_of_a_file_that_cannot_be_are_none(self, seconds: int, read: date | None) -> None:
        assert dates.of_timestamp(seconds) == read

    def test_in_a_form_that_nobody_knows_cost_nobody(self, desk: Desk) -> None:
        desk.export(desk.row("Zoë Smit", NAME, on="1/2/18"), desk.row("Tom Aarts", NAME, on="??"))
        assert [one.fields["Connected on"] for one in desk.people(NAME)] == ["??", "1/2/18"]
