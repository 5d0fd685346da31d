"""The moment and the reader that the view's tests speak to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from salesprep.settings import Colleague, Us
from salesprep.view.voice import Voice

ZONE = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 23, 13, 21, tzinfo=ZONE)


@pytest.fixture
def us() -> Us:
    return Us(
        name="Anna Visser",
        emails=("anna@ons.example",),
        domains=("ons.example",),
        colleagues=(Colleague("Maarten Bakker", "m.bakker@ons.example"),),
        zone=ZONE,
        locale="nl_NL",
        language="en",
    )


@pytest.fixture
def american(us: Us) -> Us:
    return replace(us, locale="en_US")


@pytest.fixture
def dutch(us: Us) -> Us:
    return replace(us, language="nl")


@pytest.fixture
def voice(us: Us, now: datetime) -> Voice:
    return Voice(us=us, now=now, labels={"crm": "CRM", "linkedin": "LinkedIn"})
