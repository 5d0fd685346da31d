"""Redirects: followed within the hosts of the source, and nowhere else with anything of value."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from salesprep.adapter import BadData, ConfigInvalid, Unavailable
from salesprep.sources import http_hosts

if TYPE_CHECKING:
    from tests.sources.http.conftest import Clients, Handler, SaysRaw, Serve


def leads_to(*locations: str, status: int = 302) -> Handler:
    """Answers ``/`` with the first location, and any other path with what it was asked."""
    left = list(locations)

    async def answer(request: web.Request) -> web.Response:
        if left:
            return web.Response(status=status, headers={"Location": left.pop(0)})
        return web.Response(text=f"arrived at {request.path}")

    return answer


class TestWithinTheHost:
    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    async def test_it_is_followed(self, serve: Serve, clients: Clients, status: int) -> None:
        site = await serve(leads_to("/there?x=1", status=status))

        answer = await clients.http(site.place).get(site.url("/here"))

        assert answer.body == b"arrived at /there"
        assert answer.url == site.url("/there?x=1")

    async def test_the_login_goes_along(self, serve: Serve, clients: Clients) -> None:
        site = await serve(leads_to("../there"))

        await clients.http(site.place).get(site.url("/a/b"), headers={"Authorization": "Bearer abc"})

        assert [request.headers.get("Authorization") for request in site.asked] == ["Bearer abc"] * 2

    async def test_head_stays_head(self, serve: Serve, clients: Clients) -> None:
        site = await serve(leads_to("/there"))

        await clients.http(site.place).head(site.url())

        assert [request.method for request in site.asked] == ["HEAD", "HEAD"]

    async def test_five_are_followed_and_not_six(self, serve: Serve, clients: Clients) -> None:
        short, long = await serve(leads_to(*"abcde")), await serve(leads_to(*"abcdef"))

        assert (await clients.http(short.place).get(short.url())).status == 200
        with pytest.raises(BadData, match="redirects more than 5 times"):
            await clients.http(long.place).get(long.url())
        assert len(long.asked) == 6

    async def test_a_circle_ends(self, serve: Serve, clients: Clients) -> None:
        async def circle(request: web.Request) -> web.Response:
            raise web.HTTPFound("/")

        site = await serve(circle)

        with pytest.raises(BadData, match="redirects more than"):
            await clients.http(site.place).get(site.url())

    async def test_without_an_address_is_no_answer(self, says_raw: SaysRaw, clients: Clients) -> None:
        place = await says_raw(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n")

        with pytest.raises(BadData, match="without saying where"):
            await clients.http(place).get(f"http://{place}/")


class TestToAnotherHost:
    async def test_outside_the_list_is_refused_unasked(self, serve: Serve, clients: Clients) -> None:
        other = await serve(leads_to())
        site = await serve(leads_to(other.url("/secret")))

        with pytest.raises(ConfigInvalid, match="may not ask") as caught:
            await clients.http(site.place).get(site.url())

        assert other.place in str(caught.value)
        assert "secret" not in f"{caught.value} {caught.value.mend}"
        assert other.asked == []

    async def test_in_the_list_it_is_followed_without_any_of_the_adapter_s_headers(
        self, serve: Serve, clients: Clients
    ) -> None:
        other = await serve(leads_to())
        site = await serve(leads_to(other.url("/there")))

        answer = await clients.http(site.place, other.place).get(
            site.url(),
            headers={"Authorization": "Bearer abc", "Cookie": "a=b", "X-Api-Key": "k"},
            etag='"v1"',
        )

        assert answer.body == b"arrived at /there"
        sent = {name.lower() for name in other.asked[0].headers}
        assert not sent & {"authorization", "cookie", "x-api-key", "if-none-match"}

    async def test_and_back_does_not_bring_the_headers_back(self, serve: Serve, clients: Clients) -> None:
        first = await serve(leads_to())
        other = await serve(leads_to(first.url("/end")))
        away = await serve(leads_to(other.url("/there")))

        await clients.http(first.place, other.place, away.place).get(
            away.url(), headers={"Authorization": "Bearer abc"}
        )

        assert "Authorization" in away.asked[0].headers
        assert "Authorization" not in first.asked[0].headers

    @pytest.mark.parametrize(
        "location",
        [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "https://",
            "http://[::1",
            "http://me:pw@127.0.0.1/",
            "data:,x",
        ],
    )
    async def test_by_something_that_is_no_web_address_is_refused(
        self, serve: Serve, clients: Clients, location: str
    ) -> None:
        site = await serve(leads_to(location))

        with pytest.raises(BadData, match="redirects to an address that") as caught:
            await clients.http(site.place).get(site.url())

        assert location not in str(caught.value)
        assert len(site.asked) == 1

    async def test_from_https_to_http_is_refused(
        self, serve: Serve, clients: Clients, authority: ssl.SSLContext, server_tls: ssl.SSLContext
    ) -> None:
        plain = await serve(leads_to())
        site = await serve(leads_to(plain.url("/there")), server_tls)

        with pytest.raises(BadData, match="from https to http"):
            await clients.http(site.place, plain.place, ca=authority).get(site.url())

        assert plain.asked == []


@pytest.fixture
def loopback_is_public(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets a server of this test stand for one on the internet."""
    private = http_hosts.is_private
    monkeypatch.setattr(http_hosts, "is_private", lambda ip: ip != "127.0.0.1" and private(ip))


