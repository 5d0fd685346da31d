"""What the kit sees and hears of an adapter while it runs."""

from __future__ import annotations

import contextlib
import logging
import socket
import sys
import types
from collections.abc import Callable
from pathlib import Path

import pytest

from salesprep.kit.heard import listening, printed
from salesprep.kit.watch import Watch, watching

Code = Callable[[str], None]


@pytest.fixture
def run_as_adapter(tmp_path: Path) -> Code:
    """Runs Python as if it stood in an adapter's folder."""

    def run(text: str) -> None:
        code = compile(text, str(tmp_path / "adapter" / "adapter.py"), "exec")
        exec(code, types.ModuleType("adapter").__dict__)  # noqa: S102

    return run


def seen(folder: Path, run: Code, text: str) -> Watch:
    with watching(folder / "adapter") as watch:
        run(text)
    return watch


class TestWhatIsTouched:
    def test_a_file_that_is_read(self, tmp_path: Path, run_as_adapter: Code) -> None:
        file = tmp_path / "visits.json"
        file.write_text("[]")

        watch = seen(tmp_path, run_as_adapter, f"open({str(file)!r}).close()")

        assert [(touch.words, touch.writes) for touch in watch.own()] == [(f"opens {file}", False)]

    def test_a_file_that_is_written_by_a_library_for_it(self, tmp_path: Path, run_as_adapter: Code) -> None:
        file = tmp_path / "new.txt"

        watch = seen(tmp_path, run_as_adapter, f"import pathlib; pathlib.Path({str(file)!r}).write_text('x')")

        assert [touch.words for touch in watch.own() if touch.writes] == [f"writes {file}"]

    def test_the_import_of_a_module_is_no_reading(self, tmp_path: Path, run_as_adapter: Code) -> None:
        (tmp_path / "kit_test_module.py").write_text("open(__file__).close()")
        sys.path.insert(0, str(tmp_path))
        try:
            watch = seen(tmp_path, run_as_adapter, "import kit_test_module")
        finally:
            sys.path.remove(str(tmp_path))
            sys.modules.pop("kit_test_module", None)

        assert watch.own() == []

    def test_what_others_do_is_not_the_adapters(self, tmp_path: Path, run_as_adapter: Code) -> None:
        with watching(tmp_path / "adapter") as watch:
            (tmp_path / "mine").write_text("x")

        assert watch.own() == []

    def test_a_connection_is_seen_whoever_makes_it(self, tmp_path: Path) -> None:
        with (
            watching(tmp_path / "adapter") as watch,
            socket.create_server(("127.0.0.1", 0)) as server,
            socket.create_connection(server.getsockname()),
        ):
            port = server.getsockname()[1]

        assert [touch.target for touch in watch.touches if touch.event == "socket.connect"] == [
            f"127.0.0.1:{port}"
        ]

    def test_nothing_is_noted_when_nobody_watches(self, tmp_path: Path, run_as_adapter: Code) -> None:
        watch = seen(tmp_path, run_as_adapter, "")
        run_as_adapter("import tempfile; tempfile.TemporaryFile().close()")

        assert watch.touches == []


class TestWhatIsHeard:
    def test_every_line_of_every_logger_with_its_traceback(self) -> None:
        with listening() as heard:
            logging.getLogger("kit.test.new").debug("a line with %s", "words")
            try:
                raise ValueError("in a traceback")
            except ValueError:
                logging.getLogger().exception("stopped")

        assert "a line with words" in heard.text
        assert "in a traceback" in heard.text

    def test_a_line_that_cannot_be_formed_is_kept_all_the_same(self) -> None:
        with listening() as heard:
            logging.getLogger("kit.test").info("%d apples", "canary")

        assert "canary" in heard.text

    def test_levels_are_as_before_afterwards(self) -> None:
        logger = logging.getLogger("kit.test.level")
        logger.setLevel(logging.ERROR)

        with contextlib.suppress(RuntimeError), listening():
            assert logger.isEnabledFor(logging.DEBUG)
            raise RuntimeError

        assert logger.level == logging.ERROR

    def test_what_is_printed(self) -> None:
        with printed() as out:
            sys.stdout.write("hello\n")
            sys.stderr.write("there\n")

        assert out.getvalue() == "hello\nthere\n"
