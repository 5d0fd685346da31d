"""No test leaves this machine, or sees what another test or the developer has set."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path

import pytest

from salesprep.machine import dirs


class TestATestThatReachesOut:
    def test_is_stopped_and_told(self, offline: list[str]) -> None:
        with pytest.raises(OSError, match="the tests are offline"):
            socket.create_connection(("192.0.2.1", 80), timeout=1)
        assert offline == ["192.0.2.1"]
        offline.clear()

    def test_is_stopped_on_every_thread(self, offline: list[str]) -> None:
        def ask() -> None:
            with pytest.raises(socket.gaierror):
                socket.getaddrinfo("python.org", 443)

        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
        assert offline == ["python.org"]
        offline.clear()

    def test_may_ask_for_an_invented_host_and_learns_that_there_is_none(self, offline: list[str]) -> None:
        with pytest.raises(socket.gaierror):
            socket.getaddrinfo("crm.ons.example", 443)
        assert offline == []

    def test_may_speak_to_a_server_of_its_own(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            socket.create_connection(("localhost", port), timeout=5).close()


class TestATestsMachine:
    def test_has_folders_of_its_own(
        self, own_machine: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        own = dirs()
        assert {folder.parent for folder in (own.cache, own.state, own.config)} == {own_machine}
        assert own_machine.is_relative_to(tmp_path_factory.getbasetemp())

    def test_has_no_settings_of_the_developers(self) -> None:
        assert [name for name in os.environ if name.startswith("SALESPREP_")] == ["SALESPREP_HOME"]
