"""Which hosts a source may speak to: as the manifest and the settings say it, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from yarl import URL

from salesprep.adapter import ConfigInvalid
from salesprep.adapter.manifest import Manifest, read_manifest
from salesprep.sources.http_hosts import (
    Address,
    AddressError,
    allowed_hosts,
    configured_in,
    is_private,
    names_private,
    permits,
    read_address,
)

if TYPE_CHECKING:
    from tests.sources.http.conftest import Clients


def manifest(folder: Path, *hosts: str) -> Manifest:
    listed = ", ".join(f'"{host}"' for host in hosts)
    (folder / "adapter.toml").write_text(
        'name = "wiki"\ntitle = "Wiki"\nversion = "1"\ncontract = "1.0"\nclass = "Wiki"\n'
        f'kinds = ["document"]\nabilities = ["fetch"]\nasks_as = "none"\nhosts = [{listed}]\n'
    )
    return read_manifest(folder / "adapter.toml")


class TestAHostInTheManifest:
    def test_is_spoken_to_over_https(self, tmp_path: Path) -> None:
        allowed = allowed_hosts(manifest(tmp_path, "API.wiki.example"), {})

        assert permits(allowed, read_address("https://api.wiki.example/x"))
        assert not permits(allowed, read_address("http://api.wiki.example/x"))
        assert not permits(allowed, read_address("https://api.wiki.example:8443/x"))
        assert not permits(allowed, read_address("https://wiki.example/x"))

    def test_may_name_its_port(self, tmp_path: Path) -> None:
        allowed = allowed_hosts(manifest(tmp_path, "wiki.example:8443"), {})

        assert permits(allowed, read_address("https://wiki.example:8443/"))
        assert not permits(allowed, read_address("https://wiki.example/"))

    def test_may_be_an_ipv6_address(self, tmp_path: Path) -> None:
        allowed = allowed_hosts(manifest(tmp_path, "[2001:db8::1]"), {})

        assert permits(allowed, read_address("https://[2001:db8::1]/"))


class TestAnAddressInTheSettings:
    def test_allows_its_own_host_and_port(self, tmp_path: Path) -> None:
        allowed = allowed_hosts(manifest(tmp_path, "config:url"), {"url": "https://Wiki.example:8443/w/"})

        assert allowed == {"wiki.example:8443"}

    def test_with_https_does_not_allow_http(self, tmp_path: Path) -> None:
        allowed = allowed_hosts(manifest(tmp_path, "config:url"), {"url": "https://wiki.example/w/"})

        assert permits(allowed, read_address("https://wiki.example/other"))
        assert not permits(allowed, read_address("http://wiki.example/w/"))

    def test_with_http_allows_the_https_of_the_same_host(self, tmp_path: Path) -> None:
        allowed = allowed_hosts(manifest(tmp_path, "config:url"), {"url": "http://wiki.example/"})

        assert permits(allowed, read_address("http://wiki.example/"))
        assert permits(allowed, read_address("https://wiki.example/"))
        assert not permits(allowed, read_address("http://wiki.example:8080/"))

    @pytest.mark.parametrize("scheme", ["webcal", "webcals", "WEBCAL"])
    def test_of_a_calendar_counts_as_https(self, tmp_path: Path, scheme: str) -> None:
        allowed = allowed_hosts(
            manifest(tmp_path, "config:calendars.url"),
            {"calendars": [{"url": f"{scheme}://calendar.example/me.ics"}, {"path": "me.ics"}]},
        )

        assert allowed == {"calendar.example:443"}

    def test_that_cannot_be_read_allows_nothing(self, tmp_path: Path) -> None:
        config = {"url": ["wiki", "https://", "https://me:pw@wiki.example/", "https://a.example:x/"]}

        assert allowed_hosts(manifest(tmp_path, "config:url"), config) == frozenset()

    def test_in_letters_of_another_alphabet_is_one_host(self, tmp_path: Path) -> None:
        allowed = allowed_hosts(manifest(tmp_path, "config:url"), {"url": "https://bücher.example/"})

        assert permits(allowed, read_address("https://xn--bcher-kva.example/"))
        assert permits(allowed, read_address("https://BÜCHER.example/"))

    @pytest.mark.parametrize(
        ("hosts", "field"),
        [
            (["wiki.example"], None),
            (["wiki.example", "config:url"], "url"),
            (["config:calendars.url", "config:calendars.secret_url"], "calendars"),
            (["config:url", "config:login.url"], "url"),
        ],
    )
    def test_is_named_by_its_setting(self, tmp_path: Path, hosts: list[str], field: str | None) -> None:
        assert configured_in(manifest(tmp_path, *hosts)) == field


class TestAskingAnotherHost:
    async def test_is_refused_and_names_host_and_mend(self, clients: Clients) -> None:
        with pytest.raises(ConfigInvalid) as caught:
            await clients.http("wiki.example:443").get("https://elsewhere.example/secret?token=s3cret")

        said = f"{caught.value} {caught.value.mend}"
        assert "elsewhere.example" in said
        assert "[sources.crm]" in said
        assert "secret" not in said

    @pytest.mark.parametrize(
        "url",
        [
            "file:///etc/passwd",
            "ftp://wiki.example/",
            "wiki.example/page",
            "",
            "https:///page",
            "https://wiki.example:99999/",
            "https://wiki.example:0/",
            "https://[::1/",
            "https://wi ki.example/",
            "https://wiki..example/",
            f"https://{'a' * 64}.example/",
            "https://wiki.example\\.evil.example/",
            "https://\udcff.example/",
        ],
    )
    async def test_by_an_address_that_is_none_is_refused(self, clients: Clients, url: str) -> None:
        with pytest.raises(ConfigInvalid, match=r"an address of this source|not among"):
            await clients.http("wiki.example:443").get(url)

    async def test_with_a_password_in_the_address_is_refused_unread(self, clients: Clients) -> None:
        with pytest.raises(ConfigInvalid, match="user name or a password") as caught:
            await clients.http("wiki.example:443").get("https://me:s3cret@wiki.example/")

        assert "s3cret" not in f"{caught.value} {caught.value.mend}"


def told(reads: Callable[[str], Address], text: str) -> Address | AddressError:
    """What comes of an address: read, or refused; anything else fails the test."""
    try:
        return reads(text)
    except AddressError as error:
        return error


class TestAnAddress:
    @settings(deadline=None)
    @given(st.text(max_size=60) | st.from_regex(r"https?://[\w.@:\\/\[\]?#%-]{0,40}", fullmatch=True))
    def test_is_read_or_refused_and_never_anything_else(self, text: str) -> None:
        address = told(read_address, text)

        if isinstance(address, AddressError):
            assert address.__context__ is None
            assert len(text) < 8 or text not in str(address)
        else:
            assert read_address(address.text) == address

    @settings(deadline=None)
    @given(st.from_regex(r"https?://[\w.@:\\/\[\]?#%-]{1,40}", fullmatch=True))
    def test_names_the_host_that_the_client_will_ask(self, text: str) -> None:
        address = told(read_address, text)
        assume(isinstance(address, Address))
        assert isinstance(address, Address)
        sent = URL(address.text)

        assert (sent.scheme, sent.raw_host, sent.port) == (address.scheme, address.host, address.port)
        assert sent.user is None

    @settings(deadline=None)
    @given(st.text(max_size=40))
    def test_leads_on_by_any_location_to_an_address_or_a_refusal(self, location: str) -> None:
        target = told(read_address("https://wiki.example/a/b").join, location)

        if isinstance(target, AddressError):
            assert target.__context__ is None
        else:
            assert target.text.isascii()


class TestAPrivateNetwork:
    @pytest.mark.parametrize(
        "ip",
        [
            *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
            *("0.0.0.0", "255.255.255.255", "224.0.0.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1"),  # noqa: S104
            *("::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:0:0:0:0:80ff:fffe", "no ip"),
        ],
    )
    def test_is_known_in_every_spelling(self, ip: str) -> None:
        assert is_private(ip)

    @pytest.mark.parametrize("ip", ["1.1.1.1", "8.8.8.8", "2606:4700::1111", "64:ff9b::101:101"])
    def test_is_not_the_internet(self, ip: str) -> None:
        assert not is_private(ip)

    @pytest.mark.parametrize("host", ["localhost", "app.localhost", "10.0.0.5", "::1"])
    def test_may_be_named_outright(self, host: str) -> None:
        assert names_private(host)

    def test_does_not_show_in_other_names(self) -> None:
        assert not names_private("intranet.example")
        assert not names_private("1.1.1.1")
