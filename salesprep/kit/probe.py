"""An adapter's import and ``__init__``, looked at in a process of their own.

There nothing of it has been imported before, a hang can be ended, and what it prints lands on no screen.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from salesprep.sources import Installed

SLOW_MS = 300.0
_TRIES = 3
"""A slow import is looked at again: the machine may have been busy."""
LONGEST = 15.0
"""Seconds for the process; an import that hangs is ended."""
_CHILD = "import salesprep.kit.probe as probe; probe.main()"


@dataclass(frozen=True, slots=True)
class Probed:
    """What was seen."""

    import_ms: float = 0.0
    imported: tuple[str, ...] = ()
    """What the import touched besides modules."""
    printed: str = ""
    made: tuple[str, ...] = ()
    """What ``__init__`` touched."""
    paths: tuple[str, ...] = ()
    """The files and folders that the settings name."""
    error: str | None = None
    """It cannot be imported or made: nothing else can be tried."""
    stopped_at: str = "manifest-equals-class"
    """The check that ``error`` belongs to."""


async def look(installed: Installed, laid: Path, secrets: Mapping[str, str]) -> Probed:
    """Import and make it anew, and tell what was seen."""
    best = await _once(installed, laid, secrets)
    for _ in range(_TRIES - 1):
        if best.error is not None or best.import_ms <= SLOW_MS:
            break
        again = await _once(installed, laid, secrets)
        best = replace(best, import_ms=min(best.import_ms, again.import_ms))
    return best


async def _once(installed: Installed, laid: Path, secrets: Mapping[str, str]) -> Probed:
    given = {
        "folder": str(installed.manifest.folder),
        "package": installed.package,
        "laid": str(laid),
        "secrets": dict(secrets),
    }
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _CHILD),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    try:
        async with asyncio.timeout(LONGEST):
            out, _ = await child.communicate(json.dumps(given).encode())
    except TimeoutError:
        child.kill()
        await child.wait()
        what = f"the import, or __init__, is not over after {LONGEST:.0f} s"
        return Probed(error=what, stopped_at="import-quick")
    try:
        seen = json.loads(out.rpartition(b"\n")[2])
    except ValueError:
        return Probed(error="the import ends the whole process", stopped_at="import-quiet")
    lists = {key: tuple(seen[key]) for key in ("imported", "made", "paths")}
    return Probed(**{**seen, **lists})


# -- in the process of its own ------------------------------------------------------------------


def main() -> None:
    """Import and make the adapter that standard input tells of; the last line of output tells of it."""
    import contextlib
    import io

    given = json.loads(sys.stdin.read())
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        seen = _look(given)
    seen = replace(seen, printed=out.getvalue()[:200])
    sys.stdout.write("\n" + json.dumps(asdict(seen)))
    sys.stdout.flush()
    os._exit(0)  # whatever threads its import has started


def _waited() -> float:
    """Seconds that this thread has waited for a processor, where the machine tells: on a busy one that is
    most of an import."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_text(encoding="ascii").split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


def _look(given: Mapping[str, Any]) -> Probed:
    # What the host itself has imported by then is not counted.
    import salesprep.adapter.config
    import salesprep.adapter.proposal  # noqa: F401
    from salesprep.adapter.manifest import read_manifest
    from salesprep.kit.sample import source_in
    from salesprep.kit.watch import watching
    from salesprep.sources.configure import configure
    from salesprep.sources.discover import Installed
    from salesprep.sources.failures import failure_of
    from salesprep.sources.file_links import paths_in
    from salesprep.sources.load import load_class

    folder = Path(given["folder"])
    manifest = read_manifest(folder / "adapter.toml")
    seen = Probed()
    try:
        with watching(folder) as watch:
            began, waited = time.perf_counter(), _waited()
            cls = load_class(Installed(manifest, given["package"]))
            took = time.perf_counter() - began - (_waited() - waited)
            seen = replace(seen, import_ms=took * 1000)
        seen = replace(seen, imported=tuple(touch.words for touch in watch.own()))
        source = source_in(Path(given["laid"]), manifest.name)
        config, _ = configure(
            source,
            getattr(cls, "Config", None),
            adapter=manifest.name,
            secrets=manifest.secrets,
            environ=given["secrets"],
            roots={},
        )
        with watching(folder) as watch:
            cls(config)
        made = tuple(touch.words for touch in watch.own())
        return replace(seen, made=made, paths=tuple(map(str, paths_in(config))))
    except BaseException as error:
        # As in the host: whatever the adapter does, it is told as data.
        failure = failure_of(error, folder, "the import, the settings or __init__")
        return replace(seen, error=f"{failure.what}" + (f"; {failure.mend}" if failure.mend else ""))
