"""``adapter new`` and ``adapter check`` as an admin types them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from salesprep.cli import run
from salesprep.cli.exits import Exit

if TYPE_CHECKING:
    import subprocess

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Type = Callable[..., tuple[Exit, str, str]]
QUICK = "manifest-read,ids-unique,search-finds"


@pytest.fixture
def types(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Type:
    """A command typed in an empty folder: how it ends, and what it says on standard output and error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def types(*words: object) -> tuple[Exit, str, str]:
        capfd.readouterr()
        code = run([str(word) for word in words])
        return (code, *capfd.readouterr())

    return types


class TestANewAdapter:
    def test_is_made_where_adapters_lie_and_says_what_comes_next(self, types: Type, tmp_path: Path) -> None:
        code, out, _ = types("adapter", "new", "desk", "--yes")

        assert code is Exit.DONE
        assert (tmp_path / "adapters" / "desk" / "adapter.toml").is_file()
        assert "  salesprep adapter check adapters/desk\n" in out
        assert f'[adapters]\nfolders = ["{tmp_path}/adapters"]\n\n[sources.desk]\nadapter = "desk"\n' in out

    def test_can_be_used_with_the_lines_that_are_to_be_pasted(self, types: Type, tmp_path: Path) -> None:
        settings = tmp_path / "settings.toml"
        settings.write_text('[us]\nemails = ["anna@ons.example"]\n', encoding="utf-8")
        _, out, _ = types("adapter", "new", "desk", "--yes", "--settings", settings)
        with settings.open("a", encoding="utf-8") as file:
            file.write(out[out.index("[adapters]") :])

        code, out, _ = types("sources", "--settings", settings, "--format", "json")

        (desk,) = json.loads(out)["sources"]
        assert (code, desk["adapter"], desk["error"]) == (Exit.DONE, "desk", None)

    def test_does_not_ask_to_add_a_folder_that_the_settings_know(self, types: Type, tmp_path: Path) -> None:
        settings = tmp_path / "settings.toml"
        (tmp_path / "adapters").mkdir()
        settings.write_text(
            '[us]\nemails = ["anna@ons.example"]\n[adapters]\nfolders = ["adapters"]\n', encoding="utf-8"
        )

        _, out, _ = types("adapter", "new", "desk", "--yes", "--settings", settings)

        assert "[adapters]" not in out
        assert "[sources.desk]" in out

    def test_may_be_a_distribution(self, types: Type, tmp_path: Path) -> None:
        code, out, _ = types("adapter", "new", "desk", "--package", "--yes", "--folder", "own")

        assert code is Exit.DONE
        assert (tmp_path / "own" / "salesprep-desk" / "pyproject.toml").is_file()
        assert "pip install --editable own/salesprep-desk" in out
        assert "[adapters]" not in out

    def test_is_asked_for_on_a_terminal_where_enter_takes_what_is_usual(
        self, terminal: Run, tmp_path: Path
    ) -> None:
        done = terminal("adapter", "new", "desk", "--folder", tmp_path, answers=["4", "nonsense", "2 9", ""])

        assert done.returncode == 0, done.stdout
        assert "numbers from 1 to 12, or words of the list" in done.stdout
        manifest = (tmp_path / "desk" / "adapter.toml").read_text(encoding="utf-8")
        assert 'kinds = ["person", "ticket"]' in manifest
        assert 'lookups = ["domain"]' in manifest
        assert (tmp_path / "desk" / "library.py").is_file()

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("desk",), "nobody can be asked here: give --kind-of-source, --records and --look-up, or --yes"),
            (("Desk", "--yes"), '"Desk" is no name for an adapter'),
            (("sql", "--yes"), 'there is already an adapter named "sql"'),
            (("desk", "--yes", "--records", "tiket"), '"tiket" is not known here; did you mean "ticket"?'),
            (("desk", "--yes", "--look-up", "xyz"), "there are domain, name, id, email, handle"),
            (("desk", "--kind-of-source", "htp"), "'htp' is not one of"),
        ],
    )
    def test_that_cannot_be_made_is_refused_with_the_mend(
        self, words: tuple[str, ...], said: str, types: Type, tmp_path: Path
    ) -> None:
        code, out, err = types("adapter", "new", *words)

        assert (code, out) == (Exit.WRONG, "")
        assert said in " ".join(err.split())
        assert list(tmp_path.iterdir()) == []

    def test_overwrites_nothing(self, types: Type, tmp_path: Path) -> None:
        types("adapter", "new", "desk", "--yes")
        mine = tmp_path / "adapters" / "desk" / "adapter.py"
        mine.write_text("mine", encoding="utf-8")

        code, _, err = types("adapter", "new", "desk", "--yes")

        assert code is Exit.WRONG
        assert "adapters/desk is there already, and nothing is overwritten" in err
        assert mine.read_text(encoding="utf-8") == "mine"


