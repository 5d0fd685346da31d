"""Where an adapter turns to."""

from __future__ import annotations

import sys
from dataclasses import replace

from salesprep.kit.bench import Bench
from salesprep.kit.server import Asked, Reply
from salesprep.kit.verdict import Fault
from salesprep.kit.watch import Touch, watching
from salesprep.sources.http_hosts import allowed_hosts

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


async def hosts_declared(bench: Bench) -> str:
    """Connections and name look-ups; and links in answers that lead to another host."""
    allowed = allowed_hosts(bench.manifest, bench.source.config)
    if bench.server is not None:
        allowed |= {bench.server.place}
    async with bench.hosting() as hosted:
        with watching(bench.manifest.folder) as watch:
            for ask in bench.all_asks():
                await hosted.tell(ask)
            await hosted.check()
    strangers = [touch for touch in watch.touches if touch.network and not _is_allowed(touch, allowed)]
    if strangers:
        raise Fault(f"it {strangers[0].words}, which hosts in adapter.toml does not allow")
    if bench.server is not None:
        await _links_elsewhere(bench)
    return ", ".join(sorted(allowed)) if bench.server is None and allowed else "no other host is asked"


def _is_allowed(touch: Touch, allowed: frozenset[str]) -> bool:
    host = touch.target.rpartition(":")[0] if touch.event == "socket.connect" else touch.target
    if touch.target.startswith("/"):
        return True  # a socket of this machine alone, no host
    if sys.platform == "win32" and host in _LOOPBACK and touch.event == "socket.connect":
        return True  # how event loops wake themselves there
    names = {place.rpartition(":")[0] if ":" in place else place for place in allowed}
    if touch.event != "socket.connect":
        return host in names
    if host in _LOOPBACK:
        return touch.target in allowed
    return bool(names - set(_LOOPBACK))  # an address that a permitted name led to


async def _links_elsewhere(bench: Bench) -> None:
    """What leads to the server in its answers leads elsewhere now."""
    server, elsewhere = bench.replays, bench.elsewhere
    elsewhere.reset()

    def twist(_: Asked, reply: Reply) -> Reply:
        return replace(reply, body=reply.body.replace(server.address.encode(), elsewhere.address.encode()))

    server.twist = twist
    async with bench.hosting() as hosted:
        await hosted.tell_all(bench.all_asks())
    if elsewhere.asked:
        raise Fault("a link in an answer that leads to another host is followed")
