"""The README's own example works as it stands, and what it says of exit codes is whole."""

from __future__ import annotations

import re
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from salesprep.cli.exits import Exit

Run = Callable[..., "subprocess.CompletedProcess[str]"]

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//ons.example//EN\r\nEND:VCALENDAR\r\n"


def test_the_example_works_where_its_files_are(cli: Run, tmp_path: Path) -> None:
    (block,) = re.findall(r"^```toml\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    (tmp_path / "settings.toml").write_text(block, encoding="utf-8")
    (tmp_path / "agenda.ics").write_text(CALENDAR, encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "crm.sqlite")) as crm:
        crm.execute("CREATE TABLE account (id, name, website, city)")
        crm.execute("CREATE TABLE opportunity (id, account_id, name, stage, amount, closes)")
        crm.execute("INSERT INTO account VALUES (1042, 'Van Dijk', 'vandijk.example', 'Eindhoven')")
        crm.execute("INSERT INTO opportunity VALUES (1, 1042, 'Pump', 'quote', 5, '2026-12-01')")
        crm.commit()

    checked = cli("sources", "check", "--settings", "settings.toml")
    assert (checked.returncode, checked.stderr) == (0, "")
    done = cli("brief", "Van Dijk", "--settings", "settings.toml")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Pump" in done.stdout


def test_every_exit_code_is_listed() -> None:
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    assert listed == {int(code) for code in Exit}
