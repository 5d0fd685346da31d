"""What lies around a new adapter's code: manifest, page, test, and what makes a distribution of it."""

from __future__ import annotations

import json

from salesprep.adapter.manifest import CONTRACT
from salesprep.kit.starting.code import listed
from salesprep.kit.starting.sample import source_settings
from salesprep.kit.starting.wanted import Wanted

_NEEDED = {
    "http": "| `url` | where the system answers |\n"
    "| `token` | a token that may read, as `env:NAME` or `file:PATH` |",
    "file": "| `path` | the file, as JSON |",
    "database": "| `database` | the SQLite file; it is opened for reading only |",
    "blocking": "| `path` | where the library finds its data |",
}


def manifest(wanted: Wanted) -> str:
    """``adapter.toml``."""
    lines = [
        f'name = "{wanted.name}"',
        f'title = "{wanted.title}"',
        'version = "0.1"',
        f'contract = "{CONTRACT[0]}.{CONTRACT[1]}"',
        f'class = "{wanted.class_name}"',
        "",
        f"kinds = {json.dumps([kind.value for kind in wanted.kinds])}",
        f"abilities = {json.dumps(wanted.abilities)}",
        f"lookups = {json.dumps(wanted.lookups)}",
        f'asks_as = "{"service" if wanted.sort == "http" else "none"}"',
        f'runs = "{"async" if wanted.sort == "http" else "thread"}"',
        "",
        'ttl = "5m"       # how long an answer counts as fresh',
        'keep_old = "1d"  # how long it may be shown when no fresher one comes',
    ]
    if wanted.sort == "http":
        lines += ["", 'hosts = ["config:url"]', 'secrets = ["token"]']
    return "\n".join(lines) + "\n"


def readme(wanted: Wanted, folder: str) -> str:
    """The page for the admin."""
    return f"""# {wanted.name}: {listed(wanted.kinds)} of {wanted.title}

```toml
{source_settings(wanted)}```

| key | is |
| --- | --- |
{_NEEDED[wanted.sort]}

`sample/` is what it is tried with: invented people and companies only, in the form in which the system
answers. `salesprep adapter check {folder}` tries it.
"""


def test(wanted: Wanted) -> str:
    """The whole kit, as tests of pytest's."""
    if wanted.package:
        module = package_name(wanted)
        return (
            f"from salesprep.kit.pytest import conforms\n\nimport {module}\n\n"
            f"test_{wanted.name} = conforms({module}.__file__)\n"
        )
    return f"from salesprep.kit.pytest import conforms\n\ntest_{wanted.name} = conforms(__file__)\n"


def package_name(wanted: Wanted) -> str:
    """The package of a distribution."""
    return f"salesprep_{wanted.name}"


def pyproject(wanted: Wanted) -> str:
    """Of a distribution."""
    name, package = package_name(wanted).replace("_", "-"), package_name(wanted)
    return f"""[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "{name}"
version = "0.1.0"
description = "{wanted.title} for salesprep: {listed(wanted.kinds)}"
requires-python = ">=3.11"
# What it needs beyond salesprep and its libraries; in adapter.toml under requires, too. It is installed
# beside salesprep, so it pins none of these.
dependencies = []

[project.entry-points."salesprep.adapters"]
{wanted.name} = "{package}"

[dependency-groups]
test = ["pytest"]

[tool.hatch.build.targets.wheel]
packages = ["src/{package}"]
"""
