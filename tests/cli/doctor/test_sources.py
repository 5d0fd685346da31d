"""Adapters, sources and libraries: which can be used, which not, and why. Nothing is asked."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from salesprep.cli.exits import Exit
from salesprep.sources import trying

Doctor = Callable[..., Any]
Write = Callable[..., Path]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def adapter(tmp_path: Path, name: str, code: str = "", **manifest: object) -> None:
    """An adapter folder of one's own beside the demo."""
    folder = tmp_path / "adapters" / name
    folder.mkdir(parents=True, exist_ok=True)
    keys = {
        "name": name, "title": name, "version": "1.0", "contract": "1.0", "class": "Own",
        "kinds": ["task"], "abilities": ["fetch"], "asks_as": "none", **manifest,
    }  # fmt: skip
    toml = "".join(f"{key} = {value!r}\n" for key, value in keys.items())
    (folder / "adapter.toml").write_text(toml, encoding="utf-8")
    (folder / "adapter.py").write_text(code, encoding="utf-8")


class TestAnAdapter:
    def test_is_told_with_its_version_and_contract(self, one: Path, doctor: Doctor) -> None:
        found = {f["about"]: f for f in doctor("--settings", one).of("adapters", "installed")}
        assert found["demo"]["what"] == "demo 2.1, for contract 1.0"
        assert set(found) >= {"demo", "ics", "sql"}

    def test_that_is_not_used_is_no_fault(self, one: Path, doctor: Doctor, tmp_path: Path) -> None:
        adapter(tmp_path, "spare", contract="9.0")
        told = doctor("--settings", one)
        assert told.code is Exit.DONE
        assert told.one("adapters", "not-loaded")["outcome"] == "warn"

    def test_that_is_used_and_cannot_be_loaded_is_one(
        self, settings: Write, doctor: Doctor, tmp_path: Path
    ) -> None:
        file = settings('[sources.crm]\nadapter = "newer"\n')
        adapter(tmp_path, "newer", contract="9.0")
        told = doctor("--settings", file)
        assert told.code is Exit.IN_PART
        assert told.one("adapters", "not-loaded")["mend"] == "update salesprep"
        assert told.one("sources", "not-usable")["about"] == "crm"

    def test_that_misses_a_library_says_which(self, settings: Write, doctor: Doctor, tmp_path: Path) -> None:
        file = settings('[sources.crm]\nadapter = "needy"\n')
        adapter(tmp_path, "needy", "import nobody_wrote_this\n", requires=["nobody-wrote-this>=2"])
        told = doctor("--settings", file)
        assert (
            told.one("adapters", "library")["mend"] == 'install it beside salesprep: "nobody-wrote-this>=2"'
        )
        assert "nobody_wrote_this" in told.one("sources", "not-usable")["what"]


class TestASource:
    def test_is_not_asked(self, settings: Write, doctor: Doctor, tmp_path: Path) -> None:
        asked = tmp_path / "asked"
        told = doctor("--settings", settings(f'[sources.crm]\nadapter = "demo"\nasked = "{asked}"\n'))
        assert told.one("sources", "not-asked")["what"] == "CRM can be asked"
        assert not asked.exists()

    @pytest.mark.parametrize(
        ("keys", "what"),
        [
            ("mood = 1", 'has an unknown key "mood"'),
            ('token = "env:NOBODY_SET_THIS"', "the environment variable NOBODY_SET_THIS, which is not set"),
            ('token = "file:nowhere"', "refers to a file that cannot be read"),
        ],
    )
    def test_whose_settings_do_not_fit_says_what_to_mend(
        self, keys: str, what: str, settings: Write, doctor: Doctor
    ) -> None:
        told = doctor("--settings", settings(f'[sources.crm]\nadapter = "demo"\n{keys}\n'))
        assert told.code is Exit.IN_PART
        found = told.one("sources", "not-usable")
        assert what in found["what"]
        assert found["mend"]

    @pytest.mark.parametrize("code", ["raise SystemExit(3)", "1 / 0", "class Own: pass", "("])
    def test_whose_adapter_breaks_on_import_costs_itself(
        self, code: str, settings: Write, doctor: Doctor, tmp_path: Path
    ) -> None:
        file = settings('[sources.crm]\nadapter = "broken"\n[sources.wiki]\nadapter = "demo"\n')
        adapter(tmp_path, "broken", code)
        told = doctor("--settings", file)
        assert told.wrong == [("sources", "not-usable")]
        assert told.one("sources", "not-asked")["about"] == "wiki"

    def test_whose_adapter_does_not_come_back_is_given_up(
        self, settings: Write, doctor: Doctor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = settings('[sources.crm]\nadapter = "endless"\n')
        adapter(tmp_path, "endless", "import time\ntime.sleep(3)\n")
        assert trying.try_source.__kwdefaults__ is not None
        monkeypatch.setitem(trying.try_source.__kwdefaults__, "patience", 0.2)
        assert "is not loaded after" in doctor("--settings", file).one("sources", "not-usable")["what"]

    def test_that_failed_when_it_was_last_asked_is_to_be_looked_at(
        self, two: Callable[[str], Path], doctor: Doctor, cli: Run
    ) -> None:
        file = two("mode = 'login'")
        cli("sources", "check", "--settings", file)
        told = doctor("--settings", file)
        assert told.code is Exit.DONE
        assert told.one("sources", "answers")["about"] == "crm"
        found = told.one("sources", "failed-last")
        assert found["about"] == "wiki"
        assert "(not logged in)" in found["what"]
        assert found["mend"] == "salesprep sources check wiki asks it for real"


class TestALibrary:
    def test_that_is_not_there_is_to_be_installed(
        self, one: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            metadata, "requires", lambda _name: ["nobody-wrote-this>=1", "click>=99", "rich>=1; extra == 'x'"]
        )
        told = doctor("--settings", one)
        assert told.one("dependencies", "missing")["what"] == "the library nobody-wrote-this is not installed"
        assert told.one("dependencies", "other-version")["what"].endswith("and >=99 is needed")
        assert told.code is Exit.IN_PART

    def test_that_is_there_is_counted(self, one: Path, doctor: Doctor) -> None:
        told = doctor("--settings", one)
        every = [one for one in metadata.requires("salesprep") or [] if ";" not in one]
        assert told.one("dependencies", "libraries")["what"] == f"{len(every)} libraries are there and fit"
