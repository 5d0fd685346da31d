"""Files that this user may not read or not write beside; run by root, the tests become nobody for it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from adapters.sql.adapter import Sql
from salesprep.adapter import PermissionDenied, Query, Request
from salesprep.adapter.names import domain_of

ZUIDERPOMP = Query(ids=("1042",))
_NOBODY = 65534

# Windows keeps rights in another way, and has no users to become.
if sys.platform != "win32":

    @pytest.fixture
    def shared(crm: Path) -> Iterator[Path]:
        """A database in WAL mode in a folder that everybody may enter, read by somebody who is not root."""
        folder = Path(tempfile.mkdtemp())
        placed = folder / "crm.sqlite"
        shutil.copy(crm, placed)
        with closing(sqlite3.connect(placed)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
        folder.chmod(0o555)
        placed.chmod(0o444)
        # Read once, and by who owns it: the list of public suffixes.
        domain_of("zuiderpomp.example")
        user = os.geteuid()
        if user == 0:
            os.seteuid(_NOBODY)
        yield placed
        if user == 0:
            os.seteuid(user)
        folder.chmod(0o755)
        shutil.rmtree(folder)

    class TestClosedToUs:
        def test_a_file(self, shared: Path, make_adapter: Callable[..., Sql], request_: Request) -> None:
            with _as_owner():
                shared.chmod(0)
            with pytest.raises(PermissionDenied, match="may not be read") as error:
                make_adapter(database=str(shared)).find(ZUIDERPOMP, request_)
            assert error.value.mend

        def test_a_folder_that_may_not_be_written_to_is_enough(
            self, shared: Path, make_adapter: Callable[..., Sql], request_: Request
        ) -> None:
            page = make_adapter(database=str(shared)).find(ZUIDERPOMP, request_)
            assert [account.id for account in page.records] == ["1042"]
            assert [path.name for path in shared.parent.iterdir()] == ["crm.sqlite"]

    @contextmanager
    def _as_owner() -> Iterator[None]:
        user = os.geteuid()
        os.seteuid(os.getuid())
        yield
        os.seteuid(user)
