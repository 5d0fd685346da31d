"""The reference of the adapters: ``make reference`` writes docs/adapter-reference.md.

From what each adapter says of itself: its manifest, the model of its settings with the docstrings under
the fields, and the evidence for its level.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, SecretStr

from salesprep.adapter import Kind
from salesprep.adapter.manifest import Manifest
from salesprep.kit.levels import lacks, level, read_levels
from salesprep.sources import find_adapters
from salesprep.sources.load import load_class

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

PAGE = Path(__file__).resolve().parents[1] / "docs" / "adapter-reference.md"
_HEAD = """# The adapters, from their own words

<!-- `make reference` writes this page from the manifests and the settings models. -->

What each adapter declares in its `adapter.toml`, the keys of a source that uses it, and how far it is proved
([levels](adapters.md#levels)). How they are used, with examples, is in the README of each; how one is
written, in [adapters.md](adapters.md).
"""
_KINDS = frozenset(Kind)
_LACKING = {
    "offline": "the kit does not pass",
    "live": "no real server in the tests",
    "domain": "no look-up by domain",
    "search": "no search",
    "benchmark": "no benchmark",
}
_WORDS: dict[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    Path: "path",
    SecretStr: "secret: `env:NAME` or `file:PATH`",
}


def page() -> str:
    """The whole page."""
    lines: list[str] = [_HEAD]
    for name, installed in sorted(find_adapters(()).installed.items()):
        if installed.package == f"adapters.{name}":
            lines += _adapter(installed.manifest, load_class(installed).Config)
    return "\n".join(lines).rstrip("\n") + "\n"


def _adapter(manifest: Manifest, model: type[BaseModel]) -> Iterator[str]:
    evidence = read_levels()[manifest.name]
    yield f"## {manifest.name}"
    yield ""
    yield f"{manifest.title}. [README](../adapters/{manifest.name}/README.md)"
    yield ""
    yield "| it | |"
    yield "| --- | --- |"
    yield f"| tells | {', '.join(kind.value for kind in manifest.kinds)} |"
    yield f"| looks for a customer by | {', '.join(sorted(manifest.lookups))} |"
    yield f"| can | {', '.join(sorted(manifest.abilities))} |"
    yield f"| asks as | {manifest.asks_as} |"
    yield f"| runs as | {manifest.runs} |"
    yield f"| is fresh for, kept for | {_time(manifest.ttl)}, {_time(manifest.keep_old)} |"
    if manifest.hosts:
        yield f"| speaks to | {', '.join(f'`{host}`' for host in manifest.hosts)} |"
    if manifest.secrets:
        yield f"| secrets | {', '.join(f'`{secret}`' for secret in manifest.secrets)} |"
    yield f"| version, contract | {manifest.version}, {'.'.join(map(str, manifest.contract))} |"
    lacking = ", ".join(_LACKING[word] for word in _LACKING if word in lacks(manifest, evidence))
    proved = [f"tried against {evidence.live}"] if evidence.live else []
    proved += [f"for gold: {lacking}"] if lacking else []
    yield f"| level | {level(manifest, evidence)}{'; ' if proved else ''}{'; '.join(proved)} |"
    yield ""
    yield "| key | takes | by default | is |"
    yield "| --- | --- | --- | --- |"
    yield from _keys(model, "")
    yield ""


def _keys(model: type[BaseModel], before: str) -> Iterator[str]:
    """A row for each key, those of tables within it below. Kinds of one form share a row."""
    told: set[str] = set()
    for name, field in model.model_fields.items():
        alike = [other for other, one in model.model_fields.items() if _form(one) == _form(field)]
        kinds = [other for other in alike if other in _KINDS]
        merged = len(kinds) > 1 and name in kinds
        if name in told:
            continue
        told.update(kinds if merged else ())
        key = f"{before}KIND" if merged else f"{before}{field.alias or name}"
        about = f"KIND: {', '.join(kinds)}" if merged else _cell(field.description)
        yield f"| `{key}` | {_takes(field.annotation)} | {_default(field)} | {about} |"
        inner, within = _inner(field.annotation)
        if inner is not None:
            yield from _keys(inner, f"{key}{within}.")


def _form(field: FieldInfo) -> tuple[str, str, str]:
    return repr(field.annotation), _default(field), field.description or ""


def _inner(hint: object) -> tuple[type[BaseModel] | None, str]:
    """The model within an annotation, and what stands between its key and those of the model."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return hint, ""
    origin = typing.get_origin(hint)
    between = "[]" if origin in (list, tuple) else ".NAME" if origin in (dict, Mapping) else ""
    for part in typing.get_args(hint):
        model, within = _inner(part)
        if model is not None:
            return model, between + within
    return None, ""


def _takes(hint: Any) -> str:
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return _takes(parts[0])
    if origin in (typing.Union, types.UnionType):
        return " or ".join(dict.fromkeys(_takes(part) for part in parts if part is not type(None)))
    if origin is Literal:
        return ", ".join(f"`{part}`" for part in parts)
    if origin in (list, tuple, set, frozenset):
        return f"list of {_takes(parts[0])}" if parts else "list"
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return "table"
    return "table" if origin is not None else _WORDS[hint]


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    value = field.get_default(call_default_factory=True, validated_data={})
    if value is None or value in ((), [], {}) or isinstance(value, BaseModel):
        return ""
    if isinstance(value, tuple):
        return ", ".join(f'`"{one}"`' for one in value)
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f'`"{value}"`' if isinstance(value, str) else f"`{value}`"


def _cell(text: str | None) -> str:
    """In a cell of a table; what is code for Sphinx is code for Markdown."""
    plain = re.sub(r":\w+:`~?([^`]+)`", r"`\1`", " ".join((text or "").split()))
    return plain.replace("``", "`").replace("|", "\\|")


def _time(seconds: int) -> str:
    size, unit = next(
        one for one in ((86400, "d"), (3600, "h"), (60, "min"), (1, "s")) if seconds % one[0] == 0
    )
    return f"{seconds // size} {unit}"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
