"""Every sentence goes through the catalogue: whatever else is on the screen a source or the user wrote.

The program speaks a language without Latin letters here. What is left of these has to be a name, a title
or a body out of the sample, a path, a key of the settings, or a word of the command line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from salesprep.adapter import Kind
from salesprep.cli.commands import salesprep

Typed = Callable[..., tuple[str, str]]
Types = Callable[..., list[str]]
Settings = Callable[[str, str], Path]

VAN_DIJK = "Van Dijk Machinebouw B.V."
_TOLD = frozenset(
    (
        "actor",
        "code",
        "error",
        "evidence",
        "how",
        "layer",
        "mend",
        "no_url_reason",
        "notice",
        "origin",
        "outcome",
    )
) | {"refused", "schema", "state", "verdict", "visibility", "what", "word"}
"""Keys of JSON whose texts are salesprep's own."""
_WORD = re.compile(r"[A-Za-z]{2,}")
_PIECE = re.compile(r"[A-Za-z0-9&.'’/@+_-]+(?: [A-Za-z0-9&.'’/@+_-]+)*")
"""Latin letters, cut where one cell or clause ends and the next one begins."""
_NUMBER = re.compile(r"[\d.]+\Z")
_EDGES = " .-/'"
_MARKUP = re.compile(r"<style>.*?</style>|<[^>]*>", re.S)


def texts(value: Any) -> Iterator[str]:
    """What a document of JSON holds that is not salesprep's own."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, dict):
        told = _TOLD | {"text"} if "rule" in value else _TOLD  # a line of the quick scan
        for key, each in value.items():
            if key not in told:
                yield from texts(each)


def bare(said: str, data: Iterable[str]) -> list[str]:
    """The pieces in Latin letters that no text in ``data`` holds."""
    known = "\n".join(" ".join(text.split()).casefold() for text in data)
    pieces = (" ".join(piece.split()) for piece in _PIECE.findall(said))
    return [piece for piece in pieces if _WORD.search(piece) and not _holds(known, piece.casefold())]


def _holds(known: str, piece: str) -> bool:
    """Whether it is in a text; or its beginning in one and its end in another, as cells that meet."""
    words = [word for word in piece.strip(_EDGES).split(" ") if not _NUMBER.match(word)]
    cuts = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(len(words))]
    return any(_begins(known, first) and _begins(known, second) for first, second in cuts)


def _begins(known: str, part: str) -> bool:
    """Whether a text has it from the beginning of a word on; its end may have been cut."""
    return re.search(rf"(?<![a-z]){re.escape(part.strip(_EDGES))}", known) is not None


def commands() -> list[str]:
    """``salesprep link choose``: each command as it is typed, with its options."""

    def beneath(command: Any, path: str) -> Iterator[str]:
        yield path
        yield from (name for param in command.params for name in param.opts)
        for name, below in getattr(command, "commands", {}).items():
            yield from beneath(below, f"{path} {name}")

    return list(beneath(salesprep, "salesprep"))


@pytest.fixture(scope="module")
def data(in_json: Callable[..., Any]) -> list[str]:
    """All that the sample's sources and its settings say."""
    asked = (
        ["brief", VAN_DIJK],
        ["brief", "Kaas & Co"],
        ["agenda"],
        ["contacts", VAN_DIJK, "--all"],
        ["people", VAN_DIJK],
        ["sources"],
        ["settings"],
    )
    found = [text for words in asked for text in texts(in_json(*words))]
    # Where a colleague is nearby stands in no record of this customer's.
    found += ["Brink Pompen", "Helmond", *commands(), *(kind.value for kind in Kind)]
    return [
        *found,
        *(f"{source}/{kind}" for source in ("calendar", "crm", "linkedin", "wiki") for kind in Kind),
    ]


