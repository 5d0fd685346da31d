"""A file of links, and short ways to decide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from salesprep.briefing.links import (
    Decided,
    Forgotten,
    Links,
    Verdict,
    decide,
    forget,
    read_target,
    update_links,
)
from salesprep.briefing.model import Customer

AT = datetime(2026, 11, 23, 12, 21, tzinfo=UTC)

WRITTEN = """\
# Who is who. Ask Anna before you change anything here.

[[customer]]
id = "van-dijk"   # our own word
name = "Van Dijk Machinebouw B.V."
aliases = ["VDM"]
domains = ["vandijk.example"]

# asked R. Smit
[[customer.link]]
source = "crm"
native_id = "1042"
verdict = "is"
by = "anna@ons.example"
at = 2026-11-20T10:00:00Z
how = "asked them"  # by phone

[[customer.link]]
native_id = '1043'
source = 'crm'
verdict = 'is_not'
by = 'bakker@ons.example'
at = 2026-11-20T11:00:00+01:00
how = 'the haulier'

# -- dairy --
[[customer]]
name = "Kaas & Co"
id = "kaas"
# the end
"""


class Notebook:
    """``links.toml`` in the hands of Anna."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.at = AT

    @property
    def text(self) -> str:
        return self.path.read_bytes().decode()

    def decide(
        self, customer: Customer | str, *, move: bool = False, by: str = "anna@ons.example", **verdicts: str
    ) -> Decided:
        """``decide("Kaas & Co", yes="crm:1050", no="crm:1051 erp:7")``."""
        whom = customer if isinstance(customer, Customer) else Customer(customer.casefold(), customer)
        wishes = [
            Verdict(read_target(target), "is" if word == "yes" else "is_not", "confirmed by user")
            for word, targets in verdicts.items()
            for target in targets.split()
        ]
        change: Callable[[Links], Decided] = partial(
            decide, customer=whom, verdicts=wishes, by=by, at=self.at, move=move
        )
        return update_links(self.path, change)

    def forget(self, customer_id: str, *targets: str) -> Forgotten:
        wanted = [read_target(target) for target in targets]
        return update_links(self.path, lambda links: forget(links, customer_id, wanted))


@pytest.fixture
def notebook(tmp_path: Path) -> Notebook:
    """A file that people have written into."""
    path = tmp_path / "links.toml"
    path.write_bytes(WRITTEN.encode())
    return Notebook(path)


@pytest.fixture
def empty(tmp_path: Path) -> Notebook:
    """No file yet."""
    return Notebook(tmp_path / "state" / "links.toml")
