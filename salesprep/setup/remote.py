"""Reads an address once, through the host's own HTTP client and its guards, to see what is there.

The client speaks to the one host of the address and to no other. An address may itself be a secret:
nothing of it but its host is ever told.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from salesprep.adapter import errors
from salesprep.adapter.errors import ConfigInvalid, DeadlineExceeded, Failure, SourceError
from salesprep.adapter.words import _
from salesprep.setup.asking import seconds_from_now
from salesprep.setup.model import Place, Trouble
from salesprep.setup.places import HEAD
from salesprep.sources.failures import failure_of
from salesprep.sources.threads import LoopThread

SECONDS = 20.0
"""For the whole answer."""
_MEND = _("see whether the address is right and the network is there")
_PRIVATE = _("take the calendar's private address instead")
_WORDS: Mapping[str, tuple[str, str]] = {
    errors.AuthRequired.code: (_("wants a login"), _PRIVATE),
    errors.PermissionDenied.code: (_("refuses access"), _PRIVATE),
    errors.ConfigInvalid.code: (_("leads nowhere, or is none that can be asked"), _MEND),
    errors.BadData.code: (_("answers in a form that is not understood"), _MEND),
}
_log = logging.getLogger("salesprep.setup")


def fetch(place: Place, *, now: Callable[[], datetime], seconds: float = SECONDS) -> Place | Trouble:
    """``place``, which is an address, with the beginning of what it answers; or why there is none."""
    url = place.url or ""
    try:
        allowed = _hosts(url)
    except ConfigInvalid as error:
        return Trouble(place.shown, error.failure())
    deadline = seconds_from_now(seconds)
    came: list[bytes | Failure] = []
    done = threading.Event()

    async def ask() -> None:
        from salesprep.sources.http import HttpClient

        client = HttpClient(source="address", allowed_hosts=allowed, now=now, log=_log.getChild("http"))
        try:
            response = await client.bound(deadline).get(url, headers={"Accept": "text/calendar, */*;q=0.5"})
            came.append(response.body[:HEAD])
        except SourceError as error:
            came.append(_told(error))
        except Exception as error:  # the rim: whatever a server provoked is told as a failure
            came.append(failure_of(error, Path(), "asking"))
        finally:
            await client.close()

    def ended(_: object) -> None:
        done.set()

    async def last() -> None:
        pass

    thread = LoopThread("address", _log)
    call = thread.call(ask, ended)
    if not done.wait(seconds + 1):
        call.cancel()
    thread.stop(last, lambda _all_ended: None)
    answer = came[0] if came else _told(DeadlineExceeded(_("no answer in time")))
    return Trouble(place.shown, answer) if isinstance(answer, Failure) else replace(place, head=answer)


def _hosts(url: str) -> frozenset[str]:
    """The one host, and over http its https too, as for any configured address."""
    from salesprep.sources.http_hosts import AddressError, read_address

    try:
        address = read_address(url)
    except AddressError as error:
        raise ConfigInvalid(
            _("the address {reason}", reason=error.reason), mend=_("write it without that")
        ) from None
    return frozenset({address.place.removesuffix(":80") if address.scheme == "http" else address.place})


def _told(error: SourceError) -> Failure:
    """Without the words of the client, which speak of settings that are not there yet."""
    if error.code not in _WORDS:
        return replace(error.failure(), mend=_MEND)
    what, mend = _WORDS[error.code]
    return replace(error.failure(), what=what, mend=mend, field=None)
