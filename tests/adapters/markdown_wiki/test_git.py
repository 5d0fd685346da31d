"""Authors and dates of a checkout, by the real git; and that a foreign repository runs nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.markdown_wiki import authors as authors_module
from adapters.markdown_wiki import history as history_module


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What git was asked."""
    asked: list[tuple[str, ...]] = []
    real = history_module.Repository._run

    def noted(self: Any, arguments: tuple[str, ...], errors: int) -> Any:
        asked.append(arguments)
        return real(self, arguments, errors)

    monkeypatch.setattr(history_module.Repository, "_run", noted)
    return asked


def _names(page: Any) -> list[str | None]:
    return [person.name for person in page.people]


class TestACheckout:
    def test_tells_who_changed_a_page_and_when(self, wiki: Any, commit: Callable[..., str]) -> None:
        wiki.write("a.md", "zoek")
        commit("2025-03-01T10:00:00Z", by="M. Bakker")
        wiki.write("a.md", "zoek meer")
        wiki.write("b.md", "zoek")
        commit("2026-05-01T12:00:00Z", by="J. Jansen")
        page = wiki.page("a.md", "zoek")
        assert page.at == datetime(2025, 3, 1, 10, tzinfo=UTC)
        assert page.updated_at == datetime(2026, 5, 1, 12, tzinfo=UTC)
        assert [(one.name, one.email, one.role) for one in page.people] == [
            ("J. Jansen", "j.jansen@ons.example", "author"),
            ("M. Bakker", "m.bakker@ons.example", "author"),
        ]
        assert _names(wiki.page("b.md", "zoek")) == ["J. Jansen"]

    def test_puts_those_first_whom_the_page_names(self, wiki: Any, commit: Callable[..., str]) -> None:
        wiki.write("a.md", "---\nauthor: [S. Willems, J. Jansen]\ncreated: 2020-01-01\n---\nzoek")
        commit("2026-05-01T12:00:00Z", by="M. Bakker")
        page = wiki.page("a.md", "zoek")
        assert _names(page) == ["S. Willems", "J. Jansen", "M. Bakker"]
        assert (page.at.isoformat(), page.updated_at.year) == ("2020-01-01", 2026)

    def test_follows_a_page_that_is_moved_and_takes_the_move_for_no_change(
        self, wiki: Any, git: Callable[..., str], commit: Callable[..., str]
    ) -> None:
        wiki.write("a.md", "zoek")
        commit("2025-03-01T10:00:00Z", by="M. Bakker")
        first = wiki.page("a.md", "zoek")
        git("mv", "a.md", "b.md")
        commit("2026-05-01T12:00:00Z", by="J. Jansen")
        for page in (wiki.page("b.md", "zoek"), self._anew(wiki).page("b.md", "zoek")):
            assert (page.at, page.updated_at, page.people) == (first.at, first.updated_at, first.people)

    @staticmethod
    def _anew(wiki: Any) -> Any:
        shutil.rmtree(wiki.store)
        wiki.store.mkdir()
        return wiki

    def test_tells_nothing_of_a_page_that_is_not_committed(
        self, wiki: Any, commit: Callable[..., str]
    ) -> None:
        wiki.write("a.md", "zoek")
        commit("2026-05-01T12:00:00Z")
        wiki.write("b.md", "zoek")
        page = wiki.page("b.md", "zoek")
        assert (page.at, page.updated_at, page.people) == (None, None, ())

    def test_without_a_commit_yet_is_no_trouble(self, wiki: Any, git: Callable[..., str]) -> None:
        wiki.write("a.md", "zoek")
        page = wiki.about("zoek")
        assert (page.notice, page.records[0].updated_at) == (None, None)

    def test_has_names_of_any_kind(self, wiki: Any, commit: Callable[..., str]) -> None:
        for name in ("klanten/Ünï & Co/a b.md", "new\nline.md", "tab\t.MD", "\x01abc.md"):
            wiki.write(name, "zoek")
        commit("2026-05-01T12:00:00Z")
        assert [page.updated_at.year for page in wiki.about("zoek").records] == [2026] * 4

    def test_is_read_once_and_then_only_what_is_new(
        self, wiki: Any, commit: Callable[..., str], runs: list[tuple[str, ...]]
    ) -> None:
        wiki.write("a.md", "zoek")
        old = commit("2025-03-01T10:00:00Z", by="M. Bakker")
        wiki.about("zoek")
        wiki.about("zoek")
        assert [words[0] for words in runs] == ["rev-parse", "log", "rev-parse"]
        wiki.write("a.md", "zoek meer")
        new = commit("2026-05-01T12:00:00Z", by="J. Jansen")
        page = wiki.page("a.md", "zoek")
        assert any(f"{old}..{new}" in words for words in runs)
        assert (page.at.year, page.updated_at.year, _names(page)) == (2025, 2026, ["J. Jansen", "M. Bakker"])

    def test_that_was_rewritten_is_read_anew(
        self, wiki: Any, git: Callable[..., str], commit: Callable[..., str]
    ) -> None:
        wiki.write("a.md", "zoek")
        commit("2025-03-01T10:00:00Z", by="M. Bakker")
        wiki.about("zoek")
        git("commit", "--amend", "--quiet", "--message", "y", "--reset-author", at="2024-01-01T10:00Z")
        page = wiki.page("a.md", "zoek")
        assert (page.updated_at.year, _names(page)) == (2024, ["J. Jansen"])

    def test_with_a_long_history_is_read_piece_by_piece(
        self, wiki: Any, commit: Callable[..., str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for year in range(2020, 2026):
            wiki.write("a.md", f"zoek {year}")
            commit(f"{year}-03-01T10:00:00Z", by=f"J. Number {year}")
        monkeypatch.setattr(authors_module, "_SAVE_EVERY", -1.0)
        real = history_module.Repository.commits

        def two(self: Any, which: str, skip: int = 0) -> Iterator[Any]:
            for n, one in enumerate(real(self, which, skip)):
                if n == 2:
                    raise history_module.NoHistory("the time is over")
                yield one

        monkeypatch.setattr(history_module.Repository, "commits", two)
        assert wiki.about("zoek").notice == "the time is over"
        assert wiki.page("a.md", "zoek").updated_at.year == 2025
        wiki.about("zoek")
        page = wiki.about("zoek")
        assert page.notice is None
        assert page.records[0].at.year == 2020
        assert len(page.records[0].people) == 6

    def test_whose_history_is_cut_off_says_so(
        self, wiki: Any, git: Callable[..., str], commit: Callable[..., str], tmp_path: Path
    ) -> None:
        wiki.write("a.md", "zoek")
        wiki.write("b.md", "zoek")
        commit("2025-03-01T10:00:00Z")
        wiki.write("b.md", "zoek meer")
        commit("2025-04-01T10:00:00Z")
        wiki.write("b.md", "zoek nog meer")
        commit("2026-04-01T10:00:00Z")
        git("clone", "--quiet", "--depth", "2", f"file://{wiki.folder}", str(tmp_path / "clone"))
        wiki.folder = tmp_path / "clone"
        page = wiki.about("zoek")
        assert "cut off" in page.notice
        assert {one.id: one.updated_at and one.updated_at.year for one in page.records} == {
            "a.md": None,
            "b.md": 2026,
        }


class TestAFolderInsideACheckout:
    def test_is_told_nothing_by_the_repository_further_up(
        self, wiki: Any, commit: Callable[..., str], runs: list[tuple[str, ...]]
    ) -> None:
        wiki.write("docs/a.md", "zoek")
        commit("2020-01-01T10:00:00Z")
        wiki.folder = wiki.folder / "docs"
        page = wiki.page("a.md", "zoek")
        assert (page.people, runs) == ((), [])
        assert page.updated_at.year != 2020

    def test_with_something_called_git_in_it_neither(self, wiki: Any, commit: Callable[..., str]) -> None:
        wiki.write("docs/a.md", "zoek")
        commit("2020-01-01T10:00:00Z")
        wiki.folder = wiki.folder / "docs"
        (wiki.folder / ".git").mkdir()
        page = wiki.about("zoek")
        assert page.records[0].people == ()
        assert "git cannot read this checkout" in page.notice

    def test_with_a_pointer_to_it_neither(self, wiki: Any, commit: Callable[..., str]) -> None:
        wiki.write("docs/a.md", "zoek")
        commit("2020-01-01T10:00:00Z")
        wiki.folder = wiki.folder / "docs"
        (wiki.folder / ".git").write_text("gitdir: ../.git\n")
        page = wiki.about("zoek")
        assert page.records[0].people == ()
        assert "lies elsewhere" in page.notice


class TestAForeignRepository:
    def test_runs_nothing_that_it_configures(
        self, wiki: Any, git: Callable[..., str], commit: Callable[..., str], tmp_path: Path
    ) -> None:
        wiki.write("a.md", "zoek")
        commit("2025-03-01T10:00:00Z")
        signed = tmp_path / "signed"
        head = git("cat-file", "commit", "HEAD").split("\n\n", 1)
        signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----"
        signed.write_text(f"{head[0]}\n{signature}\n\n{head[1]}\n")
        git("update-ref", "refs/heads/main", git("hash-object", "-t", "commit", "-w", str(signed)))
        ran = tmp_path / "ran"
        trap = tmp_path / "trap"
        trap.write_text(f'#!/bin/sh\necho "$0 $@" >> "{ran}"\n')
        trap.chmod(0o755)
        hooks = tmp_path / "hooks"
        hooks.mkdir()
        for name in ("post-index-change", "reference-transaction", "pre-auto-gc", "post-checkout"):
            shutil.copy(trap, hooks / name)
            shutil.copy(trap, wiki.folder / ".git" / "hooks" / name)
        settings = {
            "core.fsmonitor": trap, "core.hooksPath": hooks, "core.pager": trap, "pager.log": trap,
            "core.editor": trap, "core.sshCommand": trap, "core.askPass": trap, "core.gitProxy": trap,
            "core.alternateRefsCommand": trap, "credential.helper": f"!{trap}", "diff.external": trap,
            "diff.x.textconv": trap, "diff.x.command": trap, "filter.x.clean": trap, "filter.x.smudge": trap,
            "filter.x.process": trap, "gpg.program": trap, "gpg.ssh.program": trap,
            "gpg.ssh.defaultKeyCommand": trap, "log.showSignature": "true", "alias.log": f"!{trap}",
            "alias.rev-parse": f"!{trap}", "log.showRoot": "false", "diff.relative": "true",
            "log.follow": "true", "color.ui": "always", "log.decorate": "full", "format.pretty": "email",
            "uploadpack.packObjectsHook": trap, "log.diffMerges": "first-parent",
            "diff.submodule": "log", "core.quotePath": "true", "diff.noprefix": "true",
            "log.mailmap": "true", "format.notes": "*", "diff.orderFile": trap,
        }  # fmt: skip
        for key, value in settings.items():
            git("config", key, str(value))
        (wiki.folder / ".gitattributes").write_text("*.md diff=x filter=x\n")
        (wiki.folder / ".mailmap").write_text("Somebody Else <x@y.example> <j.jansen@ons.example>\n")
        page = wiki.about("zoek")
        assert [person.name for person in page.records[0].people] == ["J. Jansen"]
        assert page.notice is None
        assert not ran.exists()

    def test_whose_objects_lie_elsewhere_fetches_none(
        self, wiki: Any, git: Callable[..., str], commit: Callable[..., str], tmp_path: Path
    ) -> None:
        wiki.write("a.md", "zoek")
        commit("2025-03-01T10:00:00Z")
        ran = tmp_path / "ran"
        git("config", "core.repositoryFormatVersion", "1")
        git("config", "extensions.partialClone", "origin")
        git("config", "remote.origin.url", str(shutil.copytree(wiki.folder, tmp_path / "remote")))
        git("config", "remote.origin.promisor", "true")
        git("config", "remote.origin.uploadpack", f"touch {ran}; git-upload-pack")
        tree = git("rev-parse", "HEAD^{tree}")
        (wiki.folder / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
        page = wiki.about("zoek")
        assert not ran.exists()
        assert "not all of git's history could be read" in page.notice
        assert page.records[0].id == "a.md"

    def test_that_is_somebody_elses_is_refused_by_git_and_that_is_said(
        self, wiki: Any, commit: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wiki.write("a.md", "zoek")
        commit("2025-03-01T10:00:00Z")
        # The real git, told to take every folder for somebody else's: that is how its own tests do it.
        tools = tmp_path / "tools"
        tools.mkdir()
        git = tools / "git"
        git.write_text(
            f"#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1\nexport GIT_TEST_ASSUME_DIFFERENT_OWNER\n"
            f'exec "{shutil.which("git")}" "$@"\n'
        )
        git.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
        page = wiki.about("zoek")
        assert "git does not trust this folder" in page.notice
        assert (page.records[0].people, page.records[0].updated_at) == ((), None)
        checks = {check.name: check for check in wiki.opens().check(wiki.request())}
        assert checks["git"].outcome == "failed"
        assert "safe.directory" in checks["git"].mend


class TestGitItself:
    def test_may_be_missing(
        self, wiki: Any, commit: Callable[..., str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wiki.write("a.md", "zoek")
        commit("2025-03-01T10:00:00Z")
        monkeypatch.setenv("PATH", "")
        page = wiki.about("zoek")
        assert "git is not installed" in page.notice
        assert page.total == 1

    def test_is_never_taken_from_the_wiki_or_from_where_we_stand(
        self, wiki: Any, commit: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wiki.write("a.md", "zoek")
        commit("2025-03-01T10:00:00Z")
        ran = tmp_path / "ran"
        for place in (wiki.folder / "git", tmp_path / "git"):
            place.write_text(f'#!/bin/sh\ntouch "{ran}"\n')
            place.chmod(0o755)
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("PATH", f".{os.pathsep}{os.pathsep}{wiki.folder}")
        assert "git is not installed" in wiki.about("zoek").notice
        assert not ran.exists()

    def test_that_does_not_come_back_is_ended(
        self, wiki: Any, commit: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wiki.write("a.md", "zoek")
        commit("2025-03-01T10:00:00Z")
        os.mkfifo(wiki.folder / ".git" / "endless")
        with (wiki.folder / ".git" / "config").open("a") as config:
            config.write("[include]\n\tpath = endless\n")
        page = wiki.about("zoek", seconds=1.0)
        assert "git cannot read this checkout" in page.notice
        assert page.total == 1
