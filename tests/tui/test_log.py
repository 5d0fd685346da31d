"""The log while the interface is up: what is written of complaints, and what never is."""

from __future__ import annotations

import logging
import stat
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from salesprep import machine, words
from salesprep.sources.file_links import paths_in
from salesprep.tui import log

SECRET = "hunter2-Zwaluw"


@pytest.fixture
def kept(own_machine: Path) -> Iterator[log.Log]:
    """The log, from here to the end of the test."""
    with log.kept({"SALESPREP_HOME": str(own_machine)}) as kept:
        yield kept


@pytest.fixture
def written(kept: log.Log) -> Callable[[], list[str]]:
    """Its lines, without the time that each begins with."""
    return lambda: [line.split(" ", 2)[2] for line in kept.file.read_text(encoding="utf-8").splitlines()]


def ours(message: object, *values: object) -> logging.LogRecord:
    """A complaint from our own code."""
    file = words.__file__
    return logging.LogRecord("salesprep.source.crm", logging.WARNING, file, 7, message, values, None)


class TestALine:
    def test_of_our_own_is_written_out(self, kept: log.Log, written: Callable[[], list[str]]) -> None:
        kept.handle(ours("is back"))
        assert written() == ["WARNING salesprep.source.crm salesprep/words.py:7 is back"]

    def test_has_its_numbers_and_types_but_no_text(
        self, kept: log.Log, written: Callable[[], list[str]]
    ) -> None:
        kept.handle(ours("%s answers %d", SECRET, 503))
        kept.handle(ours("no audit: %s", "OSError"))
        kept.handle(ours("%(who)s", {"who": SECRET}))
        kept.handle(ours("%d of %s", SECRET, SECRET))
        kept.handle(ours(ValueError(SECRET)))
        assert [line.split(":7", 1)[1] for line in written()] == [
            " … answers 503",
            " no audit: OSError",
            " …",
            " … of …",
            "",
        ]

    def test_of_anybody_elses_says_where_alone(self, written: Callable[[], list[str]]) -> None:
        logging.getLogger("some.library").error("cannot read %s", SECRET)
        logging.getLogger("salesprep.source.crm").error(f"cannot read {SECRET}")
        assert [line.rpartition(":")[0] for line in written()] == [
            "ERROR some.library test_log.py",
            "ERROR salesprep.source.crm test_log.py",
        ]

    def test_of_an_error_is_one_line_of_types_and_places(self, written: Callable[[], list[str]]) -> None:
        held = SECRET
        try:
            try:
                raise OSError(held)
            except OSError:
                words.say("{missing}", {SECRET: held}, "en", str)
        except KeyError:
            log.logger.exception("the interface stopped\nbadly \x1b[31m")
        (line,) = written()
        assert "the interface stopped" not in line  # this test is none of our own code
        assert line.count("\n") == 0
        assert "KeyError, after OSError: salesprep/words.py:" in line
        assert " in _say < salesprep/words.py:" in line

    def test_of_a_warning_tells_nothing_of_what_it_says(self, written: Callable[[], list[str]]) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn(SECRET, stacklevel=1)
        assert len(written()) == 1
        assert SECRET not in written()[0]

    def test_of_many_errors_at_once_names_their_types(self, written: Callable[[], list[str]]) -> None:
        group = ExceptionGroup(SECRET, [ValueError(SECRET), KeyError(SECRET), ValueError(SECRET)])
        log.logger.error("several", exc_info=group)
        assert written()[0].endswith("ExceptionGroup of ValueError and KeyError")

    def test_of_an_endless_recursion_is_short(self, written: Callable[[], list[str]]) -> None:
        deep: dict[str, object] = {}
        for _ in range(5000):
            deep = {"a": deep}
        with pytest.raises(RecursionError) as found:
            paths_in(deep)
        log.logger.error("deep", exc_info=found.value)
        assert len(written()[0]) < 1000


class TestATrouble:
    def test_on_a_thread_is_logged_and_not_shown(
        self, written: Callable[[], list[str]], capfd: pytest.CaptureFixture[str]
    ) -> None:
        def fail() -> None:
            raise ValueError(SECRET)

        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        assert written() == [
            line for line in written() if "a thread ended unexpectedly ValueError: test_log.py" in line
        ]
        assert len(written()) == 1
        assert capfd.readouterr() == ("", "")

    def test_that_nobody_could_take_is_logged_and_not_shown(
        self, written: Callable[[], list[str]], capfd: pytest.CaptureFixture[str]
    ) -> None:
        class Fails:
            def __del__(self) -> None:
                raise ValueError(SECRET)

        Fails()
        (line,) = written()
        assert "nobody could take it ValueError: test_log.py" in line
        assert capfd.readouterr() == ("", "")


class TestTheFile:
    def test_lies_where_the_user_alone_can_read_it(
        self, kept: log.Log, written: Callable[[], list[str]], own_machine: Path
    ) -> None:
        kept.handle(ours("is back"))
        assert kept.file == own_machine / "state" / "log"
        if sys.platform != "win32":
            assert stat.S_IMODE(kept.file.parent.stat().st_mode) == 0o700

    def test_does_not_grow_for_ever(self, kept: log.Log, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(machine, "LONGEST_LOG", 100)
        for _ in range(20):
            kept.handle(ours("is back"))
        assert kept.file.stat().st_size < 300
        assert kept.file.with_name("log.1").exists()

    def test_that_cannot_be_written_ends_nothing(self, kept: log.Log, own_machine: Path) -> None:
        own_machine.write_text("in the way", encoding="utf-8")
        kept.handle(ours("is back"))
        assert not kept.written

    def test_is_the_only_one_that_gets_anything_and_only_for_as_long(
        self, own_machine: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        hook = threading.excepthook
        with log.kept({"SALESPREP_HOME": str(own_machine)}):
            logging.getLogger("some.library").error("during")
            assert threading.excepthook is not hook
        logging.getLogger("some.library").error("after")
        assert [record.message for record in caplog.records] == ["after"]
        assert threading.excepthook is hook
        assert len((own_machine / "state" / "log").read_text(encoding="utf-8").splitlines()) == 1
