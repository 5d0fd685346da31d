"""What the report says of an adapter that is in order, and where nothing more can be tried."""

from __future__ import annotations

import io
import logging
import shutil
import threading
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from salesprep.kit import CHECKS, Report, check, engine, probe

SHIPPED = ("ics", "linkedin_export", "markdown_wiki", "sql", "table")
ADAPTERS = Path(__file__).parents[2] / "adapters"


class TestAnAdapterThatIsInOrder:
    @pytest.mark.parametrize("name", SHIPPED)
    def test_of_this_project_gives_no_false_alarm(self, name: str) -> None:
        report = check(ADAPTERS / name)

        assert [f"{result.check}: {result.found}" for result in report.failed] == []
        assert report.level == "bronze"
        assert [result.check for result in report.results] == list(CHECKS)

    def test_over_http_passes_all_that_is_not_about_files(self, report_on: Callable[..., Report]) -> None:
        report = report_on("helpdesk")

        skipped = {result.check for result in report.results if result.outcome == "skipped"}
        assert [f"{result.check}: {result.found}" for result in report.failed] == []
        assert {CHECKS[name].subject for name in skipped} <= {"files", "lookups", "live"}
        assert skipped & {"upcoming-in-window"} == {"upcoming-in-window"}
        assert report.level == "bronze"

    def test_of_files_passes_all_that_is_not_about_servers(self, report_on: Callable[..., Report]) -> None:
        report = report_on("visits")

        passed = {result.check for result in report.results if result.outcome == "passed"}
        assert [f"{result.check}: {result.found}" for result in report.failed] == []
        assert {"paging-repeats-nothing", "file-changed", "upcoming-in-window", "search-finds"} <= passed

    def test_is_told_what_was_tried(self, report_on: Callable[..., Report]) -> None:
        report = report_on("visits", ["ids-unique", "paging-ends"])

        assert [result.outcome for result in report.results] == ["passed", "passed"]
        assert all(result.found and result.why and not result.mend for result in report.results)

    def test_gets_no_level_for_some_checks_alone(self, report_on: Callable[..., Report]) -> None:
        assert report_on("visits", ["ids-unique"]).level == "none"


