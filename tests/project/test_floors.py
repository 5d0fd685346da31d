"""The floors of the house, where a fresh interpreter has to show them."""

from __future__ import annotations

import subprocess
import sys


def _brought_in_by(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


class TestAnAuthorOfAnAdapter:
    def test_gets_the_contract_without_any_library(self) -> None:
        brought = _brought_in_by(
            "import salesprep.adapter; from salesprep.adapter import manifest, names, order"
        )
        assert not brought & {"aiohttp", "asyncio", "click", "icalendar", "pydantic", "textual"}

    def test_gets_a_settings_model_without_an_http_client(self) -> None:
        brought = _brought_in_by("import salesprep.adapter.config")
        assert "pydantic" in brought
        assert not brought & {"aiohttp", "click", "icalendar", "textual"}
