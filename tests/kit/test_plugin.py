"""The kit as an adapter's own tests have it: three lines, one test for each check."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from salesprep.kit import CHECKS

TEST = """\
from salesprep.kit.pytest import conforms

test_visits = conforms({folder!r})
"""


def _pytest(folder: Path, *options: str) -> tuple[int, str]:
    test = folder.parent / "test_visits.py"
    test.write_text(TEST.format(folder=str(folder)), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", *options, str(test)]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=folder.parent, check=False)
    return ran.returncode, ran.stdout + ran.stderr


def test_a_good_adapter_passes_or_skips_each_check(changed: Callable[..., Path]) -> None:
    status, said = _pytest(changed("visits"))

    counts = {word: int(number) for number, word in re.findall(r"(\d+) (passed|skipped|failed)", said)}
    offline = [info for info in CHECKS.values() if "live" not in info.needs]
    assert status == 0, said
    assert counts["passed"] + counts["skipped"] == len(offline)
    assert counts["passed"] > counts["skipped"]


def test_a_broken_one_fails_in_the_check_that_is_meant_for_it(changed: Callable[..., Path]) -> None:
    folder = changed("visits", ("adapter.py", '"id": str(row.nr)', '"id": row.customer'))

    status, said = _pytest(folder, "-k", "ids-unique or paging-ends")

    assert status == 1
    assert "ids-unique: not so: No two records of a kind have one id" in said
    assert "why it matters: Of two records with one id the user sees one" in said
    assert "mend: Use the source's own id" in said
    assert "1 failed, 1 passed" in said
