"""What there is at a place: who claims it, and what a broken adapter or file costs."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from salesprep.setup import Adapters, Looked, look, place_of

Make = Callable[..., Adapters]

BY_WORD = """
if given.path is None or not given.head.startswith(b"{word}"):
    return ()
return file(given, "{name}", sure="{sure}")
"""


def claims(name: str, word: str, sure: str = "certain") -> str:
    return BY_WORD.format(name=name, word=word, sure=sure)


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    folder = tmp_path / "downloads"
    folder.mkdir()
    return folder


def put(folder: Path, name: str, text: str = "TABLE", age: int = 0) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    os.utime(path, (1_700_000_000 - age, 1_700_000_000 - age))
    return path


def seen(looked: Looked) -> list[tuple[str, str]]:
    """File and adapter of every reading."""
    return [
        (offer.place.shown, offer.adapter)
        for finding in looked.findings
        for reading in finding.readings
        for offer in reading
    ]


class TestAFile:
    def test_is_what_the_surest_adapter_says(self, adapters: Make, downloads: Path, now: datetime) -> None:
        asked = adapters(
            text=claims("text", "T", "possible"),
            grid=claims("grid", "TABLE"),
            any=claims("any", "T", "likely"),
        )
        looked = look(place_of(str(put(downloads, "a.txt"))), asked, now=now)
        assert seen(looked) == [("a.txt", "grid")]

    def test_is_judged_by_its_content(self, adapters: Make, downloads: Path, now: datetime) -> None:
        asked = adapters(grid=claims("grid", "TABLE"))
        assert seen(look(place_of(str(put(downloads, "x.jpg"))), asked, now=now)) == [("x.jpg", "grid")]
        assert look(place_of(str(put(downloads, "b.csv", "no"))), asked, now=now).findings == ()

    def test_that_two_are_as_sure_of_is_offered_as_both(
        self, adapters: Make, downloads: Path, now: datetime
    ) -> None:
        asked = adapters(second=claims("second", "TABLE"), first=claims("first", "TABLE"))
        looked = look(place_of(str(put(downloads, "a.txt"))), asked, now=now)
        assert [reading[0].adapter for reading in looked.findings[0].readings] == ["second", "first"]

    def test_that_cannot_be_read_is_said_with_its_mend(
        self, adapters: Make, downloads: Path, now: datetime
    ) -> None:
        asked = adapters(export='raise BadData("a.zip ends early", mend="ask for it once more")')
        looked = look(place_of(str(put(downloads, "a.zip"))), asked, now=now)
        assert [(one.shown, one.failure.what, one.failure.mend) for one in looked.troubles] == [
            ("a.zip", "a.zip ends early", "ask for it once more")
        ]

    def test_that_another_adapter_reads_is_no_trouble(
        self, adapters: Make, downloads: Path, now: datetime
    ) -> None:
        asked = adapters(export='raise BadData("no zip")', grid=claims("grid", "TABLE"))
        assert look(place_of(str(put(downloads, "a.txt"))), asked, now=now).troubles == ()

    def test_can_be_asked_of_one_adapter_alone(self, adapters: Make, downloads: Path, now: datetime) -> None:
        asked = adapters(only="any", grid=claims("grid", "TABLE"), any=claims("any", "T", "possible"))
        assert seen(look(place_of(str(put(downloads, "a.txt"))), asked, now=now)) == [("a.txt", "any")]

    def test_with_several_things_in_it_tells_them_apart_by_what_differs(
        self, adapters: Make, downloads: Path, now: datetime
    ) -> None:
        body = """
        path = str(given.path)
        return tuple(
            Proposal(name="x", title="X", what="x", sure="likely", config=config)
            for config in (
                {"a": {"path": path, "sheet": "one"}, "b": {"path": path, "origin": "today"}},
                {"a": {"path": path, "sheet": "two"}},
                {"b": {"path": path, "origin": "today"}},
            )
        )
        """
        looked = look(place_of(str(put(downloads, "a.txt"))), adapters(grid=body), now=now)
        # What is the same wherever it stands may be another thing tomorrow.
        assert [offer.parts for offer in looked.findings[0].readings[0]] == [("a.sheet",)] * 3

    def test_that_can_become_several_things_leads_to_checked_proposals(
        self, adapters: Make, downloads: Path, now: datetime
    ) -> None:
        body = """
        def one(**more):
            return Proposal(name="x", title="X", what="a\\x1b[31m", sure="likely", config={}, **more)
        kind = dict(key="kind", label="it holds", value=None, options=("orders",))
        deeper = Choice(**kind, leads_to={"orders": one()})
        wrong = given.path.name == "wrong.txt"
        led = one(choices=(deeper,)) if wrong else one()
        return (one(choices=(Choice(**kind, leads_to={"orders": led}),)),)
        """
        asked = adapters(grid=body)
        looked = look(place_of(str(put(downloads, "a.txt"))), asked, now=now)
        (choice,) = looked.findings[0].readings[0][0].proposal.choices
        assert "\x1b" not in choice.leads_to["orders"].what
        looked = look(place_of(str(put(downloads, "wrong.txt"))), asked, now=now)
        assert [one.failure.code for one in looked.troubles] == ["adapter_bug"]

    def test_gives_its_first_64_kib_to_everybody(
        self, adapters: Make, downloads: Path, now: datetime
    ) -> None:
        asked = adapters(grid='return file(given, f"n{len(given.head)}")')
        looked = look(place_of(str(put(downloads, "a.txt", "x" * 100_000))), asked, now=now)
        assert looked.findings[0].readings[0][0].proposal.name == "n65536"


class TestAFolder:
    def test_that_is_claimed_as_a_whole_is_not_looked_into(
        self, adapters: Make, downloads: Path, now: datetime
    ) -> None:
        put(downloads, "page.txt")
        wiki = 'return file(given, "wiki", sure="likely") if given.path.is_dir() else ()'
        looked = look(place_of(str(downloads)), adapters(wiki=wiki, grid=claims("grid", "TABLE")), now=now)
        assert seen(looked) == [("downloads", "wiki")]

    def test_that_only_might_be_something_is_looked_into(
        self, adapters: Make, downloads: Path, now: datetime
    ) -> None:
        put(downloads, "a.txt")
        wiki = 'return file(given, "wiki", sure="possible") if given.path.is_dir() else ()'
        looked = look(place_of(str(downloads)), adapters(wiki=wiki, grid=claims("grid", "TABLE")), now=now)
        assert seen(looked) == [("a.txt", "grid")]

    def test_that_only_might_be_something_and_holds_nothing_is_still_offered(
        self, adapters: Make, downloads: Path, now: datetime
    ) -> None:
        put(downloads, "a.txt", "nothing")
        wiki = 'return file(given, "wiki", sure="possible") if given.path.is_dir() else ()'
        assert seen(look(place_of(str(downloads)), adapters(wiki=wiki), now=now)) == [("downloads", "wiki")]

    def test_shows_the_newest_first_and_what_is_unsure_last(
        self, adapters: Make, downloads: Path, now: datetime
    ) -> None:
        put(downloads, "old.txt", age=100)
        put(downloads, "new.txt", age=1)
        put(downloads, "perhaps.txt", "T", age=0)
        asked = adapters(grid=claims("grid", "TABLE"), any=claims("any", "T", "possible"))
        assert seen(look(place_of(str(downloads)), asked, now=now)) == [
            ("new.txt", "grid"),
            ("old.txt", "grid"),
            ("perhaps.txt", "any"),
        ]

    def test_shows_customers_before_people_and_visits(
        self, adapters: Make, downloads: Path, now: datetime
    ) -> None:
        for age, name in enumerate(("m", "p", "a")):
            put(downloads, f"{name}.txt", name, age=age)
        kinds = {"meet": "meeting", "folk": "person", "firm": "account"}
        asked = adapters(
            manifests={name: f'kinds = ["{kind}"]' for name, kind in kinds.items()},
            meet=claims("meet", "m"),
            folk=claims("folk", "p"),
            firm=claims("firm", "a"),
        )
        assert [adapter for _file, adapter in seen(look(place_of(str(downloads)), asked, now=now))] == [
            "firm",
            "folk",
            "meet",
        ]

    def test_is_read_without_what_is_hidden_or_not_there_yet(
        self, adapters: Make, downloads: Path, now: datetime
    ) -> None:
        for name in (".a", "b.crdownload", "c.part", "d.partial", "~$e.xlsx", "Thumbs.db"):
            put(downloads, name)
        put(downloads, "empty.csv", "")
        (downloads / "circle").symlink_to("circle")
        (downloads / "nowhere").symlink_to("gone")
        os.mkfifo(downloads / "pipe")
        files = "return () if given.path.is_dir() else file(given, 'any')"
        looked = look(place_of(str(downloads)), adapters(files=files), now=now)
        assert (looked.findings, looked.troubles, looked.asked) == ((), (), 0)

    def test_offers_what_lies_in_a_folder_in_it_if_that_is_sure(
        self, adapters: Make, downloads: Path, now: datetime
    ) -> None:
        for name in ("export", "pictures"):
            (downloads / name).mkdir()
        code = """
            if not given.path.is_dir() or given.path.name == "downloads":
                return ()
            return file(given, "it", sure="likely" if given.path.name == "export" else "possible")
        """
        assert seen(look(place_of(str(downloads)), adapters(one=code), now=now)) == [("export", "one")]

    def test_of_very_many_files_leaves_out_the_oldest_and_says_how_many(
        self, adapters: Make, downloads: Path, now: datetime
    ) -> None:
        for number in range(203):
            put(downloads, f"{number}.txt", age=number)
        looked = look(place_of(str(downloads)), adapters(grid=claims("grid", "TABLE")), now=now)
        assert (len(looked.findings), looked.asked, looked.beyond) == (200, 200, 3)
        assert ("202.txt", "grid") not in seen(looked)

    def test_for_which_the_time_is_over_says_what_was_not_looked_at(
        self, adapters: Make, downloads: Path, now: datetime
    ) -> None:
        put(downloads, "a.txt")
        asked = adapters(grid=claims("grid", "TABLE"))
        looked = look(place_of(str(downloads)), asked, now=now, for_all=0)
        assert (looked.findings, looked.beyond) == ((), 1)

    def test_with_a_damaged_export_in_it_shows_the_others(
        self, adapters: Make, downloads: Path, now: datetime
    ) -> None:
        put(downloads, "cut.zip", "CUT")
        put(downloads, "a.txt")
        export = (
            'if given.head == b"CUT":\n    raise BadData("cut.zip ends early", mend="once more")\nreturn ()'
        )
        looked = look(
            place_of(str(downloads)), adapters(export=export, grid=claims("grid", "TABLE")), now=now
        )
        assert seen(looked) == [("a.txt", "grid")]
        assert [one.failure.what for one in looked.troubles] == ["cut.zip ends early"]

    def test_with_a_file_that_may_not_be_read_says_so(
        self, adapters: Make, downloads: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(downloads, "mine.txt")

        def closed(path: Path) -> bytes:  # whoever runs the tests as root may read everything
            if path.is_dir():
                return b""
            raise PermissionError(path)

        monkeypatch.setattr("salesprep.setup.looking.head_of", closed)
        looked = look(place_of(str(downloads)), adapters(grid=claims("grid", "TABLE")), now=now)
        assert [(one.shown, one.failure.what) for one in looked.troubles] == [("mine.txt", "may not be read")]

    def test_tells_how_far_it_is(self, adapters: Make, downloads: Path, now: datetime) -> None:
        put(downloads, "a.txt", age=1)
        put(downloads, "b.txt")
        told: list[tuple[str, int, int]] = []
        look(
            place_of(str(downloads)),
            adapters(grid=claims("grid", "TABLE")),
            now=now,
            tell=lambda *now: told.append(now),
        )
        assert told == [("downloads", 1, 1), ("b.txt", 1, 2), ("a.txt", 2, 2)]


class TestAnAdapterThatMisbehaves:
    @pytest.mark.parametrize(
        ("body", "what"),
        [
            ("raise SystemExit(3)", "recognise stopped with SystemExit in adapter.py line"),
            ("raise KeyError('hunter2')", "recognise stopped with KeyError in adapter.py line"),
            ("return [1]", "recognise must return a tuple of Proposal"),
            ("return file(given, 'x', sure='very')", "neither certain nor likely nor possible"),
            (
                "return (Proposal(name='x', title='x', what='x', sure='likely', config={'adapter': 'sql'}),)",
                "a key that is not its own",
            ),
            (
                "return (Proposal(name='x', title='x', what='x', sure='likely', config={'a': object()}),)",
                "what TOML cannot",
            ),
            (
                "return (Proposal(name='x', title='', what='', sure='likely', config={'a': 1}, unites='a'),)",
                "unites names no list",
            ),
        ],
    )
    def test_costs_itself_and_is_named(
        self, body: str, what: str, adapters: Make, downloads: Path, now: datetime
    ) -> None:
        asked = adapters(bad=body, grid=claims("grid", "TABLE"))
        put(downloads, "a.txt")
        put(downloads, "b.txt")
        looked = look(place_of(str(downloads)), asked, now=now)
        assert sorted(seen(looked)) == [("a.txt", "grid"), ("b.txt", "grid")]
        assert [one.shown for one in looked.troubles] == ["bad"]
        assert what in looked.troubles[0].failure.what
        assert "hunter2" not in str(looked.troubles)

    def test_that_cannot_be_imported_costs_itself(
        self, adapters: Make, downloads: Path, now: datetime
    ) -> None:
        asked = adapters(broken={"bad": "raise SystemExit"}, grid=claims("grid", "TABLE"))
        looked = look(place_of(str(put(downloads, "a.txt"))), asked, now=now)
        assert seen(looked) == [("a.txt", "grid")]
        assert [one.shown for one in looked.troubles] == ["bad"]
        assert "cannot be loaded" in looked.troubles[0].failure.what

    def test_that_hangs_is_asked_once_and_left_out(
        self, adapters: Make, downloads: Path, now: datetime
    ) -> None:
        put(downloads, "a.txt", age=1)
        put(downloads, "b.txt")
        hangs = """
            import time
            from pathlib import Path
            with Path(given.path.parent, "asked").open("a") as out:
                out.write(f"{given.path.name}\\n")
            time.sleep(60)
        """
        asked = adapters(hangs=hangs, grid=claims("grid", "TABLE"))
        looked = look(place_of(str(downloads)), asked, now=now, for_one=1.0)
        assert seen(looked) == [("b.txt", "grid"), ("a.txt", "grid")]
        assert [one.shown for one in looked.troubles] == ["hangs"]
        assert "did not come back in time" in looked.troubles[0].failure.what
        assert (downloads.parent / "asked").read_text(encoding="utf-8").splitlines() == ["downloads"]


class TestAnAddress:
    def test_is_asked_only_of_adapters_that_speak_to_hosts(self, adapters: Make, now: datetime) -> None:
        asked = adapters(
            manifests={"far": 'hosts = ["config:url"]'},
            near="return file(given, 'near')",
            far="return (Proposal(name='f', title='', what='', sure='likely', config={'url': given.url}),)",
        )
        looked = look(place_of("webcal://calendar.ons.example/a.ics"), asked, now=now)
        assert [reading[0].proposal.config for reading in looked.findings[0].readings] == [
            {"url": "https://calendar.ons.example/a.ics"}
        ]
