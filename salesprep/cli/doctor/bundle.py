"""``doctor --bundle``: one zip file with everything a maintainer needs and nothing private.

Redaction is by construction: each document is a dataclass of numbers and of words out of closed lists
(:mod:`salesprep.cli.doctor.admitted`), and the writer refuses any other text: no name of a source, no path
and no line of the log can get into one.
"""

from __future__ import annotations

import io
import json
import os
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from salesprep.adapter.words import _
from salesprep.cli.doctor import documents
from salesprep.cli.doctor.admitted import plain
from salesprep.cli.doctor.digest import digest
from salesprep.cli.doctor.examined import Examined
from salesprep.output.doctor import Finding
from salesprep.settings import Us
from salesprep.view.words import say

README = """\
A bundle of salesprep's doctor, for whoever maintains salesprep.

doctor.json    what was looked at, and what is to be mended: sentences without what was filled into them
system.json    Python, platform, versions of libraries, what the terminal can do
settings.json  which layers and which keys there are, without their values; how many sources, secrets, links
sources.json   per source, by number: its adapter, how long answers took, which errors there were
log.json       the log's events: when, how grave, where in the code, which type of error; none of its words

There is no name, no address, no path and nothing of any record in it, and of the settings no value but the
deadline, "keep" and the language. Sources are numbered in the order of your screen. You can read all of it
before you send it.
"""
_DAY_ONE = (1980, 1, 1, 0, 0, 0)
"""What a zip file can say about when something was written; the documents say it themselves."""


def pack(examined: Examined, findings: Sequence[Finding], version: str) -> dict[str, bytes]:
    """The files of the bundle."""
    state = examined.dirs.state
    log = digest((state / "log.1", state / "log"), tuple(examined.settings.sources))
    return {
        "README.txt": README.encode(),
        "doctor.json": _json("doctor", documents.diagnosis(examined, findings, version)),
        "system.json": _json("system", documents.system(examined)),
        "settings.json": _json("settings", documents.settings(examined)),
        "sources.json": _json("sources", documents.sources(examined)),
        "log.json": _json("log", log),
    }


def _json(name: str, document: object) -> bytes:
    table = {"schema": f"salesprep.bundle.{name}/1", name: plain(document)}
    return (json.dumps(table, indent=2) + "\n").encode()


def write(file: Path, packed: Mapping[str, bytes], us: Us, *, force: bool) -> None:
    """Write the zip file, readable by the user alone; over one that is there only with ``force``.

    Raises:
        click.ClickException: it cannot be written.
    """
    content = _zipped(packed)
    try:
        if force:
            _replace(file, content)
        else:
            number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(number, "wb") as out:
                out.write(content)
    except OSError as error:
        line = _("--bundle: {file} cannot be written ({error})")
        raise click.ClickException(say(us, line, file=file, error=type(error).__name__)) from None


def _replace(file: Path, content: bytes) -> None:
    number, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    new = Path(name)
    try:
        with os.fdopen(number, "wb") as out:
            out.write(content)
        new.replace(file)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _zipped(packed: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in packed.items():
            archive.writestr(zipfile.ZipInfo(name, _DAY_ONE), text, zipfile.ZIP_DEFLATED)
    return content.getvalue()
