"""``make run`` and ``make test`` with a venv of stand-ins that write down what they are asked."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

_PYTHON = """#!/bin/sh
echo "$@" >> "{log}"
echo "words of pip"
"""
_SALESPREP = """#!/bin/sh
echo "a briefing for $(cat) by salesprep $*"
"""


class Checkout:
    """A folder with this project's Makefile and locks, and a venv that only pretends."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder = folder
        self.log = folder / "asked.log"
        self.log.touch()
        for name in ("Makefile", "pyproject.toml", "requirements"):
            source = root / name
            copy = shutil.copytree if source.is_dir() else shutil.copy2
            copy(source, folder / name)
        programs = folder / ".venv" / "bin"
        programs.mkdir(parents=True)
        for name, text in (("python", _PYTHON), ("salesprep", _SALESPREP)):
            (programs / name).write_text(text.format(log=self.log), encoding="utf-8")
            (programs / name).chmod(0o755)

    def make(self, *words: str, stdin: str = "") -> str:
        """Standard output of ``make``."""
        environment = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
        done = subprocess.run(
            ["make", *words],
            cwd=self.folder,
            input=stdin,
            capture_output=True,
            text=True,
            check=True,
            env=environment,
        )
        return done.stdout

    def installed(self) -> list[str]:
        """The requirements files and folders installed since the last call."""
        calls = [line for line in self.log.read_text(encoding="utf-8").splitlines() if " install " in line]
        self.log.write_text("", encoding="utf-8")
        return calls


@pytest.fixture
def checkout(tmp_path: Path, root: Path) -> Checkout:
    return Checkout(tmp_path, root)


class TestMakeRun:
    def test_prints_the_programs_words_alone_and_hands_it_standard_input(self, checkout: Checkout) -> None:
        assert checkout.make("run", stdin="me") == "a briefing for me by salesprep --settings settings.toml\n"

    def test_installs_by_hash_and_then_the_checkout_without_asking_for_more(self, checkout: Checkout) -> None:
        checkout.make("run")
        locked, itself = checkout.installed()
        assert "--require-hashes --requirement requirements/run.txt" in locked
        assert "--no-deps --no-build-isolation --editable ." in itself

    def test_installs_once(self, checkout: Checkout) -> None:
        checkout.make("run")
        checkout.installed()
        checkout.make("run")
        assert checkout.installed() == []

    def test_installs_again_when_the_lock_has_changed(self, checkout: Checkout) -> None:
        checkout.make("run")
        checkout.installed()
        later = (checkout.folder / ".venv" / ".run").stat().st_mtime + 10
        os.utime(checkout.folder / "requirements" / "run.txt", (later, later))
        checkout.make("run")
        assert len(checkout.installed()) == 2


class TestMakeTest:
    def test_installs_its_own_lock_over_that_of_run(self, checkout: Checkout) -> None:
        checkout.make("run")
        checkout.installed()
        checkout.make("test")
        assert "--require-hashes --requirement requirements/test.txt" in checkout.installed()[0]

    def test_leaves_nothing_for_run_to_install(self, checkout: Checkout) -> None:
        checkout.make("test")
        checkout.installed()
        checkout.make("run")
        assert checkout.installed() == []


class TestTheMakefile:
    def test_has_each_target_that_the_papers_name(self, root: Path) -> None:
        targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text(encoding="utf-8"), re.M))
        for paper in ("README.md", "CONTRIBUTING.md", ".ci/run"):
            named = set(re.findall(r"\bmake ([a-z]+)\b(?=[`\s<]|$)", _commands(root / paper)))
            assert named
            assert named <= targets, f"{paper} names {named - targets}"

    def test_the_readmes_first_commands_are_make_run_and_make_test(self, root: Path) -> None:
        assert re.findall(r"^make \w+", _commands(root / "README.md"), re.M)[:2] == ["make run", "make test"]


def _commands(paper: Path) -> str:
    """What is set as code: of a script all of it, of a page its blocks and `spans`."""
    text = paper.read_text(encoding="utf-8")
    if paper.suffix != ".md":
        return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.M | re.S)
    spans = re.findall(r"`(make [a-z]+[^`]*)`", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))
    return "\n".join([*blocks, *spans])
