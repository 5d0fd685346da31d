"""What becomes of settings that are not right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from salesprep.adapter import Failure
from salesprep.kit import models
from salesprep.kit.bench import Bench
from salesprep.kit.verdict import Fault
from salesprep.settings import Source
from salesprep.sources.load import load_class

UNKNOWN = "salesprep_kit_unknown"
CANARY = "canary-config-7f3a"


async def config_strict(bench: Bench) -> str:
    """An unknown key, a wrong type for each key, and the models of nested tables."""
    for path, model in models.nested(load_class(bench.installed).Config):
        rules = model.model_config
        if rules.get("extra") != "forbid" or rules.get("strict") is not True:
            named = f"the table {path}" if path else "Config"
            raise Fault(f"{named} takes unknown keys, or converts values")
    config = bench.source.config
    refusal = await refused(bench, {**config, UNKNOWN: 1})
    if refusal is None:
        raise Fault(f'the unknown key "{UNKNOWN}" is taken without a word')
    if UNKNOWN not in f"{refusal.field} {refusal.what}":
        raise Fault(f'the refusal of the unknown key "{UNKNOWN}" does not name it: {refusal.what}')
    for key, value in config.items():
        refusal = await refused(bench, {**config, key: _other_type(value)})
        if refusal is None:
            raise Fault(f'"{key}" takes a value of another type')
        if refusal.code != "config_invalid":
            raise Fault(f'a value of another type for "{key}" becomes {refusal.code}: {refusal.what}')
    return f"{len(config)} keys"


async def config_not_echoed(bench: Bench) -> str:
    """A canary in each key in turn; paths are left out, since files may be named."""
    config = bench.source.config
    annotations = dict(models.fields(load_class(bench.installed).Config))
    tried = [key for key in config if not models.is_path(annotations.get(key))]
    for key in tried:
        for value in (CANARY, [CANARY]):
            bench.heard.clear()
            refusal = await refused(bench, {**config, key: value})
            said = "" if refusal is None else f"{refusal.what} {refusal.mend} {refusal.field}"
            if CANARY in said:
                raise Fault(f'the refusal of "{key}" repeats its value')
            if CANARY in bench.heard.text:
                raise Fault(f'the log repeats the value of "{key}"')
    return f"{len(tried)} keys"


async def refused(bench: Bench, config: Mapping[str, object]) -> Failure | None:
    """What a source with these settings is refused with; ``None`` if it is not."""

    def change(source: Source) -> Source:
        return replace(source, config=config)

    async with bench.hosting(change=change) as hosted:
        return (await hosted.ask(bench.all_asks()[0])).failure


def _other_type(value: object) -> object:
    """A table becomes a text, all else a table."""
    return "seven" if isinstance(value, Mapping) else {UNKNOWN: 7.5}
