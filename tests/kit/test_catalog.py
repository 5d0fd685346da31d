"""What an admin reads of the checks, without any of them being made."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys

import pytest

from salesprep.kit import CHECKS, CheckInfo

NOT_RUN = ("manifest-read", "contract-version", "sample-read")
"""What the engine looks at itself, before there is anything to run a check on."""


class TestEveryCheck:
    @pytest.mark.parametrize("info", CHECKS.values(), ids=lambda info: info.name)
    def test_says_in_sentences_what_is_so_why_it_matters_and_what_mends_it(self, info: CheckInfo) -> None:
        assert info.title
        assert not info.title.endswith(".")
        assert info.why.endswith(".")
        assert info.mend.endswith(".")

    @pytest.mark.parametrize("name", [name for name in CHECKS if name not in NOT_RUN])
    def test_has_a_function_that_makes_it(self, name: str) -> None:
        module = importlib.import_module(f"salesprep.kit.checks.{CHECKS[name].subject}")

        assert inspect.iscoroutinefunction(getattr(module, name.replace("-", "_")))

    def test_there_are_more_than_forty(self) -> None:
        assert len(CHECKS) > 40

    def test_listing_them_imports_nothing_that_takes_time(self) -> None:
        code = "import sys, salesprep.kit; print(*sys.modules)"
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

        heavy = {"pydantic", "aiohttp", "asyncio", "sqlite3", "salesprep.sources", "salesprep.kit.engine"}
        assert not heavy & set(ran.stdout.split())
