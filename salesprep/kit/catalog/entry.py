"""How the checks of one subject are written down."""

from __future__ import annotations

from collections.abc import Callable

from salesprep.kit.report import CheckInfo, Need

Entry = Callable[..., CheckInfo]


def about(subject: str, *always: Need) -> Entry:
    """Makes the entries of one subject, which all need ``always``."""

    def entry(name: str, title: str, *, why: str, mend: str, needs: tuple[Need, ...] = ()) -> CheckInfo:
        return CheckInfo(name, title, why, mend, frozenset((*always, *needs)), subject)

    return entry
