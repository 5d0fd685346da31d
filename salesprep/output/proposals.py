"""``salesprep.proposals/1``: what was found to be set up, and what came of it, for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, time
from pathlib import Path

from salesprep.adapter.manifest import Manifest
from salesprep.adapter.proposal import Choice
from salesprep.settings import shown_keys
from salesprep.setup import Change, Offer, Trouble


def proposals_json(
    offers: Sequence[Offer],
    changes: Sequence[Change],
    *,
    us: Mapping[str, object],
    troubles: Iterable[Trouble],
    manifests: Mapping[str, Manifest],
    file: Path,
    added: bool,
) -> str:
    """Offers with what would become (or ``added``: became) of them; secrets are hidden."""
    listed = [_offer(number, offer, changes, manifests) for number, offer in enumerate(offers, 1)]
    content = {
        "schema": "salesprep.proposals/1",
        "file": str(file),
        "added": added,
        "proposals": listed,
        "us": us,
        "troubles": [{"name": one.shown, "error": asdict(one.failure)} for one in troubles],
    }
    # ASCII only, so that no letter of a file's name can steer a terminal.
    return json.dumps(_plain(content), indent=2) + "\n"


def _offer(
    number: int, offer: Offer, changes: Sequence[Change], manifests: Mapping[str, Manifest]
) -> dict[str, object]:
    proposal = offer.proposal
    change = next((one for one in changes if offer in one.offers), None)
    return {
        "number": number,
        "place": str(offer.place.path) if offer.place.path is not None else offer.place.shown,
        "adapter": offer.adapter,
        "what": proposal.what,
        "sure": proposal.sure,
        "change": change.kind if change is not None else None,
        "source": change.name if change is not None else None,
        "title": change.title if change is not None else proposal.title,
        "config": shown_keys(proposal.config, manifests.get(offer.adapter)),
        "question": proposal.question,
        "choices": [_choice(one) for one in proposal.choices],
        "me": asdict(proposal.me),
        "notice": proposal.notice,
    }


def _choice(choice: Choice) -> dict[str, object]:
    """As it is asked, without all that its options lead to."""
    return {key: value for key, value in asdict(choice).items() if key != "leads_to"}


def _plain(value: object) -> object:
    """``value`` in JSON's own types; dates and times as ISO 8601."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date | time) else value
