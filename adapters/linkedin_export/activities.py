"""Messages and invitations of the kept blocks as records: the recent contacts with an organisation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from adapters.linkedin_export.looking import Group
from adapters.linkedin_export.persons import Entry, Known, entries
from adapters.linkedin_export.sheets import Problems
from adapters.linkedin_export.shelf import Shelf
from adapters.linkedin_export.talks import Talk, cells_of, invitations_in, messages_in
from salesprep.adapter import Activity, Keys, Participant
from salesprep.adapter.words import _

_NO_LINK = _("an export does not tell where a message is on the web")
_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message that concerns an organisation, and through whom it does."""

    talk: Talk
    who: Entry
    group: Group


def members(known: Known, groups: Sequence[Group]) -> dict[str, tuple[Entry, Group]]:
    """Who is at one of the organisations now, by slug."""
    found: dict[str, tuple[Entry, Group]] = {}
    for group in groups:
        spelled = {group.title, *group.aliases}
        for number in group.numbers:
            for entry in entries(known.shelf, number):
                if entry.slug and entry.company in spelled:
                    found.setdefault(entry.slug, (entry, group))
    return found


def spoken(
    talks: Shelf, with_: Mapping[str, tuple[Entry, Group]], name: str, zone: tzinfo
) -> tuple[list[Spoken], Problems]:
    """What one of them wrote to the member, or the member to them, newest first; and what could not be read.

    What a third one wrote into a conversation of many is nobody's of them. ``name`` is the member's;
    ``zone`` that of times that name none.
    """
    problems = Problems("")
    places = {slug: number for number, slug in enumerate(talks.keys)} if with_ else {}
    conversations = {
        int(number) for slug in with_ if slug in places for number in talks.text(places[slug]).split()
    }
    forms, messages = talks.head["forms"], talks.head["messages"]
    found = []
    for number in sorted(conversations):
        block = talks.block(len(talks.keys) + number)
        if number < messages:
            said = messages_in(cells_of(block, *forms["messages"]), talks.head["owner"], name, problems)
        else:
            said = invitations_in(cells_of(block, *forms["invitations"]), zone, problems)
        for talk in said:
            others = {"in": (talk.sender,), "out": talk.recipients}
            slugs = others.get(talk.direction, (talk.sender, *talk.recipients))
            slug = next((one for one in slugs if one in with_), None)
            if slug is not None:
                found.append(Spoken(talk, *with_[slug]))
    found.sort(key=lambda one: (one.talk.at, one.talk.id), reverse=True)
    return found, problems


def activity(one: Spoken, known: Known, with_: Mapping[str, tuple[Entry, Group]]) -> Activity:
    """The record."""
    talk = one.talk
    return Activity(
        id=talk.id,
        title=talk.subject
        or _in_short(talk.body)
        or (_("invitation") if talk.kind == "invitation" else _("message")),
        fetched_at=known.read_at,
        no_url_reason=_NO_LINK,
        at=talk.at,
        people=tuple(_people(talk, known, with_)),
        keys=Keys(account_id=one.group.id, organisation=one.who.company),
        origin="own" if talk.direction == "out" else "outside",
        type=talk.kind,
        direction="in" if talk.direction == "in" else "out" if talk.direction == "out" else None,
        body=talk.body or None,
        answered=talk.answered,
    )


def _people(talk: Talk, known: Known, with_: Mapping[str, tuple[Entry, Group]]) -> Iterator[Participant]:
    yield _participant(talk.sender, talk.sender_name, "from", known, with_, own=talk.direction == "out")
    names = talk.recipient_names
    paired = len(names) == len(talk.recipients)
    for number, slug in enumerate(talk.recipients):
        own = talk.direction == "in" and len(talk.recipients) == 1
        yield _participant(slug, names[number] if paired else "", "to", known, with_, own=own)
    if not talk.recipients:
        for name in names:
            yield _participant("", name, "to", known, with_, own=False)


def _participant(
    slug: str, name: str, role: str, known: Known, with_: Mapping[str, tuple[Entry, Group]], *, own: bool
) -> Participant:
    if own or (slug not in with_ and name and name == known.owner.name):
        # Whose the export is, is one of us under whatever name.
        mail = known.mail
        return Participant(known.owner.name or name or None, mail, role if mail else "owner", id=slug or None)
    if slug in with_:
        name = with_[slug][0].name
    return Participant(name or None, role=role, id=slug or None)


def _in_short(body: str) -> str:
    line = " ".join(body[: 4 * _LONGEST_TITLE].split())
    return line if len(line) <= _LONGEST_TITLE else f"{line[:_LONGEST_TITLE].rpartition(' ')[0]} …"
