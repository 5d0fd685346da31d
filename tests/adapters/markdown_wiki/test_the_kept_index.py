"""What changes in the folder changes in the answers; what does not is not read again."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from adapters.markdown_wiki import adapter as adapter_module
from adapters.markdown_wiki import look as look_module
from adapters.markdown_wiki import page as page_module
from adapters.markdown_wiki.index import FILE_NAME
from salesprep.adapter import ConfigInvalid, Kind, Query, Unavailable


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the pages that were opened, as they are."""
    names: list[str] = []
    real = page_module.read_page

    def noted(config: Any, found: Any) -> Any:
        names.append(found.name)
        return real(config, found)

    monkeypatch.setattr(look_module, "read_page", noted)
    return names


class TestASecondLook:
    def test_opens_no_page_that_did_not_change(self, wiki: Any, reads: list[str]) -> None:
        for n in range(20):
            wiki.write(f"{n}.md", f"pagina {n} over Van Dijk")
        assert wiki.about("Van Dijk").total == 20
        assert len(reads) == 20
        wiki.write("3.md", "andere tekst over Van Dijk")
        assert wiki.about("Van Dijk").total == 20
        assert reads[20:] == ["3.md"]

    def test_sees_what_is_new_changed_renamed_and_gone(self, wiki: Any) -> None:
        wiki.write("a.md", "---\nklant: Van Dijk\n---\nlijn 4")
        wiki.write("b.md", "Van Dijk")
        wiki.write("c.md", "Van Dijk")
        assert wiki.about("Van Dijk").total == 3
        wiki.write("a.md", "---\nklant: Kaas & Co\n---\nlijn 5")
        (wiki.folder / "b.md").unlink()
        (wiki.folder / "c.md").rename(wiki.folder / "d.md")
        wiki.write("sub/e.md", "Van Dijk")
        assert {record.id for record in wiki.about("Van Dijk").records} == {"d.md", "sub/e.md"}
        assert wiki.accounts("Van Dijk") == ()
        assert len(wiki.accounts("Kaas & Co")) == 1

    def test_notices_a_page_of_the_same_size_and_time_that_is_another_file(
        self, wiki: Any, local: Callable[[str], datetime]
    ) -> None:
        at = local("2026-11-01 10:00")
        wiki.write("a.md", "Van Dijk", at=at)
        assert wiki.about("Van Dijk").total == 1
        wiki.write("other", "Kaas&Co.", at=at).replace(wiki.folder / "a.md")
        assert wiki.about("Van Dijk").total == 0

    def test_reads_all_again_if_the_settings_say_otherwise(self, wiki: Any, reads: list[str]) -> None:
        wiki.write("klanten/Van Dijk/a.md")
        assert wiki.accounts("Van Dijk") == ()
        wiki.settings = {"customer_folders": ["klanten"]}
        assert len(wiki.accounts("Van Dijk")) == 1
        assert len(reads) == 2

    def test_right_after_a_first_one_does_not_walk_again(
        self, wiki: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wiki.write("a.md", "---\nklant: Van Dijk\n---\nx")
        adapter, query = wiki.opens(), Query(names=("Van Dijk",))
        assert adapter.find(query, wiki.request()).records
        monkeypatch.setattr(adapter_module, "look", None)
        assert adapter.fetch(query, Kind.DOCUMENT, None, wiki.request()).total == 1


class TestALookThatRunsOutOfTime:
    @pytest.fixture
    def slow(self, wiki: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        """Each page takes 20 ms to read."""
        real = page_module.read_page

        def slowly(config: Any, found: Any) -> Any:
            time.sleep(0.02)
            return real(config, found)

        monkeypatch.setattr(look_module, "read_page", slowly)

    @pytest.mark.usefixtures("slow")
    def test_answers_with_what_it_has_and_the_next_goes_on(
        self, wiki: Any, local: Callable[[str], datetime]
    ) -> None:
        for n in range(60):
            wiki.write(f"{n}.md", "Van Dijk", at=local(f"2026-11-22 10:{n:02}"))
        first = wiki.about("Van Dijk", seconds=0.6)
        assert first.failure is not None
        assert first.failure.code == "deadline_exceeded"
        assert f"{first.total} of 60 pages" in first.failure.what
        assert 0 < (first.total or 0) < 60
        assert first.records[0].id == "59.md", "the pages changed last come first"
        second = wiki.about("Van Dijk", seconds=0.6)
        assert (second.total or 0) > (first.total or 0)
        assert wiki.about("Van Dijk").failure is None
        assert wiki.about("Van Dijk").total == 60

    @pytest.mark.usefixtures("slow")
    def test_forgets_nothing(self, wiki: Any) -> None:
        for n in range(10):
            wiki.write(f"{n}.md", "Van Dijk")
        wiki.about("Van Dijk")
        page = wiki.about("Van Dijk", seconds=-1)
        assert (page.total, page.failure.code) == (10, "deadline_exceeded")


class TestTheIndex:
    def test_is_one_file_that_only_its_owner_can_read(self, wiki: Any) -> None:
        wiki.write("a.md")
        wiki.about("x")
        assert {path.name.removesuffix("-wal").removesuffix("-shm") for path in wiki.store.iterdir()} == {
            FILE_NAME
        }
        assert stat.S_IMODE((wiki.store / FILE_NAME).stat().st_mode) == 0o600

    @pytest.mark.parametrize("garbage", [b"", b"not a database at all" * 100])
    def test_is_made_anew_if_it_is_damaged(self, wiki: Any, garbage: bytes) -> None:
        wiki.write("a.md", "Van Dijk")
        wiki.about("Van Dijk")
        for path in wiki.store.iterdir():
            path.unlink()
        (wiki.store / FILE_NAME).write_bytes(garbage)
        assert wiki.about("Van Dijk").total == 1
        assert wiki.about("Van Dijk").total == 1

    def test_is_made_anew_if_it_is_damaged_inside(self, wiki: Any) -> None:
        for n in range(50):
            wiki.write(f"{n}.md", f"Van Dijk {n} " * 200)
        wiki.about("Van Dijk")
        path = wiki.store / FILE_NAME
        raw = bytearray(path.read_bytes())
        raw[8192:-4096] = bytes(len(raw) - 12288)
        path.write_bytes(raw)
        assert wiki.about("Van Dijk").total == 50
        assert wiki.about("Van Dijk").total == 50

    def test_of_another_version_is_thrown_away(self, wiki: Any) -> None:
        wiki.write("a.md", "Van Dijk")
        wiki.about("Van Dijk")
        with sqlite3.connect(wiki.store / FILE_NAME) as connection:
            connection.execute("PRAGMA user_version = 99")
        connection.close()
        assert wiki.about("Van Dijk").total == 1

    def test_that_another_program_is_writing_to_is_done_without(self, wiki: Any) -> None:
        wiki.write("a.md", "Van Dijk")
        wiki.about("Van Dijk")
        wiki.write("b.md", "Van Dijk")
        other = sqlite3.connect(wiki.store / FILE_NAME, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert wiki.about("Van Dijk").total == 2
        other.close()
        assert wiki.about("Van Dijk").total == 2

    def test_is_in_memory_where_nothing_may_be_kept(self, wiki: Any, reads: list[str]) -> None:
        store, wiki.store = wiki.store, None
        wiki.write("a.md", "Van Dijk")
        assert wiki.about("Van Dijk").total == 1
        assert wiki.about("Van Dijk", anew=False).total == 1
        assert reads == ["a.md"], "it lives as long as the source does"
        assert list(store.iterdir()) == []

    def test_keeps_no_words_of_a_page_that_is_gone(self, wiki: Any) -> None:
        wiki.write("a.md", "geheimwoord " * 50)
        wiki.write("b.md", "blijft")
        wiki.about("geheimwoord")
        (wiki.folder / "a.md").unlink()
        assert wiki.about("geheimwoord").total == 0
        with sqlite3.connect(wiki.store / FILE_NAME) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            kept = connection.execute("SELECT count(*) FROM words_content").fetchone()
        connection.close()
        assert kept == (1,)


class TestAFolderThatIsNotThere:
    def test_from_the_start_is_a_wrong_setting(self, wiki: Any) -> None:
        shutil.rmtree(wiki.folder)
        with pytest.raises(ConfigInvalid, match="is not there") as raised:
            wiki.about("x")
        assert raised.value.mend

    def test_any_more_may_come_back(self, wiki: Any) -> None:
        wiki.write("a.md", "Van Dijk")
        wiki.about("Van Dijk")
        away = wiki.folder.rename(wiki.folder.with_name("away"))
        with pytest.raises(Unavailable) as raised:
            wiki.about("Van Dijk")
        assert raised.value.mend
        away.rename(wiki.folder)
        assert wiki.about("Van Dijk").total == 1

    def test_but_a_file_is_a_wrong_setting(self, wiki: Any) -> None:
        wiki.folder.rmdir()
        wiki.folder.write_text("x")
        with pytest.raises(ConfigInvalid, match="is no folder"):
            wiki.about("x")

    def test_without_a_page_is_said_to_be_so(self, wiki: Any) -> None:
        page = wiki.about("x")
        assert page.records == ()
        assert page.notice == "there is no Markdown page in this folder"
