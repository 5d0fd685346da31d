"""One's own decisions over a team's: both count, and where they contradict one's own do.

The team's file is read and never written. What cannot be read of it costs itself, and is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from salesprep.adapter.words import _
from salesprep.briefing.links.comparing import (
    Compared,
    Comparison,
    Taken,
    compare,
    is_of_one,
    take_over,
)
from salesprep.briefing.links.deciding import TakenError, Verdict
from salesprep.briefing.links.reading import read_links
from salesprep.briefing.links.remembered import Links
from salesprep.briefing.links.shared import Contradiction, Shared, read_shared
from salesprep.briefing.links.target import Target, decided_by
from salesprep.briefing.model import Customer, Link
from salesprep.settings import SettingsError

NOTHING = Shared(Links())


@dataclass(frozen=True)
class Layered:
    """What is decided: by the user, and by the team where the user has not."""

    file: Path
    """The user's own."""
    own: Links
    team_file: Path | None = None
    team: Shared = NOTHING

    @property
    def links(self) -> Links:
        """All that counts."""
        return self._taken.links if self.team.links.customers else self.own

    @property
    def differences(self) -> tuple[Compared, ...]:
        """Where the team says otherwise."""
        return self._compared.of("conflict")

    @property
    def problems(self) -> tuple[SettingsError, ...]:
        """What of the team's file is left out, each with file, place and mend."""
        contradicting = (self._told(each) for each in self.team.contradictions)
        return (*self.team.problems, *contradicting)

    def with_own(self, own: Links) -> Layered:
        """After the user has decided something."""
        return replace(self, own=own)

    def is_teams(self, customer: Customer, link: Link) -> bool:
        """Whether ``link`` of ``customer``, both as they count, is the team's and not the user's own."""
        return (customer.id, decided_by(link)) in self._of_team

    def own_of(self, customer_id: str) -> Customer | None:
        """What the user alone decided about a customer."""
        return next((c for c in self.own.customers if c.id == customer_id), None)

    def refuse_taken(self, customer: Customer, verdicts: Iterable[Verdict]) -> None:
        """As one's own word keeps one account from being two customers', so does the team's.

        Raises:
            TakenError: something is another customer's by the team's word.
        """
        wanted = {wish.target for wish in verdicts if wish.verdict == "is" and is_of_one(wish.target)}
        for other in self.links.customers if wanted and self.team.links.customers else ():
            for link in other.links if other.id != customer.id else ():
                target = decided_by(link)
                if link.verdict == "is" and target in wanted and self.is_teams(other, link):
                    raise TakenError(target, other)

    @cached_property
    def _compared(self) -> Comparison:
        return compare(self.own, self.team.links)

    @cached_property
    def _taken(self) -> Taken:
        return take_over(self.own, self._compared)

    @cached_property
    def _of_team(self) -> Mapping[tuple[str, Target], Compared]:
        whose = self._compared.whose
        return {(whose[line.customer.id], decided_by(line.link)): line for line in self._taken.written}

    def _told(self, each: Contradiction) -> SettingsError:
        where = ", ".join(each.where)
        what = _("they contradict each other about {id}", id=str(decided_by(each.said[0][1])))
        return SettingsError(self.team_file or self.file, where, what, _("keep one of them"))


def read_layered(file: Path, team_file: Path | None) -> Layered:
    """The user's decisions over those of ``team_file``, if the settings name one.

    Raises:
        SettingsError: the user's own file is broken; the team's only takes itself away.
    """
    own = read_links(file)
    if team_file is None:
        return Layered(file, own)
    try:
        team = read_shared(team_file)
    except SettingsError as error:
        return Layered(file, own, team_file, Shared(Links(), (error,)))
    if team is None:
        what = _("there is no such file, so that the team's decisions do not count")
        mend = _("fetch the team's files, or correct links.team")
        team = Shared(Links(), (SettingsError(team_file, None, what, mend),))
    return Layered(file, own, team_file, team)
