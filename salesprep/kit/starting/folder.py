"""Puts the files of a new adapter where they belong: all of them or none, and never over others."""

from __future__ import annotations

import tempfile
from pathlib import Path

from salesprep.kit.starting import papers
from salesprep.kit.starting.code import code, library
from salesprep.kit.starting.sample import sample
from salesprep.kit.starting.wanted import Wanted


class Taken(Exception):
    """There is something at that path already."""


def project_name(wanted: Wanted) -> str:
    """What the folder is called that is made: the adapter's own, or that of its distribution."""
    return papers.package_name(wanted).replace("_", "-") if wanted.package else wanted.name


def write(wanted: Wanted, folder: Path) -> tuple[str, ...]:
    """Make :func:`project_name` in ``folder`` and return its files, in the order to read them.

    Raises:
        Taken: it is there already, be it a file.
        OSError: it cannot be written.
    """
    target = folder / project_name(wanted)
    if target.exists() or target.is_symlink():
        raise Taken(str(target))
    folder.mkdir(parents=True, exist_ok=True)
    files = _files(wanted)
    # Made beside it and then renamed, so that what breaks off leaves nothing half done.
    with tempfile.TemporaryDirectory(prefix=".new-", dir=folder, ignore_cleanup_errors=True) as making:
        draft = Path(making) / target.name
        for name, text in files.items():
            path = draft / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        try:
            draft.rename(target)
        except OSError:
            if target.exists():
                raise Taken(str(target)) from None
            raise
    return tuple(files)


def _files(wanted: Wanted) -> dict[str, str]:
    inside = "" if not wanted.package else f"src/{papers.package_name(wanted)}/"
    files = {f"{inside}adapter.toml": papers.manifest(wanted), f"{inside}adapter.py": code(wanted)}
    if wanted.sort == "blocking":
        files[f"{inside}library.py"] = library()
    files |= {f"{inside}sample/{name}": text for name, text in sample(wanted).items()}
    readme = papers.readme(wanted, project_name(wanted))
    if not wanted.package:
        return files | {"README.md": readme, f"test_{wanted.name}.py": papers.test(wanted)}
    files[f"{inside}__init__.py"] = f'"""{wanted.title} for salesprep."""\n'
    files[f"{inside}README.md"] = readme
    return files | {
        "pyproject.toml": papers.pyproject(wanted),
        "README.md": readme,
        f"tests/test_{wanted.name}.py": papers.test(wanted),
    }
