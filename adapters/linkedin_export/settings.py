"""What the settings of a LinkedIn source may hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from salesprep.adapter import ConfigInvalid
from salesprep.adapter.config import Config, LocalPath
from salesprep.adapter.words import _


def _mail(value: str) -> str:
    local, at, domain = value.strip().rpartition("@")
    if not at or not local or not domain or " " in value.strip():
        raise ConfigInvalid(
            _("the owner of the exports is not a mail address"),
            mend=_('write one such as "anna@ours.example"'),
            field="owner",
        )
    return value.strip().lower()


class ExportsConfig(Config):
    """The data exports of one LinkedIn member."""

    exports: Annotated[list[LocalPath], Field(min_length=1)]
    """Export files as LinkedIn gives them (`*.zip`), folders they were unpacked to, or folders that hold
    several of either."""
    owner: Annotated[str, AfterValidator(_mail)] | None = None
    """Mail address of the member whose exports these are, as in `[us]`."""
