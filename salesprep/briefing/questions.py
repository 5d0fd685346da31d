"""What a briefing cannot decide: whom the user means, said in place of a briefing."""

from __future__ import annotations

from salesprep.briefing.model import Found, Panel


class Ambiguous(Exception):
    """The name fits several customers and is none of them exactly, or exactly two of them.

    ``candidates`` are their accounts; one is chosen with ``pick="source:id"``. ``panels``: what became of the
    sources until then, since one that failed might have told it.
    """

    def __init__(self, name: str, candidates: tuple[Found, ...], panels: tuple[Panel, ...] = ()) -> None:
        super().__init__(f"{len(candidates)} customers fit {name}")
        self.name = name
        self.candidates = candidates
        self.panels = panels


class UnknownPick(Exception):
    """The source of a pick was asked for this account and knows nothing of it."""

    def __init__(self, pick: str, panels: tuple[Panel, ...] = ()) -> None:
        super().__init__(f"{pick} is not known to its source")
        self.pick = pick
        self.panels = panels


class OtherPick(Exception):
    """The picked account is another customer's than the one whom the typed name means.

    ``called``: what the picked one is called.
    """

    def __init__(self, pick: str, name: str, called: str, panels: tuple[Panel, ...] = ()) -> None:
        super().__init__(f"{pick} is {called} and not {name}")
        self.pick = pick
        self.name = name
        self.called = called
        self.panels = panels
