"""The contract as an adapter meets it: light to import, complete, and strict about what is asked."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest

import salesprep.adapter
from salesprep.adapter import Adapter, BlockingAdapter, Kind, Query, Request, Response, Window

NOW = datetime(2026, 11, 19, 13, 21, tzinfo=UTC)
METHODS = ("find", "fetch", "search", "upcoming", "check")


def modules_after(code: str) -> set[str]:
    """In an interpreter of its own, for this one has everything loaded."""
    ran = subprocess.run(
        [sys.executable, "-c", f"import sys; {code}; print('\\n'.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stdout.split())


class TestImportingTheContract:
    def test_brings_no_library_and_no_other_room(self) -> None:
        loaded = modules_after(
            "import salesprep.adapter; from salesprep.adapter import manifest, names, order"
        )

        heavy = {"aiohttp", "pydantic", "pydantic_core", "textual", "publicsuffixlist", "yarl", "babel"}
        ours = {name for name in loaded if name.startswith("salesprep.")}
        assert not heavy & loaded
        assert {name for name in ours if not name.startswith("salesprep.adapter")} == set()
        assert "salesprep.adapter.config" not in ours

    def test_of_settings_brings_pydantic_and_no_other_room(self) -> None:
        loaded = modules_after("import salesprep.adapter.config")

        assert "pydantic" in loaded
        assert not {"aiohttp", "textual"} & loaded
        assert all(name.startswith("salesprep.adapter") for name in loaded if name.startswith("salesprep."))

    def test_gives_every_name_that_it_promises(self) -> None:
        assert all(hasattr(salesprep.adapter, name) for name in salesprep.adapter.__all__)
        assert len(set(salesprep.adapter.__all__)) == len(salesprep.adapter.__all__)


class TestAQuery:
    def test_without_anything_to_look_for_is_empty(self) -> None:
        assert not Query()

    @pytest.mark.parametrize("field", ["names", "domains", "emails", "handles", "ids"])
    def test_with_one_look_up_of_any_sort_is_not(self, field: str) -> None:
        assert Query(**{field: ("x",)})


class TestARequest:
    def test_counts_down_to_the_deadline(self) -> None:
        def request(deadline: float) -> Request:
            http = None
            return Request(lambda: NOW, deadline, http, logging.getLogger("test"), "user", None)  # type: ignore[arg-type]

        assert request(time.monotonic() + 60).left() > 0
        assert request(time.monotonic() - 60).left() < 0


class TestAResponse:
    def test_says_whether_the_copy_at_hand_is_still_good(self) -> None:
        assert Response(304, "https://wiki.example/", {}, b"").not_modified
        assert not Response(200, "https://wiki.example/", {}, b"").not_modified


class TestAnAdapterThatLeavesMethodsOut:
    def arguments(self, method: str) -> tuple[object, ...]:
        window = Window(NOW, NOW)
        given: dict[str, tuple[object, ...]] = {
            "find": (Query(),),
            "fetch": (Query(), Kind.TASK, None),
            "search": ("topic", None),
            "upcoming": (window, None),
            "check": (),
        }
        return (*given[method], None)

    @pytest.mark.parametrize("method", METHODS)
    async def test_of_coroutines_says_so(self, method: str) -> None:
        adapter: Adapter[None] = Adapter(None)  # type: ignore[type-var]

        with pytest.raises(NotImplementedError):
            await getattr(adapter, method)(*self.arguments(method))
        await adapter.aclose()

    @pytest.mark.parametrize("method", METHODS)
    def test_of_plain_functions_says_so(self, method: str) -> None:
        adapter: BlockingAdapter[None] = BlockingAdapter(None)  # type: ignore[type-var]

        with pytest.raises(NotImplementedError):
            getattr(adapter, method)(*self.arguments(method))
        adapter.close()

    def test_of_both_sorts_has_the_same_methods(self) -> None:
        def own(cls: type) -> set[str]:
            return {name for name in vars(cls) if not name.startswith("_")} - {"aclose", "close"}

        assert own(Adapter) == own(BlockingAdapter) == set(METHODS)
