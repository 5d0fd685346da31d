"""A place to try the host in: sources of scripted and of hostile adapters, a clock that is set by hand."""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pytest

import salesprep.adapter.config  # noqa: F401 - so that no test pays for the import of pydantic
from salesprep.adapter import Activity, Kind, Page, Query, Record
from salesprep.machine import Dirs
from salesprep.settings import Keep, Layer, LayerKind, Settings, Source, Us
from salesprep.sources import Answer, Ask, Host

HOSTILE = Path(__file__).parent.parent / "hostile"
SCRIPTS = "salesprep_test_scripts"
"""A module made by the tests, through which a scripted adapter finds what it shall do."""

_MANIFEST = """
name = "{name}"
title = "Scripted"
version = "1.0.0"
contract = "1.0"
class = "Scripted"
"""

_ADAPTER = """
from typing import Any
import {scripts} as scripts
from salesprep.adapter import {base}
from salesprep.adapter.config import Config, LocalPath, Secret

class ScriptedConfig(Config):
    script: str
    path: LocalPath | None = None
    token: Secret | None = None

class Scripted({base}[ScriptedConfig]):
    Config = ScriptedConfig

    def __getattribute__(self, name: str) -> Any:
        if name in ("find", "fetch", "search", "upcoming", "check", "aclose", "close", "made"):
            script = scripts.known[object.__getattribute__(self, "config").script]
            if name in script:
                return script[name]
        return object.__getattribute__(self, name)
"""


@dataclass
class Clock:
    """The time that the host goes by."""

    time: datetime = datetime(2026, 11, 23, 12, 21, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **by: float) -> None:
        """Let time pass."""
        self.time += timedelta(**by)


@dataclass
class Lab:
    """Makes sources and hosts."""

    folder: Path
    clock: Clock = field(default_factory=Clock)
    hosts: list[Host] = field(default_factory=list)

    @property
    def adapters(self) -> Path:
        """Where scripted adapters lie."""
        return self.folder / "adapters"

    def hostile(self, name: str, adapter: str, **config: object) -> Source:
        """A source of one of the adapters in ``tests/hostile``."""
        return Source(name, adapter, name.upper(), config, self.folder / "settings.toml")

    def healthy(self, number: int = 20, delay_ms: int = 20) -> list[Source]:
        """Sources as they should be."""
        return [self.hostile(f"healthy{n}", "healthy", delay_ms=delay_ms) for n in range(number)]

    def script(
        self,
        name: str,
        *,
        runs: Literal["async", "thread"] = "async",
        config: Mapping[str, object] | None = None,
        keep: Keep = "disk",
        manifest: Mapping[str, object] | None = None,
        **methods: Callable[..., Any],
    ) -> Source:
        """A source whose adapter's methods are the functions given."""
        adapter = f"scripted_{name}"
        keys: dict[str, object] = {
            "kinds": ["activity", "task"],
            "lookups": ["name"],
            "abilities": ["find", "fetch", "search", "upcoming"],
            "asks_as": "user",
            "runs": runs,
            **(manifest or {}),
        }
        self.write(
            adapter,
            _ADAPTER.format(scripts=SCRIPTS, base="Adapter" if runs == "async" else "BlockingAdapter"),
            _MANIFEST.format(name=adapter) + "".join(f"{key} = {value!r}\n" for key, value in keys.items()),
        )
        mark = f"{self.folder}/{name}"
        module = sys.modules.setdefault(SCRIPTS, ModuleType(SCRIPTS))
        vars(module).setdefault("known", {})[mark] = methods
        table = {"script": mark, **(config or {})}
        return Source(name, adapter, name.upper(), table, self.folder / "settings.toml", keep)

    def write(self, name: str, code: str, manifest: str | None = None) -> Path:
        """An adapter folder with this code; its manifest is an ordinary one unless given."""
        folder = self.adapters / name
        folder.mkdir(parents=True, exist_ok=True)
        ordinary = (
            _MANIFEST.format(name=name)
            + 'kinds = ["activity"]\nlookups = ["name"]\nabilities = ["fetch"]\nasks_as = "none"\n'
        )
        (folder / "adapter.toml").write_text(manifest or ordinary)
        (folder / "adapter.py").write_text(code)
        return folder

    def source(self, name: str, adapter: str, **config: object) -> Source:
        """A source of any adapter."""
        return Source(name, adapter, name.upper(), config, self.folder / "settings.toml")

    def host(self, *sources: Source, layer: LayerKind = "named", **options: Any) -> Host:
        """A host with these sources, which stand in settings of this kind; closed when the test ends."""
        self.adapters.mkdir(exist_ok=True)
        tables = {source.name: {"adapter": source.adapter} for source in sources}
        settings = Settings(
            us=Us(emails=("anna@ons.example",), zone=ZoneInfo("Europe/Amsterdam")),
            sources={source.name: source for source in sources},
            adapter_folders=(HOSTILE, self.adapters),
            layers=(Layer(self.folder / "settings.toml", {"sources": tables}, layer),),
        )
        dirs = Dirs(self.folder / "cache", self.folder / "state", self.folder / "config")
        host = Host(settings, now=self.clock, dirs=dirs, **options)
        self.hosts.append(host)
        return host


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    """A place to try the host in."""
    lab = Lab(tmp_path)
    yield lab
    for host in lab.hosts:
        await host.close()


@pytest.fixture
def fetch() -> Callable[..., Coroutine[Any, Any, Answer]]:
    """Ask a host's source for activities about Van Dijk, within ``seconds``."""

    async def ask(
        host: Host, source: str, seconds: float = 5.0, *, fresh: bool = False, cursor: str | None = None
    ) -> Answer:
        question = Ask("fetch", Query(names=("Van Dijk",)), Kind.ACTIVITY, cursor)
        return await host.ask(source, question, deadline=time.monotonic() + seconds, fresh=fresh)

    return ask


@pytest.fixture
def page(lab: Lab) -> Callable[..., Page[Record]]:
    """A page with one activity."""

    def make(title: str = "call", cursor: str | None = None, **fields: Any) -> Page[Record]:
        given = {"fetched_at": lab.clock(), "no_url_reason": "simulated", **fields}
        if "url" in given:
            del given["no_url_reason"]
        return Page((Activity(id="1", title=title, **given),), cursor=cursor)

    return make
