"""The README keeps its word: its settings load, its exit codes and commands are those of the program."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from salesprep.cli.commands import salesprep
from salesprep.cli.exits import Exit
from salesprep.settings import Settings, load
from salesprep.sources import find_adapters
from salesprep.sources.configure import configure
from salesprep.sources.load import load_class

ENVIRON = {"CALENDAR_ADDRESS": "https://calendar.ons.example/anna.ics"}


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def example(readme: str, tmp_path: Path) -> Settings:
    """The README's own settings file, as somebody would use it."""
    (block,) = re.findall(r"^```toml\n(.*?)^```", readme, re.M | re.S)
    file = tmp_path / "settings.toml"
    file.write_text(block, encoding="utf-8")
    return load(ENVIRON, explicit=file, person=tmp_path / "none.toml")


class TestTheSettingsInTheReadme:
    def test_are_settings(self, example: Settings) -> None:
        assert list(example.sources) == ["crm", "calendar"]
        assert example.us.locale == "nl_NL"

    def test_are_what_each_adapter_takes(self, example: Settings) -> None:
        installed = find_adapters(()).installed
        for source in example.sources.values():
            adapter = installed[source.adapter]
            configure(
                source,
                load_class(adapter).Config,
                adapter=source.adapter,
                secrets=adapter.manifest.secrets,
                environ=ENVIRON,
                roots={},
            )


class TestTheTablesInTheReadme:
    def test_list_every_exit_code(self, readme: str) -> None:
        listed = {int(code) for code in re.findall(r"^\| (\d+) \|", readme, re.M)}
        assert listed == {int(code) for code in Exit}

    def test_name_commands_that_there_are(self, readme: str) -> None:
        named = [span.split()[1:] for span in re.findall(r"`(salesprep [a-z][^`]*)`", readme)]
        assert ["brief", "[NAME]"] in named
        for words in named:
            command: click.Command | None = salesprep
            for word in words:
                if not isinstance(command, click.Group):
                    break
                command = command.get_command(click.Context(command), word)
                assert command is not None, " ".join(words)
