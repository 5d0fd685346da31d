"""How long a question may fill an index before it has to answer."""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from salesprep.adapter import DeadlineExceeded, Http, Request
from salesprep.adapter.name_index import half_of


def test_half_of_the_time_is_left_for_the_answer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    log = logging.getLogger("test")
    request = Request(lambda: now, time.monotonic() + 100, cast("Http", None), log, "me", tmp_path)
    left = [100.0]
    monkeypatch.setattr(Request, "left", lambda _self: left[0])
    still = half_of(request)
    left[0] = 50.1
    still()
    left[0] = 49.9
    with pytest.raises(DeadlineExceeded):
        still()
