"""What an adapter is before it is asked anything."""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from salesprep.adapter import Adapter, BlockingAdapter
from salesprep.adapter.manifest import Manifest
from salesprep.kit import models
from salesprep.kit.bench import Bench
from salesprep.kit.probe import SLOW_MS
from salesprep.kit.verdict import Fault
from salesprep.sources.load import load_class

_METHODS = ("find", "fetch", "search", "upcoming", "recognise")


async def manifest_equals_class(bench: Bench) -> str:
    """Methods against abilities, settings that the manifest names against ``Config``."""
    cls, manifest = load_class(bench.installed), bench.manifest
    base: type[Any] = Adapter if manifest.runs == "async" else BlockingAdapter
    wrong = [*_methods(cls, base, manifest), *_settings(cls, manifest)]
    if wrong:
        raise Fault("; ".join(wrong))
    return f"{manifest.class_name}: {', '.join(sorted(manifest.abilities))}"


def _methods(cls: type[Any], base: type[Any], manifest: Manifest) -> Iterator[str]:
    if "fetch" not in manifest.abilities:
        yield "abilities must list fetch, the one method that is always needed"
    for name in _METHODS:
        written = _function(cls, name) is not _function(base, name)
        if written and name not in manifest.abilities:
            yield f"{cls.__name__} has {name}, and abilities does not list it"
        elif not written and name in manifest.abilities:
            yield f"abilities lists {name}, and {cls.__name__} has none"
        elif written and name != "recognise":
            yield from _sort(cls, name, manifest)


def _sort(cls: type[Any], name: str, manifest: Manifest) -> Iterator[str]:
    is_coroutine = inspect.iscoroutinefunction(getattr(cls, name))
    if is_coroutine and manifest.runs == "thread":
        yield f'{name} is a coroutine, and it runs as "thread": nobody awaits it'
    if not is_coroutine and manifest.runs == "async" and not hasattr(getattr(cls, name), "__wrapped__"):
        yield f'{name} is a plain function, and it runs as "async": it holds the event loop'


def _function(cls: type[Any], name: str) -> object:
    found = getattr(cls, name, None)
    return getattr(found, "__func__", found)


def _settings(cls: type[Any], manifest: Manifest) -> Iterator[str]:
    known = {dotted for dotted, _ in models.fields(cls.Config)}
    named = {
        "secrets": manifest.secrets,
        "hosts": tuple(host.removeprefix("config:") for host in manifest.hosts if host.startswith("config:")),
        "kinds_in": (manifest.kinds_in,) if manifest.kinds_in is not None else (),
        "record_links": (manifest.record_links,) if manifest.record_links is not None else (),
    }
    for key, dotteds in named.items():
        for dotted in dotteds:
            if dotted not in known:
                yield f'{key} names "{dotted}", which Config does not have'


async def import_quick(bench: Bench) -> str:
    """In a process of its own, the fastest of some tries."""
    if bench.probed.import_ms > SLOW_MS:
        raise Fault(f"the import takes {bench.probed.import_ms:.0f} ms")
    return f"{bench.probed.import_ms:.0f} ms"


async def import_quiet(bench: Bench) -> str:
    """Nothing but modules is read."""
    if bench.probed.imported:
        raise Fault(f"the import {bench.probed.imported[0]}{_more(bench.probed.imported)}")
    if bench.probed.printed:
        raise Fault("the import, or __init__, prints something")
    return "it touches nothing"


async def init_quiet(bench: Bench) -> str:
    """``__init__`` alone; what a validator of the settings does is its own."""
    if bench.probed.made:
        raise Fault(f"__init__ {bench.probed.made[0]}{_more(bench.probed.made)}")
    return "it touches nothing"


def _more(touched: tuple[str, ...]) -> str:
    return f", and {len(touched) - 1} more" if len(touched) > 1 else ""


# -- requirements -------------------------------------------------------------------------------

_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^]]*\])?\s*\(?([^;@)]*)")
_BOUND = re.compile(r"(===|==|~=|!=|<=|>=|<|>)\s*([^\s,]+)")


async def host_not_pinned(bench: Bench) -> str:
    """In ``adapter.toml``, and in a ``pyproject.toml`` of the adapter's own."""
    wanted = [*bench.manifest.requires, *_of_distribution(bench)]
    ours = _of_salesprep()
    for requirement in wanted:
        pin = _pin(requirement, ours)
        if pin is not None:
            raise Fault(f'it requires "{requirement}", and salesprep itself uses {pin}')
    return f"{len(wanted)} requirements" if wanted else "it requires nothing"


def _pin(requirement: str, ours: Mapping[str, str]) -> str | None:
    """The library of salesprep's that a requirement holds to certain versions."""
    found = _REQUIREMENT.match(requirement)
    name = _plain(found[1]) if found else ""
    if found is None or name not in ours:
        return None
    for sign, version in _BOUND.findall(found[2]):
        if sign in ("==", "===", "~="):
            return name
        if sign in ("<", "<=") and _major(version) <= _major(ours[name]):
            return name
    return None


def _of_distribution(bench: Bench) -> list[str]:
    """What the distribution around a folder of one's own requires; salesprep's own is no adapter's."""
    for folder in (bench.manifest.folder, *list(bench.manifest.folder.parents)[:3]):
        try:
            project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8")).get(
                "project", {}
            )
        except (OSError, ValueError):
            continue
        return [] if project.get("name") == "salesprep" else list(map(str, project.get("dependencies", [])))
    return []


def _of_salesprep() -> dict[str, str]:
    """salesprep and the libraries that it requires, with the versions that are installed."""
    from importlib.metadata import PackageNotFoundError, requires, version

    versions = {"salesprep": version("salesprep")}
    for requirement in requires("salesprep") or ():
        found = _REQUIREMENT.match(requirement)
        if found is None or "extra ==" in requirement:
            continue
        try:
            versions[_plain(found[1])] = version(found[1])
        except PackageNotFoundError:
            continue
    return versions


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _major(version: str) -> int:
    found = re.match(r"\d+", version)
    return int(found[0]) if found else 0
