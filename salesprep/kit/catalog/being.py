"""What an adapter is before it is asked anything: its manifest, its import, its settings."""

from __future__ import annotations

from salesprep.kit.catalog.entry import about

_loading = about("loading")
_settings = about("settings")
_secrets = about("secrets")

CHECKS = (
    _loading(
        "manifest-read",
        "adapter.toml can be read",
        why="Without it salesprep does not know that the adapter is there, and no source can use it.",
        mend="Correct adapter.toml; the keys are listed in docs/adapters.md.",
    ),
    _loading(
        "contract-version",
        "The adapter is made for a contract that this salesprep has",
        why="An adapter of another contract would be called in ways that it does not know; it is not used.",
        mend='Write contract = "1.0", and compare the adapter with docs/adapters.md.',
    ),
    _loading(
        "manifest-equals-class",
        "adapter.toml says of the class what it is",
        why="salesprep believes the manifest: a method that is not listed is never called, and one that is "
        "listed and not there fails in front of the user.",
        mend="List the methods that the class has under abilities, and name settings as Config does.",
    ),
    _loading(
        "sample-read",
        "The sample can be laid out and asked",
        why="The sample is all that the kit has to try an adapter with, and what an admin looks at first.",
        mend="See docs/kit.md for what belongs into sample/settings.toml and sample/kit.toml.",
    ),
    _loading(
        "import-quick",
        "The import takes less than 300 ms",
        why="The first briefing of the day waits for it, with the user in front of it.",
        mend="Import heavy libraries inside the method that uses them.",
    ),
    _loading(
        "import-quiet",
        "The import reads, writes, asks and prints nothing",
        why="It happens before any deadline counts: what hangs there hangs for good, and a line that is "
        "printed lands in the middle of the screen.",
        mend="Move it into the method that needs it.",
    ),
    _loading(
        "init-quiet",
        "__init__ reads, writes and asks nothing",
        why="It has no deadline and no way to say what is wrong, so that a slow disk stops the source.",
        mend="Only keep the settings in __init__; open things when the first question comes.",
    ),
    _loading(
        "host-not-pinned",
        "Its requirements leave salesprep's own libraries alone",
        why="Whoever installs an adapter that wants aiohttp==3.9 gets a salesprep that cannot be updated.",
        mend="Leave salesprep's own libraries out, or name a lower bound alone (aiohttp>=3.14).",
    ),
    _settings(
        "config-strict",
        "A wrong or unknown key is refused and named",
        why="A misspelt key that is quietly left out costs an admin an afternoon.",
        mend="Derive Config from salesprep.adapter.config.Config, nested tables too, and change nothing in "
        "its model_config.",
    ),
    _settings(
        "config-not-echoed",
        "A refused value is repeated nowhere",
        why="It may be a password in the wrong place, and the message lands on a screen and in a log.",
        mend="Name the key, never its value, in what a validator raises and what the adapter logs.",
    ),
    _secrets(
        "secrets-typed",
        "Secrets are of type Secret, and adapter.toml lists them",
        why="A secret in a plain text field is printed with the settings, in a traceback, in a bug report.",
        mend="Make the field a Secret (salesprep.adapter.config) and list it under secrets in adapter.toml.",
    ),
    _secrets(
        "secrets-refused-as-text",
        "A secret written out in the settings is refused",
        why="Settings are mailed around and kept in Git; only a reference (env:NAME) may stand there.",
        mend="List the field under secrets in adapter.toml.",
    ),
    _secrets(
        "canary-secret",
        "A secret is seen in no record, error, log or repr",
        why="What is logged or shown once is in a ticket, a screenshot or a mail the next day.",
        mend="Call get_secret_value() where the request is made, and put the result in nothing else.",
        needs=("secrets",),
    ),
    _secrets(
        "canary-record",
        "What a record says is seen in no log and no error",
        why="Logs and bug reports leave the house; what a customer said does not.",
        mend="Log and raise how many and where, never what: no titles, names, addresses or bodies.",
    ),
)
