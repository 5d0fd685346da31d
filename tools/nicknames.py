"""Make ``salesprep/briefing/persons/nicknames_en.txt`` from the ``nicknames`` package (Apache-2.0).

That list comes from genealogy: it also has names that people bore two hundred years ago, and names that are
other people's own (``robert`` with ``bill``, ``hannah`` with ``anna``). Those are kept with a question mark:
two people may be one by them, but are never taken for one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

_SHORT = 4
"""Letters; of a longer form, that is a name by itself, nobody can say that it is short for another."""
FILE = Path(__file__).parent.parent / "salesprep" / "briefing" / "persons" / "nicknames_en.txt"


def main() -> None:
    """Write the file anew."""
    from nicknames import name_triplets

    pairs = [(t.name1, t.name2) for t in name_triplets() if t.relationship == "has_nickname"]
    text = "".join(f"{line}\n" for line in lines(pairs, version("nicknames")))
    FILE.write_text(text, encoding="utf-8")
    print(f"{FILE.name}: {len(pairs)} pairs")


def lines(pairs: Iterable[tuple[str, str]], release: str) -> list[str]:
    """``robert: ?bill bob rob``, one line for each full name."""
    short_of: defaultdict[str, set[str]] = defaultdict(set)
    for formal, short in pairs:
        if formal.isalpha() and short.isalpha() and formal != short:
            short_of[formal].add(short)
    made = [f"# From the package nicknames {release} (Apache-2.0) by tools/nicknames.py. ?: perhaps."]
    for formal in sorted(short_of):
        told = sorted(
            short if _is_sure(formal, short, own=short in short_of) else f"?{short}"
            for short in short_of[formal]
        )
        made.append(f"{formal}: {' '.join(told)}")
    return made


def _is_sure(formal: str, short: str, *, own: bool) -> bool:
    """A short form that is made of the name; what is a name by itself (``ann`` of ``anna``) must begin it."""
    if own:
        return formal.startswith(short) or (len(short) <= _SHORT and formal[:2] == short[:2])
    return short in formal or formal[:2] == short[:2]


if __name__ == "__main__":
    main()
