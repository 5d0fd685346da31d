"""Small adapters that recognise small things, asked the way ``add`` asks them."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest

from salesprep.settings import Settings, load
from salesprep.setup import Adapters
from salesprep.sources import Catalog, find_adapters

NOW = datetime(2026, 11, 23, 13, 21, tzinfo=ZoneInfo("Europe/Amsterdam"))

MANIFEST = """
name = "{name}"
title = "{name}"
version = "1.0"
contract = "1.0"
class = "It"
abilities = ["fetch", "recognise"]
asks_as = "none"
{more}
"""

HEAD = """
from salesprep.adapter import Adapter, BadData
from salesprep.adapter.config import Config, LocalPath, Secret
from salesprep.adapter.proposal import Choice, Me, Proposal

def file(given, name, sure="certain", **more):
    return (Proposal(name=name, title=name.title(), what=f"a {name}", sure=sure,
                     config={"path": str(given.path)}, **more),)

class It(Adapter):
    class Config(Config):
        path: LocalPath | None = None
        exports: list[LocalPath] = []
        columns: dict[str, str] = {}
        sheet: str | None = None
        url: str | None = None
        secret_url: Secret | None = None

    @classmethod
    def recognise(cls, given):
"""

Make = Callable[..., Adapters]


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def adapters(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """``adapters(table="…", wiki="…")``: adapters with these bodies of ``recognise``, and no others.

    ``manifests`` adds lines to the manifest of one; ``broken`` holds whole modules.
    """

    def make(
        manifests: dict[str, str] | None = None,
        broken: dict[str, str] | None = None,
        only: str | None = None,
        **bodies: str,
    ) -> Adapters:
        folder = tmp_path_factory.mktemp("adapters")
        for name, body in {**bodies, **(broken or {})}.items():
            home = folder / name
            home.mkdir()
            more = (manifests or {}).get(name, "")
            more += "" if "kinds" in more else '\nkinds = ["account"]'
            (home / "adapter.toml").write_text(MANIFEST.format(name=name, more=more), encoding="utf-8")
            code = HEAD + textwrap.indent(textwrap.dedent(body), " " * 8) if name in bodies else body
            (home / "adapter.py").write_text(code, encoding="utf-8")
        found = find_adapters([folder])
        names = [*bodies, *(broken or {})]  # in this order, and without those that are installed
        return Adapters(Catalog(MappingProxyType({name: found.installed[name] for name in names}), ()), only)

    return make


@pytest.fixture
def in_force(tmp_path: Path) -> Callable[[str], Settings]:
    """The settings of a file with this text."""

    def write(text: str) -> Settings:
        file = tmp_path / "settings.toml"
        file.write_text(text, encoding="utf-8")
        return load({}, explicit=None, person=file)

    return write