class TestWhatIsShownOfTheSample:
    @pytest.fixture
    def shows(
        self, data: list[str], typed: Typed, settings: Settings, spoken: None, own_machine: Path
    ) -> Callable[..., list[str]]:
        foreign = settings("el", "el_GR")
        lines = foreign.read_text(encoding="utf-8").splitlines()
        values = [line for line in lines if not line.lstrip().startswith("#")]
        places = [str(foreign), str(own_machine / "config" / "settings.toml")]

        def unspoken(
            *words: str, more: Sequence[str] = (), widths: Sequence[int] = (160, 80, 40)
        ) -> list[str]:
            """What is bare of a command at each width."""
            known = [*data, *words, *more, *places, *values]
            found: list[str] = []
            for width in widths:
                said = "\n".join(typed(*words, "--settings", foreign, width=width))
                # How a command is used is told in the environment's language, which is English here.
                said = unescape(_MARKUP.sub(" ", re.sub("^Usage: .*", "", said, flags=re.M)))
                assert re.search("[а-щ]", said), "nothing is said at all"
                found += bare(said, known)
            return found

        return unspoken

    @pytest.mark.parametrize(
        "words",
        [
            ("brief", VAN_DIJK),
            ("brief", VAN_DIJK, "--why"),
            ("brief", "Kaas & Co"),
            ("brief", "Berghout"),
            ("brief", "Nobody & Sons"),
            ("agenda",),
            ("contacts", VAN_DIJK),
            ("contacts", VAN_DIJK, "--all", "--why"),
            ("contacts", VAN_DIJK, "--person", "R. Smit"),
            ("people", VAN_DIJK),
            ("people", VAN_DIJK, "--why"),
            ("sources",),
            ("link", "list"),
        ],
        ids=" ".join,
    )
    def test_is_spoken(self, words: tuple[str, ...], shows: Callable[..., list[str]]) -> None:
        assert shows(*words) == []

    @pytest.mark.parametrize("format_", ["md", "html"])
    def test_is_spoken_as_a_page(self, format_: str, shows: Callable[..., list[str]]) -> None:
        assert shows("brief", VAN_DIJK, "--format", format_, widths=[80]) == []

    def test_of_each_source_is_spoken(self, shows: Callable[..., list[str]]) -> None:
        exports = [f"Basic_LinkedInDataExport_{day}.zip" for day in ("11-21-2026", "10-18-2026")]
        assert shows("sources", "check", more=["database", "git", "crm.sqlite", *exports]) == []

    def test_of_adapters_is_spoken_but_for_the_contracts_words(
        self, shows: Callable[..., list[str]], root: Path
    ) -> None:
        contract = ["fetch", "find", "search", "upcoming", "recognise"]
        folders = [str(path) for path in (root / "adapters").iterdir()]
        assert shows("adapter", "list", more=[*contract, *folders]) == []

    def test_of_settings_is_spoken_but_for_their_keys(self, shows: Callable[..., list[str]]) -> None:
        assert shows("settings", more=["/etc/xdg/salesprep/settings.toml", "el_GR"]) == []
        assert shows("settings", "--why", "us.zone", more=["/etc/xdg/salesprep/settings.toml"]) == []

    def test_of_what_is_kept_is_spoken_but_for_its_files(
        self, shows: Callable[..., list[str]], own_machine: Path
    ) -> None:
        assert shows("brief", VAN_DIJK, widths=[80]) == []
        files = [str(path) for path in own_machine.rglob("*")]
        assert shows("sources", "kept", more=[*files, *(Path(name).name for name in files)]) == []

    def test_of_how_sources_answered_is_spoken(self, shows: Callable[..., list[str]]) -> None:
        assert shows("brief", VAN_DIJK, widths=[80]) == []
        assert shows("sources", more=["ms", "p50", "p95"]) == []

    def test_of_the_doctor_is_spoken_but_for_what_is_to_be_typed(
        self, shows: Callable[..., list[str]], own_machine: Path
    ) -> None:
        places = [str(own_machine / name) for name in ("config", "cache", "state", "state/links.toml")]
        adapters = ["ics", "linkedin_export", "markdown_wiki", "sql", "table"]
        typed = ["TERM", "UTF-8", "tzdata", "OSC 52", "wl-clipboard", "Wayland", "xclip", "xsel", "X11", "MB"]
        more = [*places, *adapters, *typed, "salesprep", "Python", "chmod"]
        assert shows("doctor", more=more, widths=[160]) == []

    def test_of_choosing_is_spoken_but_for_the_commands(self, shows: Callable[..., list[str]]) -> None:
        commands = ["salesprep link confirm Berghout crm", "salesprep link reject Berghout crm"]
        assert shows("link", "choose", "Berghout", more=commands) == []

    @pytest.mark.parametrize(
        "words",
        [
            ("sources", "check", "crn"),
            ("settings", "--why", "us.zome"),
            ("brief", "--pick", "crm"),
            ("link", "forget", VAN_DIJK),
            ("add", "nowhere.csv"),
            ("note", VAN_DIJK, "--show"),
        ],
        ids=" ".join,
    )
    def test_that_something_cannot_be_is_spoken(
        self, words: tuple[str, ...], shows: Callable[..., list[str]]
    ) -> None:
        names = ["salesprep", "crm", "us.zone", "SOURCE ID", "salesprep link list", "NAME"]
        assert shows(*words, more=names, widths=[80]) == []


