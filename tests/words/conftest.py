"""A language that nobody speaks: each letter of a sentence that went through the catalogue is a Cyrillic
one, so that a Latin letter on the screen is a source's, or of a sentence that did not.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout
from datetime import datetime, tzinfo
from io import StringIO
from pathlib import Path
from string import Formatter, ascii_lowercase, ascii_uppercase
from typing import Any

import pytest
from babel.messages.catalog import Catalog

from salesprep import words
from salesprep.cli import run, workspace
from salesprep.sample import ZONE
from tools import words as tool

ROOT = Path(__file__).resolve().parents[2]
SATURDAY = datetime(2026, 11, 21, 12, 0, tzinfo=ZONE)
LANGUAGE = "el"
"""Babel writes its dates without Latin letters."""
_FOREIGN = str.maketrans(
    ascii_lowercase + ascii_uppercase,
    "".join(chr(0x430 + n) for n in range(26)) + "".join(chr(0x410 + n) for n in range(26)),
)

Typed = Callable[..., tuple[str, str]]
Types = Callable[..., list[str]]


class Saturday(datetime):
    """A clock on which the sample stands at Monday 23 November, 13:21."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return SATURDAY.astimezone(tz)


def foreign(sentence: str) -> str:
    """``sentence`` in the letters of the language that nobody speaks; its ``{names}`` stay."""
    said = ""
    for text, name, spec, conversion in Formatter().parse(sentence):
        said += text.replace("{", "{{").replace("}", "}}").translate(_FOREIGN)
        if name is not None:
            said += "{" + name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "") + "}"
    return said if "{" in sentence else said.replace("{{", "{").replace("}}", "}")


@pytest.fixture(scope="session")
def nobodys_language(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of catalogues with that language alone."""
    folder = tmp_path_factory.mktemp("locale")
    catalog = Catalog(LANGUAGE, fuzzy=False)
    for message in tool.template():
        if message.id:
            forms = (message.id,) if isinstance(message.id, str) else tuple(message.id)
            said = tuple(foreign(form) for form in forms)
            catalog.add(message.id, said[0] if len(said) == 1 else said)
    file = folder / LANGUAGE / "LC_MESSAGES" / "salesprep.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(tool.as_mo(catalog))
    return folder


@pytest.fixture
def spoken(nobodys_language: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program knows no other language."""
    monkeypatch.setattr(words, "FOLDER", nobodys_language)
    words.catalogue.cache_clear()
    yield
    words.catalogue.cache_clear()


@pytest.fixture
def settings(tmp_path: Path) -> Callable[[str, str], Path]:
    """The sample's settings in a language, with amounts and dates of a locale."""

    def write(language: str, locale: str) -> Path:
        text = (ROOT / "settings.toml").read_text(encoding="utf-8")
        assert 'language = "en"' in text
        assert 'locale = "nl_NL"' in text
        file = tmp_path / f"{language}.toml"
        text = text.replace('language = "en"', f'language = "{language}"')
        file.write_text(text.replace('locale = "nl_NL"', f'locale = "{locale}"'), encoding="utf-8")
        return file

    return write


@pytest.fixture(scope="session")
def in_json(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """A command over the sample in English, as JSON; all of them in one home."""
    home = tmp_path_factory.mktemp("english")

    def types(*words: str) -> Any:
        # The clock stands still for the command alone: this fixture outlives tests that need the real one.
        with pytest.MonkeyPatch.context() as here, redirect_stdout(StringIO()) as out:
            here.setattr(workspace, "datetime", Saturday)
            here.setenv("SALESPREP_HOME", str(home))
            run([*words, "--format", "json", "--settings", str(ROOT / "settings.toml")])
        return json.loads(out.getvalue())

    return types


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Typed:
    """A command over the sample on its standing day: what it says on standard output and error."""
    monkeypatch.setattr(workspace, "datetime", Saturday)

    def types(*words: object, width: int = 80) -> tuple[str, str]:
        monkeypatch.setenv("COLUMNS", str(width))
        capfd.readouterr()
        run([str(word) for word in words])
        out, err = capfd.readouterr()
        return out, err

    return types


@pytest.fixture
def before_settings(nobodys_language: Path, tmp_path: Path) -> Types:
    """Commands, one after the other, in a process of their own whose environment speaks that language:
    what each of them says."""

    def types(*commands: Sequence[str]) -> list[str]:
        code = (
            "import json, sys; from pathlib import Path; from salesprep import words\n"
            "words.FOLDER = Path(sys.argv[1])\n"
            "from salesprep.cli import run\n"
            "for each in json.loads(sys.argv[2]):\n"
            "    run(each); sys.stdout.flush(); print('\\f', end='', flush=True)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, str(nobodys_language), json.dumps([list(c) for c in commands])],
            check=True,
            env={**os.environ, "LANGUAGE": LANGUAGE, "COLUMNS": "80"},
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=60,
        )
        assert "Traceback" not in done.stdout
        return done.stdout.split("\f")[:-1]

    return types


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT
