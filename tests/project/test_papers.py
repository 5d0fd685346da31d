"""The papers: links lead somewhere, the changelog keeps up, nothing of a machine or of a draft is left."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")
_DRAFT = re.compile(r"\b(TO[D]O|FIX[M]E|HAC[K])\b|# XX[X]\b")
_MACHINE = re.compile(r"(?<![\w.~])/(?:root|wor" r"k|opt/wheels)/")
_LOCKS_WITH_HOSTS = {"uv.lock", "poetry.lock", "Pipfile.lock"}


def _anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as they are made of the heading's words."""
    anchors: set[str] = set()
    for heading in re.findall(r"^#+ +(.+?) *$", page.read_text(encoding="utf-8"), re.M):
        words = re.sub(r"[`*]", "", heading).lower()
        kept = "".join(c for c in words if c in " -_" or unicodedata.category(c)[0] in "LN")
        anchors.add(kept.replace(" ", "-"))
    return anchors


class TestAReaderOfThePages:
    def test_finds_something_behind_every_link(self, written_files: tuple[Path, ...]) -> None:
        dead: list[str] = []
        for page in (f for f in written_files if f.suffix == ".md"):
            text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
            for link in (a or b for a, b in _LINK.findall(text)):
                if re.match(r"[a-z]+:", link):
                    continue
                path, _, anchor = link.partition("#")
                target = (page.parent / path).resolve() if path else page
                if not target.exists() or (anchor and anchor not in _anchors(target)):
                    dead.append(f"{page.name}: {link}")
        assert dead == []

    def test_finds_every_page_of_the_docs_from_their_index(self, root: Path) -> None:
        index = (root / "docs" / "README.md").read_text(encoding="utf-8")
        pages = {page.name for page in (root / "docs").glob("*.md")} - {"README.md"}
        assert {name for name in pages if f"({name})" not in index} == set()

    def test_finds_the_version_in_the_changelog(self, root: Path, pyproject: dict[str, Any]) -> None:
        text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
        versions = re.findall(r"^## \[?(\d+\.\d+\.\d+)", text, re.M)
        assert versions[:1] == [pyproject["project"]["version"]]


class TestWhoTakesTheProjectOver:
    def test_finds_no_marks_of_drafts_and_no_paths_of_somebodys_machine(
        self, written_files: tuple[Path, ...], root: Path
    ) -> None:
        found: list[str] = []
        for file in written_files:
            try:
                text = file.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
            for number, line in enumerate(text.splitlines(), 1):
                if _DRAFT.search(line) or _MACHINE.search(line) or f"{root}/" in line:
                    found.append(f"{file.relative_to(root)}:{number}")
        assert found == []

    def test_finds_no_lock_that_names_hosts(self, written_files: tuple[Path, ...]) -> None:
        names = {file.name for file in written_files}
        assert not names & _LOCKS_WITH_HOSTS
        assert not any(re.fullmatch(r"pylock.*\.toml", name) for name in names)


class TestTheTestsThemselves:
    def test_no_folder_of_tests_is_a_package(self, root: Path) -> None:
        """Else a test folder named after an adapter would hide that adapter."""
        assert list((root / "tests").rglob("__init__.py")) == []

    def test_none_is_skipped(self, root: Path) -> None:
        skipping = re.compile(r"pytest\.mark\.(?:skip\b|xfail)|pytest\.(?:skip|xfail|importorskip)\(")
        own = Path(__file__)
        tests = (f for f in (root / "tests").rglob("*.py") if f != own)
        assert [f.name for f in tests if skipping.search(f.read_text(encoding="utf-8"))] == []