class TestWhereNothingMoreCanBeTried:
    def test_a_manifest_that_cannot_be_read_is_the_one_failure(self, tmp_path: Path) -> None:
        report = check(tmp_path)

        (failed,) = report.failed
        assert failed.check == "manifest-read"
        assert "adapter.toml" in failed.found
        assert not report.ok
        assert {result.outcome for result in report.results} == {"failed", "skipped"}

    def test_another_contract_is_the_one_failure(self, changed: Callable[..., Path]) -> None:
        folder = changed("visits", ("adapter.toml", 'contract = "1.0"', 'contract = "7.0"'))

        (failed,) = check(folder).failed

        assert failed.check == "contract-version"
        assert "7.0" in failed.found

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ("names = [", "nams = [", 'did you mean "customer.names"'),
            ("now = 2026-11-23T13:21:00+01:00", "now = 2026-11-23T13:21:00", "offset"),
            ("now = ", 'zone = "Europe/Nowhere"\nnow = ', "time zone"),
            ("[search]", "[[search]]", "search"),
            ('text = "pump"', 'text = "pump', "line"),
            ("[other]", '[[answers]]\npath = "/x"\nfile = "gone.json"\n\n[other]', "gone.json"),
            ("[other]", '[make]\n"x.sqlite" = "visits.json"\n\n[other]', "x.sqlite"),
        ],
    )
    def test_a_sample_that_cannot_be_used_names_what_is_wrong(
        self, changed: Callable[..., Path], old: str, new: str, says: str
    ) -> None:
        folder = changed("visits", ("sample/kit.toml", old, new))

        (failed,) = check(folder).failed

        assert failed.check == "sample-read"
        assert says in failed.found

    def test_settings_without_a_source_of_it_are_named(self, changed: Callable[..., Path]) -> None:
        folder = changed("visits", ("sample/settings.toml", 'adapter = "visits"', 'adapter = "vists"'))

        (failed,) = check(folder).failed

        assert (failed.check, 'adapter = "visits"' in failed.found) == ("sample-read", True)

    def test_an_import_that_fails_is_told_with_its_line(self, changed: Callable[..., Path]) -> None:
        folder = changed("visits", ("adapter.py", "SIZE = 2", "raise SystemExit"))

        (failed,) = check(folder).failed

        assert failed.check == "manifest-equals-class"
        assert "SystemExit in adapter.py line" in failed.found

    def test_an_import_that_hangs_does_not_hang_the_kit(
        self, changed: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(probe, "LONGEST", 1.0)
        folder = changed("visits", ("adapter.py", "SIZE = 2", "import time\ntime.sleep(3600)"))

        (failed,) = check(folder).failed

        assert (failed.check, "not over" in failed.found) == ("import-quick", True)

    def test_an_import_that_ends_the_process_ends_only_its_own(self, changed: Callable[..., Path]) -> None:
        folder = changed("visits", ("adapter.py", "SIZE = 2", "import os\nos._exit(3)"))

        (failed,) = check(folder).failed

        assert failed.check == "import-quiet"

    def test_calls_that_do_not_come_back_are_told_once(
        self, changed: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("salesprep.kit.bench.Hosted.ask", _never)
        folder = changed("visits")

        report = check(folder, only=["ids-unique", "deadline-kept", "search-finds"])

        by_name = {result.check: result for result in report.results}
        assert by_name["deadline-kept"].outcome == "failed"
        assert by_name["ids-unique"].outcome == by_name["search-finds"].outcome == "skipped"
        assert "deadline-kept" in by_name["ids-unique"].found

    def test_after_too_long_the_rest_is_not_tried_and_there_is_no_level(
        self, report_on: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(engine, "_WHOLE", -1.0)

        report = report_on("visits")

        assert report.ok
        assert report.level == "none"
        assert report.results[-1].outcome == "skipped"

    def test_a_check_that_is_not_there_is_an_error_of_the_caller(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="ids-uniq"):
            check(tmp_path, only=["ids-uniq"])


async def _never(*_: object, **__: object) -> object:
    from salesprep.adapter.errors import DeadlineExceeded
    from salesprep.sources import Answer

    return Answer("failed", failure=DeadlineExceeded("no answer in time").failure())


class TestTheKitItself:
    def test_tries_the_one_in_the_folder_not_an_installed_one_of_its_name(
        self, changed: Callable[..., Path]
    ) -> None:
        folder = changed(
            "visits",
            ("adapter.toml", 'name = "visits"', 'name = "ics"'),
            ("sample/settings.toml", 'adapter = "visits"', 'adapter = "ics"'),
        )

        (result,) = check(folder, only=["kinds-declared"]).results

        assert (result.outcome, result.found) == ("passed", "3 meeting, 1 activity")

    def test_leaves_no_thread_no_handler_and_no_output(self, changed: Callable[..., Path]) -> None:
        folder = changed("visits", ("adapter.py", "words = fold(text)", "print(text); words = fold(text)"))
        root = logging.getLogger()
        before = (root.handlers[:], root.level, set(threading.enumerate()))

        with redirect_stdout(io.StringIO()) as out:
            check(folder, only=["kinds-declared", "search-finds"])

        assert out.getvalue() == ""
        assert (root.handlers[:], root.level) == before[:2]
        assert set(threading.enumerate()) <= before[2]

    def test_changes_nothing_in_the_adapter_or_its_sample(self, changed: Callable[..., Path]) -> None:
        folder = changed("visits")
        before = _files(folder)

        check(folder, only=["file-missing", "file-changed", "control-characters", "read-only"])

        assert _files(folder) == before

    def test_a_check_that_falls_over_is_no_pass(
        self, report_on: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def falls(_: object) -> str:
            raise RuntimeError("words of an adapter")

        monkeypatch.setattr("salesprep.kit.checks.answers.ids_unique", falls)

        (result,) = report_on("visits", ["ids-unique"]).results

        assert (result.outcome, "RuntimeError" in result.found) == ("failed", True)
        assert "words of an adapter" not in result.found

    def test_tells_which_check_it_is_at(self) -> None:
        told: list[str] = []

        check(ADAPTERS / "ics", only=["paging-ends", "ids-unique"], tell=lambda info: told.append(info.name))

        assert told == ["ids-unique", "paging-ends"]


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


class TestAShippedAdapterOverHttp:
    """The sample of ``ics`` is made of files; here a calendar is at an address that is itself the secret."""

    def test_gives_no_false_alarm(self, tmp_path: Path) -> None:
        folder = tmp_path / "ics"
        shutil.copytree(ADAPTERS / "ics", folder, ignore=shutil.ignore_patterns("__pycache__", "colleague"))
        (folder / "sample" / "settings.toml").write_text(CALENDAR, encoding="utf-8")
        (folder / "sample" / "kit.toml").write_text(REPLAYED, encoding="utf-8")

        report = check(folder)

        passed = {result.check for result in report.results if result.outcome == "passed"}
        assert [f"{result.check}: {result.found}" for result in report.failed] == []
        assert {"http-401", "http-cut", "http-html", "canary-secret", "no-stale-after-refusal"} <= passed


CALENDAR = """
[sources.calendar]
adapter = "ics"

[[sources.calendar.calendars]]
secret_url = "env:CALENDAR"
"""

REPLAYED = """
now = 2026-11-23T13:21:00+01:00
secrets = { CALENDAR = "{server}/private/anna.ics" }

[customer]
names = ["Van Dijk Machinebouw"]
domains = ["vandijk.example"]
emails = ["r.smit@vandijk.example"]

[[answers]]
path = "/private/anna.ics"
file = "agenda.ics"
"""
