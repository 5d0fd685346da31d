"""Runs the checks on one adapter, each by itself, and makes a report of them."""

from __future__ import annotations

import asyncio
import importlib
import time
import traceback
from collections.abc import Awaitable, Callable, Collection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from salesprep.adapter.manifest import Manifest, ManifestError, read_manifest
from salesprep.kit import probe
from salesprep.kit.bench import Bench
from salesprep.kit.catalog import CHECKS
from salesprep.kit.heard import Heard, listening, printed
from salesprep.kit.report import CheckInfo, Level, Need, Report, Result
from salesprep.kit.sample import Sample, SampleError, at_server, lay_out, read_sample, source_in
from salesprep.kit.server import Server, serving
from salesprep.kit.verdict import Fault, NotTried
from salesprep.settings import Settings
from salesprep.sources import Installed, find_adapters
from salesprep.sources.discover import wrong_contract

Check = Callable[[Bench], Awaitable[str]]

_LONGEST = 60.0
"""Seconds for one check: what hangs in spite of all must not hold the report."""
_WHOLE = 120.0
"""Seconds for all of them: an adapter that takes three seconds to say no is told so before that."""
TOO_SLOW = f"not tried, as the checks before it took {_WHOLE:.0f} s; mend what is slow first"
_MISSING: dict[Need, str] = {
    "async": 'it runs as "thread": nothing of it runs on an event loop',
    "http": "the sample has no [[answers]] of a server",
    "json": "the sample has no [[answers]] of a server",
    "files": "the sample's settings name no file",
    "secrets": "it has no secrets",
    "lookups": "it declares no look-ups and gets every question",
    "search": "it offers no search",
    "upcoming": "it offers no coming meetings",
    "live": "only with the settings of a real source (--live)",
}


def run(
    folder: Path,
    *,
    live: Settings | None,
    only: Collection[str],
    tell: Callable[[CheckInfo], None] | None = None,
) -> Report:
    """Make the checks; see :func:`salesprep.kit.check`."""
    unknown = sorted(set(only) - set(CHECKS))
    if unknown:
        raise ValueError(f"there is no check {', '.join(unknown)}")
    began = time.monotonic()
    folder = folder.resolve()
    chosen = [info for info in CHECKS.values() if not only or info.name in only]
    try:
        manifest = read_manifest(folder / "adapter.toml")
    except ManifestError as error:
        return _unusable(folder.name, "?", "manifest-read", str(error), chosen, began)
    refused = wrong_contract(manifest)
    if refused is not None:
        name, version = manifest.name, manifest.version
        return _unusable(name, version, "contract-version", refused.what, chosen, began)
    with listening() as heard, TemporaryDirectory(prefix="salesprep-kit-") as scratch:
        results = asyncio.run(
            _checked(_installed(manifest), Path(scratch).resolve(), heard, live, chosen, tell)
        )
    level = _level(results, live=live is not None, whole=not only)
    return Report(manifest.name, manifest.version, level, results, time.monotonic() - began)


def _installed(manifest: Manifest) -> Installed:
    """By the package of its entry point if that is where it lies, so that it is the same adapter."""
    known = find_adapters(()).installed.get(manifest.name)
    if known is not None and known.manifest.folder.resolve() == manifest.folder:
        return known
    return Installed(manifest, None)


async def _checked(
    installed: Installed,
    scratch: Path,
    heard: Heard,
    live: Settings | None,
    chosen: list[CheckInfo],
    tell: Callable[[CheckInfo], None] | None,
) -> tuple[Result, ...]:
    before = {
        "manifest-read": f"{installed.manifest.name} {installed.manifest.version}",
        "contract-version": ".".join(map(str, installed.manifest.contract)),
    }
    try:
        sample = read_sample(installed.manifest.folder / "sample")
        async with serving(sample.answers, sample.secrets) as server, serving((), {}) as elsewhere:
            sample = at_server(sample, server.address)
            with printed():
                bench = await _bench(installed, sample, scratch, heard, server, elsewhere, live)
            before["sample-read"] = _sample_words(sample)
            results = []
            for info in chosen:
                if tell is not None:
                    tell(info)
                with printed():  # what an adapter prints belongs into no report
                    results.append(await _outcome(info, bench, before))
            return tuple(results)
    except SampleError as error:
        return tuple(_stopped(info, before, "sample-read", str(error)) for info in chosen)


