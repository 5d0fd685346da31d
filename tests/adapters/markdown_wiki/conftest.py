"""Wikis written to real folders, read by the adapter as the host would have it."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adapters.markdown_wiki.adapter import MarkdownWiki
from salesprep.adapter import Account, Document, Kind, Page, Query, Record, Request
from tests.adapters.no_http import NoHttp

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 23, 13, 21, tzinfo=AMSTERDAM)


@dataclass
class Wiki:
    """One source, as its user has it: a folder, settings, a folder for its index."""

    folder: Path
    store: Path | None
    settings: dict[str, Any] = field(default_factory=dict)
    adapter: MarkdownWiki | None = None

    def write(self, name: str, text: str | bytes = "text\n", *, at: datetime | None = None) -> Path:
        """A page; ``at``: the file's time of change."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        if at is not None:
            os.utime(path, (at.timestamp(), at.timestamp()))
        return path

    def opens(self, **settings: object) -> MarkdownWiki:
        """A fresh start of the program: a new adapter object, the same kept index."""
        if self.adapter is not None:
            self.adapter.close()
        table = {"folder": str(self.folder), **self.settings, **settings}
        self.adapter = MarkdownWiki(
            MarkdownWiki.Config.model_validate(table, context={"settings": self.folder.parent})
        )
        return self.adapter

    def request(self, seconds: float = 60.0) -> Request:
        return Request(
            now=lambda: NOW,
            deadline=time.monotonic() + seconds,
            http=NoHttp(),
            log=logging.getLogger("tests.wiki"),
            identity="anna",
            store=self.store,
        )

    def about(
        self,
        *names: str,
        domains: Sequence[str] = (),
        emails: Sequence[str] = (),
        ids: Sequence[str] = (),
        seconds: float = 60.0,
        cursor: str | None = None,
        anew: bool = True,
    ) -> Page[Record]:
        """Pages about a customer, asked after a fresh start (or not ``anew``)."""
        adapter = self.opens() if anew or self.adapter is None else self.adapter
        query = Query(names=names, domains=tuple(domains), emails=tuple(emails), ids=tuple(ids))
        return adapter.fetch(query, Kind.DOCUMENT, cursor, self.request(seconds))

    def accounts(
        self, *names: str, domains: Sequence[str] = (), emails: Sequence[str] = ()
    ) -> tuple[Account, ...]:
        query = Query(names=names, domains=tuple(domains), emails=tuple(emails))
        return self.opens().find(query, self.request()).records

    def page(self, name: str, *words: str) -> Document:
        """The one page at that path, found by ``words`` (or by its own title)."""
        found = {record.id: record for record in self.about(*words).records}
        record = found[name]
        assert isinstance(record, Document)
        return record


@pytest.fixture
def wiki(tmp_path: Path) -> Wiki:
    store = tmp_path / "index"
    store.mkdir(mode=0o700)
    folder = tmp_path / "wiki"
    folder.mkdir()
    return Wiki(folder, store)


@pytest.fixture
def request_(wiki: Wiki) -> Request:
    return wiki.request()


@pytest.fixture
def git(wiki: Wiki, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Runs git in the wiki's folder, which it makes a checkout: ``git("commit", …, at="2026-01-02")``."""
    program = shutil.which("git")
    assert program is not None, "git is needed for these tests"

    def run(*arguments: str, by: str = "J. Jansen", at: str = "2026-01-02T10:00:00Z") -> str:
        mail = f"{by.lower().replace('. ', '.')}@ons.example"
        own = {
            "GIT_AUTHOR_NAME": by,
            "GIT_AUTHOR_EMAIL": mail,
            "GIT_AUTHOR_DATE": at,
            "GIT_COMMITTER_NAME": by,
            "GIT_COMMITTER_EMAIL": mail,
            "GIT_COMMITTER_DATE": at,
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        done = subprocess.run(
            [program, *arguments],
            cwd=wiki.folder,
            env={**os.environ, **own},
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    run("init", "--quiet", "--initial-branch=main")
    return run


@pytest.fixture
def commit(git: Callable[..., str]) -> Callable[..., str]:
    """Commits all that changed: ``commit("2026-01-02T10:00:00Z", by="M. Bakker")``; gives the id."""

    def run(at: str, by: str = "J. Jansen") -> str:
        git("add", "--all")
        git("commit", "--quiet", "--message", "x", by=by, at=at)
        return git("rev-parse", "HEAD")

    return run


@pytest.fixture
def local() -> Callable[[str], datetime]:
    """``"2026-11-24 10:00"`` in Amsterdam."""

    def read(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)

    return read
