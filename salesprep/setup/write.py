"""Writes a plan into a settings file at once, and what would not load is never written."""

from __future__ import annotations

import os
import secrets as random
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from salesprep import machine
from salesprep.adapter.manifest import Manifest
from salesprep.adapter.words import _
from salesprep.settings import SettingsError
from salesprep.setup.document import extended
from salesprep.setup.plan import Plan
from salesprep.setup.secret_files import SecretFiles, write_private

Check = Callable[[Path], None]
"""Loads the settings with this file in place of the one to be written; raises SettingsError."""


def apply(
    plan: Plan, file: Path, manifests: Mapping[str, Manifest], *, secrets: Path, head: str, check: Check
) -> None:
    """Write ``plan`` into ``file``; ``secrets`` is the folder for files of secrets.

    ``head`` is what a file that is not there yet begins with, as comment. Links are followed, so that
    a file that is kept elsewhere stays there.

    Raises:
        SettingsError: the file cannot be written, has changed meanwhile, or would not load with this in
            it; then nothing is changed.
    """
    target = Path(os.path.realpath(file))
    kept = SecretFiles(secrets, target.parent)
    before = _read(target)
    try:
        changes = tuple(
            replace(change, config=kept.hidden(change.config, manifests[change.adapter].secrets, change.name))
            for change in plan.changes
        )
        begun = "".join(f"# {line}\n" for line in head.splitlines()) if before is None else before
        _replace(target, before, extended(begun, plan.us, changes, file), check, file)
    except BaseException:
        # Whatever came between (Ctrl-C too): no file of a secret stays that nothing refers to.
        kept.forget()
        raise


def _read(target: Path) -> str | None:
    """The text as it is, its line ends too; ``None`` if there is no such file yet."""
    try:
        return target.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise SettingsError(target, None, _("is not UTF-8 text"), _("save it as UTF-8")) from None
    except OSError as error:
        why = _("cannot be read ({error})", error=type(error).__name__)
        raise SettingsError(target, None, why, _("make it readable for yourself")) from None


def _replace(target: Path, before: str | None, text: str, check: Check, file: Path) -> None:
    """Put ``text`` in place of the file at once, if it loads and nobody else has written meanwhile."""
    try:
        if not target.parent.is_dir():
            machine.private_folder(target.parent)
        draft = target.with_name(f".{target.name}.{random.token_hex(4)}.new")
        write_private(draft, text, 0o600 if before is None else target.stat().st_mode & 0o777)
        try:
            _check(draft, check, file)
            if _read(target) != before:
                what = _("was changed by somebody else meanwhile")
                raise SettingsError(file, None, what, _("do the same once more"))
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        why = _("cannot be written ({error})", error=type(error).__name__)
        raise SettingsError(file, None, why, _("make it and its folder writable for yourself")) from None


def _check(draft: Path, check: Check, file: Path) -> None:
    try:
        check(draft)
    except SettingsError as error:
        # In its own name: the draft is gone when somebody reads this.
        where = file if str(error.file) == str(draft) else error.file
        raise SettingsError(where, error.key, error.what, error.mend) from None
