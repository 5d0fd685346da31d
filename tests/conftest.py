"""What holds for every test: no network but this machine's own, folders of its own, a clean environment."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ("tests.command", "tests.desk", "tests.downloads")

# How long an example takes says more about the machine than about the code.
settings.register_profile("salesprep", deadline=None)
settings.load_profile("salesprep")

_RESERVED = (".example", ".invalid", ".test")
_CLEARED = (
    "NO_COLOR",
    "FORCE_COLOR",
    "COLUMNS",
    "LINES",
    "LANGUAGE",
    "LC_ALL",
    "LC_MESSAGES",
    "LANG",
    "TMUX",
    "SSH_TTY",
    "SSH_CONNECTION",
    "DISPLAY",
    "WAYLAND_DISPLAY",
)

reached_out: list[str] = []
"""Hosts elsewhere that something tried to speak to since the running test began."""


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: many tests wait for a socket, a process or a thread for a while."""
    return (os.cpu_count() or 1) + 1


def _is_here(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str) or host in ("", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _keep_offline(event: str, args: tuple[object, ...]) -> None:
    """An audit hook: it sees every connection, of whatever library and thread, before it is made."""
    if event == "socket.getaddrinfo":
        host = args[0]
        if _is_here(host):
            return
        name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
        if not name.rstrip(".").endswith(_RESERVED):
            reached_out.append(name)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known (the tests are offline)")
    if event in ("socket.connect", "socket.sendto"):
        address = args[1]
        if isinstance(address, tuple) and not _is_here(address[0]):
            reached_out.append(str(address[0]))
            raise OSError(f"the tests are offline: {event} to {address[0]}")


sys.addaudithook(_keep_offline)


@pytest.fixture(autouse=True)
def own_machine(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders of this test's own and none of the developer's settings; returns ``SALESPREP_HOME``."""
    home = tmp_path_factory.mktemp("home")
    for name in [n for n in os.environ if n.startswith("SALESPREP_") or n.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    for name in _CLEARED:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("SALESPREP_HOME", str(home / "salesprep"))
    return home / "salesprep"


@pytest.fixture(autouse=True)
def offline(own_machine: Path) -> Iterator[list[str]]:
    """Fails the test in which something tried to leave this machine, even if that was swallowed."""
    reached_out.clear()
    yield reached_out
    assert not reached_out, f"tried to reach {', '.join(reached_out)}"
