"""Whether a file or folder is a data export, and what it tells of whose it is."""

from __future__ import annotations

from pathlib import Path

from adapters.linkedin_export.archive import AGAIN, NoExport, opened
from adapters.linkedin_export.connections import People, read_people
from adapters.linkedin_export.exports import is_half_export, looks_like
from adapters.linkedin_export.own import Owner, read_owner
from salesprep.adapter import BadData, SourceError
from salesprep.adapter.names import domain_of, is_free_mail
from salesprep.adapter.proposal import Given, Me, Proposal
from salesprep.adapter.words import _, _n

_NOTICE = _("It knows only people connected to you; changes show from your second file on.")
_WHAT = _n("your LinkedIn file, {n} person", "your LinkedIn file, {n} people")


def proposals(given: Given) -> tuple[Proposal, ...]:
    """At most one.

    Raises:
        BadData: it is an export, and damaged.
    """
    path = given.path
    if path is None or not _may_be(path, given.head):
        return ()
    try:
        with opened(path) as export:
            if "connections" not in export.parts:
                return ()
            people = read_people(export.parts["connections"], given.deadline)
            owner, _wrong = read_owner(export, given.deadline)
    except NoExport:
        return ()
    except SourceError:
        if path.is_file() and not (looks_like(given.head) or is_half_export(path)):
            return ()  # a zip of something else, damaged or locked
        raise
    except OSError as error:
        raise BadData(
            _("{name} cannot be read ({error})", name=path.name, error=type(error).__name__), mend=AGAIN
        ) from None
    return (_proposal(path, people, owner),)


def _may_be(path: Path, head: bytes) -> bool:
    return path.is_dir() or head.startswith(b"PK") or path.suffix.lower() in (".csv", ".zip")


def _proposal(path: Path, people: People, owner: Owner) -> Proposal:
    domains = dict.fromkeys(
        domain for mail in owner.emails if (domain := domain_of(mail)) and not is_free_mail(domain)
    )
    return Proposal(
        name="linkedin",
        title="LinkedIn",
        what=_WHAT.of(people.count),
        sure="certain",
        config={"exports": [str(path)]},
        unites="exports",
        me=Me(name=owner.name or None, emails=owner.emails, domains=tuple(domains)),
        notice=_NOTICE,
    )
