"""One broken adapter is one line, with file and line, and costs its own source only."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from salesprep.sources import Answer

Fetch = Callable[..., Coroutine[Any, Any, Answer]]

GOOD = """
from salesprep.adapter import {base}, Page
from salesprep.adapter.config import Config
from .helper import NOTICE

class Good({base}):
    Config = Config
    async def fetch(self, *_):
        return Page(notice=NOTICE)
"""


class TestFolderOfOnesOwn:
    async def test_imports_its_own_modules_and_no_names_collide(self, lab: Any, fetch: Fetch) -> None:
        for name in ("one", "other"):
            folder = lab.write(name, GOOD.format(base="Adapter"), _manifest(name, "Good"))
            (folder / "helper.py").write_text(f"NOTICE = 'from {name}'\n")
        (lab.adapters / "other" / "__init__.py").write_text("STARTED = True\n")
        host = lab.host(lab.source("a", "one"), lab.source("b", "other"))
        answers = await asyncio.gather(fetch(host, "a"), fetch(host, "b"))
        assert [answer.page and answer.page.notice for answer in answers] == ["from one", "from other"]
        assert "helper" not in sys.modules
        assert "adapter" not in sys.modules

    async def test_serves_many_sources(self, lab: Any, fetch: Fetch) -> None:
        folder = lab.write("one", GOOD.format(base="Adapter"), _manifest("one", "Good"))
        (folder / "helper.py").write_text("NOTICE = 'x'\n")
        host = lab.host(*(lab.source(f"s{n}", "one") for n in range(20)))
        answers = await asyncio.gather(*(fetch(host, name) for name in host.infos))
        assert {answer.state for answer in answers} == {"fresh"}


class TestBrokenAdapter:
    @pytest.mark.parametrize(
        ("code", "what", "where"),
        [
            ("x = (\n", "bad cannot be loaded: SyntaxError in adapter.py line 1", "adapter.py line 1"),
            (
                "\n\n1/0\n",
                "bad cannot be loaded: ZeroDivisionError in adapter.py line 3",
                "adapter.py line 3",
            ),
            (
                "from salesprep.adapter import Nothing\n",
                "bad cannot be loaded: ImportError in adapter.py line 1",
                "adapter.py line 1",
            ),
            (
                "from . import gone_x\n",
                "bad cannot be loaded: ImportError in adapter.py line 1",
                "adapter.py line 1",
            ),
            ("pass\n", "adapter.py of bad has no class Good", None),
            ("Good = 1\n", "adapter.py of bad has no class Good", None),
            (
                "class Good: pass\n",
                'bad runs as "async", so Good must derive from Adapter',
                None,
            ),
            (
                "from salesprep.adapter import BlockingAdapter\nclass Good(BlockingAdapter): pass\n",
                'bad runs as "async", so Good must derive from Adapter',
                None,
            ),
            (
                "from salesprep.adapter import Adapter\nclass Good(Adapter): pass\n",
                "the adapter bad has no Config",
                None,
            ),
        ],
    )
    async def test_says_where(self, lab: Any, fetch: Fetch, code: str, what: str, where: str | None) -> None:
        lab.write("bad", code, _manifest("bad", "Good"))
        host = lab.host(lab.source("wiki", "bad"))
        answer = await fetch(host, "wiki")
        assert answer.state == "failed"
        assert answer.failure is not None
        assert answer.failure.what == what
        (line,) = host.not_loaded
        assert (line.name, line.failure) == ("wiki", answer.failure)
        if where is not None:
            assert line.where == where

    async def test_names_the_library_to_install(self, lab: Any, fetch: Fetch) -> None:
        manifest = _manifest("bad", "Good") + 'requires = ["no-such-library >= 2", "pytest"]\n'
        lab.write("bad", "import no_such_library.deep\n", manifest)
        answer = await fetch(lab.host(lab.source("wiki", "bad")), "wiki")
        assert answer.failure is not None
        assert answer.failure.code == "config_invalid"
        assert answer.failure.what == "bad needs the library no_such_library, which is not installed"
        assert answer.failure.mend == 'install it beside salesprep: "no-such-library >= 2"'

    async def test_whose_init_fails_costs_its_own_source(self, lab: Any, fetch: Fetch) -> None:
        code = (
            GOOD.format(base="Adapter")
            + "    def __init__(self, config):\n        raise SystemExit('4711')\n"
        )
        folder = lab.write("bad", code, _manifest("bad", "Good"))
        (folder / "helper.py").write_text("NOTICE = ''\n")
        answer = await fetch(lab.host(lab.source("wiki", "bad")), "wiki")
        assert answer.failure is not None
        assert (
            answer.failure.what == "the check of its settings stopped with SystemExit in adapter.py line 11"
        )

    async def test_is_not_imported_twice(self, lab: Any, fetch: Fetch) -> None:
        lab.write("bad", "with open(__file__ + '.n', 'a') as f:\n    f.write('x')\n1/0\n")
        host = lab.host(lab.source("wiki", "bad"))
        first, second = await fetch(host, "wiki"), await fetch(host, "wiki")
        assert first.failure == second.failure
        assert (lab.adapters / "bad" / "adapter.py.n").read_text() == "x"


class TestSettingsOfTheSource:
    async def test_wrong_key_fails_its_panel_and_can_be_told_by_its_code(
        self, lab: Any, fetch: Fetch
    ) -> None:
        host = lab.host(lab.hostile("wiki", "healthy", delay=1))
        answer = await fetch(host, "wiki")
        assert answer.failure is not None
        assert answer.failure.code == "config_invalid"
        assert answer.failure.mend == 'write "delay_ms"'
        assert [line.where for line in host.not_loaded] == [str(lab.folder / "settings.toml")]

    async def test_mended_secret_serves_the_next_time(self, lab: Any, fetch: Fetch) -> None:
        async def answer(*_: Any) -> Any:
            from salesprep.adapter import Page

            return Page()

        environ: dict[str, str] = {}
        source = lab.script("wiki", fetch=answer, config={"token": "env:T"}, manifest={"secrets": ["token"]})
        host = lab.host(source, environ=environ)
        assert (await fetch(host, "wiki")).state == "failed"
        assert len(host.not_loaded) == 1
        environ["T"] = "s3cret"
        assert (await fetch(host, "wiki")).state == "fresh"
        assert host.not_loaded == ()


class TestAdaptersThatCannotBeLoaded:
    async def test_are_told_apart_from_what_a_source_tells(self, lab: Any, fetch: Fetch) -> None:
        lab.write("used", "", _manifest("used", contract="9.0"))
        lab.write("spare", "", _manifest("spare", contract="9.0"))
        lab.write("twin", "", _manifest("healthy"))  # a source that is called so uses the other one
        host = lab.host(lab.source("crm", "used"), lab.hostile("healthy", "healthy"))
        ours = [one for one in host.adapters_not_loaded if str(lab.folder) in (one.where or "")]
        assert [one.name for one in ours] == ["spare", "healthy"]
        assert "crm" in [one.name for one in host.not_loaded]

    async def test_for_want_of_a_library_are_told_once(self, lab: Any, fetch: Fetch) -> None:
        manifest = _manifest("needy") + 'requires = ["no-such-library"]\n'
        lab.write("needy", "import no_such_library\n", manifest)
        host = lab.host(lab.source("crm", "needy"))
        assert [one.name for one in host.adapters_not_loaded] == ["needy"]
        assert (await fetch(host, "crm")).state == "failed"
        assert host.adapters_not_loaded == ()
        assert [one.name for one in host.not_loaded] == ["crm"]


def _manifest(name: str, cls: str = "C", contract: str = "1.0") -> str:
    return (
        f'name = "{name}"\ntitle = "T"\nversion = "1"\ncontract = "{contract}"\nclass = "{cls}"\n'
        'kinds = ["activity"]\nabilities = ["fetch"]\nasks_as = "none"\n'
    )