async def _bench(
    installed: Installed,
    sample: Sample,
    scratch: Path,
    heard: Heard,
    server: Server,
    elsewhere: Server,
    live: Settings | None,
) -> Bench:
    laid = scratch / "sample"
    lay_out(sample, laid, server=server.address)
    source = source_in(laid, installed.manifest.name)
    # What the checks themselves import is brought in while the other process tries the adapter's import.
    importing = asyncio.to_thread(_bring_checks)
    probed, _ = await asyncio.gather(probe.look(installed, laid, sample.secrets), importing)
    replays = server if sample.answers else None
    return Bench(installed, sample, scratch, heard, replays, elsewhere, source, probed, live)


async def _outcome(info: CheckInfo, bench: Bench, before: dict[str, str]) -> Result:
    if info.name in before:
        return _result(info, before[info.name])
    if bench.probed.error is not None:
        return _stopped(info, {}, bench.probed.stopped_at, bench.probed.error)
    if time.monotonic() - bench.began > _WHOLE:
        return Result(info.name, "skipped", TOO_SLOW, info.why, "")
    return await _one(info, bench)


async def _one(info: CheckInfo, bench: Bench) -> Result:
    missing = next((need for need in sorted(info.needs) if not _has(bench, need)), None)
    if missing is not None:
        return Result(info.name, "skipped", _MISSING[missing], info.why, "")
    try:
        async with asyncio.timeout(_LONGEST):
            found = await _function(info)(bench)
    except Fault as fault:
        return Result(info.name, "failed", fault.found, info.why, fault.mend or info.mend)
    except NotTried as none:
        return Result(info.name, "skipped", none.why, info.why, "")
    except TimeoutError:
        return Result(info.name, "failed", f"not over after {_LONGEST:.0f} s", info.why, info.mend)
    except Exception as error:
        # A check that an adapter brings to fall has not passed, and the others go on.
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name} line {place.lineno}"
        what = f"the check itself stopped with {type(error).__name__} in {where}"
        return Result(info.name, "failed", what, info.why, "Tell the team of salesprep; see docs/kit.md.")
    finally:
        if bench.server is not None:
            bench.server.reset()
    return _result(info, found)


def _bring_checks() -> None:
    for subject in dict.fromkeys(info.subject for info in CHECKS.values()):
        _module(subject)


def _module(subject: str) -> Any:
    return importlib.import_module(f"salesprep.kit.checks.{subject}")


def _function(info: CheckInfo) -> Check:
    function: Check = getattr(_module(info.subject), info.name.replace("-", "_"))
    return function


def _has(bench: Bench, need: Need) -> bool:
    manifest = bench.manifest
    match need:
        case "async":
            return manifest.runs == "async"
        case "http":
            return bench.server is not None
        case "json":
            return bench.server is not None and bench.server.speaks_json
        case "files":
            return bool(bench.probed.paths)
        case "secrets":
            return bool(manifest.secrets)
        case "lookups":
            return bool(manifest.lookups)
        case "live":
            return bench.live is not None
    return need in manifest.abilities


# -- results ------------------------------------------------------------------------------------


def _result(info: CheckInfo, found: str) -> Result:
    return Result(info.name, "passed", found, info.why, "")


def _stopped(info: CheckInfo, passed: dict[str, str], at: str, what: str) -> Result:
    """``info`` where everything ends with the check ``at``."""
    if info.name == at:
        return Result(info.name, "failed", what, info.why, info.mend)
    if info.name in passed:
        return _result(info, passed[info.name])
    return Result(info.name, "skipped", f"not tried, as {at} failed", info.why, "")


def _unusable(name: str, version: str, at: str, what: str, chosen: list[CheckInfo], began: float) -> Report:
    passed = {} if at == "manifest-read" else {"manifest-read": f"{name} {version}"}
    results = tuple(_stopped(info, passed, at, what) for info in chosen)
    return Report(name, version, "none", results, time.monotonic() - began)


def _sample_words(sample: Sample) -> str:
    parts = [f"{len(sample.answers)} answers of a server"] if sample.answers else []
    known = [whom.names or whom.domains or whom.ids for whom in (sample.customer, sample.other) if whom]
    parts.extend(f"customer {whom[0]}" for whom in known if whom)
    return ", ".join(parts) or "no customer"


def _level(results: tuple[Result, ...], *, live: bool, whole: bool) -> Level:
    """Of a run of some checks alone nothing follows."""
    if not whole or any(result.outcome == "failed" or result.found == TOO_SLOW for result in results):
        return "none"
    lived = [result for result in results if result.check.startswith("live-")]
    return "silver" if live and any(result.outcome == "passed" for result in lived) else "bronze"
