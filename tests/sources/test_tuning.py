"""The interpreter is tuned while a host works."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from salesprep.adapter import Page, Record
from salesprep.sources import Answer, tuning
from tests.sources.script import Script

Fetch = Callable[..., Coroutine[Any, Any, Answer]]
MakePage = Callable[..., Page[Record]]


class TestInterpreter:
    async def test_is_tuned_while_a_host_works_and_as_before_afterwards(
        self, lab: Any, fetch: Fetch, page: MakePage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # A host that some other test left open must not count here.
        monkeypatch.setattr(tuning, "_users", 0)
        monkeypatch.setattr(tuning, "_before", None)
        gc.unfreeze()
        before = (sys.getswitchinterval(), gc.get_threshold())
        one, other = (lab.host(lab.script("crm", fetch=Script(page()))) for _ in range(2))
        await fetch(one, "crm")
        await fetch(other, "crm")
        assert sys.getswitchinterval() == pytest.approx(0.0005)
        assert gc.get_freeze_count() > 0
        await one.close()
        assert sys.getswitchinterval() == pytest.approx(0.0005)
        await other.close()
        await other.close()
        assert (sys.getswitchinterval(), gc.get_threshold()) == before
        assert gc.get_freeze_count() == 0