_TROUBLES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "not there": (
        ('"sample:crm.sqlite"', '"gone.sqlite"'),
        ('"sample:linkedin"', '"gone.zip"'),
        ('"sample:calendars/', '"gone/'),
        ('"sample:wiki"', '"gone"'),
    ),
    "damaged": (
        ('"sample:crm.sqlite"', '"damaged.sqlite"'),
        ('"sample:linkedin"', '"cut.zip"'),
        ('"sample:calendars/anna.ics"', '"bad.ics"'),
    ),
    "wrong keys": (
        ('database = "sample:crm.sqlite"', "datbase = 3"),
        ('exports = ["sample:linkedin"]', "exports = 3"),
        ('folder = "sample:wiki"', ""),
    ),
}
"""What stands in the sample's settings, and what then stands there."""


class TestWhatIsSaidOfTrouble:
    """Each source of the sample in some trouble."""

    WORDS = (
        ("brief", VAN_DIJK),
        ("brief", VAN_DIJK, "--why"),
        ("brief", VAN_DIJK, "--offline"),
        ("brief",),
        ("agenda",),
        ("contacts", VAN_DIJK),
        ("people", VAN_DIJK),
        ("sources",),
        ("sources", "check"),
    )

    @pytest.fixture
    def broken(self, settings: Settings, tmp_path: Path) -> Callable[[str], Path]:
        """The sample's settings with one thing, or all, gone wrong; the others are well."""
        damaged = tmp_path / "damaged.sqlite"
        damaged.write_bytes(b"SQLite format 3\0" + b"x" * 4096)
        cut = tmp_path / "cut.zip"
        cut.write_bytes(b"PK\3\4" + b"x" * 100)
        (tmp_path / "bad.ics").write_text(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261123T990000Z\nEND:VEVENT\nEND:VCALENDAR\n"
        )

        def write(trouble: str) -> Path:
            file = settings("el", "el_GR")
            text = file.read_text(encoding="utf-8")
            for good, bad in _TROUBLES[trouble]:
                assert good in text, good
                text = text.replace(good, bad)
            file.write_text(text, encoding="utf-8")
            return file

        return write

    @pytest.mark.parametrize("words", WORDS, ids=" ".join)
    @pytest.mark.parametrize("trouble", _TROUBLES)
    def test_is_spoken(
        self,
        words: tuple[str, ...],
        trouble: str,
        broken: Callable[[str], Path],
        typed: Typed,
        spoken: None,
        data: list[str],
        tmp_path: Path,
    ) -> None:
        file = broken(trouble)
        said = "\n".join(typed(*words, "--settings", file))
        keys = ["sources", "database", "datbase", "exports", "folder", "git", "index", "query", "check"]
        values = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        names = ["linkedin_export", "markdown_wiki", *map(str, tmp_path.iterdir()), *keys, *values]
        names += [f"Basic_LinkedInDataExport_{day}.zip" for day in ("11-21-2026", "10-18-2026")]
        names += [f"{tmp_path}/gone/{who}.ics" for who in ("anna", "m.bakker", "j.jansen", "s.willems")]
        assert bare(said, [*data, *words, *names]) == []


class TestWhatIsSaidOfNewData:
    def test_is_spoken(
        self,
        settings: Settings,
        typed: Typed,
        spoken: None,
        data: list[str],
        tmp_path: Path,
        own_machine: Path,
    ) -> None:
        folder = tmp_path / "downloads"
        (folder / "notes").mkdir(parents=True)
        (folder / "accounts.csv").write_text("Account;Plaats;Website\nAcme;Gent;acme.example\n" * 3)
        (folder / "people.csv").write_text(
            "Naam;Bedrijf;Functie\nR. Smit;Acme;Inkoper\nK. Vos;Acme;Inkoper\n"
        )
        (folder / "old.xls").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
        (folder / "agenda.ics").write_text(
            "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nDTSTART:20261123T100000Z\nSUMMARY:Bezoek\n"
            "ATTENDEE:mailto:r.smit@acme.example\nEND:VEVENT\nEND:VCALENDAR\n"
        )
        for name in ("een", "twee", "drie"):
            (folder / "notes" / f"{name}.md").write_text(f"---\ntitle: {name}\n---\n# {name}\ntekst\n")
        file = settings("el", "el_GR")
        cells = ["Account", "Plaats", "Website", "Naam", "Bedrijf", "Functie", "acme.example", "acme"]
        found = [path.name for path in folder.rglob("*")]
        keys = ["sources", "us.domains", "us.emails", "us.zone", "us.locale", "UTC", "calendar", "contacts"]
        keys += [
            "sources.crm_2",
            "sources.calendar_2",
            "sources.wiki_2",
            str(own_machine / "config" / "settings.toml"),
        ]
        for more in (["--dry-run"], []):
            said = "\n".join(typed("add", folder, *more, "--settings", file))
            assert re.search("[а-щ]", said)
            assert bare(said, [*data, *cells, *found, *keys, *commands(), str(tmp_path)]) == []


