"""Which files a source's settings name, asked for when a record's original is opened."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

Fetch = Callable[..., Coroutine[Any, Any, Any]]


class TestTheFilesOfASource:
    async def test_are_those_that_its_settings_name(
        self, lab: Any, fetch: Fetch, page: Callable[..., Any], tmp_path: Path
    ) -> None:
        async def answer(*_: object) -> Any:
            return page()

        host = lab.host(lab.script("wiki", config={"path": str(tmp_path / "wiki")}, fetch=answer))
        await fetch(host, "wiki")
        assert host.files("wiki") == (tmp_path / "wiki",)

    async def test_are_none_before_it_is_asked_and_of_a_source_that_is_not_there(self, lab: Any) -> None:
        host = lab.host(lab.script("wiki", config={"path": "wiki"}))
        assert host.files("wiki") == ()
        assert host.files("crm") == ()
