"""``links.toml``: read strictly, and wrong content says file, key and mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from salesprep.briefing.links import read_links
from salesprep.settings import SettingsError

GOOD = """
[[customer]]
id = "van-dijk"
name = "Van Dijk Machinebouw B.V."
aliases = ["VDM"]
domains = ["www.vandijk.example"]

[[customer.link]]
source = "crm"
native_id = "1042"
verdict = "is"
by = "anna@ons.example"
at = 2026-11-20T10:00:00Z
how = "confirmed"

[[customer.link]]
source = "erp"
native_id = "77"
verdict = "is_not"
by = "anna@ons.example"
at = 2026-11-20T10:01:00+01:00
how = "rejected"

[[customer]]
id = "kaas"
name = "Kaas & Co"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "links.toml"
    path.write_text(GOOD, encoding="utf-8")
    return path


class TestReading:
    def test_no_file_holds_no_links(self, tmp_path: Path) -> None:
        assert read_links(tmp_path / "none.toml").customers == ()

    def test_a_customer_with_its_decisions(self, file: Path) -> None:
        customer = read_links(file).customers[0]
        assert customer.domains == ("vandijk.example",)
        assert [(k.source, k.native_id, k.verdict) for k in customer.links] == [
            ("crm", "1042", "is"),
            ("erp", "77", "is_not"),
        ]

    @pytest.mark.parametrize("typed", ["van-dijk", "van dijk machinebouw", "VAN DIJK MACHINEBOUW BV", "vdm"])
    def test_it_is_found_by_id_name_or_alias(self, file: Path, typed: str) -> None:
        found = read_links(file).named(typed)
        assert found is not None
        assert found.id == "van-dijk"

    @pytest.mark.parametrize("typed", ["van dijk", "", "acme"])
    def test_it_is_not_found_by_a_part(self, file: Path, typed: str) -> None:
        assert read_links(file).named(typed) is None

    def test_it_is_found_by_a_native_id_and_by_domain(self, file: Path) -> None:
        links = read_links(file)
        by_id, by_domain = links.of("crm", "1042"), links.at_domain("vandijk.example")
        assert by_id is by_domain is links.customers[0]
        assert links.of("erp", "77") is None

    def test_two_customers_of_one_name_are_told_by_id_only(self, file: Path) -> None:
        file.write_text(GOOD.replace('"Kaas & Co"', '"Van Dijk Machinebouw"'), encoding="utf-8")
        links = read_links(file)
        assert links.named("Van Dijk Machinebouw") is None
        assert links.named("kaas") is links.customers[1]


class TestWrongContent:
    @pytest.mark.parametrize(
        ("right", "wrong", "key"),
        [
            ('verdict = "is"', 'verdict = "yes"', "customer[1].link[1].verdict"),
            ('verdict = "is_not"', "", "customer[1].link[2].verdict"),
            ('native_id = "1042"', "native_id = 1042", "customer[1].link[1].native_id"),
            ("2026-11-20T10:00:00Z", "2026-11-20T10:00:00", "customer[1].link[1].at"),
            ("2026-11-20T10:00:00Z", '"yesterday"', "customer[1].link[1].at"),
            ('aliases = ["VDM"]', 'aliases = "VDM"', "customer[1].aliases"),
            ('"www.vandijk.example"', '"no domain"', "customer[1].domains"),
            ('id = "kaas"', 'id = "van-dijk"', "customer[2].id"),
            ('name = "Kaas & Co"', 'naam = "Kaas & Co"', "customer[2].naam"),
            ('name = "Kaas & Co"', "", "customer[2].name"),
            ("[[customer]]", "[[client]]", "client"),
        ],
    )
    def test_the_key_is_named(self, file: Path, right: str, wrong: str, key: str) -> None:
        file.write_text(GOOD.replace(right, wrong), encoding="utf-8")
        with pytest.raises(SettingsError) as error:
            read_links(file)
        assert error.value.file == file
        assert error.value.key == key
        assert error.value.mend

    def test_the_nearest_right_key_is_proposed(self, file: Path) -> None:
        file.write_text(GOOD.replace("native_id", "nativ_id"), encoding="utf-8")
        with pytest.raises(SettingsError, match="did you mean native_id"):
            read_links(file)

    def test_a_value_is_never_echoed(self, file: Path) -> None:
        file.write_text(GOOD.replace('verdict = "is"', 'verdict = "s3cret"'), encoding="utf-8")
        with pytest.raises(SettingsError) as error:
            read_links(file)
        assert "s3cret" not in str(error.value)

    def test_broken_toml_says_where(self, file: Path) -> None:
        file.write_text('[[customer]]\nid = "s3cret\n', encoding="utf-8")
        with pytest.raises(SettingsError, match="line 2") as error:
            read_links(file)
        assert "s3cret" not in str(error.value)

    @pytest.mark.parametrize("content", [b"\xff\xfe\x00", b'customer = "x"', b"customer = [1]"])
    def test_what_is_no_list_of_customers_is_refused(self, file: Path, content: bytes) -> None:
        file.write_bytes(content)
        with pytest.raises(SettingsError):
            read_links(file)
