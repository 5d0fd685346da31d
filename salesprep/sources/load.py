"""Imports one adapter and makes it, on its source's own thread; every way that can fail is a failure."""

from __future__ import annotations

import importlib
import importlib.util
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from salesprep.adapter import Adapter, BlockingAdapter
from salesprep.adapter.errors import AdapterBug, ConfigInvalid, SourceError
from salesprep.adapter.manifest import Manifest
from salesprep.adapter.words import _
from salesprep.sources.discover import Installed
from salesprep.sources.failures import where

AnyAdapter = Adapter[Any] | BlockingAdapter[Any]

TURN = 0.5
"""Seconds that an import waits for its turn."""

_turn = threading.Lock()
_pydantic_is_here = False
_classes: dict[Installed, type[AnyAdapter]] = {}
"""What is imported already: many sources of one adapter need not wait for a turn."""
_MEND = _("tell whoever wrote the adapter")


def load_class(installed: Installed) -> type[AnyAdapter]:
    """Import the adapter and return its class.

    Raises:
        ConfigInvalid: a library that it needs is not installed.
        AdapterBug: anything else, with file and line where known.
    """
    manifest = installed.manifest
    known = _classes.get(installed)
    if known is not None:
        return known
    try:
        with one_import():
            module = importlib.import_module(f"{_package(installed)}.adapter")
    except BaseException as error:
        # Whatever an adapter's import does, SystemExit too, it must not end more than this source.
        raise _wrong_import(manifest, error) from error
    found = getattr(module, manifest.class_name, None)
    if not isinstance(found, type):
        what = _(
            "adapter.py of {name} has no class {class_name}",
            name=manifest.name,
            class_name=manifest.class_name,
        )
        raise AdapterBug(
            what, mend=_("correct the key class in {file}", file=manifest.folder / "adapter.toml")
        )
    base = Adapter if manifest.runs == "async" else BlockingAdapter
    if not issubclass(found, base):
        must = _("{class_name} must derive from {base}", class_name=manifest.class_name, base=base.__name__)
        what = _('{name} runs as "{runs}", so {must}', name=manifest.name, runs=manifest.runs, must=must)
        raise AdapterBug(what, mend=_MEND)
    _classes[installed] = found
    return found


@contextmanager
def one_import() -> Iterator[None]:
    """Imports take turns.

    Two threads that enter a library's circle of imports at different ends can see half of it. An
    import that hangs keeps nobody waiting for longer than :data:`TURN`.
    """
    mine = _turn.acquire(timeout=TURN)
    try:
        yield
    finally:
        if mine:
            _turn.release()


def bring_pydantic() -> None:
    """Import what adapters' settings are made of, in its turn; at once where it is there already."""
    global _pydantic_is_here  # noqa: PLW0603 - there is one set of modules
    if not _pydantic_is_here:
        with one_import():
            import salesprep.adapter.config  # noqa: F401
        _pydantic_is_here = True


def _package(installed: Installed) -> str:
    """The package to import from; a folder of the admin's own gets a name that nothing else has."""
    if installed.package is not None:
        return installed.package
    folder = installed.manifest.folder
    mark = blake2b(str(folder).encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()
    name = f"salesprep_own_{installed.manifest.name}_{mark}"
    if name not in sys.modules:
        start = folder / "__init__.py"
        if start.is_file():
            spec = importlib.util.spec_from_file_location(
                name, start, submodule_search_locations=[str(folder)]
            )
        else:
            spec = ModuleSpec(name, None, is_package=True)
            spec.submodule_search_locations = [str(folder)]
        assert spec is not None  # noqa: S101 - a file ending in .py always has a loader
        _enter(spec)
    return name


def _enter(spec: ModuleSpec) -> ModuleType:
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        if spec.loader is not None:
            spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[spec.name]
        raise
    return module


def _wrong_import(manifest: Manifest, error: BaseException) -> SourceError:
    if isinstance(error, ModuleNotFoundError) and error.name and not _ours(error.name):
        library = error.name.partition(".")[0]
        wanted = _missing(manifest) or (library,)
        what = _(
            "{name} needs the library {library}, which is not installed", name=manifest.name, library=library
        )
        return ConfigInvalid(what, mend=_("install it beside salesprep: {names}", names=" ".join(wanted)))
    place = where(error, manifest.folder)
    name, kind = manifest.name, type(error).__name__
    what = _("{name} cannot be loaded: {error}", name=name, error=kind)
    if place is not None:
        what = _("{name} cannot be loaded: {error} in {place}", name=name, error=kind, place=place)
    return AdapterBug(what, mend=_MEND)


def _ours(module: str) -> bool:
    return module.startswith(("salesprep_own_", "salesprep.", "adapters."))


def _missing(manifest: Manifest) -> tuple[str, ...]:
    """Those of the manifest's own requirements that are not there."""
    from importlib.metadata import PackageNotFoundError, version
    from re import match

    missing = []
    for requirement in manifest.requires:
        name = match(r"[\w.-]+", requirement)
        try:
            version(name[0] if name else requirement)
        except PackageNotFoundError:
            missing.append(f'"{requirement}"')
    return tuple(missing)
