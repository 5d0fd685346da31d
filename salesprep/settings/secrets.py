"""Secrets stand in settings as references, never as themselves; what is shown of settings hides the
rest of what could be one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from salesprep.adapter.words import _
from salesprep.settings.model import Settings, SettingsError, Source

if TYPE_CHECKING:
    from salesprep.adapter.manifest import Manifest

HIDDEN = "(hidden)"
REFERENCES = ("env:", "file:")


def is_reference(value: object) -> bool:
    """Whether it says where a secret lies (``env:CRM_TOKEN``, ``file:~/crm.token``)."""
    return isinstance(value, str) and any(
        value.startswith(start) and value.removeprefix(start).strip() for start in REFERENCES
    )


def check_secrets(settings: Settings, manifests: Mapping[str, Manifest]) -> None:
    """Refuse a secret that is written out. ``manifests`` are those known, by name of adapter.

    Raises:
        SettingsError: file and key of the first one; its value appears nowhere.
    """
    for source in settings.sources.values():
        manifest = manifests.get(source.adapter)
        for secret in manifest.secrets if manifest else ():
            for key, value in _at(source.config, secret.split("."), f"sources.{source.name}"):
                if not is_reference(value):
                    file = _origin(settings, key) or source.file
                    raise SettingsError(
                        file,
                        key,
                        _("a secret must not stand in settings"),
                        _('put it in a variable or a file of mode 0600 and write "env:NAME" or "file:PATH"'),
                    )


def _at(value: object, path: list[str], key: str) -> Iterator[tuple[str, object]]:
    """The values at ``path`` with their dotted keys; lists on the way are walked, counted from 1."""
    if isinstance(value, list):
        for number, item in enumerate(value, 1):
            yield from _at(item, path, f"{key}[{number}]")
    elif not path:
        yield key, value
    elif isinstance(value, Mapping) and path[0] in value:
        yield from _at(value[path[0]], path[1:], f"{key}.{path[0]}")


def _origin(settings: Settings, key: str) -> str | None:
    while key:
        if key in settings.origins:
            return settings.origins[key]
        key = key[:-1].rpartition("[")[0] if key.endswith("]") else key.rpartition(".")[0]
    return None


def shown(source: Source, manifest: Manifest | None) -> Mapping[str, object]:
    """The adapter's keys of ``source`` as they may be shown.

    A reference is shown, a password in an address is not, nor what follows the ``?`` of one. Where no
    manifest tells which keys are secrets, every value is hidden that is no reference.
    """
    return shown_keys(source.config, manifest)


def shown_keys(config: Mapping[str, object], manifest: Manifest | None) -> dict[str, object]:
    """As :func:`shown`, for the keys that one layer gives; a secret written out there is hidden."""
    if manifest is None:
        return {key: value if is_reference(value) else HIDDEN for key, value in config.items()}
    secrets = [secret.split(".") for secret in manifest.secrets]
    hidden = {key: _hidden(value) for key, value in config.items()}
    return {key: _without(value, [s[1:] for s in secrets if s[0] == key]) for key, value in hidden.items()}


def _without(value: object, secrets: list[list[str]]) -> object:
    """``value`` with what lies at the paths ``secrets`` hidden, unless it is a reference."""
    if not secrets:
        return value
    if isinstance(value, list):
        return [_without(item, secrets) for item in value]
    if isinstance(value, Mapping) and [] not in secrets:
        return {key: _without(item, [s[1:] for s in secrets if s[0] == key]) for key, item in value.items()}
    # At the secret's place, or where its table should be.
    return value if is_reference(value) else HIDDEN


def _hidden(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _hidden(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_hidden(item) for item in value]
    if isinstance(value, str) and "://" in value:
        return _address(value)
    return value


def _address(value: str) -> str:
    from urllib.parse import urlsplit, urlunsplit  # late: only who lists settings needs it

    try:
        parts = urlsplit(value)
    except ValueError:
        return HIDDEN
    user, at, host = parts.netloc.rpartition("@")
    place = f"{HIDDEN}@{host}" if at and user else parts.netloc
    return urlunsplit((parts.scheme, place, parts.path, HIDDEN if parts.query else "", ""))
