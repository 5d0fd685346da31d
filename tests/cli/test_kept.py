"""``sources kept``: every file is listed, one source each, and nothing is hidden."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from salesprep.cli import run
from salesprep.cli.exits import Exit

List = Callable[..., str]


@pytest.fixture
def listed(settings: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> List:
    file = settings('[sources.crm]\nadapter = "demo"\ntoken = "file:secrets/crm-1f"\n')

    def of(*words: str) -> str:
        assert run(["sources", "kept", *words, "--settings", str(file)]) is Exit.DONE
        return str(capsys.readouterr().out)

    return of


@pytest.fixture
def home(own_machine: Path) -> Path:
    """A home in which salesprep has worked for a while, and somebody else has left things."""
    files = {
        "cache/index/crm/user-1f/0a/crm.sqlite": "x" * 1500,
        "cache/index/crm/service/0b/crm.sqlite": "x",
        "cache/index/old_wiki/none/0c/pages.sqlite": "x",
        "cache/index/stray": "x",
        "cache/what-is-this.bin": "x",
        "state/links.toml": "",
        "state/.links.toml.lock": "",
        "state/audit.jsonl": "{}",
        "state/log": "x",
        "state/log.1": "x",
        "state/trusted.json": "[]",
        "state/team.toml": "",
        "state/notes/van-dijk.md": "budget?",
        "state/notes/van-dijk.md~": "budget?",
        "config/settings.toml": "",
        "config/secrets/crm-1f": "x",
        "config/secrets/old-2e": "x",
        "config/deeper/down/here": "x",
    }
    for name, text in files.items():
        file = own_machine / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return own_machine


class TestTheList:
    def test_has_every_file_and_whose_it_is(self, listed: List, home: Path) -> None:
        told: Any = json.loads(listed("--format", "json"))
        found = {str(Path(one["path"]).relative_to(home).as_posix()): one for one in told["files"]}
        assert set(found) == {p.relative_to(home).as_posix() for p in home.rglob("*") if p.is_file()}
        assert {path: (one["what"], one["source"]) for path, one in found.items()} == {
            "cache/index/crm/user-1f/0a/crm.sqlite": ("index", "crm"),
            "cache/index/crm/service/0b/crm.sqlite": ("index", "crm"),
            "cache/index/old_wiki/none/0c/pages.sqlite": ("index", "old_wiki"),
            "cache/index/stray": ("unknown", None),
            "cache/what-is-this.bin": ("unknown", None),
            "state/links.toml": ("links", None),
            "state/.links.toml.lock": ("lock", None),
            "state/audit.jsonl": ("audit", None),
            "state/log": ("log", None),
            "state/log.1": ("log", None),
            "state/trusted.json": ("trusted", None),
            "state/team.toml": ("team", None),
            "state/notes/van-dijk.md": ("note", None),
            "state/notes/van-dijk.md~": ("unknown", None),
            "config/settings.toml": ("settings", None),
            "config/secrets/crm-1f": ("secret", "crm"),
            "config/secrets/old-2e": ("secret", None),
            "config/deeper/down/here": ("unknown", None),
        }
        assert told["folders"] == {name: str(home / name) for name in ("cache", "config", "state")}
        assert found["cache/index/crm/user-1f/0a/crm.sqlite"]["bytes"] == 1500

    def test_has_the_figures_of_each_source(self, listed: List, own_machine: Path) -> None:
        for name in ("crm.jsonl", "crm.jsonl.1", "old_wiki.jsonl"):
            file = own_machine / "state" / "figures" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("{}", encoding="utf-8")
        told: Any = json.loads(listed("--format", "json"))
        found = {Path(one["path"]).name: (one["what"], one["source"]) for one in told["files"]}
        assert found == {
            "crm.jsonl": ("figures", "crm"),
            "crm.jsonl.1": ("figures", "crm"),
            "old_wiki.jsonl": ("figures", "old_wiki"),
        }

    def test_in_words_says_what_nobody_knows(self, listed: List, home: Path) -> None:
        text = listed()
        rows = [" ".join(row.split()) for row in text.splitlines()]
        assert "index CRM 2 kB index/crm/user-1f/0a/crm.sqlite" in rows
        assert any(row.startswith("index old_wiki, no longer set up 1 B") for row in rows)
        assert "UNKNOWN 1 B what-is-this.bin" in rows
        told = " ".join(text.split())
        assert (
            "18 files; 2 sources, each in files of its own; ids of several stand in your decisions only"
            in told
        )
        assert told.endswith("4 that salesprep did not write")

    def test_of_a_fresh_home_is_empty(self, listed: List) -> None:
        assert listed() == "nothing is kept\n"

    def test_follows_no_link_out_of_the_house(self, listed: List, home: Path, tmp_path: Path) -> None:
        outside = tmp_path / "outside"
        outside.mkdir()
        (outside / "private").write_text("x", encoding="utf-8")
        (home / "cache" / "index" / "loop").symlink_to(home / "cache")
        (home / "state" / "away").symlink_to(outside)
        told = json.loads(listed("--format", "json"))
        paths = {one["path"]: one["bytes"] for one in told["files"]}
        assert str(home / "state" / "away") in paths
        assert str(home / "cache" / "index" / "loop") in paths
        assert not any("private" in path for path in paths)
        assert len(paths) == 20

    def test_has_the_decisions_wherever_the_settings_put_them(
        self, listed: List, home: Path, tmp_path: Path
    ) -> None:
        team, file = tmp_path / "team.toml", tmp_path / "settings.toml"
        team.write_text("", encoding="utf-8")
        file.write_text(file.read_text(encoding="utf-8") + f'[links]\nfile = "{team}"\n', encoding="utf-8")
        told = json.loads(listed("--format", "json"))
        what = {one["path"]: (one["folder"], one["what"]) for one in told["files"]}
        assert what[str(team)] == ("elsewhere", "links")
        assert what[str(home / "state" / "links.toml")] == ("state", "links"), "from before"

    def test_cannot_steer_the_terminal(self, listed: List, home: Path) -> None:
        (home / "cache" / "a\x1b[2J\nb").write_text("x", encoding="utf-8")
        assert "\x1b" not in listed()
        assert "\x1b" not in listed("--format", "json")
