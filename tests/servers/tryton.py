"""A real Tryton server on SQLite with an invented company in it, entered through its own client.

A program of its own, so that nothing of Tryton gets into the process of the tests::

    python tests/servers/tryton.py KEEP FOLDER

makes the empty database once in ``KEEP`` (20 seconds of computing), copies it to ``FOLDER``, serves it
there, enters the data, prints ``ready`` and serves on until its standard input is closed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from proteus import Model, config

PASSWORD = "not-a-secret"
_BIN = Path(sys.executable).parent

PARTIES = {
    "Zuiderpomp Installaties B.V.": (
        "Eindhoven",
        {
            "email": "Info@zuiderpomp.example",
            "website": "https://www.zuiderpomp.example",
            "phone": "+31 40 555 0100",
        },
        (
            ("LX-200", Decimal("180000.55"), "opportunity"),
            ("Service 2027", Decimal("0.10"), "lead"),
            ("LX-100", Decimal("99999999.99"), "lost"),
            ("Without an amount", None, "lead"),
        ),
    ),
    "Zuiderpomp Service GmbH": ("Köln", {"email": "kontakt@zuiderpomp-service.example"}, ()),
    "Café Åre & Søn": (
        "Århus",
        {"email": "hej@are.example"},
        (("Espresso '26; 100%_", Decimal(12), "lead"),),
    ),
}


def make(keep: Path) -> Path:
    """The database without data, made by Tryton's own administration program."""
    kept = keep / "crm.sqlite"
    # Several test processes may come at once; a lock of SQLite ends with the process that has it.
    with contextlib.closing(sqlite3.connect(keep / "lock", timeout=300, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        if not kept.exists():
            making = keep / "making"
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir()
            (making / "crm.sqlite").touch()
            (making / "password").write_text(PASSWORD, encoding="utf-8")
            subprocess.run(
                [
                    *(_BIN / "trytond-admin", "-c", settings(making), "-d", "crm"),
                    *("-u", "party", "sale_opportunity", "--activate-dependencies"),
                    *("--email", "admin@ons.example", "-p"),
                ],
                env={**os.environ, "TRYTONPASSFILE": str(making / "password")},
                check=True,
            )
            with contextlib.closing(sqlite3.connect(making / "crm.sqlite")) as made:
                made.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (making / "crm.sqlite").replace(kept)
    return kept


def settings(folder: Path, port: int = 0) -> Path:
    """A configuration for the database in ``folder``."""
    path = folder / "trytond.conf"
    path.write_text(
        f"[database]\nuri=sqlite://\npath={folder}\n[web]\nlisten=127.0.0.1:{port}\n", encoding="utf-8"
    )
    return path


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a server for the database in ``folder``, answering."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    # Without "-d" no login would find the tables of this database.
    server = subprocess.Popen([_BIN / "trytond", "-c", settings(folder, port), "-d", "crm"])
    try:
        until = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if server.poll() is not None or time.monotonic() > until:
                    raise
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/crm/rpc/"
    finally:
        server.terminate()
        server.wait(10)


def enter(address: str) -> None:
    """Our company first: only a login after that may have opportunities."""
    with config.set_xmlrpc_session(address, "admin", PASSWORD):
        party, user = Model.get("party.party"), Model.get("res.user")
        euro = Model.get("currency.currency")(
            name="Euro", code="EUR", symbol="€", numeric_code="978", rounding=Decimal("0.01"), digits=2
        )
        euro.save()
        ours, anna = party(name="Ons Machines B.V."), party(name="Anna de Boer")
        ours.save()
        anna.save()
        company = Model.get("company.company")(party=ours, currency=euro)
        company.save()
        employee = Model.get("company.employee")(party=anna, company=company)
        employee.save()
        [admin] = user.find([("login", "=", "admin")])
        admin.companies.append(company)
        admin.employees.append(employee)
        admin.company, admin.employee = company, employee
        admin.save()
    with config.set_xmlrpc_session(address, "admin", PASSWORD):
        party, opportunity = Model.get("party.party"), Model.get("sale.opportunity")
        for name, (city, reached, deals) in PARTIES.items():
            customer = party(name=name)
            customer.addresses[0].city = city
            for kind, value in reached.items():
                customer.contact_mechanisms.new(type=kind, value=value)
            customer.save()
            for title, amount, state in deals:
                deal = opportunity(party=customer, description=title, amount=amount)
                deal.start_date, deal.end_date = date(2026, 11, 2), date(2026, 11, 24)
                deal.save()
                if state != "lead":
                    deal.click(state)


def main() -> None:
    keep, folder = map(Path, sys.argv[1:])
    shutil.copy(make(keep), folder / "crm.sqlite")
    with serving(folder) as address:
        enter(address)
        print("ready", flush=True)  # noqa: T201
        sys.stdin.read()


if __name__ == "__main__":
    main()
