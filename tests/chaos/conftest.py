"""Looks at customers through a storm of sources."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path

import pytest

from benchmarks import workspace
from salesprep.settings import Settings, Source
from salesprep.sources import Host
from tests.chaos.storm import FOLDER, calm

Open = Callable[[Mapping[str, Source]], tuple[Host, Settings]]


@pytest.fixture
async def opened(tmp_path: Path) -> AsyncIterator[Open]:
    """Makes hosts; in the end they are closed and the storm is over."""
    hosts: list[Host] = []

    def make(sources: Mapping[str, Source]) -> tuple[Host, Settings]:
        host, settings = workspace.open_host(sources, tmp_path, FOLDER)
        hosts.append(host)
        return host, settings

    yield make
    for host in hosts:
        await host.close()
    calm()
