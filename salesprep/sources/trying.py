"""Whether a source could be asked: its adapter is loaded and its settings are held against it, as before its
first question. Nothing is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from salesprep.adapter.errors import Failure
from salesprep.adapter.words import _
from salesprep.settings import Source
from salesprep.sources import failures
from salesprep.sources.configure import configure
from salesprep.sources.discover import Installed
from salesprep.sources.load import bring_pydantic, load_class
from salesprep.sources.threads import DaemonPool

PATIENCE = 5.0
"""Seconds that an import may take."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it."""

    failure: Failure | None = None
    config: type[Any] | None = None
    """The model of the adapter's settings, as far as it could be loaded."""


def try_source(
    source: Source,
    installed: Installed,
    *,
    environ: Mapping[str, str],
    roots: Mapping[str, Path],
    patience: float = PATIENCE,
) -> Tried:
    """Load and check, on a thread of its own that nobody waits for longer than ``patience`` seconds."""
    came: list[Tried] = []

    def work() -> None:
        came.append(_try(source, installed, environ, roots))

    pool = DaemonPool(f"trying {source.name}", 1)
    try:
        pool.submit(work).result(patience)
    except TimeoutError:
        what = _("{name} is not loaded after {n} seconds", name=installed.manifest.name, n=round(patience))
        mend = _("tell whoever wrote the adapter")
        return Tried(failures.not_usable(what, mend))
    finally:
        pool.shutdown()
    return came[0]


def _try(
    source: Source, installed: Installed, environ: Mapping[str, str], roots: Mapping[str, Path]
) -> Tried:
    manifest = installed.manifest
    model: Any = None
    doing = _("its import")
    try:
        bring_pydantic()
        model = getattr(load_class(installed), "Config", None)
        doing = _("the check of its settings")
        configure(
            source, model, adapter=manifest.name, secrets=manifest.secrets, environ=environ, roots=roots
        )
    except BaseException as error:
        # Whatever an adapter's import or validators do, SystemExit too, is a finding.
        return Tried(failures.failure_of(error, manifest.folder, doing), model)
    return Tried(None, model)
