"""What stands for the host's client where a source is a file, a folder or a database."""

from __future__ import annotations

from salesprep.adapter import Http, Response


class NoHttp(Http):
    """Nothing is asked over HTTP: whoever does it has a bug."""

    async def get(self, url: str, **_: object) -> Response:
        raise AssertionError("asked the network")

    async def head(self, url: str, **_: object) -> Response:
        raise AssertionError("asked the network")