@pytest.mark.usefixtures("loopback_is_public")
class TestIntoAPrivateNetwork:
    async def test_from_the_internet_is_refused_even_to_a_host_of_the_source(
        self, serve: Serve, clients: Clients, names: dict[str, list[str]]
    ) -> None:
        names.update({"feed.example": ["127.0.0.1"], "intranet.example": ["10.0.0.5"]})
        site = await serve(leads_to("http://intranet.example/admin"))

        with pytest.raises(ConfigInvalid, match=r"intranet\.example.* private network") as caught:
            await clients.http(f"feed.example:{site.server.port}", "intranet.example").get(
                site.url(host="feed.example")
            )

        assert caught.value.__context__ is None

    async def test_by_a_name_that_is_turned_after_the_first_answer_is_refused(
        self, serve: Serve, clients: Clients, names: dict[str, list[str]]
    ) -> None:
        names["feed.example"] = ["127.0.0.1"]

        async def rebinds(request: web.Request) -> web.Response:
            names["feed.example"] = ["192.168.0.1", "::1"]
            raise web.HTTPFound("/admin")

        site = await serve(rebinds)

        with pytest.raises(ConfigInvalid, match="private network"):
            await clients.http(f"feed.example:{site.server.port}").get(site.url(host="feed.example"))

        assert [request.path for request in site.asked] == ["/"]

    async def test_the_public_one_of_several_addresses_is_taken(
        self, serve: Serve, clients: Clients, names: dict[str, list[str]]
    ) -> None:
        names["feed.example"] = ["10.0.0.5", "127.0.0.1"]
        site = await serve(leads_to("/there"))
        names["cdn.example"] = ["10.0.0.5", "127.0.0.1"]
        port = site.server.port
        start = await serve(leads_to(f"http://cdn.example:{port}/x"))
        names["feed.example"] = ["127.0.0.1"]

        answer = await clients.http(f"feed.example:{start.server.port}", f"cdn.example:{port}").get(
            start.url(host="feed.example")
        )

        assert answer.body == b"arrived at /there"

    async def test_is_followed_if_the_settings_name_that_very_address(
        self, serve: Serve, clients: Clients, names: dict[str, list[str]]
    ) -> None:
        names.update({"feed.example": ["127.0.0.1"], "localhost": ["127.0.0.9"]})
        site = await serve(leads_to("http://localhost:1/there"))

        with pytest.raises(Unavailable, match="no connection with localhost"):  # nobody listens there
            await clients.http(f"feed.example:{site.server.port}", "localhost:1").get(
                site.url(host="feed.example")
            )


class TestOfAnIntranet:
    async def test_a_configured_host_may_be_private_and_redirect_within_it(
        self, serve: Serve, clients: Clients, names: dict[str, list[str]]
    ) -> None:
        names.update({"wiki.example": ["127.0.0.1"], "files.example": ["127.0.0.1"]})
        files = await serve(leads_to())
        wiki = await serve(leads_to(files.url("/there", host="files.example")))

        answer = await clients.http(
            f"wiki.example:{wiki.server.port}", f"files.example:{files.server.port}"
        ).get(wiki.url(host="wiki.example"))

        assert answer.body == b"arrived at /there"