class TestWhatIsSaidBeforeSettingsAreRead:
    HELP: tuple[list[str], ...] = (
        [],
        ["brief"],
        ["contacts"],
        ["people"],
        ["note"],
        ["agenda"],
        ["add"],
        ["init"],
        ["sources"],
        ["sources", "check"],
        ["sources", "kept"],
        ["doctor"],
        ["settings"],
        ["settings", "trust"],
        ["link"],
        ["link", "list"],
        ["link", "choose"],
        ["link", "confirm"],
        ["link", "reject"],
        ["link", "forget"],
        ["adapter"],
        ["adapter", "list"],
    )
    NAMES = "OPTIONS COMMAND ARGS NAME FILE ID WORDS SECONDS SOURCES KEY FOLDER WHICH ADAPTER PATH URL SOURCE"
    CHOICES = "text json md html"

    def test_as_help_is_spoken(self, before_settings: Types) -> None:
        known = [*self.NAMES.split(), *self.CHOICES.split(), *commands(), "--help"]
        for said in before_settings(*([*words, "--help"] for words in self.HELP)):
            assert bare(said, known) == []

    def test_of_wrong_use_is_spoken(self, before_settings: Types, tmp_path: Path) -> None:
        wrong = (
            ["brief", "--wat"],
            ["brief", "--format", "pdf"],
            ["brief", "--only"],
            ["brief", "--deadline", "soon"],
            ["brief", "--deadline", "0"],
            ["contacts", "--days", "3", "--all"],
            ["contcts"],
            ["agenda", "today"],
            ["link", "confirm"],
            ["link", "confirm", "Acme"],
            ["note", "--show", "--path"],
            ["note", "--format", "json"],
            ["init"],
            ["settings", "trust", "--yes"],
            ["doctor", "--bundle", "/"],
        )
        # Of click's own words these two have no catalogue.
        numbers = ["float range", "integer range"]
        for words, said in zip(wrong, before_settings(*wrong), strict=True):
            known = [*self.NAMES.split(), *self.CHOICES.split(), *commands(), "--help", *words, *numbers]
            known.append(str(tmp_path / "settings.toml"))
            assert bare(said, known) == [], words

    @pytest.mark.parametrize(
        "content",
        [
            "[us]\nname = {}\n",
            "[us\n",
            "[us]\nzome = 'x'\n",
            "[us]\nzone = 'Europe/Amsterdm'\n",
            "[us]\nlanguage = 3\n",
            "[us]\nemails = 'anna@ons.example'\n",
            "[us]\ncolleagues = [{name = 'J. Jansen'}]\n",
            "[us.home]\nlatitude = 91\n",
            "[screen]\norder = ['crn']\n[sources.crm]\nadapter = 'sql'\n",
            "[sources.crm]\ndatabase = 'x'\n",
            "[sources.crm]\nadapter = 'sgl'\n",
            "[briefing]\ndeadline = 0\n",
            "requires = '>=99'\n",
            "sources = 3\n",
        ],
    )
    def test_of_wrong_settings_is_spoken(self, content: str, before_settings: Types, tmp_path: Path) -> None:
        file = tmp_path / "wrong.toml"
        file.write_text(content, encoding="utf-8")
        (said,) = before_settings(["sources", "--settings", str(file)])
        # Keys of settings and the names in them; examples stand in a sentence's own letters.
        keys = """
            us.name us.home us.home.latitude us.zone us.zome us.language us.emails us.colleagues email city
            us.colleagues[1] screen.order sources sources.crm sources.crm.adapter adapter briefing.deadline
            requires sql table ics linkedin_export markdown_wiki zone Europe/Amsterdam
        """
        known = [str(file), "salesprep", *keys.split()]
        assert bare(said, known) == []


class TestTheTestItself:
    DATA = ("R. Smit", "Kwartaalbezoek lijn 4", "LinkedIn", "wacht op onderdeel")

    @pytest.mark.parametrize("said", ["R. Smit, Kwartaal…", "LinkedIn 2 г", '"wacht op": R. Smit', "14 км"])
    def test_takes_what_is_data(self, said: str) -> None:
        assert bare(said, self.DATA) == []

    @pytest.mark.parametrize(
        "said",
        ["nobody answered", "R. Smit phoned", "open 4 d, third", "with you: R. Smit", "not in LinkedIn"],
    )
    def test_sees_a_sentence_that_is_not_spoken(self, said: str) -> None:
        assert bare(said, self.DATA) != []