class TestACheck:
    def test_of_an_adapter_by_its_name_tells_each_check_and_its_subject(self, types: Type) -> None:
        code, out, _ = types("adapter", "check", "sql", "--only", QUICK)

        assert code is Exit.DONE
        assert "Its answers\n  passed   ids-unique     No two records of a kind have one id\n" in out
        assert "  skipped  search-finds   it offers no search\n" in out
        assert re.search(r"^2 passed, 0 failed, 1 skipped, in \d+\.\d s$", out, re.MULTILINE)

    def test_that_fails_says_what_was_found_why_it_matters_and_the_mend(
        self, types: Type, tmp_path: Path
    ) -> None:
        types("adapter", "new", "desk", "--yes")
        manifest = tmp_path / "adapters" / "desk" / "adapter.toml"
        text = manifest.read_text(encoding="utf-8")
        manifest.write_text(text.replace('"fetch"', '"fetch", "search"'), encoding="utf-8")

        code, out, _ = types("adapter", "check", "adapters/desk", "--only", "manifest-equals-class")

        assert code is Exit.IN_PART
        failed = out[out.index("WHAT FAILED") :]
        assert "\n  manifest-equals-class\n    found           " in failed
        assert "search" in failed
        assert "\n    why it matters  " in failed
        assert "\n    mend            " in failed

    def test_of_an_adapter_that_cannot_be_loaded_tells_why(self, types: Type, tmp_path: Path) -> None:
        types("adapter", "new", "desk", "--yes")
        manifest = tmp_path / "adapters" / "desk" / "adapter.toml"
        manifest.write_text('name = "desk"\nkind = "ticket"\n', encoding="utf-8")
        settings = tmp_path / "settings.toml"
        settings.write_text(
            '[us]\nemails = ["anna@ons.example"]\n[adapters]\nfolders = ["adapters"]\n', encoding="utf-8"
        )

        code, out, _ = types("adapter", "check", "desk", "--settings", settings)

        assert code is Exit.IN_PART
        assert 'unknown key "kind"; did you mean "kinds"?' in " ".join(out.split())
        assert "0 passed, 1 failed" in out

    def test_as_json_tells_the_same(self, types: Type, tmp_path: Path) -> None:
        types("adapter", "new", "desk", "--yes", "--package")

        code, out, _ = types("adapter", "check", "salesprep-desk", "--only", QUICK, "--report", "json")

        told = json.loads(out)
        assert (code, told["schema"], told["ok"], told["adapter"]) == (
            Exit.DONE,
            "salesprep.adapter-check/1",
            True,
            "desk",
        )
        assert [(check["check"], check["outcome"]) for check in told["checks"]] == [
            ("manifest-read", "passed"),
            ("ids-unique", "passed"),
            ("search-finds", "skipped"),
        ]
        assert told["where"].endswith("src/salesprep_desk"), "the adapter in the distribution"

    def test_shows_on_a_terminal_which_check_it_is_at(self, terminal: Run) -> None:
        done = terminal("adapter", "check", "sql", "--only", QUICK)

        assert "checking 2 of 3: ids-unique" in done.stdout
        assert done.returncode == 0

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("sqll",), 'there is no adapter and no folder "sqll"; did you mean "sql"?'),
            (("qqqqq",), "installed: ics, linkedin_export, markdown_wiki, sql, table"),
            (("empty",), "there is no adapter.toml in empty"),
            (("two",), "there are several adapters in two: two/a, two/b; name one of them"),
            (("sql", "--only", "id-unique"), 'there is no check "id-unique"; did you mean "ids-unique"?'),
            (("sql", "--live"), "no source of your settings uses the adapter in"),
        ],
    )
    def test_of_what_is_not_there_is_wrong_use(
        self, words: tuple[str, ...], said: str, types: Type, tmp_path: Path
    ) -> None:
        (tmp_path / "empty").mkdir()
        for name in ("a", "b"):
            (tmp_path / "two" / name).mkdir(parents=True)
            (tmp_path / "two" / name / "adapter.toml").touch()
        settings = tmp_path / "settings.toml"
        settings.write_text(
            '[sources.wiki]\nadapter = "markdown_wiki"\npath = "empty"\n[us]\nemails = ["a@b.example"]\n',
            encoding="utf-8",
        )

        code, out, err = types("adapter", "check", *words, "--settings", settings)

        assert (code, out) == (Exit.WRONG, "")
        assert said in " ".join(err.split())


class TestALiveCheck:
    CHECKS = "live-check,live-answers"

    def test_asks_the_source_of_the_settings(self, types: Type) -> None:
        settings = Path(__file__).parents[2] / "settings.toml"

        code, out, _ = types(
            "adapter", "check", "sql", "--live", "--only", self.CHECKS, "--settings", settings
        )

        assert code is Exit.DONE, out
        assert "  passed   live-check " in out
        assert "  passed   live-answers " in out

    def test_fails_where_the_real_source_does(self, types: Type, tmp_path: Path) -> None:
        settings = tmp_path / "settings.toml"
        settings.write_text(
            '[us]\nemails = ["anna@ons.example"]\n[sources.crm]\nadapter = "sql"\ndatabase = "gone.sqlite"\n'
            "[sources.crm.queries]\naccount = 'SELECT id, name AS title FROM account'\n",
            encoding="utf-8",
        )

        code, out, _ = types(
            "adapter", "check", "sql", "--live", "--only", self.CHECKS, "--settings", settings
        )

        assert code is Exit.IN_PART
        assert "gone.sqlite" in out


class TestTheList:
    def test_tells_how_far_each_adapter_is_proved(self, types: Type, tmp_path: Path) -> None:
        types("adapter", "new", "desk", "--yes")
        settings = tmp_path / "settings.toml"
        settings.write_text(
            '[us]\nemails = ["anna@ons.example"]\n[adapters]\nfolders = ["adapters"]\n', encoding="utf-8"
        )

        _, text, _ = types("adapter", "list", "--settings", settings)
        _, listed, _ = types("adapter", "list", "--format", "json", "--settings", settings)

        levels = {one["name"]: one["level"] for one in json.loads(listed)["adapters"]}
        assert levels["sql"] == levels["ics"] == "silver"
        assert levels["table"] == "bronze"
        assert levels["desk"] == "none"
        assert re.search(r"^desk +0\.1 +not tried +Desk$", text, re.MULTILINE)
        assert re.search(r"^sql +\S+ +silver +", text, re.MULTILINE)
