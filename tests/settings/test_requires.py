"""A file that is made for another version says so, in one line."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet

from salesprep.settings import SettingsError
from salesprep.settings.requires import check_version, installed_version, is_requirement


def fits(wanted: str, running: str) -> bool:
    try:
        check_version(wanted, "settings.toml", running)
    except SettingsError:
        return False
    return True


class TestAFileForANewerSalesprep:
    def test_is_told_in_one_line_before_its_keys_are_called_unknown(self, world: Any) -> None:
        world.version = "1.3.2"
        world.write(world.company, 'requires = ">=1.4"\nradar = true\n[us]\nmoon = 1\n')
        assert str(world.refusal()) == (
            f"{world.company}: requires: these settings are for salesprep >=1.4, and this is 1.3.2; "
            "update salesprep, or ask whoever keeps this file"
        )

    def test_is_read_by_one_that_fits(self, world: Any) -> None:
        world.write(world.company, 'requires = ">=1.4, <2"\n[us]\nname = "Ons"\n')
        assert world.load().us.name == "Ons"
        world.version = "2.0"
        assert "take a version of salesprep that fits" in world.refusal().mend

    def test_may_be_any_file(self, world: Any) -> None:
        world.write(world.person, 'requires = "<1"\n')
        assert world.refusal().file == world.person

    @pytest.mark.parametrize(
        "wanted", ["1.4", '">1.4.x"', '">= 1,"', '""', '"~=1.4"', '["1.4"]', '">=1.4 hunter2"']
    )
    def test_must_say_which(self, world: Any, wanted: str) -> None:
        world.write(world.person, f"requires = {wanted}\n")
        error = world.refusal()
        assert error.key == "requires"
        assert "must be versions such as" in error.what
        assert "hunter2" not in str(error)


class TestVersions:
    @pytest.mark.parametrize(
        "running", ["1.4", "1.4.0", "1.4.1", "1.10", "2.0.dev1", "1.5rc1", "1.4.post1", "1.4+local"]
    )
    def test_from_one_on_are_all_those_after_it(self, running: str) -> None:
        assert fits(">=1.4", running)

    @pytest.mark.parametrize("running", ["1.3.9", "1.4rc1", "1.4.0a2", "1.4.dev3+g1", "0.1.0", "1"])
    def test_before_it_are_none(self, running: str) -> None:
        assert not fits(">=1.4", running)

    @given(
        operator=st.sampled_from([">=", "<=", "==", ">", "<"]),
        wanted=st.lists(st.integers(0, 12), min_size=1, max_size=3),
        running=st.lists(st.integers(0, 12), min_size=1, max_size=4),
    )
    def test_compare_as_python_packages_do(
        self, operator: str, wanted: list[int], running: list[int]
    ) -> None:
        clause, here = f"{operator}{'.'.join(map(str, wanted))}", ".".join(map(str, running))
        assert fits(clause, here) == SpecifierSet(clause).contains(here)

    @given(text=st.text(max_size=12))
    def test_are_required_in_words_that_are_understood_or_refused(self, text: str) -> None:
        if is_requirement(text):
            fits(text, "1.0")

    def test_of_this_salesprep_is_known_without_importing_what_reads_packages(self) -> None:
        assert installed_version() == version("salesprep")
